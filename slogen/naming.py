"""Every name that slogen emits: series, labels, groups, alerts.

A series or label name anywhere else in slogen is a fault; a test looks for them.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.units import Duration

ERRORS_INCREASE = "slo:sli_errors:increase"
EVENTS_INCREASE = "slo:sli_events:increase"
ERRORS_SUM, EVENTS_SUM = "slo:sli_errors:sum1h", "slo:sli_events:sum1h"
EVENTS_HOUR = "slo:sli_events:hour"
EVENTS_LATELY, GROUP_EVENTS_LATELY = "slo:sli_events:sum30m", "slo:sli_group_events:sum30m"
ERRORS_OPEN, EVENTS_OPEN = "slo:sli_errors:open", "slo:sli_events:open"
ERRORS_PERIOD, EVENTS_PERIOD = "slo:sli_errors:period", "slo:sli_events:period"
DATA_RATIO = "slo:sli_data:ratio"
SEEN_RATIO = "slo:sli_seen:ratio"
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

HOUR_LABEL = "slo_hour"
"""Tells the hours apart that are counted at the same time."""
MISSING_LABEL, MISSING = "slo_missing", "true"
"""Bears what is counted for a moment without data, where that is bad."""
STATUS_LABEL = "status"
HEALTHY, WARNING, CRITICAL, EXHAUSTED = "healthy", "warning", "critical", "exhausted"
"""The states of a budget."""
UNMEASURED = "no data"
"""Stands beside the states where dashboards count SLOs: nothing is recorded of them now."""

SEVERITY_LABEL = "severity"
NAME_LABEL = "__name__"
"""Bears the name of a series."""

ALERT_SERIES, ACTIVE_SINCE = "ALERTS", "ALERTS_FOR_STATE"
ALERT_LABEL, ALERT_STATE_LABEL, FIRING = "alertname", "alertstate", "firing"
"""What Prometheus itself records about alerts."""

ALERT_PAGE = "SLOBurnRatePage"
ALERT_TICKET = "SLOBurnRateTicket"
ALERT_INFO = "SLOBurnRateInfo"
ALERT_EXHAUSTED = "SLOErrorBudgetExhausted"
ALERT_LOW = "SLOErrorBudgetLow"
ALERT_VIOLATED = "SLOObjectiveViolated"
ALERT_STALE = "SLODataStale"
ALERT_STALE_GROUPS = "SLOGroupDataStale"
ALERT_INCOMPLETE = "SLODataIncomplete"
ALERTS = frozenset(
    {
        ALERT_PAGE,
        ALERT_TICKET,
        ALERT_INFO,
        ALERT_EXHAUSTED,
        ALERT_LOW,
        ALERT_VIOLATED,
        ALERT_STALE,
        ALERT_STALE_GROUPS,
        ALERT_INCOMPLETE,
    }
)

OWNER_LABEL, KIND_LABEL = "owner", "kind"
DESCRIBING_LABELS = (OWNER_LABEL, "tier", "objective", "window", KIND_LABEL, "runbook_url")
"""What the info series says about an SLO, beside its identity."""

DASHBOARD_TAG = "slogen"
DASHBOARD_FOLDER = "SLO"
"""The folder of the dashboards about everything, and of services without an owner."""

GROUP_PARTS = ("fast", "slow", "budget")
"""How the names of an SLO's rule groups end, in the order in which they read each other."""

_LONGEST_UID = 40
_LONGEST_RESOURCE = 63
_HASH_DIGITS = 10
_UID = re.compile("[A-Za-z0-9][A-Za-z0-9_-]*")
_RESOURCE = re.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_FOLDER_NAME = re.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
_SPECIAL = re.compile(r"[.*+?^|(){}\[\]\\]")
_LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_EMITTED_LABELS = frozenset({"le", "owner", "quantile", SEVERITY_LABEL, STATUS_LABEL, "alertname"})
_EMITTED_PREFIXES = ("__", "slo_", "sloth_")


def ratio_rate(window: Duration) -> str:
    """Return the name of the error ratio over a window."""
    return f"slo:sli_error:ratio_rate{window}"


def window_in(metric: str) -> str:
    """Return the window in the name of an error ratio; the empty text where it has none.

    >>> window_in("slo:sli_error:ratio_rate1h"), window_in("slo:sli_error:ratio_period")
    ('1h', '')
    """
    prefix = "slo:sli_error:ratio_rate"
    return metric.removeprefix(prefix) if metric.startswith(prefix) else ""


def ratio_rate_of(variable: str) -> str:
    """Return the name of the error ratio over the window that a dashboard's variable holds."""
    return f"slo:sli_error:ratio_rate${{{variable}}}"


def ratio_rates(windows: Iterable[Duration]) -> str:
    """Return the regex for the names of the error ratios over some windows."""
    return f"slo:sli_error:ratio_rate({'|'.join(map(str, windows))})"


