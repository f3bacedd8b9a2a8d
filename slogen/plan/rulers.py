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


def late_in_words(ruler: Ruler, timings: Collection[Timing], than: str) -> str:
    """Return by how much alerts are later than the plan, on one line; nothing if they are not.

    Args:
        ruler: What runs the rules.
        timings: Those of the SLOs, of which there is one at least.
        than: What says when they fire by the plan.
    """
    short, long, budget = (
        max(ruler.lateness(timing, about) for timing in timings) for about in get_args(About)
    )
    if not budget:
        return ""
    others = f" Over windows above 6h: {long}; about the budget left: {budget}."
    late = f"On this ruler alerts fire {short} later than {than}."
    return late if short == budget else late + others
