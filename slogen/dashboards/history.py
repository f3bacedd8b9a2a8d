"""When each alert of an SLO fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards.colors import BAD, FIRING, GOOD, INFORMS, WORST
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import exactly, labelled, union
from slogen.dashboards.shapes import timeline
from slogen.dashboards.tiers import LEVELS
from slogen.promql.expr import GrafanaStep, call
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.dashboards.service import Detail
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

_STRIP, _AROUND = 24, 110
"""The pixels of a strip, and of what stands around all of them."""
_ALERT = "alert"


def alert_history(one: Detail, width: int) -> Panel:
    """Return when each alert of the SLO fired, also those that never did."""
    alerts: dict[tuple[str, str], dict[str, ResolvedSLO]] = {}
    for slo in one.slos:
        for alert in slo.alerts:
            alerts.setdefault((alert.name, alert.urgency), {})[slo.definition.id] = slo
    lines = [_history(one, *alert, tuple(slos.values())) for alert, slos in alerts.items()]
    if not lines:
        known = 0 * call("max", one.scope.constant(naming.OBJECTIVE))
        lines.append(labelled(known, _ALERT, "no alerts"))
    return timeline(
        "Alert history",
        "When each alert of the SLO fired: red where it pages, orange where it is a ticket, blue "
        "where it informs. A strip shows an alert that fired at any moment of it.",
        width,
        Query(expr=text(union(lines)), legend=f"{{{{{_ALERT}}}}}"),
        mappings=(FIRING,),
        steps=(
            (GOOD, None), (INFORMS, LEVELS["info"]), (BAD, LEVELS["ticket"]),
            (WORST, LEVELS["page"]),
        ),
        interval=str(one.fast_interval),
        height=max(4, -(-(_STRIP * len(lines) + _AROUND) // 38)),
    )  # fmt: skip


def _history(one: Detail, alert: str, urgency: str, slos: tuple[ResolvedSLO, ...]) -> Expr:
    severities = sorted(
        {each.severity for slo in slos for each in slo.alerts if each.urgency == urgency}
    )
    fired = one.scope.alerts(
        exactly(naming.ALERT_LABEL, alert), exactly(naming.SEVERITY_LABEL, *severities)
    )
    lately = call("max_over_time", fired.over(GrafanaStep()))
    quiet = 0 * call("max", one.scope.constant(naming.OBJECTIVE, *one.are(slos)))
    return labelled((LEVELS[urgency] * call("max", lately)).or_(quiet), _ALERT, alert)
