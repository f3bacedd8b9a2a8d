"""The texts that a person reads at night: what is wrong, how bad it is, what is left, what to do.

The summary says who and what, in a line: pagers and chats show it first. The description has one
fact a line, the most urgent one first, and the author's own words below them. The links stand
beside it, as ``runbook_url`` and ``dashboard_url``, and are not repeated in it: a receiver's
template makes buttons of them, and Alertmanager's own, which sort by name, show the dashboard
above it and the runbook below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.missing_data import end_of_data, gaps_in_data
from slogen.compiler.sentences import (
    bad_now,
    bad_of_period,
    budget_left,
    budget_of,
    definition,
    name,
    spent_by,
    title,
)
from slogen.compiler.template_queries import PERCENTAGE, VALUE, WHOLE_PERCENTAGE, calculated, where
from slogen.units import number, percentage

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO, ResolvedTier


def burn_rate_annotations(slo: ResolvedSLO, tier: ResolvedTier) -> dict[str, str]:
    """Return summary and description of a burn-rate alert; its value is the burn rate.

    shop availability (tenant=a): 9.1% of requests fail over 1h; 0.1% are allowed

    Burn rate: 91.0x. The alert fires above 14.4x over both 1h and 5m.
    Budget: 62.3% left, spent by 2026-11-27 04:10 UTC at this rate.
    """
    share = slo.budget.scaleb(2) * VALUE
    return {
        "summary": f"{title(slo)}: {bad_now(slo, share, tier.long)}",
        "description": (
            'Burn rate: {{ printf "%.1f" $value }}x. The alert fires above '
            f"{number(tier.threshold)}x over both {tier.long} and {tier.short}.\n"
            f"{budget_left(slo)}{definition(slo)}"
        ),
    }


def exhausted_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the exhausted alert; its value is the budget left.

    shop availability: 250% of the error budget of 30d is spent

    So far: 0.25% of requests fail over 30d; 0.1% are allowed.
    """
    spent = where(calculated(slo, 100 * (1 - VALUE)), WHOLE_PERCENTAGE)
    return {
        "summary": f"{title(slo)}: {spent} of the {budget_of(slo)} is spent",
        "description": f"{bad_of_period(slo)}{definition(slo)}",
    }


def low_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the low alert; its value is the budget left.

    shop availability: 24.1% of the error budget of 30d is left

    The alert fires below 25%.
    At this rate it is spent by 2026-11-27 04:10 UTC.
    """
    left = where(calculated(slo, 100 * VALUE), PERCENTAGE)
    some, none = f"{left} of the {budget_of(slo)} is left", f"the {budget_of(slo)} is spent"
    soon = spent_by(slo, "At this rate it is spent by ", ".\n")
    below = percentage(slo.definition.alerts.low_below)
    either = f"{{{{ if gt $value 0.0 }}}}{some}{{{{ else }}}}{none}{{{{ end }}}}"
    return {
        "summary": f"{title(slo)}: {either}",
        "description": f"The alert fires below {below}.\n{soon}{definition(slo)}",
    }


def violated_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the objective-violated alert; its value is the SLI.

    shop availability: 0.3% of requests fail over 1h; 0.1% are allowed
    """
    return {
        "summary": f"{title(slo)}: {bad_now(slo, 100 * (1 - VALUE), slo.violation_window)}",
        "description": f"{budget_left(slo)}{definition(slo)}",
    }


def stale_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the alert about an SLI that has no data at all.

    shop availability has no data
    """
    return {
        "summary": f"{name(slo)} has no data",
        "description": (
            "Nothing is counted: an outage would cause no alert.\n"
            f"{end_of_data(slo)}\n{definition(slo)}"
        ),
    }


def stale_groups_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the alert about a group whose data has ended.

    shop availability (tenant=a) has no data any more
    """
    return {
        "summary": f"{title(slo)} has no data any more",
        "description": (
            "Nothing is counted of this group: an outage of it would cause no alert.\n"
            f"{end_of_data(slo, of_group=True)}\n{definition(slo)}"
        ),
    }


def incomplete_annotations(slo: ResolvedSLO) -> dict[str, str]:
    """Return summary and description of the alert about gaps; its value is the part that is there.

    shop availability (tenant=a): 12% of the last hour's data is missing
    """
    missing = where(calculated(slo, 100 * (1 - VALUE)), PERCENTAGE)
    return {
        "summary": f"{title(slo)}: {missing} of the last hour's data is missing",
        "description": (
            "At most 5% may be missing. What fails in a gap is counted late, or not at all.\n"
            f"{gaps_in_data(slo)}\n{definition(slo)}"
        ),
    }
