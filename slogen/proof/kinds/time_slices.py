"""A query whose value is good or bad."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.proof.kinds.queried import series_of_query
from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.model import TimeSlices
    from slogen.model.sli.comparison import Operator
    from slogen.proof.kinds.raw import RawStates

_HOLDS: Mapping[Operator, Callable[[Fraction, Fraction], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
_LONG = Fraction(120)
"""Seconds between two scrapes, at most, over which a value that grows stays on its side."""


def series_of_time_slices(sli: TimeSlices) -> RawStates:
    """Return the series that the query reads, with a value on each side of the limit.

    Raises:
        CannotSample: If there is no such series, or no value on one of the sides.
    """
    query, limit = series_of_query(sli.query), Fraction(sli.good_when.limit)
    margin = max(abs(limit) / 2, _LONG * abs(query.growth)) or Fraction(1)
    values = [limit - margin, limit + margin, limit]
    possible = [value for value in values if query.can_give(value)]

    def side(*, is_good: bool) -> Fraction:
        holds = _HOLDS[sli.good_when.operator]
        for value in possible:
            if holds(value, limit) is is_good:
                return value
        raise CannotSample(f"no value of the query is {'good' if is_good else 'bad'}")

    good, bad = side(is_good=True), side(is_good=False)
    return query.states(lambda ratio: bad if ratio else good, bad=Decimal(1), is_graded=False)
