"""A few SLOs that between them have each two of the values that settings allow together."""

from __future__ import annotations

import random
from itertools import combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Row = tuple[int, ...]
"""For each factor the place of a value."""
Pair = tuple[tuple[int, int], tuple[int, int]]
"""Two factors, each with the place of a value."""

_TRIES = 20


def pairs_of(row: Row) -> set[Pair]:
    """Return the pairs of values that a row has.

    >>> sorted(pairs_of((0, 2)))
    [((0, 0), (1, 2))]
    """
    return set(combinations(enumerate(row), 2))


def rows(factors: Mapping[str, tuple[object, ...]], allows: Callable[[Row], bool]) -> list[Row]:
    """Return rows that have each pair of values that some allowed row was found for.

    Args:
        factors: The values of each factor.
        allows: Tells whether a row can be built.
    """
    chance = random.Random(0)  # noqa: S311 (the same rows each time)
    sizes = [len(values) for values in factors.values()]
    wanted = _all_pairs(sizes)
    found: list[Row] = []
    for pair in sorted(wanted):
        if pair in wanted:
            tried = [_with(pair, sizes, chance) for _ in range(_TRIES)]
            allowed = [row for row in dict.fromkeys(tried) if allows(row)]
            if allowed:
                best = max(allowed, key=lambda row: len(pairs_of(row) & wanted))
                found.append(best)
                wanted -= pairs_of(best)
    return found


def _all_pairs(sizes: list[int]) -> set[Pair]:
    places = combinations(range(len(sizes)), 2)
    return {pair for one, other in places for pair in _pairs(sizes, one, other)}


def _pairs(sizes: list[int], one: int, other: int) -> Iterator[Pair]:
    for value, second in product(range(sizes[one]), range(sizes[other])):
        yield (one, value), (other, second)


def _with(pair: Pair, sizes: list[int], chance: random.Random) -> Row:
    fixed = dict(pair)
    return tuple(
        fixed[place] if place in fixed else chance.randrange(size)
        for place, size in enumerate(sizes)
    )
