"""What rules recorded is read from them as the definition says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, ErrorRatio, Events, Latency, Settings, TimeSlices, Up, build, naming
from slogen.naming import Naming
from slogen.promql.query import Query
from slogen.review.comparison.history import RECORDS, History, histories
from slogen.rules import RecordingRule
from slogen.targets.json_ir import JSON
from slogen.targets.prometheus import Prometheus

if TYPE_CHECKING:
    from slogen.targets.target import Target

BY = "by (tenant, region)"
LONG = f"sum {BY} (rate(x[$window])) / on (tenant) group_left sum {BY} (rate(y[$window]))"
SLIS = [
    Events(total='requests{path="sum by (z) ("}', good='requests{code="200"}'),
    Events(total="requests", bad="errors"),
    Events(total="requests", good="good_requests"),
    Events(total=Query(f"sum {BY} (rate(x[$window]))"), bad=Query("rate(y[$window])")),
    Events(total=Query(f"max {BY} (irate(x[$window]))"), bad=Query(LONG)),
    Latency(histogram="x_seconds", under="200ms"),
    Latency(histogram="x_seconds", under="200ms", native=True),
    ErrorRatio(query=LONG),
    TimeSlices(query=f"sum {BY} (x)", good_when="<= 1"),
    Up(gauge='up{job="sum("}'),
]
EVERY_SETTING = [
    Settings(),
    Settings(identity={"env": "prod", "a": 'a "quoted": name, sum('}),
    Settings(naming=Naming.sloth(), prometheus="3.0"),
]


def slo(**changes: Any) -> SLO:  # noqa: ANN401 (any argument)
    """Return an SLO of a service with an odd name."""
    sli = changes.pop("sli", SLIS[0])
    return SLO(service="é: x", name="no", objective="99%", window="30d", sli=sli, **changes)


@pytest.mark.parametrize("target", [Prometheus(), JSON()], ids=lambda target: target.name)
@pytest.mark.parametrize("settings", EVERY_SETTING, ids=["plain", "identity", "sloth"])
@pytest.mark.parametrize("group_by", [(), ("tenant",), ("tenant", "region")], ids=str)
def test_reads_what_the_definitions_say(
    group_by: tuple[str, ...], settings: Settings, target: Target
) -> None:
    """For each kind of SLI, labels, groups and kind are those of the definition."""
    every = [slo(sli=sli, id=f"no. {i}", group_by=group_by) for i, sli in enumerate(SLIS)]
    rules = build(every, settings)
    (file,) = rules.render(target, "single")

    read = histories(target.recording_rules(file.text, RECORDS))

    assert read == {one.definition.id: History.of(one) for one in rules.slos}


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (naming.EVENTS_INCREASE, {"record": "slo:sli_events:rate"}),
        (naming.EVENTS_INCREASE, {"labels": {"slo_service": "s", "slo_name": "n"}}),
        (naming.EVENTS_INCREASE, {"expr": "vector(1)"}),
        ("slo_info", {"record": "other_info"}),
        ("slo_info", {"labels": {"slo_id": "s-n"}}),
        ("slo_info", {"labels": {"slo_id": "s-n", "kind": "later"}}),
    ],
)
def test_what_is_not_understood_is_left_out(record: str, changes: dict[str, Any]) -> None:
    """Rules of older and newer versions, or of others, are no history that is known."""
    (slo_rules,) = build(slo(id="s-n")).rules
    rules = [
        attrs.evolve(rule, **changes) if rule.record == record else rule
        for group in slo_rules.groups
        for rule in group.rules
        if isinstance(rule, RecordingRule)
    ]

    assert histories(rules) == {}
