"""Series that hold a value, beside the one that makes a query good or bad."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.promql.linear_form import Held
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import State
from slogen.proof.sampling import CannotSample, satisfying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.promql.linear_form import Linear
    from slogen.promql.selector import Matcher
    from slogen.proof.subject import Labels

_STRAY = 100
"""How many times what it holds a series shows that must not count."""


@attrs.frozen
class HeldSeries:
    """A series that holds a value, as the query sees it.

    Where the series that changes is a part of a sum, this one is the rest of it.

    Attributes:
        held: What the query does to it.
        driven: What selects the series that changes.
    """

    held: Held
    driven: Selection

    @property
    def selection(self) -> Selection:
        """What selects the series."""
        return Selection(self.held.metric, self.held.matchers)

    @property
    def shared(self) -> tuple[Matcher, ...]:
        """The matchers that the series that changes has to satisfy as well, to be joined."""
        own, held = {m.label for m in self.driven.matchers}, self.held
        named = (m for m in held.matchers if held.keeps(m.label) and held.meets(m.label))
        return tuple(matcher for matcher in named if matcher.label not in own)

    def beside(self, driven: State, group: Labels) -> State:
        """Return the series that stands beside one that changes.

        Raises:
            CannotSample: If there is none that the query joins with it.
        """
        held, labels = self.held, self._labels(driven, group)
        value = Decimal(held.value.numerator) / Decimal(held.value.denominator)
        if self.driven.has(held.metric, labels):
            raise CannotSample("one part of the query reads what another part reads")
        is_rest = self.selection.has(driven.metric, driven.labels)
        if is_rest and (not held.is_sum or held.is_rate != driven.is_counter or driven.growth):
            raise CannotSample("one part of the query reads what another part reads")
        return State(
            metric=held.metric,
            labels=labels,
            show=lambda ratio: value - driven.show(ratio) if is_rest else value,
            is_counter=held.is_rate,
        )

    def rests(self, driven: State, group: Labels) -> Iterator[State]:
        """Yield the series beside one that is a part of a sum, then others that the sum counts.

        The part passes over all of them.
        """
        first = self.beside(driven, group)
        yield first
        for _, labels in self.driven.misses(group):
            other = attrs.evolve(first, labels=labels)
            if other.identity != first.identity and self.selection.has(other.metric, labels):
                yield other

    def stray(self, labels: Labels) -> State:
        """Return a series with other labels, which must not count."""
        value = Decimal(_STRAY) * self.held.value.numerator / self.held.value.denominator
        return State(
            metric=self.held.metric,
            labels=labels,
            show=lambda _ratio: value,
            is_counter=self.held.is_rate,
        )

    def _labels(self, driven: State, group: Labels) -> Labels:
        met = {name: text for name, text in driven.labels.items() if self.held.meets(name)}
        same = self.held.metric == self.driven.metric
        but = self.driven.matchers if same else ()
        kept = {name: text for name, text in met.items() if self.held.keeps(name)}
        labels = satisfying(self.held.matchers, but=but, beside={**group, **kept})
        if met != {name: text for name, text in labels.items() if self.held.keeps(name)}:
            raise CannotSample("no series were found that the query joins")
        return labels


def held_series(query: Linear) -> tuple[HeldSeries, ...]:
    """Return the series of a query that hold a value."""
    driven = Selection(query.metric, query.matchers)
    return tuple(HeldSeries(held, driven) for held in query.held)
