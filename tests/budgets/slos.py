"""The SLO of requests that most tests here are about, and what is asked about it."""

from __future__ import annotations

from slogen import SLO, AlertPolicy, Events, Selector, Service
from tests.budgets.traffic import Budget

DAY = 86400
EVERY_ALERT = AlertPolicy(preset="standard", low=True, violated=True, incomplete=True)
_REQUESTS = Selector("requests_total")


def of_requests(
    window: str = "30d",
    objective: str = "99.9%",
    group_by: tuple[str, ...] = ("tenant",),
    alerts: AlertPolicy | None = None,
) -> SLO:
    """Return an SLO of requests, without burn-rate alerts where no policy is given."""
    return SLO(
        service=Service("shop"),
        name=f"for-{window}",
        objective=objective,
        window=window,
        group_by=group_by,
        sli=Events(total=_REQUESTS, bad=_REQUESTS.where('code="500"')),
        alerts=alerts or AlertPolicy(preset="none"),
    )


def of_days(days: float, ratio: float = 0.001) -> Budget:
    """Return the budget of a window of days: a third more is remembered, of two days at least."""
    memory = max(-(-4 * days // 3), 2)
    return Budget(ratio=ratio, period=round(days * DAY), memory=round(memory * DAY))


def age(labels: str, period: int) -> str:
    """Return a query for the seconds that a group has existed for, of a period at most."""
    return f"sum(slo:period_coverage:ratio{{{labels}}}) * {period}"


def left(labels: str) -> str:
    """Return a query for the part of the budget that is left."""
    return f"sum(slo:period_error_budget_remaining:ratio{{{labels}}})"


def lasts(labels: str) -> str:
    """Return a query for the seconds until the budget is spent."""
    return f"sum(slo:time_to_exhaustion:seconds{{{labels}}})"


def fires(name: str, labels: str = "") -> str:
    """Return a query for how many alerts of a name, which is a regex, fire at the moment."""
    return f'count(ALERTS{{alertname=~"{name}",alertstate="firing"{labels}}})'


def fired(name: str, labels: str, minutes: int) -> str:
    """Return a query for how many alerts of a name, which is a regex, fired in some minutes."""
    firing = f'ALERTS{{alertname=~"{name}",alertstate="firing"{labels}}}'
    return f"count(count_over_time({firing}[{minutes}m]))"
