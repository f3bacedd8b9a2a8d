"""Series that a query reads, made so that the query gives what is wanted."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen.promql.linear import linear
from slogen.promql.linear_form import Linear
from slogen.proof.kinds.held import held_series
from slogen.proof.kinds.raw import RawStates
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import State
from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.promql.query import Query
    from slogen.proof.subject import Labels

_NEAR = Fraction(1, 100)
"""How far from a limit a value is that is close to it, as a part of the limit."""


@attrs.frozen
class QueriedSeries:
    """The series that a query reads: one that changes, and others that hold a value.

    Attributes:
        query: What the query does to the value of the one that changes.
    """

    query: Linear

    @property
    def growth(self) -> Fraction:
        """How much the query's value grows each second while the series stays as it is."""
        return self.query.growth

    def can_give(self, value: Fraction) -> bool:
        """Tell whether the query can give a value: no counter falls."""
        shown = self._undone(value)
        return not self.query.is_rate or (shown >= 0 and shown <= min(self._wholes, default=shown))

    @property
    def limits(self) -> tuple[Fraction, ...]:
        """What the query gives where its counter stands still, or is all that a sum counts."""
        if not self.query.is_rate:
            return ()
        query = self.query
        return tuple(
            query.factor * shown + query.constant for shown in (Fraction(0), *self._wholes)
        )

    @property
    def _wholes(self) -> list[Fraction]:
        """The values of held series that the one that changes is a part of."""
        whole = (held for held in self.query.held if held.metric == self.query.metric)
        return [held.value for held in whole]

    def edges(self, limit: Fraction) -> tuple[Decimal, ...]:
        """Return what the series shows where the query gives a limit, and a little less and more.

        Nothing is returned where numbers of computers could be on the other side.
        """
        query, near = self.query, abs(limit) * _NEAR or _NEAR
        if query.held or query.growth or query.is_rate or query.constant or abs(query.factor) != 1:
            return ()
        return tuple(_decimal(self._undone(limit + more)) for more in (0, -near, near))

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
            merge=None if query.is_aggregated or query.held else max,
            keeps=query.keeps,
            merges=query.merges,
            held=held_series(query),
        )

    def _undone(self, value: Fraction) -> Fraction:
        """Return what the query makes a value of, at the beginning of a scenario."""
        return (value - self.query.constant) / self.query.factor


def series_of_query(query: Query) -> QueriedSeries:
    """Return the series that a query reads.

    Raises:
        CannotSample: If it does more to them than can be undone.
    """
    found = linear(query)
    if found is None:
        raise CannotSample("slogen cannot tell which series make the query good or bad")
    return QueriedSeries(found)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
