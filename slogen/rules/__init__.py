"""The intermediate representation: what a rule file holds, before it is a file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from slogen.units import Duration


def _frozen(labels: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(labels))


@attrs.frozen(kw_only=True)
class RecordingRule:
    """A series that Prometheus computes and keeps.

    Attributes:
        record: The name of the series.
        expr: PromQL, formatted for a reader.
        labels: Labels that the series gets on top of those of the expression.
    """

    record: str
    expr: str
    labels: Mapping[str, str] = attrs.field(converter=_frozen, hash=False)


@attrs.frozen(kw_only=True)
class AlertingRule:
    """A condition that Prometheus tells Alertmanager about.

    Attributes:
        alert: The name of the alert.
        expr: PromQL, formatted for a reader.
        for_: How long the condition has to hold first.
        keep_firing_for: How long the alert stays once the condition has ended.
        labels: Templates in Go's language; literal text in them is escaped already.
        annotations: Templates as well.
    """

    alert: str
    expr: str
    for_: Duration | None = None
    keep_firing_for: Duration | None = None
    labels: Mapping[str, str] = attrs.field(converter=_frozen, hash=False)
    annotations: Mapping[str, str] = attrs.field(converter=_frozen, hash=False)


Rule = RecordingRule | AlertingRule


@attrs.frozen(kw_only=True)
class RuleGroup:
    """Rules that are evaluated one after the other, at the same instants.

    Attributes:
        name: Unique over all files of a build.
        interval: How often the group is evaluated.
        query_offset: How far in the past it is evaluated, where data arrives late.
        rules: In the order of evaluation.
    """

    name: str
    interval: Duration
    query_offset: Duration | None = None
    rules: tuple[Rule, ...]


@attrs.frozen(kw_only=True)
class SLORules:
    """The rule groups of one SLO, in the order in which they depend on each other."""

    slo_id: str
    service: str
    groups: tuple[RuleGroup, ...]
