"""The charts of a service's dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen import naming
from slogen.dashboards import groups, measures, tiers
from slogen.dashboards.colors import BAD, BUDGET, GOOD, WORST, sli_decimals
from slogen.dashboards.measures import WEEK
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import divided, labelled, union
from slogen.dashboards.service import Detail, decimals, narrowed
from slogen.dashboards.shapes import curves, dashed, painted
from slogen.promql.expr import Aggregation, Expr, Series, call
from slogen.promql.printer import text
from slogen.promql.selector import Matcher
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.plan import ResolvedSLO

_ALWAYS = (Duration("5m"), Duration("1h"), Duration("6h"))
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
        f"a week before.{_few_words(one)}",
        width,
        Query(
            expr=text(groups.fastest(scope, 1 - scope.latest(ratio))),
            legend=f"{one.legend}SLI ($window)",
        ),
        Query(expr=text(call("max", scope.constant(naming.OBJECTIVE))), legend="Objective"),
        _week_before(one, 1 - scope.latest(ratio, WEEK)),
        unit="percentunit",
        decimals=sli_decimals(decimals(one.slos)),
        high=1,
        interval=str(one.fast_interval),
        height=10,
        legend="list" if scope.groups else "table",
        custom={"fillOpacity": 0} if scope.groups else {},
        overrides=(
            dashed("Objective", WORST),
            dashed("/a week before$/", "text", "byRegexp", dash=(2, 6)),
        ),
    )


def _few_words(one: Detail) -> str:
    """Return what to say about a chart that shows the worst groups alone."""
    if not one.scope.groups:
        return ""
    return f" At most {groups.MOST_CURVES} groups, those that burned fastest in the last day."


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
    return curves(
        "Good and bad",
        f"What was counted: {words}{', over all chosen groups' if one.scope.groups else ''}. "
        "Bad ones have the axis on the right, since they are few.",
        width,
        _counted(one, counting, timed, "good"),
        _counted(one, counting, timed, "bad"),
        low=0,
        unit="eps" if counting else "percentunit",
        interval=str(one.fast_interval),
        height=10,
        legend="list",
        custom={"fillOpacity": 20},
        overrides=(
            *(painted(word, color, **_axis(word)) for word, color in _COLORS),
            *(
                painted(f"{word} time", color, unit="percentunit", max=1, **_axis(word))
                for word, color in _COLORS
            ),
        ),
    )


def _axis(word: str) -> dict[str, Any]:
    """Return the properties of a curve that has an axis of its own."""
    return {"custom.axisPlacement": "right", "custom.axisLabel": word} if word == "bad" else {}


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
        "the objective is missed. The window rolls: what was spent comes back as it ages."
        f"{_few_words(one)}",
        width,
        Query(expr=text(groups.fastest(scope, measures.left(scope))), legend=f"{one.legend}left"),
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
    thresholds = tiers.lines(one)
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
        *([Query(expr=text(thresholds), legend="{{tier}}", ref="tiers")] if thresholds else []),
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
    every = [tier for slo in one.slos for tier in slo.tiers]
    return sorted({*_ALWAYS, *(window for tier in every for window in (tier.long, tier.short))})
