"""Hours as the rules would have recorded them, under an earlier name of the service.

promtool refuses series that are given and recorded under the same labels, and a rename of the
service is what the rules have to bear anyhow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from tests.budgets.traffic import Step

if TYPE_CHECKING:
    from tests.budgets.traffic import Budget, Traffic

HOUR = 3600
_TOLD_APART = 4


def identity(slo_id: str, hour: int, labels: str) -> str:
    """Return the labels of a recorded series as it was before the service was renamed."""
    return (
        f'{{slo_id="{slo_id}",slo_service="an-earlier-name",slo_name="an-earlier-name",'
        f'slo_hour="{hour}"{labels}}}'
    )


@attrs.frozen(kw_only=True)
class Hours:
    """What a group did, hour by hour, from time 0 on.

    Attributes:
        hours: What each hour counted; None where the group was away.
        labels: Of the group, as `,name="value"`.
    """

    hours: Sequence[Step]
    labels: str = ""

    def age(self, time: int, memory: int) -> int:
        """Return for how many seconds the group has existed, as far back as is remembered."""
        first = max(time - memory, 0) // HOUR
        there = (hour for hour in range(first, len(self.hours)) if self.hours[hour])
        return time - next(there) * HOUR

    def left(self, time: int, budget: Budget) -> float:
        """Return the part of the budget that is left."""
        window = self.hours[max(time - budget.period, 0) // HOUR : time // HOUR]
        events = sum(hour[0] for hour in window if hour)
        bad = sum(hour[1] for hour in window if hour)
        return 1 - bad / budget.allows(events, self.age(time, budget.memory))

    def recorded(self, slo_id: str, first: int = 0) -> dict[str, str]:
        """Return the series of its hours, one value an hour: each is recorded when it ends.

        Args:
            slo_id: The id of the SLO.
            first: How many hours to leave out, as a short retention does.
        """
        names = (naming.EVENTS_SUM, naming.ERRORS_SUM, naming.EVENTS_HOUR)
        series: dict[str, str] = {}
        for number in range(_TOLD_APART):
            rows = [
                (*counted, hour * HOUR)
                if counted and hour >= first and hour % _TOLD_APART == number
                else None
                for hour, counted in enumerate(self.hours)
            ]
            for column, name in enumerate(names):
                values = ("_" if row is None else str(row[column]) for row in rows)
                own = identity(slo_id, number, self.labels)
                series[f"{name}{own}"] = " ".join(("_", *values))
        return series


def history(slo_id: str, labels: str, traffic: Traffic) -> dict[str, str]:
    """Return what was before time 0, in one hour that is recorded at time 0."""
    own = identity(slo_id, 2, labels)
    values = dict(zip((naming.EVENTS_SUM, naming.ERRORS_SUM), traffic.before, strict=True))
    values[naming.EVENTS_HOUR] = -traffic.older
    return {f"{name}{own}": str(value) for name, value in values.items()}
