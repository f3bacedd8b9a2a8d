"""Alerts with every choice made: names, severities in the words of the settings, delays, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.model import Severity
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import SLO, Alert, Settings


@attrs.frozen(kw_only=True)
class ResolvedAlert:
    """An alert, but for its condition.

    Attributes:
        name: As ``alert_names`` of the settings has it.
        severity: In the words of ``severities`` in the settings.
        urgency: The same in slogen's words.
        for_: How long the condition has to hold; None for not at all.
        keep_firing_for: How long it stays; None for not at all.
        runbook: An address of its own; the empty text stands for that of the SLO.
        labels: The user's labels, as templates.
        annotations: The user's annotations, as templates.
    """

    name: str
    severity: str
    urgency: Severity
    for_: Duration | None
    keep_firing_for: Duration | None
    runbook: str
    labels: Mapping[str, str] = attrs.field(hash=False)
    annotations: Mapping[str, str] = attrs.field(hash=False)


@attrs.frozen(kw_only=True)
class AlertDefaults:
    """What an alert is where neither the user nor the settings say otherwise."""

    name: str
    severity: Severity = "ticket"
    for_: Duration | None = None
    keep_firing_for: Duration | None = None


BURN_RATE: Mapping[Severity, AlertDefaults] = {
    "page": AlertDefaults(name=naming.ALERT_PAGE, severity="page", keep_firing_for=Duration("10m")),
    "ticket": AlertDefaults(name=naming.ALERT_TICKET),
    "info": AlertDefaults(name=naming.ALERT_INFO, severity="info"),
}
BESIDE_TIERS: Mapping[str, AlertDefaults] = {
    "exhausted": AlertDefaults(name=naming.ALERT_EXHAUSTED, keep_firing_for=Duration("1h")),
    "low": AlertDefaults(name=naming.ALERT_LOW, for_=Duration("5m")),
    "violated": AlertDefaults(name=naming.ALERT_VIOLATED, for_=Duration("5m")),
    "stale": AlertDefaults(name=naming.ALERT_STALE, for_=Duration("10m")),
    "stale_groups": AlertDefaults(name=naming.ALERT_STALE_GROUPS, for_=Duration("10m")),
    "incomplete": AlertDefaults(name=naming.ALERT_INCOMPLETE, for_=Duration("1h")),
}
"""By the arguments of the policy that switch them."""


def resolve_alert(
    slo: SLO, settings: Settings, alert: Alert, defaults: AlertDefaults
) -> ResolvedAlert:
    """Return an alert in which the nearest word counts: its own, the policy's, the settings'."""
    severity = alert.severity or defaults.severity
    return ResolvedAlert(
        name=alert.name or settings.alert_names.get(defaults.name, defaults.name),
        severity=settings.severities.get(severity, severity),
        urgency=severity,
        for_=_delay(alert.for_, defaults.for_),
        keep_firing_for=_delay(alert.keep_firing_for, defaults.keep_firing_for),
        runbook=alert.runbook,
        labels={
            **settings.alert_labels,
            **settings.severity_labels.get(severity, {}),
            **slo.alerts.labels,
            **alert.labels,
        },
        annotations={**settings.alert_annotations, **slo.alerts.annotations, **alert.annotations},
    )


def _delay(given: Duration | None, default: Duration | None) -> Duration | None:
    """Return a delay; a given one of zero switches the default off."""
    return (default if given is None else given) or None
