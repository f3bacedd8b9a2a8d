"""How slow the slowest requests are that the objective allows: the quantile beside its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards.colors import WORST
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import union
from slogen.dashboards.shapes import curves, dashed
from slogen.model import Latency
from slogen.promql.expr import Aggregation, Number, Series, call
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.dashboards.service import Detail
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

_WINDOW = Duration("5m")
_BUCKET = "le"


def latency_quantiles(one: Detail, width: int) -> Panel | None:
    """Return the quantile of the chosen SLO; None where no SLO of the service measures latency.

    The one panel that reads raw series: nothing that is recorded holds a quantile.
    """
    slos = [slo for slo in one.slos if isinstance(slo.definition.sli, Latency)]
    if not slos:
        return None
    return curves(
        "Latency",
        "How long the slowest request took at most, of those that the objective wants to be fast: "
        "with an objective of 95 % the 95th percentile, over five minutes. Read from the histogram "
        "itself, within the bounds of its buckets.",
        width,
        Query(expr=text(union(quantile(one, slo) for slo in slos)), legend="quantile"),
        Query(expr=text(union(_limit(one, slo) for slo in slos)), legend="limit"),
        unit="s",
        decimals=3,
        low=0,
        interval=str(one.fast_interval),
        height=9,
        legend="list",
        no_value="This SLO measures no latency.",
        overrides=(dashed("limit", WORST),),
    )


def quantile(one: Detail, slo: ResolvedSLO) -> Expr:
    """Return the quantile of an SLO in seconds, while it is the chosen one."""
    sli = slo.definition.sli
    assert isinstance(sli, Latency)  # noqa: S101 (what is asked for)
    own = [m for m in one.scope.of_groups if m.label in slo.definition.group_by]
    matchers = (*sli.histogram.matchers, *own)
    name, by = (
        (sli.histogram.metric, ()) if sli.native else (f"{sli.histogram.metric}_bucket", (_BUCKET,))
    )
    observed = Aggregation("sum", by, call("rate", Series(name, matchers, _WINDOW)))
    share = Number(1 - slo.budget)
    found = call("histogram_quantile", share, observed) / (sli.bound / sli.under)
    return found.and_(_is_chosen(one, slo), on=())


def _limit(one: Detail, slo: ResolvedSLO) -> Expr:
    sli = slo.definition.sli
    assert isinstance(sli, Latency)  # noqa: S101 (what is asked for)
    return 0 * _is_chosen(one, slo) + sli.under


def _is_chosen(one: Detail, slo: ResolvedSLO) -> Expr:
    """Return 1 while an SLO of the service is the chosen one."""
    return Aggregation("group", (), one.scope.constant(naming.OBJECTIVE, *one.are((slo,))))
