"""What SLOs and settings say that cannot be together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import DuplicateID, InvalidValue
from slogen.source import CallSite
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.errors import InvalidPromQL
    from slogen.model import SLO, Settings
    from slogen.plan.alerts import ResolvedAlert
    from slogen.source import Origin

_LONGEST_WAIT_FOR_A_GROUP = Duration("23h")
"""An hour less than rules look back for what a group had."""


def duplicates(slos: tuple[SLO, ...]) -> Iterator[DuplicateID]:
    """Find SLOs that share an id."""
    first: dict[str, SLO] = {}
    for slo in slos:
        if (other := first.setdefault(slo.id, slo)) is not slo:
            yield DuplicateID(slo.id, other.origin, slo.origin)


def clashes(slo: SLO, settings: Settings) -> Iterator[InvalidValue]:
    """Find labels that would have two meanings on one series or alert."""
    for label in slo.group_by:
        if label in settings.identity:
            yield InvalidValue(
                "SLO.group_by",
                f'"{label}", which the identity of every SLO has',
                "labels that Settings.identity does not set",
                origin=slo.origin,
                argument="group_by",
            )
    for where, labels, origin, taken in _labels(slo, settings):
        for label in labels:
            if label in taken:
                yield InvalidValue(
                    where,
                    f'"{label}", which tells {slo.id} apart',
                    "labels that neither group_by nor Settings.identity has",
                    origin=origin,
                    argument=where.partition(".")[2],
                )


def repeated_alerts(slo: SLO, alerts: Mapping[str, ResolvedAlert]) -> Iterator[InvalidValue]:
    """Find alerts besides tiers that are one alert to whoever gets them.

    Args:
        slo: The SLO.
        alerts: Its alerts by the arguments of the policy.
    """
    first: dict[object, str] = {}
    for argument, alert in alerts.items():
        told_apart_by = (alert.name, alert.severity, *sorted(alert.labels.items()))
        if (other := first.setdefault(told_apart_by, argument)) != argument:
            yield InvalidValue(
                f"AlertPolicy.{argument}",
                f'the alert "{alert.name}" of {slo.id}, as {other} is',
                "alerts that can be told apart",
                "give one of them another name, severity or label",
                origin=slo.alerts.origin,
                argument=argument,
            )


def forgotten_groups(slo: SLO, stale_groups: ResolvedAlert | None) -> Iterator[InvalidValue]:
    """Find an alert about a group that waits until the group is forgotten: it could never fire.

    Args:
        slo: The SLO.
        stale_groups: Its alert about groups without data, if it is wanted.
    """
    delay = stale_groups.for_ if stale_groups else None
    if delay and delay > _LONGEST_WAIT_FOR_A_GROUP:
        alert = slo.alerts.stale_groups
        yield InvalidValue(
            "Alert.for_",
            f"{delay} in AlertPolicy.stale_groups of {slo.id}",
            f"at most {_LONGEST_WAIT_FOR_A_GROUP}",
            "a group is forgotten a day after its last data, so that the alert could never fire",
            origin=alert.origin if alert else None,
            argument="for_",
        )


def _labels(
    slo: SLO, settings: Settings
) -> Iterator[tuple[str, Iterable[str], Origin | None, set[str]]]:
    """Yield labels of the user's with their place, and those that they must not be."""
    policy, identity = slo.alerts, set(settings.identity)
    grouped = identity | set(slo.group_by)
    yield "SLO.labels", slo.labels, slo.origin, identity
    yield "Service.labels", slo.service.labels, slo.service.origin, identity
    yield "Settings.alert_labels", settings.alert_labels, settings.origin, grouped
    for labels in settings.severity_labels.values():
        yield "Settings.severity_labels", labels, settings.origin, grouped
    yield "AlertPolicy.labels", policy.labels, policy.origin, grouped
    for tier in policy.tiers:
        yield "Tier.labels", tier.labels, tier.origin, grouped
    for alert in policy.others:
        yield "Alert.labels", alert.labels, alert.origin, grouped


def newer_queries(slo: SLO, settings: Settings) -> Iterator[InvalidPromQL]:
    """Find free queries that the oldest version of Prometheus would refuse."""
    sli = slo.sli
    for field in attrs.fields(type(sli)):
        query = getattr(sli, field.name)
        fault = query.fault_on(settings.version) if query in sli.queries else None
        if fault is None:
            continue
        # A text becomes a query within the call that makes the indicator; and only the indicator
        # knows a place that is not in a Python file.
        if query.origin == sli.origin or not isinstance(sli.origin, CallSite):
            subject = f"{type(sli).__name__}.{field.name}"
            fault = attrs.evolve(fault, subject=subject, origin=sli.origin, argument=field.name)
        yield fault