def uid(kind: str, name: str, naming: Naming) -> str:
    """Return the identity of a dashboard, which never changes: links and permissions hang on it.

    It has letters, digits, ``-`` and ``_`` and at most 40 of them; what does not fit is hashed.

    >>> uid("service", "backend-api", Naming()), uid("overview", "", Naming())
    ('slo-backend-api', 'slogen-overview')

    Args:
        kind: ``service``, ``team``, ``overview`` or ``report``.
        name: Of the service or team.
        naming: The names of the labels that the dashboard reads.
    """
    if kind == "service":
        return _fitted(service_uid_prefix(naming), name)
    prefix = "slogen" if naming == Naming() else f"slogen-{_labels(naming)}"
    return _fitted(f"{prefix}-{kind}-", name) if name else f"{prefix}-{kind}"[:_LONGEST_UID]


def is_uid(text: str) -> bool:
    """Tell whether Grafana takes a text as the uid of a dashboard."""
    return len(text) <= _LONGEST_UID and _UID.fullmatch(text) is not None


def has_plain_uid(name: str, naming: Naming) -> bool:
    """Tell whether the uid of a service's dashboard ends with the service's very name."""
    return uid("service", name, naming) == service_uid_prefix(naming) + name


def service_uid_prefix(naming: Naming) -> str:
    """Return how the uids of services' dashboards begin."""
    return f"{_labels(naming)}-"


def folder(owner: str) -> str:
    """Return the name of a team's folder on the disk, and as Grafana's folder uid.

    >>> folder("team-backend"), folder("")
    ('team-backend', 'slo')
    """
    general = DASHBOARD_FOLDER.lower()
    if not owner:
        return general
    name = owner if owner != general and _FOLDER_NAME.fullmatch(owner) else ""
    return name or _fitted("team-", owner, hashed=True).lower()


def folder_uid(folder: str) -> str:
    """Return the uid of a folder of Grafana, by the name that it has on the disk.

    >>> folder_uid("team-backend")
    'slogen-team-backend'
    """
    return _fitted("slogen-", folder)


def resource(uid: str) -> str:
    """Return the name of the Kubernetes resource that holds a dashboard.

    >>> resource("slo-backend-api")
    'slo-backend-api'
    """
    return uid if _RESOURCE.fullmatch(uid) else _fitted("slo-", uid, hashed=True).lower()


def rule_resource(name: str, number: int = 1) -> str:
    """Return the name of the Kubernetes resource that holds the rules of a file.

    A dot stands before the number of a second resource: no other name holds one.

    >>> rule_resource("backend-api"), rule_resource("backend-api", 2)
    ('slo-backend-api', 'slo-backend-api.2')

    Args:
        name: The service, the id of the SLO, or whatever else the file is named for.
        number: Which of the resources of that file it is, from 1.
    """
    plain = f"slo-{name}"
    fits = _RESOURCE.fullmatch(name) and len(plain) <= _LONGEST_RESOURCE
    whole = plain if fits else _fitted("slo-", name, hashed=True).lower()
    return whole if number == 1 else f"{whole}.{number}"


def _labels(naming: Naming) -> str:
    return naming.id.removesuffix("_id").replace("_", "-")


def _fitted(prefix: str, name: str, *, hashed: bool = False) -> str:
    """Return prefix and name, or as much of both as a uid holds with a hash of the name."""
    whole = f"{prefix}{name}"
    if not hashed and len(whole) <= _LONGEST_UID and _UID.fullmatch(name):
        return whole
    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_DIGITS]
    readable = re.sub("[^A-Za-z0-9]+", "-", whole)[: _LONGEST_UID - _HASH_DIGITS - 1].strip("-")
    return f"{readable}-{digest}"


def by_variable(label: str) -> str:
    """Return the name of a dashboard's variable for a label that is no name of slogen's."""
    return f"by_{label}"


def literal_regex(text: str) -> str:
    r"""Return the regex for a text, in which Grafana sees no variable of its own.

    >>> print(literal_regex("a.b$c"))
    a\.b[$]c
    """
    return _SPECIAL.sub(r"\\\g<0>", text).replace("$", "[$]")


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

    Sloth's own severity stands beside the usual one, in slogen's words, so that routes go on.

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
    severity: str | None = None

    @classmethod
    def sloth(cls) -> Naming:
        """Return the label names that dashboards made for Sloth expect."""
        return cls(
            id="sloth_id",
            service="sloth_service",
            name="sloth_slo",
            window="sloth_window",
            info="sloth_slo_info",
            severity="sloth_severity",
        )

    @property
    def identity(self) -> tuple[str, str, str]:
        """The labels that every series of an SLO bears."""
        return (self.id, self.service, self.name)
