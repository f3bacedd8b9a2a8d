"""SLOs as JSON: the schema that is kept in docs/ says what it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from slogen import AlertPolicy, ErrorRatio, Events, Latency, TimeSlices, Up, build, load
from slogen.review.explanation.as_json import VERSION, as_json
from tests.review.explanation.explaining import EVENTS, REQUESTS, explained

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "explain.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
ALL = AlertPolicy(low=True, violated=True, stale_groups=True, incomplete=True, min_bad_events=1)
SLIS = (
    EVENTS,
    Events(total=REQUESTS, good="answers_total"),
    Latency(histogram="rpc_seconds", under="1s"),
    ErrorRatio(query="error_ratio"),
    TimeSlices(query="lag", good_when="< 3"),
    Up(gauge="up"),
)


def document(**said: Any) -> dict[str, Any]:  # noqa: ANN401 (of an SLO)
    """Return what is printed about an SLO."""
    read: dict[str, Any] = json.loads(explained(**said).json())
    return read


def test_the_schema_is_one() -> None:
    """And it is about the version that is printed."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["properties"]["version"]["const"] == VERSION


@pytest.mark.parametrize("sli", SLIS, ids=lambda sli: sli.kind)
@pytest.mark.parametrize("traffic", [None, 1, 5_000])
def test_each_kind_is_as_the_schema_says(sli: Events, traffic: int | None) -> None:
    """With all alerts, with groups, and with traffic that is given or not."""
    made = document(sli=sli, traffic=traffic, objective="97%", alerts=ALL, group_by="tenant")

    VALIDATOR.validate(made)
    assert {alert["kind"] for alert in made["slos"][0]["alerts"]} >= {"low", "stale_groups"}


def test_the_schema_forgets_no_key() -> None:
    """A key that it does not know is refused, at each level."""
    strange = document()
    strange["slos"][0]["tiers"][0]["detections"][0]["seen"] = 1

    assert not VALIDATOR.is_valid(strange)


def test_several_slos_are_one_document() -> None:
    """In their order."""
    rules = build(load(ROOT / "docs" / "examples" / "erp"))
    ids = [slo.definition.id for slo in rules.slos]

    made = json.loads(as_json(rules.explain(slo_id) for slo_id in ids))

    VALIDATOR.validate(made)
    assert [slo["id"] for slo in made["slos"]] == ids


def test_times_are_seconds_and_traffic_events_an_hour() -> None:
    """Exact numbers stand beside each other, for a program to compare."""
    (slo,) = document(traffic=5_000)["slos"]
    page = slo["tiers"][0]

    assert slo["budget"] == {
        "ratio": 0.001,
        "seconds": 2592.0,
        "events_a_day": 5_000,
        "events": 150_000,
        "bad_events": 150,
    }
    assert page["warm_up"] == 360
    assert page["detections"][0] == {
        "times_threshold": None,
        "error_ratio": 1.0,
        "fires_after": {"earliest": 66.0, "latest": 128.0},
        "budget_spent": 0.0493827,
    }
    assert page["silent_up_to"] == 2
    assert page["keep_firing_for"] == 600
