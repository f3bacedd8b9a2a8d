"""What a dashboard and routes that were made for Sloth ask of rules, for one SLO."""

from __future__ import annotations

_WHO = 'sloth_service="shop",sloth_slo="availability"'
_KEY = "sloth_id, sloth_service, sloth_slo"

QUERIES = {
    "SLOs": "count(max by (sloth_id) (sloth_slo_info))",
    "services of a variable": 'group by (sloth_service) (sloth_slo_info{sloth_slo="availability"})',
    "objective": f"slo:objective:ratio{{{_WHO}}}",
    "SLI of 5m": f"1 - max(slo:sli_error:ratio_rate5m{{{_WHO}}})",
    "SLI of 30m": f"1 - max(slo:sli_error:ratio_rate30m{{{_WHO}}})",
    "error budget": f"slo:error_budget:ratio{{{_WHO}}}",
    "days of the window": f"slo:time_period:days{{{_WHO}}}",
    "burn rate now": f"slo:current_burn_rate:ratio{{{_WHO}}}",
    "burn rate of the window": f"slo:period_burn_rate:ratio{{{_WHO}}}",
    "budget left": f"slo:period_error_budget_remaining:ratio{{{_WHO}}}",
    "burn rates with what is known of their SLOs": (
        f"max by ({_KEY}) (slo:current_burn_rate:ratio) "
        f"* on ({_KEY}) group_left () max by ({_KEY}) (sloth_slo_info)"
    ),
    "burn rate by hand": (
        f"max by ({_KEY}) (slo:sli_error:ratio_rate5m) "
        f"/ on ({_KEY}) max by ({_KEY}) (slo:error_budget:ratio)"
    ),
    "pages that fire": 'count(ALERTS{alertstate="firing",sloth_severity="page"})',
}
"""The queries of the panels."""

ROUTES = {
    "receiver": "other",
    "group_wait": "1s",
    "routes": [
        {"matchers": ['sloth_severity="page"'], "receiver": "pager"},
        {"matchers": ['sloth_severity="ticket"'], "receiver": "tickets"},
    ],
}
"""The routes of an Alertmanager."""
