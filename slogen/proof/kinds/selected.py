"""Counters that two selectors select: one of all events, and one of the good or the bad ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.promql.selector import Matcher
from slogen.proof.kinds.raw import Counter, Part
from slogen.proof.matching import matches
from slogen.proof.sampling import near_misses
from slogen.proof.subject import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable


LE = "le"
"""The label of a histogram's buckets, which no stray can do without."""

_ZERO = Decimal(0)


@attrs.frozen
class Selection:
    """A metric and matchers on its labels.

    Attributes:
        metric: The metric's name.
        matchers: What the labels have to satisfy.
    """

    metric: str
    matchers: tuple[Matcher, ...]

    def has(self, counter: Counter) -> bool:
        """Tell whether a counter is selected."""
        return counter.metric == self.metric and matches(self.matchers, counter.labels)


@attrs.frozen(kw_only=True)
class SelectedCounters:
    """The counters of an SLI that has two selectors.

    Attributes:
        whole: What selects all events.
        part: What selects the good or the bad ones.
        part_name: Which of the two.
        make: From the labels of a group to its counters.
        matchers: All matchers that the labels of a group have to satisfy.
        optional_part: The events that may have no series yet.
    """

    whole: Selection
    part: Selection
    part_name: Part
    make: Callable[[Labels], tuple[Counter, ...]]
    matchers: tuple[Matcher, ...]
    optional_part: Part | None

    def counters(self, group: Labels) -> tuple[Counter, ...]:
        """Return the counters of one group."""
        return self.make(group)

    def strays(self, group: Labels) -> tuple[Counter, ...]:
        """Return counters that each fail one matcher of a selector."""
        found: dict[str, Counter] = {}
        for selection in (self.whole, self.part):
            for matcher, labels in near_misses(selection.matchers, beside=group):
                if matcher.label != LE:
                    stray = Counter(selection.metric, labels, "all")
                    found.setdefault(stray.series, stray)
        return tuple(found.values())

    def counted(self, rates: Iterable[tuple[Counter, Decimal]]) -> tuple[Decimal, Decimal]:
        """Return the events and the bad events that counters amount to."""
        counters = tuple(rates)
        events, part = (
            sum((rate for counter, rate in counters if selection.has(counter)), _ZERO)
            for selection in (self.whole, self.part)
        )
        return events, part if self.part_name == "bad" else max(events - part, _ZERO)
