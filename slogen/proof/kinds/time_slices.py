"""A query whose value is good or bad."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen.proof.kinds.queried import series_of_query
from slogen.proof.kinds.raw import NoSuchValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.model import TimeSlices
    from slogen.model.sli.comparison import Operator
    from slogen.promql.linear_form import Merge
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
        CannotSample: If there are no such series.
        NoSuchValue: If no value is on one of the sides.
    """
    query, limit = series_of_query(sli.query), Fraction(sli.good_when.limit)
    margin = max(abs(limit) / 2, _LONG * abs(query.growth)) or Fraction(1)
    values = [limit - margin, limit + margin, limit]
    values += [value for end in query.limits for value in ((limit + end) / 2, end)]
    holds = _HOLDS[sli.good_when.operator]
    possible = [value for value in values if query.can_give(value)]
    good = [value for value in possible if holds(value, limit)]
    bad = [value for value in possible if not holds(value, limit)]

    def states(value: Callable[[Decimal], Fraction]) -> RawStates:
        return query.states(value, bad=Decimal(1), is_graded=False)

    if not good:
        raise NoSuchValue("good", states(lambda _ratio: bad[0]))
    if not bad:
        raise NoSuchValue("bad", states(lambda _ratio: good[0]))
    edges = query.edges(limit)
    near = max(abs(limit) / 100, Fraction(0)) or Fraction(1, 100)
    sides = (not holds(limit + more, limit) for more in (0, -near, near))
    found = states(lambda ratio: bad[0] if ratio else good[0])
    known = found.merges
    return attrs.evolve(
        found,
        edges=tuple(zip(edges, sides, strict=False)),
        merges=_of_equals(known) if sli.good_when.operator in {"==", "!="} else known,
    )


def _of_equals(merges: Callable[[str], Merge]) -> Callable[[str], Merge]:
    """Return what is known exactly of merged series: what numbers of computers add up to is not."""

    def known(label: str) -> Merge:
        merge = merges(label)
        return "unknown" if merge in {"sum", "avg"} else merge

    return known
