"""A query that gives the part of events that are bad."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.proof.kinds.queried import series_of_query
from slogen.proof.kinds.raw import NoSuchValue
from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from slogen.model import ErrorRatio
    from slogen.proof.kinds.raw import RawStates

_BAD = Decimal("0.2")
_ABOVE_ZERO = (Fraction(1), Fraction(1, 10**9))
"""Ratios of which a query gives one, if it gives any that is bad: it gives what lies between."""


def series_of_error_ratio(sli: ErrorRatio) -> RawStates:
    """Return the series that the query reads, so that the query gives the ratio.

    Raises:
        CannotSample: If there are no such series, or the query cannot give every ratio.
        NoSuchValue: If it gives nothing above 0, whatever its counter does.
    """
    query = series_of_query(sli.query)
    if not any(map(query.can_give, _ABOVE_ZERO)):
        end = query.limits[0]
        raise NoSuchValue("bad", query.states(lambda _ratio: end, bad=_BAD, is_graded=True))
    if query.growth or not (query.can_give(Fraction(0)) and query.can_give(Fraction(1))):
        raise CannotSample("the query cannot give every ratio from 0 to 1 for long")
    return query.states(Fraction, bad=_BAD, is_graded=True)
