"""The words that wake a person: what happens, how bad it is, what is left, where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.printer import text
from slogen.recorded.series import recorded
from slogen.templates import literal, string
from slogen.units import number, percentage

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO, ResolvedTier

_VALUE_PERCENTAGE = "{{ $value | humanizePercentage }}"
_VALUE_OF_QUERY = "{{ . | first | value | humanizePercentage }}"


def burn_rate_annotations(slo: ResolvedSLO, tier: ResolvedTier) -> dict[str, str]:
    """Return summary and description of a burn-rate alert; its value is the burn rate."""
    return {
        "summary": (
            f"{_title(slo)} burns its error budget "
            f'{{{{ $value | printf "%.1f" }}}}x too fast over {tier.long}'
        ),
        "description": _lines(
            f"Objective: {slo.definition.objective} over {slo.definition.window}.",
            f"Alerts above {number(tier.threshold)}x over both {tier.long} and {tier.short}.",
            _budget_left(slo),
            *_explained(slo),
        ),
    }


def exhausted_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the exhausted alert; its value is the budget left."""
    return {
        "summary": f"{_title(slo)} has spent its error budget of {slo.definition.window}",
        "description": _lines(
            f"Objective: {slo.definition.objective} over {slo.definition.window}.",
            f"Budget left: {_VALUE_PERCENTAGE}. "
            f"Bad so far: {_percentage_of(slo, naming.RATIO_PERIOD)}.",
            *_explained(slo),
        ),
    }


def low_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the low alert; its value is the budget left."""
    return {
        "summary": f"{_title(slo)} has {_VALUE_PERCENTAGE} of its error budget left",
        "description": _lines(
            f"Objective: {slo.definition.objective} over {slo.definition.window}.",
            f"Alerts below {percentage(slo.definition.alerts.low_below)}.{_exhausted_in(slo)}",
            *_explained(slo),
        ),
    }


def violated_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the objective-violated alert; its value is the SLI."""
    window = slo.violation_window
    return {
        "summary": f"{_title(slo)} is at {_VALUE_PERCENTAGE} over {window}, below its objective",
        "description": _lines(
            f"Objective: {slo.definition.objective} over {slo.definition.window}.",
            _budget_left(slo),
            *_explained(slo),
        ),
    }


def stale_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the stale alert, which may be about all groups or one."""
    groups = "".join(
        f"{{{{ with $labels.{label} }}}} ({label}={{{{ . }}}}){{{{ end }}}}"
        for label in slo.definition.group_by
    )
    return {
        "summary": f"{_name(slo)}{groups} has no data",
        "description": _lines(
            "Nothing is recorded, so no other alert of this objective can fire.",
            *_explained(slo),
        ),
    }


def incomplete_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the alert about data that is missing now and then."""
    return {
        "summary": f"{_title(slo)} has gaps in its data",
        "description": _lines(
            "Of the last hour's evaluations {{ $value | humanizePercentage }} had data; 95 % are "
            "expected. What happens in the gaps is seen late, or not at all.",
            *_explained(slo),
        ),
    }


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _explained(slo: ResolvedSLO) -> tuple[str, ...]:
    """Return what counts as bad, and what the author says."""
    described = (line for line in slo.definition.description.split("\n") if line)
    return (
        f"Bad: {literal(slo.definition.sli.bad_in_words)}",
        *(literal(line) for line in described),
    )


def _name(slo: ResolvedSLO) -> str:
    return literal(f"{slo.definition.service.name} {slo.definition.name}")


def _title(slo: ResolvedSLO) -> str:
    """Return the service and the SLO's name, and the group's labels where there are any."""
    labels = ", ".join(f"{label}={{{{ $labels.{label} }}}}" for label in slo.definition.group_by)
    return f"{_name(slo)} ({labels})" if labels else _name(slo)


def _budget_left(slo: ResolvedSLO) -> str:
    return f"Budget left: {_percentage_of(slo, naming.BUDGET_REMAINING)}.{_exhausted_in(slo)}"


def _percentage_of(slo: ResolvedSLO, metric: str) -> str:
    query = _query(slo, metric)
    return f"{{{{ with {query} }}}}{_VALUE_OF_QUERY}{{{{ else }}}}no data{{{{ end }}}}"


def _exhausted_in(slo: ResolvedSLO) -> str:
    """Return a sentence that is there only while the budget is being overspent."""
    query = _query(slo, naming.TIME_TO_EXHAUSTION)
    value = "{{ . | first | value | humanizeDuration }}"
    return f"{{{{ with {query} }}}} Exhausted in {value}.{{{{ end }}}}"


def _query(slo: ResolvedSLO, metric: str) -> str:
    """Return the part of a template that asks for another series of the same SLO and group."""
    series = text(recorded(slo, metric))
    if not slo.definition.group_by:
        return f"query {string(series)}"
    matchers = ",".join(f"{label}=%q" for label in slo.definition.group_by)
    values = " ".join(f"$labels.{label}" for label in slo.definition.group_by)
    pattern = f"{series.removesuffix('}').replace('%', '%%')},{matchers}}}"
    return f"printf {string(pattern)} {values} | query"
