"""The matrix has each pair of values that can be built."""

from __future__ import annotations

from tests.experiments.matrix.pairs import pairs_of, rows
from tests.experiments.matrix.slos import NAMED


def test_every_pair_is_in_some_row() -> None:
    """What no row may have is left out, and fewer rows than pairs have the rest."""
    factors: dict[str, tuple[object, ...]] = {"a": (1, 2, 3), "b": (1, 2, 3), "c": (1, 2)}
    found = rows(factors, lambda row: row[:2] != (2, 2))
    pairs = set().union(*map(pairs_of, found))

    assert ((0, 2), (1, 2)) not in pairs
    assert len(pairs) == 9 + 6 + 6 - 1
    assert len(found) < len(pairs) / 2


def test_the_rows_are_the_same_each_time() -> None:
    """Chance has no say in what is proven."""
    factors: dict[str, tuple[object, ...]] = {"a": (1, 2), "b": (1, 2), "c": (1, 2)}

    assert rows(factors, bool) == rows(factors, bool)
    assert len({slo.id for slo in NAMED}) == 3
