"""From the rule of an alert to what it says."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.conditions import conditions
from slogen.recorded.hours import SUM_OF_HOUR
from slogen.review.comparison.facts import BURN_RATE, AlertFacts
from slogen.review.comparison.read_timing import duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.naming import Naming
    from slogen.promql.conditions import Condition
    from slogen.rules import AlertingRule
    from slogen.units import Duration

_ROLES = {
    (naming.BUDGET_REMAINING, "<="): "exhausted",
    (naming.BUDGET_REMAINING, "<"): "low",
    (naming.DATA_RATIO, "<"): "incomplete",
}
_LATELY = {naming.EVENTS_LATELY: "stale", naming.GROUP_EVENTS_LATELY: "stale_groups"}
_BAD_EVENTS = frozenset(
    {naming.ERRORS_INCREASE, SUM_OF_HOUR[naming.ERRORS_INCREASE], naming.ERRORS_PERIOD}
)


def alert_facts(rule: AlertingRule, names: Naming, identity: tuple[str, ...]) -> AlertFacts:
    """Return what the rule of an alert says.

    Args:
        rule: The rule.
        names: The names of the labels that the SLO's rules have.
        identity: The labels that all of them have.
    """
    asked = conditions(rule.expr)
    role = _role(rule, names, asked)
    own = {*identity, naming.SEVERITY_LABEL, names.window, names.burn_rate}
    long = duration(rule.labels.get(names.window, ""))
    return AlertFacts(
        role=role,
        name=rule.alert,
        severity=rule.labels.get(naming.SEVERITY_LABEL, ""),
        for_=rule.for_ or None,
        keep_firing_for=rule.keep_firing_for or None,
        labels={name: value for name, value in rule.labels.items() if name not in own},
        annotations=rule.annotations,
        threshold=_number(rule.labels.get(names.burn_rate, "")) if role == BURN_RATE else None,
        long=long if role == BURN_RATE else None,
        short=_short(asked, long) if role == BURN_RATE else None,
        limit=_limit(asked, naming.BUDGET_REMAINING) if role == "low" else None,
        min_bad_events=next((_least(condition) for condition in asked if _least(condition)), None),
        warm_up=_warm_up(asked) if role == BURN_RATE else None,
        rule=rule,
    )


def _role(rule: AlertingRule, names: Naming, asked: Iterable[Condition]) -> str:
    """Return what an alert is about; the empty text where that is not known."""
    if names.burn_rate in rule.labels:
        return BURN_RATE
    for condition in asked:
        for metric in condition.metrics:
            if metric in _LATELY:
                return _LATELY[metric]
            if (metric, condition.operator) in _ROLES:
                return _ROLES[metric, condition.operator]
            if naming.window_in(metric) and condition.operator == "<":
                return "violated"
    return ""


def _short(asked: Iterable[Condition], long: Duration | None) -> Duration | None:
    """Return the window beside the long one that a burn rate is asked of."""
    burning = (condition for condition in asked if condition.operator == ">")
    windows = (
        duration(naming.window_in(metric)) for condition in burning for metric in condition.metrics
    )
    return next((window for window in windows if window and window != long), None)


def _limit(asked: Iterable[Condition], metric: str) -> Decimal | None:
    return next((found.limit for found in asked if metric in found.metrics), None)


def _least(condition: Condition) -> Decimal | None:
    """Return how many bad events a condition asks for; None where it is about something else."""
    is_count = condition.operator == ">=" and _BAD_EVENTS.intersection(condition.metrics)
    return condition.limit if is_count else None


def _warm_up(asked: Iterable[Condition]) -> Duration | None:
    """Return how long a group must have existed."""
    limits = (c.limit for c in asked if c.operator == ">=" and naming.COVERAGE in c.metrics)
    limit = next(limits, None)
    return None if limit is None else duration(f"{limit:f}s")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
