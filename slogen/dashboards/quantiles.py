"""How slow the slowest requests are that the objective allows: the quantile beside its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards.colors import WORST
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import labelled, union
from slogen.dashboards.shapes import curves, dashed
from slogen.model import Latency
from slogen.promql.expr import Aggregation, Number, Series, call
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slogen.dashboards.panels import Panel
    from slogen.dashboards.service import Detail
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

_WINDOW = Duration("5m")
_BUCKET, _SLO = "le", "slo"
_MOST_OTHERS = 4
"""Of how many SLOs curves are shown while one is chosen that measures no latency."""


def latency_quantiles(one: Detail, width: int) -> Panel | None:
    """Return the quantile of the chosen SLO; None where no SLO of the service measures latency.

    The one panel that reads raw series: nothing that is recorded holds a quantile.
    """
    slos = [slo for slo in one.slos if isinstance(slo.definition.sli, Latency)]
    if not slos:
        return None
    others = [slo for slo in one.slos if slo not in slos]
    instead = " While another SLO is chosen, of those of the service that do." if others else ""

    while_chosen = [
        _is_chosen(one, [slo, *(others if place < _MOST_OTHERS else ())])
        for place, slo in enumerate(slos)
    ]

    def query(what: str, of: Callable[[ResolvedSLO], Expr]) -> Query:
        named = (
            labelled(of(slo).and_(is_chosen, on=()), _SLO, slo.definition.id)
            for slo, is_chosen in zip(slos, while_chosen, strict=True)
        )
        return Query(expr=text(union(named)), legend=f"{{{{{_SLO}}}}} {what}")

    return curves(
        "Latency",
        "How long the slowest request took at most, of those that the objective wants to be fast: "
        "with an objective of 95 % the 95th percentile, over five minutes. Read from the histogram "
        f"itself, within the bounds of its buckets.{instead}",
        width,
        query("quantile", lambda slo: quantile(one, slo)),
        query("limit", _limit),
        unit="s",
        decimals=3,
        low=0,
        interval=str(one.fast_interval),
        height=9,
        legend="list",
        overrides=(dashed("/limit$/", WORST, "byRegexp"),),
    )


def quantile(one: Detail, slo: ResolvedSLO) -> Expr:
    """Return the quantile of an SLO in seconds."""
    sli = slo.definition.sli
    assert isinstance(sli, Latency)  # noqa: S101 (what is asked for)
    own = [m for m in one.scope.of_groups if m.label in slo.definition.group_by]
    matchers = (*sli.histogram.matchers, *own)
    name, by = (
        (sli.histogram.metric, ()) if sli.native else (f"{sli.histogram.metric}_bucket", (_BUCKET,))
    )
    observed = Aggregation("sum", by, call("rate", Series(name, matchers, _WINDOW)))
    share = Number(1 - slo.budget)
    return call("histogram_quantile", share, observed) / (sli.bound / sli.under)


def _limit(slo: ResolvedSLO) -> Expr:
    sli = slo.definition.sli
    assert isinstance(sli, Latency)  # noqa: S101 (what is asked for)
    return call("vector", sli.under)


def _is_chosen(one: Detail, slos: Iterable[ResolvedSLO]) -> Expr:
    """Return 1 while one of some SLOs of the service is the chosen one."""
    return Aggregation("group", (), one.scope.constant(naming.OBJECTIVE, *one.are(slos)))
