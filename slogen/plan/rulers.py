"""How much later than Prometheus other rulers see what happens.

Prometheus reads what an earlier rule of the same group has just recorded. A ruler that writes its
results elsewhere, and reads them back from there, sees them an interval later. Some evaluate all
groups in the past, so that late data is there. ``docs/targets`` has what was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import attrs

from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from slogen.plan.timing import Timing

About = Literal["short_window", "long_window", "budget"]
"""What an alert is about: a window of up to 6h, a longer one, or how much of the budget is left."""
_READS: Mapping[About, int] = {"short_window": 2, "long_window": 2, "budget": 4}
"""How often an alert waits for the rule before it. It reads a ratio, which reads base series in a
fast group, and what no hour holds yet in a slow one. The budget that is left reads the ratio of the
SLO's window, that reads what the window counts, and that what no hour holds yet."""


@attrs.frozen(kw_only=True)
class Ruler:
    """What runs rules, as far as that moves what happens when.

    >>> from slogen import Settings
    >>> from slogen.plan import Timing
    >>> vmalert = Ruler(delay=Duration("30s"), is_at_least=True, is_asynchronous=True)
    >>> str(vmalert.lateness(Timing.of(Settings()), "short_window"))
    '90s'

    Attributes:
        delay: How far in the past it evaluates groups that do not say so themselves.
        is_at_least: Whether it evaluates the others no later in the past than that, either.
        is_asynchronous: Whether a rule reads what an earlier one of its group recorded an interval
            ago.
    """

    delay: Duration = attrs.field(factory=Duration.zero)
    is_at_least: bool = False
    is_asynchronous: bool = False

    def lateness(self, timing: Timing, about: About) -> Duration:
        """Return how much later an alert fires than the plan says, which is about Prometheus.

        Args:
            timing: That of the SLO.
            about: What the alert is about.
        """
        waited = Duration.zero()
        if self.is_asynchronous:
            is_fast = about == "short_window"
            waited = (timing.fast_interval if is_fast else timing.slow_interval) * _READS[about]
        return waited + self._moved(timing.query_offset)

    def _moved(self, said: Duration | None) -> Duration:
        """Return how far in the past groups are evaluated beyond what they say."""
        if said is None:
            return self.delay
        more = self.delay.milliseconds - said.milliseconds
        is_moved = self.is_at_least and more > 0
        return Duration.of_milliseconds(more) if is_moved else Duration.zero()


PROMETHEUS = Ruler()
"""What the plan is about; other rulers that keep what they record behave alike."""


@attrs.frozen(kw_only=True)
class RulerLateness:
    """How much later than the plan alerts fire on the ruler of a target: the most of some SLOs.

    >>> from slogen import Settings
    >>> from slogen.plan import Timing
    >>> late = RulerLateness.of("mimir", Ruler(delay=Duration("1m")), [Timing.of(Settings())])
    >>> late.words("is said above")
    'On this ruler alerts fire 1m later than is said above.'

    Attributes:
        target: The name of the target.
        short_window: Of alerts over windows of up to 6h.
        long_window: Of alerts over longer ones.
        budget: Of alerts about how much of the budget is left.
    """

    target: str
    short_window: Duration
    long_window: Duration
    budget: Duration

    @classmethod
    def of(cls, target: str, ruler: Ruler, timings: Collection[Timing]) -> RulerLateness:
        """Return it.

        Args:
            target: The name of the target.
            ruler: What runs the rules.
            timings: Those of the SLOs, of which there is one at least.
        """
        most = {
            about: max(ruler.lateness(timing, about) for timing in timings)
            for about in get_args(About)
        }
        return cls(target=target, **most)

    def words(self, than: str) -> str:
        """Return it on one line; nothing where alerts are not later.

        Args:
            than: What says when they fire by the plan.
        """
        if not self.budget:
            return ""
        others = (
            f" Over windows above 6h: {self.long_window}; about the budget left: {self.budget}."
        )
        late = f"On this ruler alerts fire {self.short_window} later than {than}."
        return late if self.short_window == self.budget else late + others

    def as_json(self) -> dict[str, object]:
        """Return it for programs, in seconds."""
        late = {about: float(getattr(self, about).seconds) for about in get_args(About)}
        return {"target": self.target, "later": late}
