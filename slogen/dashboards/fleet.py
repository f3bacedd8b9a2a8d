"""Panels about many SLOs: the state on top, then a table, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.dashboards import groups, measures
from slogen.dashboards.colors import BAD, BUDGET, SHARE_MET, UNKNOWN, WORST, counted
from slogen.dashboards.measures import Words
from slogen.dashboards.panels import Mark, Panel, Query, Step, Variable
from slogen.dashboards.scope import Scope, chosen
from slogen.dashboards.shapes import bars, stat
from slogen.promql.expr import Aggregation, Expr, call
from slogen.promql.printer import text
from slogen.recorded.budget import HEALTHY_ABOVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.naming import Naming
    from slogen.promql.selector import Matcher
    from slogen.units import Duration

MOST_ROWS, MOST_CURVES, MOST_BARS = 20, 8, 12
"""How many SLOs a chart shows at most: those that matter most."""


@attrs.frozen(kw_only=True)
class Fleet:
    """SLOs that stand on one dashboard, and what their panels have to know.

    Attributes:
        scope: Which series are theirs.
        slos: How many there are when the dashboard is made.
        services: The names of their services.
        words: Their severities.
        has_owners: Whether any has an owner.
        known: Labels that are the same for all of them, and so no columns.
        decimals: How many the most precise of their objectives has, as a percentage.
        burn: The colours of their burn rates.
        counting: The kinds of their indicators that count events.
    """

    scope: Scope
    slos: int
    services: tuple[str, ...]
    words: Words
    has_owners: bool
    known: tuple[str, ...]
    decimals: int
    burn: tuple[Step, ...]
    counting: tuple[str, ...]

    @property
    def naming(self) -> Naming:
        """The names of the labels."""
        return self.scope.naming

    @property
    def legend(self) -> str:
        """How an SLO is called in a chart."""
        return " ".join(f"{{{{{label}}}}}" for label in self.scope.key)

    def query(self, expr: Expr, **more: Any) -> Query:  # noqa: ANN401
        """Return the query for an expression, for the chosen SLOs."""
        return Query(expr=text(self.scope.kept(expr)), **more)

    def number(self, expr: Expr) -> Query:
        """Return the query for a number."""
        return Query(expr=text(expr), instant=True)

    def count(self, expr: Expr) -> Query:
        """Return the query for how many of the chosen SLOs there are in an expression."""
        return self.number(measures.at_zero(self.scope.kept(expr)))

    def few(self, expr: Expr, most: int) -> Expr:
        """Return an expression for as many SLOs as a chart can show: those that burned fastest."""
        if self.slos <= most:
            return expr
        return expr.and_(measures.most_burning(self.scope, most), on=self.scope.key)

    def ranked(
        self, expr: Expr, most: int, *, least_first: bool = False, legend: str = ""
    ) -> Query:
        """Return the query for as many values as bars can show, the most important first."""
        chosen_by, sorted_by = ("bottomk", "sort") if least_first else ("topk", "sort_desc")
        if self.slos > most:
            expr = Aggregation(chosen_by, (), expr, parameter=most)
        return Query(expr=text(call(sorted_by, expr)), legend=legend or self.legend, instant=True)

    def said(self, most: int) -> str:
        """Return what to say about a chart that shows so many at most."""
        return f" The {most} that burned fastest." if self.slos > most else ""


def state_row(fleet: Fleet) -> tuple[Panel, ...]:
    """Return the numbers on top."""
    scope = fleet.scope
    left = measures.measured(scope)
    met = measures.met(scope).and_(left, on=scope.key)
    pages = Aggregation("count", scope.key, measures.alerts_of(scope, fleet.words.page))
    silent = scope.constant(naming.OBJECTIVE).unless(
        scope.latest(naming.ERRORS_INCREASE), on=scope.key
    )
    known = call("count", scope.kept(scope.constant(naming.OBJECTIVE)))
    return (
        stat(
            "Paging", "SLOs with an alert that wakes somebody.", 3,
            fleet.count(pages), steps=counted(WORST), background=True,
        ),
        stat(
            "No data", "SLOs whose indicator has recorded nothing for five minutes.", 3,
            fleet.count(silent), steps=counted(UNKNOWN), background=True,
        ),
        stat(
            "Spent", "SLOs that have spent their whole error budget, of those with data.", 3,
            fleet.count(left <= 0), steps=counted(WORST), background=True,
        ),
        stat(
            "At risk", "SLOs with a quarter of their error budget or less, but some; of those "
            "with data.", 3,
            fleet.count((left > 0) <= HEALTHY_ABOVE), steps=counted(BAD), background=True,
        ),
        stat(
            "Objectives met", "The share of all SLOs whose good events over their own window "
            "reach the objective. An SLO without data does not meet it.", 5,
            fleet.number(measures.at_zero(scope.kept(met)) / known),
            unit="percentunit", decimals=0, steps=SHARE_MET,
        ),
        stat(
            "Health score", "The share of all SLOs whose budget is healthy: more than a quarter "
            "left. An SLO without data is not healthy.",
            4, fleet.number(measures.at_zero(scope.kept(left > HEALTHY_ABOVE)) / known),
            unit="percentunit", decimals=0, steps=((WORST, None), ("yellow", 0.7), ("green", 0.9)),
        ),
        stat("SLOs", "SLOs that the filters choose.", 3, fleet.number(known), decimals=0),
    )  # fmt: skip


def budget_bars(fleet: Fleet, width: int) -> Panel:
    """Return what is left of the budgets, the least first."""
    lowest = groups.least_named(fleet.scope, measures.left(fleet.scope))
    name = f"{fleet.legend} {{{{{groups.GROUP}}}}}" if fleet.scope.groups else fleet.legend
    few = f" The {MOST_BARS} with the least." if fleet.slos > MOST_BARS else ""
    return bars(
        "Error budget remaining",
        f"The part of each SLO's error budget that is left, the least first.{few}"
        f"{' Of groups, the one that has least.' if fleet.scope.groups else ''}",
        width,
        fleet.ranked(fleet.scope.kept(lowest), MOST_BARS, least_first=True, legend=name),
        unit="percentunit",
        decimals=0,
        high=1,
        steps=BUDGET,
        height=bar_height(fleet.slos),
    )


def bar_height(bars_shown: int) -> int:
    """Return the height at which so many bars can be read, with their names above them."""
    return max(4, -(-min(bars_shown, MOST_BARS) * 44 // 38) + 2)


def strip_height(strips: int) -> int:
    """Return the height at which the strips of so many SLOs can be read."""
    return max(4, min(strips, MOST_ROWS) * 3 // 4 + 3)


def variables(scope: Scope, *first: Variable) -> tuple[Variable, ...]:
    """Return the filters of a dashboard about many SLOs: service, and labels of the identity."""
    info = scope.naming.info
    within = f"{{{','.join(str(m) for m in scope.of_info)}}}" if scope.of_info else ""
    return (
        *first,
        Variable(
            name="service",
            label="Service",
            query=f"label_values({info}{within}, {scope.naming.service})",
        ),
        *identity_variables(scope.identity, info),
    )


def identity_variables(labels: Iterable[str], info: str) -> tuple[Variable, ...]:
    """Return a filter for each label that belongs to the identity."""
    return tuple(
        Variable(
            name=naming.by_variable(label), label=label, query=f"label_values({info}, {label})"
        )
        for label in labels
    )


def pages(fleet: Fleet) -> Mark:
    """Return the marks of pages."""
    return Mark(
        name="Pages",
        expr=text(fleet.scope.kept(measures.alerts_of(fleet.scope, fleet.words.page))),
        color=WORST,
        title=f"{{{{{naming.ALERT_LABEL}}}}}",
        text=fleet.legend,
        shown=False,  # of many SLOs one pages nearly always, and all charts would be red
    )


def fleet_scope(
    names: Naming,
    identity: tuple[str, ...],
    of_info: tuple[Matcher, ...],
    look_back: Duration,
    of_slos: tuple[Matcher, ...] | None,
) -> Scope:
    """Return the scope of a dashboard about many SLOs."""
    matchers = (
        *((chosen(names.service, "service"),) if of_slos is None else of_slos),
        *(chosen(label, naming.by_variable(label)) for label in identity),
    )
    return Scope(
        naming=names, identity=identity, of_slos=matchers, of_info=of_info, look_back=look_back,
    )  # fmt: skip
