"""Raw series that feed an SLI, as the rest of the proof speaks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import attrs

from slogen.proof.subject import Labels, selector

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from slogen.promql.selector import Matcher

Part = Literal["all", "good", "bad"]


@attrs.frozen
class Counter:
    """A counter.

    Attributes:
        metric: Its name.
        labels: Its labels.
        part: Which events it counts.
    """

    metric: str
    labels: Labels = attrs.field(hash=False)
    part: Part

    @property
    def series(self) -> str:
        """The counter as PromQL selects it."""
        return selector(self.metric, self.labels)

    def share(self, events: Decimal | None, errors: Decimal | None) -> Decimal | None:
        """Return how many of the events it counts; None where it does not exist."""
        if events is None or self.part == "all":
            return events
        if self.part == "bad":
            return errors
        return events - (errors or 0)


class RawSeries(Protocol):
    """The raw series of an SLI."""

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        """All matchers that the labels of a group have to satisfy."""
        ...

    @property
    def optional_part(self) -> Part | None:
        """The events that may have no series yet; None where each series is always there."""
        ...

    def counters(self, group: Labels) -> tuple[Counter, ...]:
        """Return the counters of one group.

        Raises:
            CannotSample: If none can be made that the selectors select.
        """
        ...

    def strays(self, group: Labels) -> tuple[Counter, ...]:
        """Return counters that each fail one matcher of a selector.

        Some of them count nevertheless: what fails the matcher of the bad events is a good one.
        """
        ...

    def counted(self, rates: Iterable[tuple[Counter, Decimal]]) -> tuple[Decimal, Decimal]:
        """Return the events and the bad events that counters amount to, each with its own rate."""
        ...
