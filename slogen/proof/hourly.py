"""Samples by the hour that they belong to: base series that tell hours apart, and their sums."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from slogen.plan.hours import HOUR, HOURS_TOLD_APART
from slogen.proof.notation import Samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from slogen.units import Duration


def told_apart(runs: Iterable[Samples], step: Duration) -> Iterator[tuple[str, list[Samples]]]:
    """Yield the samples of the hours that share a label, with the label.

    >>> from decimal import Decimal
    >>> from slogen.units import Duration
    >>> hours = told_apart([Samples(3, Decimal(1))], Duration("30m"))
    >>> [(label, [(run.count, run.value) for run in runs]) for label, runs in hours]
    [('0', [(2, Decimal('1')), (1, None)]), ('1', [(2, None), (1, Decimal('1'))])]
    """
    parts = tuple(_by_hour(runs, step))
    for number in sorted({hour % HOURS_TOLD_APART for hour, _ in parts}):
        own = (
            run if hour % HOURS_TOLD_APART == number else attrs.evolve(run, value=None)
            for hour, run in parts
        )
        yield str(number), _merged(own)


def sums(runs: Iterable[Samples], step: Duration) -> list[Samples]:
    """Return how much there is in each hour, recorded at its end.

    >>> from decimal import Decimal
    >>> from slogen.units import Duration
    >>> hours = sums([Samples(5, Decimal(1))], Duration("30m"))
    >>> [(run.count, run.value) for run in hours]
    [(2, None), (1, Decimal('2')), (1, None), (1, Decimal('2'))]
    """
    found = [Samples(_first(1, step), None)]
    for hour, parts in groupby(_by_hour(runs, step), key=lambda part: part[0]):
        of_hour, end = [run for _, run in parts], _first(hour + 1, step)
        if sum(run.count for run in of_hour) < end - _first(hour, step):
            break
        known = [run.count * run.value for run in of_hour if run.value is not None]
        found.append(Samples(1, sum(known[1:], known[0]) if known else None))
        found.append(Samples(_first(hour + 2, step) - end - 1, None))
    return _merged(found[:-1])


def _by_hour(runs: Iterable[Samples], step: Duration) -> Iterator[tuple[int, Samples]]:
    """Yield runs cut at the borders of hours, each with the number of its hour."""
    hour = place = 0
    for run in runs:
        rest = run.count
        while rest > 0:
            end = _first(hour + 1, step)
            taken = min(rest, end - place)
            yield hour, attrs.evolve(run, count=taken)
            place, rest = place + taken, rest - taken
            hour += place == end


def _merged(runs: Iterable[Samples]) -> list[Samples]:
    """Put runs of one value together."""

    def value(run: Samples) -> tuple[bool, Decimal | None]:
        return run.value is None, run.value

    grouped = ((key, list(some)) for key, some in groupby(runs, key=value))
    counted = (Samples(sum(run.count for run in some), key[1]) for key, some in grouped)
    return [run for run in counted if run.count]


def _first(hour: int, step: Duration) -> int:
    """Return the place of an hour's first sample: a border may be between two samples."""
    return -(-hour * HOUR.milliseconds // step.milliseconds)
