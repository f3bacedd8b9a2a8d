"""Pieces of rules that several passes need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.links import dashboard_url
from slogen.compiler.template_queries import MOMENT, active_since, asked, where
from slogen.promql.printer import text
from slogen.rules import AlertingRule, RecordingRule
from slogen.templates import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.plan import ResolvedAlert, ResolvedSLO
    from slogen.promql.expr import Expr


def record(slo: ResolvedSLO, metric: str, expr: Expr, /, **labels: str) -> RecordingRule:
    """Return the rule that records an expression under the SLO's identity."""
    return RecordingRule(record=metric, expr=text(expr), labels={**slo.identity, **labels})


def alerting(
    slo: ResolvedSLO,
    alert: ResolvedAlert,
    expr: Expr,
    annotations: Mapping[str, str],
    **labels: str,
) -> AlertingRule:
    """Return the rule of an alert: slogen's labels and annotations, then the user's.

    Links come first, so that whoever reads the file sees them above the texts. The description
    begins with when the alert became active, where the server has recorded that.
    """
    own = {
        **slo.identity,
        naming.SEVERITY_LABEL: alert.severity,
        slo.naming.owner: slo.definition.owner,
        **({slo.naming.severity: alert.urgency} if slo.naming.severity else {}),
        **labels,
    }
    links = {}
    if runbook := alert.runbook or slo.definition.runbook:
        links["runbook_url"] = literal(runbook)
    if slo.grafana:
        links["dashboard_url"] = dashboard_url(slo)
    active = asked(slo, active_since(slo, alert.name, labels))
    since = where(active, f"Since {MOMENT}.\n")
    texts = {**annotations, "description": f"{since}{annotations['description']}"}
    return AlertingRule(
        alert=alert.name,
        expr=text(expr),
        for_=alert.for_,
        keep_firing_for=alert.keep_firing_for,
        labels={**{k: literal(v) for k, v in own.items() if v}, **alert.labels},
        annotations={**links, **texts, **alert.annotations},
    )
