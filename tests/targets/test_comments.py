"""Comments say what a rule cannot, and change nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Service,
    Settings,
    Tier,
    Up,
    build,
    load,
)
from slogen.targets.prometheus import Prometheus
from slogen.targets.prometheus_operator import PrometheusOperator
from tests.golden_cases import FOLDER

if TYPE_CHECKING:
    from slogen.targets.target import Target

KINDS = FOLDER / "kinds" / "slos.py"
EVENTS = Events(total="requests_total", bad="failures_total")
_COMMENTED = re.compile(r"((?:^ +# .*\n)+)^ +- (?:record|alert): (.*)$", re.MULTILINE)


def said(**more: Any) -> dict[str, list[str]]:  # noqa: ANN401 (arguments of SLO)
    """Return the comments of an SLO's rules, by what these record or alert about."""
    given: dict[str, Any] = {"objective": "99%", "window": "30d", "sli": EVENTS, **more}
    (file,) = build(SLO(service=Service("shop"), name="a", **given)).render()
    found: dict[str, list[str]] = {}
    for comments, name in _COMMENTED.findall(file.text):
        lines = [line.strip().removeprefix("# ") for line in comments.splitlines()]
        found.setdefault(name, []).extend(lines)
    return found


@pytest.mark.parametrize(
    ("with_comments", "without"),
    [
        (Prometheus(), Prometheus(comments=False)),
        (PrometheusOperator(), PrometheusOperator(comments=False)),
    ],
    ids=["prometheus", "operator"],
)
def test_comments_change_nothing(with_comments: Target, without: Target) -> None:
    """The same rules are read from the file with and without them, and no other line differs."""
    rules = build(load(KINDS))
    (more,), (less,) = (rules.render(one, "single") for one in (with_comments, without))

    assert yaml.safe_load(more.text) == yaml.safe_load(less.text)
    assert re.sub(r"^ +# .*\n", "", more.text, flags=re.MULTILINE) == less.text
    assert more.text != less.text


def test_a_comment_is_a_short_line() -> None:
    """Each fits beside its indentation, and ends as a sentence."""
    (file,) = build(load(KINDS)).render(layout="single")
    comments = re.findall(r"^( +# .*)$", file.text, re.MULTILINE)

    assert max(map(len, comments)) <= 100
    assert all(comment.endswith(".") for comment in comments)


def test_numbers_are_those_of_the_plan() -> None:
    """Offset, gap, guard and age are the SLO's own, as its rules have them."""
    tier = Tier("page", long="1h", short="10m", burn_rate=10, min_bad_events=7)
    settings = Settings(offset="75s", longest_gap="20m")

    found = said(settings=settings, alerts=AlertPolicy(tiers=[tier]))

    assert found["slo:sli_events:increase"] == [
        "What counters counted since the evaluation before; a fall below 7/8 is a reset.",
        "Seen 75s later, so that each scrape is there.",
        "Scrapes may be missed for 20m: what was counted meanwhile counts.",
        "slo_hour is the hour, modulo 4.",
    ]
    assert found["SLOBurnRatePage"] == [
        "Asks for 7 bad events, so that one alone says nothing.",
        "Waits until the group is 11m old: that is the last condition.",
    ]
    assert found["SLOErrorBudgetExhausted"] == ["Asks for 3 bad events in the window."]


def test_no_offset_is_said_where_there_is_none() -> None:
    """With query_offset the whole group looks back, and the expression does not."""
    found = said(settings=Settings(query_offset="1m", prometheus="3.5"))

    assert not any("later" in line for line in found["slo:sli_events:increase"])


def test_each_tier_has_its_own_comment() -> None:
    """Tiers of one name are told apart by their windows and burn rates."""
    waits = [line for line in said()["SLOBurnRatePage"] if line.startswith("Waits")]

    assert [re.findall(r"is (\w+) old", line) for line in waits] == [["6m"], ["31m"]]


@pytest.mark.parametrize(
    ("sli", "comment"),
    [
        (Up(gauge="up"), "Seconds of an evaluation: 30s where there is data."),
        (ErrorRatio(query="x"), "Seconds of an evaluation: 30s where there is data."),
        (
            Latency(histogram="x_seconds", under="1s", native=True),
            "Events in the 30s of an evaluation, estimated by a rate.",
        ),
    ],
)
def test_a_base_series_says_what_it_counts(sli: object, comment: str) -> None:
    """Events, estimated events or seconds."""
    assert said(sli=sli)["slo:sli_events:increase"][0] == comment


def test_a_moment_without_data_is_named() -> None:
    """Where it counts as bad there are two rules of one name, and the second says why."""
    comments = said(sli=Up(gauge="up", when_missing="bad"))["slo:sli_errors:increase"]

    assert comments == [
        "The bad ones of them: 0 where there has been none yet.",
        "A moment without data, which counts as bad.",
    ]


def test_a_rule_that_explains_itself_has_none() -> None:
    """Constants and ratios over a window that is read whole need no words."""
    found = said()

    assert {"slo:objective:ratio", "slo:sli_error:ratio_rate1h", "SLODataStale"}.isdisjoint(found)
    assert found["slo:sli_error:ratio_rate1d"] == [
        "Hours, and what no hour holds yet: the first begins up to 1h5m before the window."
    ]


def test_alerts_of_one_name_are_told_apart() -> None:
    """An alert on missing data asks for no bad events, whatever it is called."""
    names = ("SLODataStale", "SLOErrorBudgetExhausted", "SLOErrorBudgetLow", "SLOObjectiveViolated")
    others = {name: Alert(labels={"about": name}) for name in ("low", "violated", "stale")}
    policy = AlertPolicy(preset="none", exhausted=True, **others)  # type: ignore[arg-type]

    found = said(alerts=policy, settings=Settings(alert_names=dict.fromkeys(names, "Budget")))

    assert found["Budget"] == [
        "Asks for 3 bad events in 1h.",
        "Asks for 3 bad events in the window.",
        "Asks for 3 bad events in the window.",
    ]
