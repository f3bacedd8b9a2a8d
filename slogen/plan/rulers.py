"""How much later than Prometheus other rulers see what happens.

Prometheus reads what an earlier rule of the same group has just recorded. A ruler that writes its
results elsewhere, and reads them back from there, sees them an interval later. Some evaluate all
groups in the past, so that late data is there. ``docs/targets`` has what was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan.timing import Timing

_READS = 2
"""How often an alert waits for the rule before it: it reads a ratio, which reads base series in a
fast group, and what no hour holds yet in a slow one."""


@attrs.frozen(kw_only=True)
class Ruler:
    """What runs rules, as far as that moves what happens when.

    >>> from slogen import Settings
    >>> from slogen.plan import Timing
    >>> vmalert = Ruler(delay=Duration("30s"), is_at_least=True, is_asynchronous=True)
    >>> str(vmalert.lateness(Timing.of(Settings()), is_slow=False))
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

    def lateness(self, timing: Timing, *, is_slow: bool) -> Duration:
        """Return how much later an alert fires than the plan says, which is about Prometheus.

        Args:
            timing: That of the SLO.
            is_slow: Whether the alert stands in a slow group.
        """
        waited = Duration.zero()
        if self.is_asynchronous:
            waited = (timing.slow_interval if is_slow else timing.fast_interval) * _READS
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
