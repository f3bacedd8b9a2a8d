"""The charts of a service's dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.fleet import MOST_BARS, bar_height
from slogen.dashboards.looks import (
    BAD,
    BUDGET,
    BURN,
    FIRING,
    GOOD,
    WORST,
    bars,
    curves,
    dashed,
    painted,
    sli_decimals,
    timeline,
)
from slogen.dashboards.measures import DAY, HOUR, WEEK
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import divided, exactly, labelled, union
from slogen.dashboards.service import Detail, decimals, narrowed
from slogen.promql.expr import Aggregation, Expr, Series, Text, call
from slogen.promql.printer import text
from slogen.promql.selector import Matcher
from slogen.units import Duration, number

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.plan import ResolvedSLO

_ALWAYS = (Duration("5m"), Duration("1h"), Duration("6h"))
_DAYS_SHOWN = "30d"
_COUNTED_OVER = Duration("5m")
"""A count of the evaluations of one scrape interval alone would jump up and down."""
_COLORS = (("good", GOOD), ("bad", WORST))


def sli_curves(one: Detail, width: int) -> Panel:
    """Return the share of good events over the chosen window, beside the objective."""
    scope = one.scope
    ratio = naming.ratio_rate_of("window")
    return curves(
        "SLI against the objective",
        "The share of good events over the window chosen above, the objective, and the same share "
        "a week before.",
        width,
        Query(expr=text(1 - scope.latest(ratio)), legend=f"{one.legend}SLI ($window)"),
        Query(expr=text(call("max", scope.constant(naming.OBJECTIVE))), legend="Objective"),
        _week_before(one, 1 - scope.latest(ratio, WEEK)),
        unit="percentunit",
        decimals=sli_decimals(decimals(one.slos)),
        high=1,
        interval=str(one.fast_interval),
        height=10,
        legend="list" if scope.groups else "table",
        overrides=(
            dashed("Objective", WORST),
            dashed("/a week before$/", "text", "byRegexp", dash=(2, 6)),
        ),
    )


def _week_before(one: Detail, expr: Expr) -> Query:
    """Return the dotted curve of a week before, of the worst group where there are groups."""
    if not one.scope.groups:
        return Query(expr=text(expr), legend=f"{one.legend}a week before")
    return Query(expr=text(call("min", expr)), legend="the worst a week before")


def events(one: Detail, width: int) -> Panel:
    """Return good and bad events; where the indicator is a state, the share of bad time."""
    kinds = (
        (
            tuple(slo for slo in one.slos if slo.definition.sli.counts_events),
            "good and bad events a second",
        ),
        (
            tuple(slo for slo in one.slos if not slo.definition.sli.counts_events),
            "which share of the time was good and bad",
        ),
    )
    counting, timed = (slos for slos, _ in kinds)
    words = " or ".join(said for slos, said in kinds if slos)
    time = (painted(f"{word} time", color, unit="percentunit", max=1) for word, color in _COLORS)
    return curves(
        "Good and bad",
        f"What was counted: {words}{', over all chosen groups' if one.scope.groups else ''}.",
        width,
        _counted(one, counting, timed, "good"),
        _counted(one, counting, timed, "bad"),
        low=0,
        unit="eps" if counting else "percentunit",
        interval=str(one.fast_interval),
        height=10,
        legend="list",
        custom={"stacking": {"group": "A", "mode": "normal"}, "fillOpacity": 40},
        overrides=(*(painted(word, color) for word, color in _COLORS), *time),
    )


def _counted(
    one: Detail, counting: tuple[ResolvedSLO, ...], timed: tuple[ResolvedSLO, ...], word: str
) -> Query:
    """Return the query for good or bad events a second, or for the share of good or bad time."""

    def amount(slos: tuple[ResolvedSLO, ...], *, share: bool) -> Expr:
        scope = narrowed(one, slos)
        bad, every = (
            call("sum", call("sum_over_time", scope.over(metric, _COUNTED_OVER)))
            for metric in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
        )
        found = bad if word == "bad" else every - bad
        return found / (every if share else _COUNTED_OVER.seconds)

    parts = []
    if counting:
        parts.append(labelled(amount(counting, share=False), "what", word))
    if timed:
        parts.append(labelled(amount(timed, share=True), "what", f"{word} time"))
    return Query(expr=text(union(parts)), legend="{{what}}")


def burn_down(one: Detail, width: int) -> Panel:
    """Return what was left of the budget, and a week before."""
    scope = one.scope
    return curves(
        "Error budget",
        "The part of the error budget that was left at each moment, and a week before; below 0 "
        "the objective is missed. The window rolls: what was spent comes back as it ages.",
        width,
        Query(expr=text(measures.left(scope)), legend=f"{one.legend}left"),
        _week_before(one, measures.left(scope, WEEK)),
        unit="percentunit",
        decimals=1,
        high=1,
        steps=BUDGET,
        interval="2m",
        height=10,
        legend="list" if scope.groups else "table",
        custom={"thresholdsStyle": {"mode": "area"}, "fillOpacity": 0, "axisSoftMin": 0},
        overrides=(dashed("/a week before$/", "text", "byRegexp", dash=(2, 6)),),
    )


def burn_windows(one: Detail, width: int) -> Panel:
    """Return the burn rates that the alerts look at, and the lines from which on they fire."""
    scope = one.scope
    name = Matcher("__name__", "=~", naming.ratio_rates(_windows(one)))
    ratios = Series("", (name, *scope.of_slos, *scope.of_groups)).over(scope.look_back)
    by_window = labelled(call("last_over_time", ratios), "window", "$1", "__name__", ".*rate(.+)")
    burning: Expr = divided(by_window, scope.constant(naming.ERROR_BUDGET), scope.key)
    if scope.groups:
        burning = Aggregation("max", ("window",), burning)
    lines = _tier_lines(one)
    return curves(
        "Burn rate by window",
        "The burn rates that the alerts look at"
        f"{', of the worst group' if scope.groups else ''}. An alert fires while both of its "
        "windows are above its line.",
        width,
        Query(
            expr=text(burning),
            legend="{{window}}" if scope.groups else f"{one.legend}{{{{window}}}}",
        ),
        *([Query(expr=text(lines), legend="{{tier}}", ref="tiers")] if lines else []),
        unit="suffix:x",
        decimals=1,
        low=0,
        interval=str(one.fast_interval),
        height=10,
        legend="list",
        custom={"fillOpacity": 0},
        overrides=(
            dashed("/^page above/", WORST, "byRegexp"),
            dashed("/^ticket above/", BAD, "byRegexp"),
        ),
    )


def _windows(one: Detail) -> list[Duration]:
    """Return the windows that alerts of the service look at, and those that people do."""
    tiers = [tier for slo in one.slos for tier in slo.tiers]
    return sorted({*_ALWAYS, *(window for tier in tiers for window in (tier.long, tier.short))})


def _tier_lines(one: Detail) -> Expr | None:
    """Return the threshold of each tier that the chosen SLO has, labelled with what it is."""
    tiers: dict[tuple[str, str, str], list[ResolvedSLO]] = {}
    for slo in one.slos:
        for tier in slo.tiers:
            rate = number(tier.threshold)
            words = f"{tier.alert.urgency} above {rate}x ({tier.long} and {tier.short})"
            tiers.setdefault((words, rate, tier.alert.urgency), []).append(slo)
    lines = []
    for (words, rate, _), slos in tiers.items():
        exists = one.scope.constant(naming.OBJECTIVE, *one.are(slos))
        line = 0 * call("max", exists) + Text(rate, is_atomic=True)
        lines.append(labelled(line, "tier", words))
    return union(lines) if lines else None


def budget_by_group(one: Detail, width: int) -> Panel:
    """Return what each group has left, the least first."""
    left = Aggregation("min", (*one.scope.groups, *one.scope.identity), measures.left(one.scope))
    least = Aggregation("bottomk", (), left, parameter=MOST_BARS)
    return bars(
        "Budget left by group",
        f"The part of the error budget that each group has left, the least first; at most "
        f"{MOST_BARS} of them.",
        width,
        Query(expr=text(call("sort", least)), legend=one.legend.strip() or "all", instant=True),
        unit="percentunit",
        decimals=1,
        high=1,
        steps=BUDGET,
        height=bar_height(8),
    )


def burn_by_group(one: Detail, width: int) -> Panel:
    """Return how fast each group burns, the fastest first."""
    scope = one.scope
    burning = measures.burn(scope, HOUR)
    by = (*scope.groups, *scope.identity)
    most = Aggregation("topk", (), Aggregation("max", by, burning), parameter=MOST_BARS)
    return bars(
        "Burn rate by group (1h)",
        f"How fast each group burned in the last hour, the fastest first; at most {MOST_BARS} of "
        "them.",
        width,
        Query(expr=text(call("sort_desc", most)), legend=one.legend.strip() or "all", instant=True),
        unit="suffix:x",
        decimals=1,
        steps=BURN,
        height=bar_height(8),
    )


def spent_by_day(one: Detail, width: int) -> Panel:
    """Return which part of the budget each day spent."""
    scope = one.scope
    spent = measures.spent(scope, DAY, until_midnight=True)
    return curves(
        "Budget spent by day",
        f"Which part of the whole error budget each of the last {_DAYS_SHOWN} spent, until "
        "midnight UTC of the day that is marked.",
        width,
        Query(expr=text(spent), legend=f"{one.legend}spent"),
        unit="percentunit",
        decimals=1,
        low=0,
        interval="1d",
        time_from=_DAYS_SHOWN,
        legend="none" if not scope.groups else "list",
        height=9,
        custom={"drawStyle": "bars", "fillOpacity": 80, "lineWidth": 0},
        color="palette-classic" if scope.groups else "thresholds",
        steps=((GOOD, None), ("yellow", 0.05), (BAD, 0.25), (WORST, 1)),
    )


def alert_history(one: Detail, width: int) -> Panel:
    """Return when each alert of the SLO fired, also those that never did."""
    alerts: dict[str, dict[str, ResolvedSLO]] = {}
    for slo in one.slos:
        for alert in slo.alerts:
            alerts.setdefault(alert.name, {})[slo.definition.id] = slo
    lines = [_history(one, name, tuple(slos.values())) for name, slos in alerts.items()]
    if not lines:
        known = 0 * call("max", one.scope.constant(naming.OBJECTIVE))
        lines.append(labelled(known, "alert", "no alerts"))
    return timeline(
        "Alert history",
        "When each alert of the SLO fired.",
        width,
        Query(expr=text(union(lines)), legend="{{alert}}"),
        mappings=(FIRING,),
        steps=((GOOD, None), (WORST, 1)),
        interval=str(one.fast_interval),
        height=9,
    )


def _history(one: Detail, alert: str, slos: tuple[ResolvedSLO, ...]) -> Expr:
    firing = call("max", one.scope.alerts(exactly(naming.ALERT_LABEL, alert)))
    quiet = 0 * call("max", one.scope.constant(naming.OBJECTIVE, *one.are(slos)))
    return labelled(firing.or_(quiet), "alert", alert)
