"""The words that wake a person: what burns, how fast, what is left, and where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import recorded
from slogen.compiler.templates import literal, string
from slogen.promql.printer import text
from slogen.units import number

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO, ResolvedTier


def burn_rate_annotations(slo: ResolvedSLO, tier: ResolvedTier) -> dict[str, str]:
    """Return summary, description and links of a burn-rate alert."""
    summary = (
        f"{_title(slo)} burns its error budget "
        f'{{{{ $value | printf "%.1f" }}}}x too fast over {tier.long}'
    )
    lines = (
        f"Objective: {slo.slo.objective} over {slo.slo.window}.",
        f"Alerts above {number(tier.threshold)}x over both {tier.long} and {tier.short}.",
        f"Budget left: {_budget_left(slo)}. Exhausted in: {_exhausted_in(slo)}.",
        f"Bad events: {literal(_counted(slo))}",
        *(literal(line) for line in slo.slo.description.split("\n") if line),
    )
    annotations = {"summary": summary, "description": "\n".join(lines)}
    if slo.slo.runbook:
        annotations["runbook_url"] = literal(slo.slo.runbook)
    return annotations


def _title(slo: ResolvedSLO) -> str:
    """Return the service and the SLO's name, and the group's labels where there are any."""
    title = literal(f"{slo.slo.service.name} {slo.slo.name}")
    if not slo.slo.group_by:
        return title
    groups = ", ".join(f"{label}={{{{ $labels.{label} }}}}" for label in slo.slo.group_by)
    return f"{title} ({groups})"


def _budget_left(slo: ResolvedSLO) -> str:
    return _queried(slo, naming.BUDGET_REMAINING, "humanizePercentage", "no data")


def _exhausted_in(slo: ResolvedSLO) -> str:
    otherwise = "not at the present rate"
    return _queried(slo, naming.TIME_TO_EXHAUSTION, "humanizeDuration", otherwise)


def _queried(slo: ResolvedSLO, metric: str, form: str, otherwise: str) -> str:
    """Return a template that asks Prometheus for another series of the same SLO and group."""
    series = text(recorded(slo, metric))
    if slo.slo.group_by:
        matchers = ",".join(f"{label}=%q" for label in slo.slo.group_by)
        values = " ".join(f"$labels.{label}" for label in slo.slo.group_by)
        pattern = f"{series.removesuffix('}').replace('%', '%%')},{matchers}}}"
        query = f"printf {string(pattern)} {values} | query"
    else:
        query = f"query {string(series)}"
    value = f"{{{{ . | first | value | {form} }}}}"
    return f"{{{{ with {query} }}}}{value}{{{{ else }}}}{otherwise}{{{{ end }}}}"


def _counted(slo: ResolvedSLO) -> str:
    sli = slo.slo.sli
    if sli.bad is not None:
        return f"{sli.bad} of {sli.total}"
    return f"{sli.total} without {sli.good}"
