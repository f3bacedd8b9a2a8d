"""The report: what the chosen range did to objectives and budgets, beside the range before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import fleet as shared
from slogen.dashboards import measures, ranges
from slogen.dashboards.colors import BUDGET, PLAIN, SHARE_MET, UNKNOWN, counted
from slogen.dashboards.overview import team_variable
from slogen.dashboards.panels import Board, Query
from slogen.dashboards.report_tables import costliest_hours, objectives, scorecard
from slogen.dashboards.scope import labelled, times
from slogen.dashboards.shapes import curves, stat
from slogen.promql.expr import Aggregation, GrafanaRange, Subquery, call
from slogen.promql.printer import text
from slogen.promql.selector import Matcher

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel
    from slogen.promql.expr import Expr


def report(fleet: Fleet) -> Board:
    """Return the dashboard for reviews."""
    return Board(
        uid=naming.uid("report", "", fleet.naming),
        folder=naming.DASHBOARD_FOLDER,
        title="SLO report",
        description="For reviews: choose a month or a quarter and see which objectives were met "
        "in it, what it cost, and how that compares with the same time before.",
        time_from="now-30d",
        variables=shared.variables(fleet.scope, *team_variable(fleet)),
        marks=(),
        refresh="",
        panels=(
            *_numbers(fleet),
            *_totals(fleet),
            scorecard(fleet),
            objectives(fleet),
            costliest_hours(fleet),
            _met_over_time(fleet),
            _by_team(fleet),
        ),
    )


def share_met(fleet: Fleet, *, earlier: bool = False) -> Expr:
    """Return which part of the SLOs that had events in a range met its objective."""
    return call("avg", fleet.scope.kept(ranges.met(fleet.scope, earlier=earlier)))


def _numbers(fleet: Fleet) -> tuple[Panel, ...]:
    scope = fleet.scope
    paging = Aggregation("group", scope.key, measures.alerts_of(scope, fleet.words.page))
    paged = Subquery(scope.kept(paging), GrafanaRange(), ranges.PAGE_STEP)
    seconds = ranges.PAGE_STEP.seconds * call("sum", call("count_over_time", paged))
    silent = scope.constant(naming.OBJECTIVE).unless(ranges.met(scope), on=scope.key)
    pages = call("sum", scope.kept(ranges.pages(scope, fleet.words)))
    return (
        stat(
            "Objectives met", "The share of SLOs whose good events in the chosen range reach the "
            "objective, of those that had any.",
            6, fleet.number(share_met(fleet)), unit="percentunit", decimals=0,
            steps=SHARE_MET, background=True,
        ),
        stat(
            "The range before", "The same share in the same time before the chosen range.", 5,
            fleet.number(share_met(fleet, earlier=True)), unit="percentunit", decimals=0,
            steps=SHARE_MET,
        ),
        stat(
            "Not measured", "SLOs that had no events in the chosen range: their objective is "
            "neither met nor missed.", 4, fleet.count(silent), steps=counted(UNKNOWN),
            background=True,
        ),
        stat(
            "Pages", "How often a page began in the chosen range.", 4,
            fleet.number(pages.or_(call("vector", 0))), decimals=0, steps=PLAIN,
        ),
        stat(
            "Time paging", "For how long a page was firing in the chosen range, summed over SLOs.",
            5, fleet.number(seconds.or_(call("vector", 0))), unit="s", decimals=1,
            steps=(("green", None), ("yellow", 1), ("orange", 3_600), ("red", 86_400)),
        ),
    )  # fmt: skip


def _totals(fleet: Fleet) -> tuple[Panel, ...]:
    """Return the numbers in which each event counts as much as any other, of whatever SLO."""
    bad, every, bad_before, every_before = (
        _total(fleet, metric, earlier=earlier)
        for earlier in (False, True)
        for metric in (naming.ERRORS_SUM, naming.EVENTS_SUM)
    )
    words = "of all SLOs that count events; one that two SLOs count is counted twice"
    return (
        stat(
            "Events", f"How many events there were in the chosen range, {words}.", 6,
            fleet.number(every), unit="short", decimals=2, steps=PLAIN,
        ),
        stat(
            "Bad events", f"How many of them were bad, {words}.", 6,
            fleet.number(bad), unit="short", decimals=2, steps=PLAIN,
        ),
        stat(
            "Good of all events", f"The share of good events, {words}.", 6,
            fleet.number(1 - bad / (every > 0)), unit="percentunit", decimals=3, steps=PLAIN,
        ),
        stat(
            "Good of all before", "The same share in the same time before the chosen range.", 6,
            fleet.number(1 - bad_before / (every_before > 0)),
            unit="percentunit", decimals=3, steps=PLAIN,
        ),
    )  # fmt: skip


def _total(fleet: Fleet, metric: str, *, earlier: bool) -> Expr:
    scope = fleet.scope
    kinds = Matcher(naming.KIND_LABEL, "=~", "|".join(fleet.counting))
    counts = ranges.counted(scope, metric, earlier=earlier)
    return call("sum", counts.and_(scope.info(kinds), on=scope.key))


def _met_over_time(fleet: Fleet) -> Panel:
    scope = fleet.scope
    ratio = Aggregation("max", scope.key, scope.latest(naming.RATIO_PERIOD))
    met = measures.at_zero(scope.kept(measures.met(scope)))
    return curves(
        "Objectives met over time",
        "The share of SLOs that met their objective over their own window, at each moment, of "
        "those with events in it.",
        12,
        Query(expr=text(met / call("count", scope.kept(ratio))), legend="met"),
        unit="percentunit",
        decimals=0,
        low=0,
        high=1,
        legend="none",
        custom={"fillOpacity": 20},
    )


def _by_team(fleet: Fleet) -> Panel:
    scope = fleet.scope
    lowest = Aggregation("min", scope.key, measures.left(scope))
    left: Expr = call("clamp_min", scope.kept(lowest), 0)
    legend = "all"
    if fleet.has_owners:
        owner = (naming.OWNER_LABEL,)
        left = times(left, measures.owners(scope), scope.key, owner)
        left = labelled(left, naming.OWNER_LABEL, "no team", naming.OWNER_LABEL)
        legend = f"{{{{{naming.OWNER_LABEL}}}}}"
    return curves(
        "Average budget left by team",
        "The mean of what is left of a team's budgets; a spent one counts as 0.",
        12,
        Query(
            expr=text(Aggregation("avg", (naming.OWNER_LABEL,) if fleet.has_owners else (), left)),
            legend=legend,
        ),
        unit="percentunit",
        decimals=0,
        low=0,
        high=1,
        steps=BUDGET,
        legend="list",
        custom={"fillOpacity": 0},
    )
