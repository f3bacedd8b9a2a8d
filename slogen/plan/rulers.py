"""How much later than Prometheus other rulers see what happens.

Prometheus reads what an earlier rule of the same group has just recorded. A ruler that writes its
results elsewhere, and reads them back from there, sees them an interval later. Some evaluate all
groups in the past, so that late data is there. ``docs/targets`` has what was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import attrs

from slogen.plan.detection import TimeRange
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
    >>> delays = {"delay": Duration("30s"), "is_at_least": True, "is_aligned": True}
    >>> vmalert = Ruler(is_asynchronous=True, **delays)
    >>> str(vmalert.lateness(Timing.of(Settings()), "short_window"))
    '90s to 2m'

    Attributes:
        delay: How far in the past it evaluates groups that do not say so themselves.
        is_at_least: Whether it evaluates the others no later in the past than that, either.
        is_aligned: Whether it evaluates groups for moments that are multiples of their intervals,
            and does so at any time until the next one.
        is_asynchronous: Whether a rule reads what an earlier one of its group recorded an interval
            ago.
    """

    delay: Duration = attrs.field(factory=Duration.zero)
    is_at_least: bool = False
    is_aligned: bool = False
    is_asynchronous: bool = False

    def lateness(self, timing: Timing, about: About) -> TimeRange:
        """Return how much later an alert fires than the plan says, which is about Prometheus.

        Args:
            timing: That of the SLO.
            about: What the alert is about.
        """
        nothing, is_fast = Duration.zero(), about == "short_window"
        interval = timing.fast_interval if is_fast else timing.slow_interval
        waited = interval * _READS[about] if self.is_asynchronous else nothing
        earliest = waited + self._moved(timing.query_offset)
        return TimeRange(earliest, earliest + (interval if self.is_aligned else nothing))

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
    """How much later than the plan alerts of SLOs fire on the ruler of a target.

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
    short_window: TimeRange
    long_window: TimeRange
    budget: TimeRange

    @classmethod
    def of(cls, target: str, ruler: Ruler, timings: Collection[Timing]) -> RulerLateness:
        """Return it.

        Args:
            target: The name of the target.
            ruler: What runs the rules.
            timings: Those of the SLOs, of which there is one at least.
        """
        found = {
            about: [ruler.lateness(timing, about) for timing in timings]
            for about in get_args(About)
        }
        return cls(target=target, **{about: _hull(ranges) for about, ranges in found.items()})

    def words(self, than: str) -> str:
        """Return it on one line; nothing where alerts are not later.

        Args:
            than: What says when they fire by the plan.
        """
        if not self.budget.latest:
            return ""
        short, long, budget = map(_words, (self.short_window, self.long_window, self.budget))
        others = f" Over windows above 6h: {long}; about the budget left: {budget}."
        late = f"On this ruler alerts fire {short} later than {than}."
        return late if short == budget else late + others

    def as_json(self) -> dict[str, object]:
        """Return it for programs, in seconds."""
        late = {about: _as_json(getattr(self, about)) for about in get_args(About)}
        return {"target": self.target, "later": late}


def _hull(ranges: Collection[TimeRange]) -> TimeRange:
    """Return the range that holds all of them."""
    earliest, latest = (one.earliest for one in ranges), (one.latest for one in ranges)
    return TimeRange(min(earliest), max(latest))


def _words(span: TimeRange) -> str:
    return str(span.earliest) if span.earliest == span.latest else str(span)


def _as_json(span: TimeRange) -> dict[str, float]:
    return {"earliest": float(span.earliest.seconds), "latest": float(span.latest.seconds)}
