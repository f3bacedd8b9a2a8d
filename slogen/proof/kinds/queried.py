"""Series that a query reads, made so that the query gives what is wanted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.promql.linear import Linear, linear
from slogen.proof.kinds.raw import RawStates
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import State
from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from slogen.promql.query import Query
    from slogen.proof.subject import Labels


@attrs.frozen
class QueriedSeries:
    """The one series that a query reads.

    Attributes:
        query: What the query does to its value.
    """

    query: Linear

    @property
    def growth(self) -> Fraction:
        """How much the query's value grows each second while the series stays as it is."""
        return self.query.growth

    def can_give(self, value: Fraction) -> bool:
        """Tell whether the query can give a value: no counter falls."""
        return not self.query.is_rate or self._undone(value) >= 0

    def states(
        self, value: Callable[[Decimal], Fraction], *, bad: Decimal, is_graded: bool
    ) -> RawStates:
        """Return the series by the state that they show.

        Args:
            value: From the part of the time that is bad to what the query then gives.
            bad: The part of the time that is bad in scenarios about what is selected.
            is_graded: Whether a state can be bad in part.
        """
        query = self.query

        def make(labels: Labels) -> State:
            return State(
                metric=query.metric,
                labels=labels,
                show=lambda ratio: _decimal(self._undone(value(ratio))),
                growth=_decimal(-query.growth / query.factor),
                is_counter=query.is_rate,
            )

        return RawStates(
            selection=Selection(query.metric, query.matchers),
            make=make,
            bad=bad,
            is_graded=is_graded,
            merge=None if query.is_aggregated else max,
            keeps=query.keeps,
        )

    def _undone(self, value: Fraction) -> Fraction:
        """Return what the query makes a value of, at the beginning of a scenario."""
        return (value - self.query.constant) / self.query.factor


def series_of_query(query: Query) -> QueriedSeries:
    """Return the one series that a query reads.

    Raises:
        CannotSample: If it reads several, or does more to them than can be undone.
    """
    found = linear(query)
    if found is None:
        raise CannotSample("slogen cannot tell which series make the query good or bad")
    return QueriedSeries(found)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
