"""Every name that slogen emits: series, labels, groups, alerts.

A series or label name anywhere else in slogen is a fault; a test looks for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from slogen.units import Duration

ERRORS_RATE = "slo:sli_errors:rate"
EVENTS_RATE = "slo:sli_events:rate"
RATIO_PERIOD = "slo:sli_error:ratio_period"
OBJECTIVE = "slo:objective:ratio"
ERROR_BUDGET = "slo:error_budget:ratio"
PERIOD_DAYS = "slo:time_period:days"
CURRENT_BURN_RATE = "slo:current_burn_rate:ratio"
PERIOD_BURN_RATE = "slo:period_burn_rate:ratio"
BUDGET_REMAINING = "slo:period_error_budget_remaining:ratio"
COVERAGE = "slo:period_coverage:ratio"
TIME_TO_EXHAUSTION = "slo:time_to_exhaustion:seconds"
BUDGET_STATUS = "slo:error_budget_status"

RATIOS = ("slo:sli_error:ratio", CURRENT_BURN_RATE, PERIOD_BURN_RATE, BUDGET_REMAINING)
"""How the names of all series begin that need events: without any they do not exist."""

STATUS_LABEL = "status"
HEALTHY, WARNING, CRITICAL, EXHAUSTED = "healthy", "warning", "critical", "exhausted"
"""The states of a budget."""

SEVERITY_LABEL = "severity"

ALERT_PAGE = "SLOBurnRatePage"
ALERT_TICKET = "SLOBurnRateTicket"
ALERT_EXHAUSTED = "SLOErrorBudgetExhausted"
ALERT_LOW = "SLOErrorBudgetLow"
ALERT_VIOLATED = "SLOObjectiveViolated"
ALERT_STALE = "SLODataStale"
ALERTS = frozenset(
    {ALERT_PAGE, ALERT_TICKET, ALERT_EXHAUSTED, ALERT_LOW, ALERT_VIOLATED, ALERT_STALE}
)

DESCRIBING_LABELS = ("owner", "tier", "objective", "window", "kind", "runbook_url")
"""What the info series says about an SLO, beside its identity."""

_LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_EMITTED_LABELS = frozenset({"le", "owner", "quantile", SEVERITY_LABEL, STATUS_LABEL, "alertname"})
_EMITTED_PREFIXES = ("__", "slo_", "sloth_")


def errors_sum(tile: Duration) -> str:
    """Return the name of the series that counts the bad events of one tile."""
    return f"slo:sli_errors:sum{tile}"


def events_sum(tile: Duration) -> str:
    """Return the name of the series that counts the events of one tile."""
    return f"slo:sli_events:sum{tile}"


def ratio_rate(window: Duration) -> str:
    """Return the name of the error ratio over a window."""
    return f"slo:sli_error:ratio_rate{window}"


def group(slo_id: str, part: str) -> str:
    """Return the name of one of an SLO's rule groups."""
    return f"slogen:{slo_id}:{part}"


def is_label_name(text: str) -> bool:
    """Tell whether Prometheus takes a text as a label's name, in every version."""
    return _LABEL_NAME.fullmatch(text) is not None


def is_metric_name(text: str) -> bool:
    """Tell whether Prometheus takes a text as a metric's name, in every version."""
    return _METRIC_NAME.fullmatch(text) is not None


def is_reserved(label: str) -> bool:
    """Tell whether slogen, an alert or a histogram sets this label itself."""
    return label in _EMITTED_LABELS or label.startswith(_EMITTED_PREFIXES)


@attrs.frozen(kw_only=True)
class Naming:
    """The names of the labels that carry an SLO's identity and description.

    >>> Naming().identity, Naming.sloth().identity
    (('slo_id', 'slo_service', 'slo_name'), ('sloth_id', 'sloth_service', 'sloth_slo'))
    """

    id: str = "slo_id"
    service: str = "slo_service"
    name: str = "slo_name"
    window: str = "slo_window"
    owner: str = "slo_owner"
    burn_rate: str = "slo_burn_rate"
    info: str = "slo_info"

    @classmethod
    def sloth(cls) -> Naming:
        """Return the label names that dashboards made for Sloth expect."""
        return cls(
            id="sloth_id",
            service="sloth_service",
            name="sloth_slo",
            window="sloth_window",
            info="sloth_slo_info",
        )

    @property
    def identity(self) -> tuple[str, str, str]:
        """The labels that every series of an SLO bears."""
        return (self.id, self.service, self.name)
