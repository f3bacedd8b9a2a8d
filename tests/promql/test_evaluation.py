"""What queries of alerts' texts give, and where a float could give something else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slogen.promql.evaluation import IsClose, result

QUERY = "time() + max(lasts) and max(coverage) * 3600 >= 3600"
NOW = Fraction(60)


def _asked(coverage: Fraction | int) -> Fraction | None:
    return result(QUERY, {"lasts": Fraction(5), "coverage": coverage}, NOW)


def test_integers_are_compared_exactly() -> None:
    """A rule cuts a coverage off at 1, which is no float close to it."""
    assert _asked(1) == NOW + 5
    assert _asked(0) is None


def test_what_may_be_one_value_as_floats_has_no_answer() -> None:
    """A part of a window times its length is a product of floats."""
    for coverage in (Fraction(1), 1 - Fraction(1, 10**14)):
        with pytest.raises(IsClose):
            _asked(coverage)
    with pytest.raises(IsClose):
        result("max(x) / 3 >= 1", {"x": 3}, NOW)


def test_what_is_not_close_is_compared() -> None:
    """Elsewhere floats say the same."""
    assert _asked(Fraction(1001, 1000)) == NOW + 5
    assert _asked(Fraction(999, 1000)) is None
