"""What an incident has cost, when a budget comes back, and whether one may deploy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.colors import BAD, GOOD, PLAIN, UNKNOWN, WORST, texts
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.numbers import instant, of_one
from slogen.dashboards.scope import union
from slogen.dashboards.service import Detail, narrowed
from slogen.dashboards.shapes import stat
from slogen.promql.expr import Aggregation, Binary, Expr, Series, Subquery, call
from slogen.promql.selector import Matcher
from slogen.recorded.alerts import firing
from slogen.recorded.budget import HEALTHY_ABOVE
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.dashboards.panels import Panel
    from slogen.dashboards.scope import Scope
    from slogen.plan import ResolvedSLO

_GO, _UNKNOWN, _FREEZE, _APPROVE = range(4)
_DEPLOY = texts(
    yes=(_GO, GOOD), approval=(_APPROVE, BAD), unknown=(_UNKNOWN, UNKNOWN), no=(_FREEZE, WORST)
)
_ABOVE = texts(is_above=(-1, GOOD))
_NO_PAGE = texts(no_page_fires=(-1, GOOD))


def incident(one: Detail, width: int) -> Panel:
    """Return which part of the budget was spent since the page began that fires now."""
    there = Aggregation("group", (), measures.measured(one.scope))
    return stat(
        "This incident has cost",
        "Which part of the whole error budget was spent since the page began that fires now, of "
        "the last day at most.",
        width,
        instant(of_one(one, incident_cost(one), most=True).or_(-1 * there)),
        unit="percentunit", decimals=1, mappings=(_NO_PAGE,),
        steps=(("text", None), (BAD, 0), (WORST, 0.1)),
    )  # fmt: skip


def incident_cost(one: Detail) -> Expr:
    """Return which part of its budget each group has spent since its page began."""
    scope, step = one.scope, one.fast_interval
    key = scope.group_key
    severity = Matcher(naming.SEVERITY_LABEL, "=~", "|".join(one.words.page))
    matchers = (*scope.of_slos, *scope.of_alerts, severity)
    since = Series(naming.ACTIVE_SINCE, matchers, at_end=True)
    fires = attrs.evolve(firing(*matchers), at_end=True)
    begin = Aggregation("min", key, since).and_(Aggregation("group", key, fires), on=key)
    counted = call("sum_over_time", scope.over(naming.ERRORS_INCREASE, step))
    errors = Aggregation("sum", key, counted)
    after = Binary(0 * errors + call("time"), ">=", begin, on=key)
    lost = call("sum_over_time", Subquery(errors.and_(after, on=key), DAY, step))
    return Binary(lost, "/", Aggregation("max", key, measures.allowed(scope)), on=key)


def back(one: Detail, width: int) -> Panel:
    """Return after which time a budget is healthy again, if nothing more fails."""
    by_period: dict[Duration, list[ResolvedSLO]] = {}
    for slo in one.slos:
        by_period.setdefault(slo.period, []).append(slo)
    parts = (
        of_one(one, recovery(narrowed(one, slos), period)) for period, slos in by_period.items()
    )
    return stat(
        "Back above 25 % in",
        "When more than a quarter of the budget will be left again, if nothing more fails: the "
        "window rolls, and bad hours leave it one by one.",
        width,
        instant(union(parts)),
        unit="s", decimals=1, mappings=(_ABOVE,), steps=PLAIN,
    )  # fmt: skip


def recovery(scope: Scope, period: Duration) -> Expr:
    """Return after how many seconds each group has a healthy budget again; -1 where it has one.

    At each hour of the window the bad events are counted that came later: the first hour after
    which there were few enough is as far from the end of the window as the recovery is from now.
    """
    key = scope.group_key
    # An hour is recorded within the first one after it.
    until = Duration.of_milliseconds(period.milliseconds + HOUR.milliseconds)
    hours = attrs.evolve(scope.over(naming.ERRORS_SUM, period), ahead=until)
    whole = Aggregation("max", key, measures.allowed(scope, at_end=True))
    opened = Aggregation("max", key, scope.latest(naming.ERRORS_OPEN, at_end=True)).or_(0 * whole)
    later = Aggregation("sum", key, call("sum_over_time", hours)).or_(0 * whole)
    enough = Binary(later, "<", (1 - HEALTHY_ABOVE) * whole - opened, on=key)
    moments = Subquery((0 * later + call("time")).and_(enough, on=key), period, HOUR)
    lasts = call("min_over_time", moments) + period.seconds - call("time")
    left = Aggregation("min", key, measures.left(scope))
    return lasts.and_(left <= HEALTHY_ABOVE, on=key).or_(0 * (left > HEALTHY_ABOVE) - 1)


def deploy(one: Detail, width: int) -> Panel:
    """Return whether a deployment may go on, by the rule of ``slogen gate``."""
    scope, policy = one.scope, one.budget_policy
    known, left = scope.known(), measures.left(scope)

    def any_of(expr: Expr) -> Expr:
        return Aggregation("group", (), expr)

    found = union((
        _FREEZE * any_of(measures.alerts_of(scope, one.words.page)),
        _FREEZE * any_of(left <= 0),
        *([_FREEZE * any_of(left < policy.freeze_below)] if policy.freeze_below else []),
        _UNKNOWN * any_of(known.unless(measures.measured(scope), on=scope.key)),
        *([_APPROVE * any_of(left < policy.approve_below)] if policy.approve_below else []),
        _GO * any_of(known),
    ))  # fmt: skip
    return stat(
        "May we deploy",
        f"No while a page fires or {_too_little(policy.freeze_below)} of the budget of a chosen "
        f"group is left; unknown without data{_asks_somebody(policy.approve_below)}. It is the "
        "rule of `slogen gate`.",
        width,
        instant(found),
        mappings=(_DEPLOY,), background=True,
    )  # fmt: skip


def _too_little(share: Decimal) -> str:
    return f"less than {percentage(share)}" if share else "nothing"


def _asks_somebody(share: Decimal) -> str:
    return f"; somebody has to approve while less than {percentage(share)} is left" if share else ""
