"""SLOs for tests of diffs, and the ways in which a diff gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from slogen import SLO, ErrorRatio, Events, Latency, Selector, Settings, TimeSlices, Up, build
from slogen.model import SLI, Service
from slogen.promql.query import Query
from slogen.targets import target_class
from slogen.targets.written import WrittenRules, WrittenSLO

if TYPE_CHECKING:
    from slogen.review.comparison.changes import SLOChange
    from slogen.rule_set import RuleSet

REQUESTS = Selector('http_requests_total{job="shop"}')
EVENTS = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
SLIS: dict[str, SLI] = {
    "part": EVENTS,
    "without": Events(total=REQUESTS, good=REQUESTS.where('code!~"5..",path!="/health"')),
    "own": Events(total="requests_total", bad="failures_total"),
    "difference": Events(total="requests_total", good="answers_total"),
    "rates": Events(
        total="sum by (tenant) (rate(hits_total[$window])) "
        "+ sum by (tenant) (rate(misses_total[$window]))",
        bad="rate(misses_total[$window])",
    ),
    "query": Events(
        total=Query("max by (tenant) (irate(requests_total[$window]))"),
        bad=Query("irate(bad_total[$window])"),
    ),
    "latency": Latency(histogram="http_request_duration_seconds", under="250ms"),
    "native": Latency(histogram="http_request_duration_seconds", under="250ms", native=True),
    "ratio": ErrorRatio(query="avg by (tenant) (failed / (all > 0))", when_missing="bad"),
    "ratio over window": ErrorRatio(query="1 - avg_over_time(probe_success[$window])"),
    "slices": TimeSlices(query='time() - max by (tenant) (updated{job="x"})', good_when="<= 300"),
    "up": Up(gauge='up{job="shop"}'),
}
"""An SLI of each shape that is compiled in a way of its own."""
_SETTINGS = {field.name for field in attrs.fields(Settings)} - {"origin", "owner", "runbook"}


def slo(**changes: Any) -> SLO:  # noqa: ANN401 (any argument)
    """Return an SLO; arguments are its own or, with ``service_``, those of its service."""
    service = {
        name.removeprefix("service_"): changes.pop(name)
        for name in [name for name in changes if name.startswith("service_")]
    }
    usual = {"name": "availability", "objective": "99.9%", "window": "30d", "sli": EVENTS}
    named = Service(**{"name": "shop", "owner": "team-shop", **service})
    return SLO(service=named, **{**usual, **changes})


def built(*slos: SLO, **changes: Any) -> RuleSet:  # noqa: ANN401 (any argument)
    """Return the rules of SLOs or, with arguments alone, of `slo`; settings may be among them."""
    settings = {name: changes.pop(name) for name in list(changes) if name in _SETTINGS}
    return build(slos or (slo(**changes),), Settings(**settings))


def written(rules: RuleSet, target: str = "prometheus") -> WrittenRules:
    """Return rules as they are read from the files of a target."""
    cls = target_class(target)
    return WrittenRules(
        tuple(
            WrittenSLO(slo_id, file.path, text, cls)
            for file in rules.render(target)
            for slo_id, text in cls.slo_texts(file.text).items()
        )
    )


def said(change: SLOChange) -> dict[str, tuple[str, str]]:
    """Return what an SLO says differently, by the names of fields."""
    return {field.field: (field.before, field.after) for field in change.changes}


def said_of_alerts(change: SLOChange) -> dict[str, tuple[str, str]]:
    """Return what alerts say differently, by their names and those of fields."""
    return {
        f"{found.alert.name} {field.field}": (field.before, field.after)
        for found in change.alerts
        for field in found.changes
    }
