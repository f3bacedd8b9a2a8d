"""Raw series: counters of events, and series that show a state."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

import attrs

from slogen.proof.notation import Samples, counter, gauge
from slogen.proof.phases import ZERO, in_step
from slogen.proof.subject import Labels, selector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.proof.phases import Phase
    from slogen.units import Duration

Part = Literal["all", "good", "bad"]
Identity = tuple[str, frozenset[tuple[str, str]]]
"""The name of a series and its labels, in whatever order somebody wrote them."""


class Source(Protocol):
    """A raw series."""

    @property
    def series(self) -> str:
        """The series as PromQL selects it."""
        ...

    def values(self, phases: Sequence[Phase], step: Duration) -> str:
        """Return its samples in promtool's notation."""
        ...


@attrs.frozen
class Counter:
    """A counter of events.

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

    @property
    def identity(self) -> Identity:
        """What tells it from other series."""
        return self.metric, frozenset(self.labels.items())

    def share(self, events: Decimal | None, errors: Decimal | None) -> Decimal | None:
        """Return how many of the events it counts; None where it does not exist."""
        if events is None or self.part == "all":
            return events
        if self.part == "bad":
            return errors
        return events - (errors or 0)

    def values(self, phases: Sequence[Phase], step: Duration) -> str:
        """Return its samples in promtool's notation."""
        return counter(self._run(phase, step) for phase in phases)

    def _run(self, phase: Phase, step: Duration) -> Samples:
        per_second = self.share(phase.events, phase.errors)
        return Samples(
            phase.samples(step),
            in_step(per_second, step),
            is_missed=phase.is_missed,
            restarts=phase.restarts,
        )


@attrs.frozen(kw_only=True)
class State:
    """A series that shows a state.

    Attributes:
        metric: Its name.
        labels: Its labels.
        show: From the part of the time that is bad to its value at the beginning of a scenario.
        growth: How much it grows each second while the state stays as it is.
        is_counter: Whether what it shows is how fast it grows.
    """

    metric: str
    labels: Labels = attrs.field(hash=False)
    show: Callable[[Decimal], Decimal]
    growth: Decimal = ZERO
    is_counter: bool = False

    @property
    def series(self) -> str:
        """The series as PromQL selects it."""
        return selector(self.metric, self.labels)

    @property
    def identity(self) -> Identity:
        """What tells it from other series."""
        return self.metric, frozenset(self.labels.items())

    def values(self, phases: Sequence[Phase], step: Duration) -> str:
        """Return its samples in promtool's notation; the last value has one at its end, too."""
        shown = [(phase.samples(step), self._shown(phase)) for phase in phases]
        if self.is_counter and not any(value and value.is_nan() for _, value in shown):
            return counter(Samples(count, in_step(value, step)) for count, value in shown)
        runs = [Samples(count, value) for count, value in shown]
        runs[-1] = attrs.evolve(runs[-1], count=runs[-1].count + 1)
        return gauge(runs, self.growth * step.seconds)

    def _shown(self, phase: Phase) -> Decimal | None:
        if phase.events is None or phase.errors is None:
            return None
        return phase.errors if phase.errors.is_nan() else self.show(phase.errors)
