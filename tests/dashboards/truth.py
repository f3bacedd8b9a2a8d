"""What panels have to show, from the traffic alone: no PromQL, nothing of slogen's."""

from __future__ import annotations

import attrs

from tests.dashboards.worlds import (
    BORN,
    BURNING_SINCE,
    PAGING_SINCE,
    SILENT_SINCE,
    STALE_SINCE,
    YOUNG_SINCE,
    traffic,
)
from tests.truth.arithmetic import DAY, HOUR, covered

_MONTHLESS = 7 * DAY


@attrs.frozen(kw_only=True)
class Known:
    """An SLO, or a group of one, in figures that stand in its definition.

    Attributes:
        job: The service.
        group: The tenant.
        budget: The share of events that may be bad.
        period: The window in seconds.
        born: When its events begin.
        gone: When they end.
    """

    job: str
    group: str = ""
    budget: float
    period: int = _MONTHLESS
    born: int = BORN
    gone: int = 0

    def bad(self, since: int, until: int = 0) -> float:
        """Return how many bad events there were."""
        return traffic(self.job, self.group).errors(max(since, self.born), min(until, self.gone))

    def events(self, since: int, until: int = 0) -> float:
        """Return how many events there were."""
        return traffic(self.job, self.group).events(max(since, self.born), min(until, self.gone))

    def ratio(self, window: int, at: int = 0) -> float:
        """Return bad events over events within a window."""
        return self.bad(at - window, at) / self.events(at - window, at)

    def burn(self, window: int) -> float:
        """Return how many times faster than sustainable the budget burned."""
        return self.ratio(window) / self.budget

    def left(self, at: int = 0) -> float:
        """Return the part of the budget that is left."""
        coverage = covered(self.period, at - self.born)
        return 1 - self.ratio(self.period, at) * coverage / self.budget

    @property
    def to_spend(self) -> float:
        """Return how many events may still be bad."""
        return self.budget * self.events(-self.period) - self.bad(-self.period)

    @property
    def lasts(self) -> float:
        """Return after how many seconds the budget is spent, as fast as in an hour or in six."""
        a_second = max(self.bad(-window) / window for window in (HOUR, 6 * HOUR))
        return self.to_spend / a_second

    @property
    def cost(self) -> float:
        """Return the part of a whole budget that was spent since the page began."""
        return self.bad(PAGING_SINCE) / (self.budget * self.events(-self.period))

    def spent(self, window: int) -> float:
        """Return the part of a whole budget that the hours of a window have spent.

        An hour is recorded minutes after its end: of those that end with the window the last one
        is in the next window.
        """
        return self.bad(-window - HOUR, -HOUR) / (self.budget * self.events(-self.period))


CALM = Known(job="calm", budget=0.001)
ACME = Known(job="burning", group="acme", budget=0.05)
BOLT = Known(job="burning", group="bolt", budget=0.05)
COLD = Known(job="burning", group="cold", budget=0.05, gone=SILENT_SINCE)

SILENT = Known(job="silent", budget=0.01, gone=SILENT_SINCE)
YOUNG = Known(job="young", budget=0.01, born=YOUNG_SINCE)

STALE_SHARE = -STALE_SINCE / (DAY + HOUR)
"""Which part of its window of a day the freshness was bad: of 24 hours and what none holds yet."""
STALE_BUDGET = 0.1
VIOLATED_FOR = {
    # An hour's window reaches 5 % of errors while acme has had 29 % for ten and a half minutes.
    "burning-availability": -BURNING_SINCE - 0.05 / ACME.ratio(HOUR) * HOUR,
    "burning-freshness": -STALE_SINCE - STALE_BUDGET * HOUR,
    "calm-availability": 0,
    "silent-availability": 0,
    "young-availability": 0,
}
