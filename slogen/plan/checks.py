"""What SLOs and settings say that cannot be together, or will not do what it seems to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import DuplicateID, InvalidValue
from slogen.findings import Finding
from slogen.plan.timing import COUNTS_NATIVE_HISTOGRAMS_FROM
from slogen.source import CallSite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.errors import InvalidPromQL
    from slogen.model import SLO, Settings
    from slogen.plan.timing import Timing
    from slogen.source import Origin


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
                    f'"{label}", which {slo.id} is told apart by',
                    "labels that neither group_by nor Settings.identity has",
                    origin=origin,
                    argument=where.partition(".")[2],
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
    yield "AlertPolicy.labels", policy.labels, policy.origin, grouped
    for tier in policy.tiers:
        yield "Tier.labels", tier.labels, tier.origin, grouped
    for alert in (policy.exhausted, policy.low, policy.violated, policy.stale):
        if alert:
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


def estimated_counts(slo: SLO, settings: Settings) -> Iterator[Finding]:
    """Find events that a rate estimates, where they could not be counted."""
    sli = slo.sli
    if not sli.counts_events or sli.counts_whole_events:
        return
    if not sli.queries and settings.version >= COUNTS_NATIVE_HISTOGRAMS_FROM:
        return
    what = "its free queries are" if sli.queries else "its native histogram is"
    remedy = (
        "add up rate(SELECTOR[$window]) and nothing else"
        if sli.queries
        else 'let prometheus be "3.0" or later'
    )
    message = (
        f"{what} read as rates, which lose what happens while scrapes are missed for longer than "
        f"the base range, and a part of the first events after a pause: {remedy} to have each "
        "event counted"
    )
    yield Finding("events-estimated", slo.id, message, slo.origin)


def unmoved_queries(slo: SLO, timing: Timing) -> Iterator[Finding]:
    """Find free queries that an offset cannot be put into."""
    counts = slo.sli.counts_events and slo.sli.counts_whole_events
    if timing.gauge_offset and not counts and not all(q.has_offset for q in slo.sli.queries):
        offset = timing.gauge_offset
        message = f"the offset of {offset} is not put into free queries: write it there"
        yield Finding("offset-not-applied", slo.id, message, slo.origin)
