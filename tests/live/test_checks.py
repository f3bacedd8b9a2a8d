"""What a running server says against definitions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, Events, Latency, Service, Settings, TimeSlices, Up
from slogen.checks.given import Given
from slogen.compiler import compile_slo
from slogen.live import Prometheus
from slogen.live.checks import CHECKS, findings
from slogen.live.checks.rule_shape import expected_shape, seen_shape
from slogen.live.checks.view import ServerView, Subject
from slogen.plan import resolve
from slogen.rules import AlertingRule, RecordingRule
from slogen.units import Duration
from tests.live.stub import serving, vector
from tests.live.world import AT

if TYPE_CHECKING:
    from slogen.diagnostics import Diagnostic
    from slogen.rules import Rule
    from tests.live.stub import Handler, Request

REQUESTS = Events(total="requests_total", bad='requests_total{code="500"}')
LATENCY = Latency(histogram="request_duration_seconds", under="250ms")


def subject(sli: Any = REQUESTS, *, group_by: tuple[str, ...] = (), window: str = "30d") -> Subject:  # noqa: ANN401 (any kind)
    """Return an SLO and its rules."""
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective="99.9%",
        window=window,
        group_by=group_by,
        sli=sli,
    )
    (resolved,) = resolve(slo, Settings())
    return Subject(slo=resolved, rules=compile_slo(resolved))


def loaded(rules: Rule, **changes: object) -> dict[str, object]:
    """Return a rule as the API of Prometheus says it."""
    said: dict[str, object] = {"labels": dict(rules.labels), "query": rules.expr}
    if isinstance(rules, RecordingRule):
        return {**said, "name": rules.record, "type": "recording", **changes}
    assert isinstance(rules, AlertingRule)
    times = {"duration": rules.for_, "keepFiringFor": rules.keep_firing_for}
    seconds = {name: float(time.seconds) if time else 0 for name, time in times.items()}
    return {**said, **seconds, "name": rules.alert, "type": "alerting", **changes}


@attrs.define
class Answers:
    """A server on which nothing is wrong, unless a test changes it.

    Attributes:
        queries: Answers to queries, by a text that stands in them; the first that does counts.
        data: Answers to paths.
    """

    queries: dict[str, str]
    data: dict[str, object]

    @classmethod
    def fine(cls, of: Subject) -> Answers:
        """Return a server that evaluates the rules of an SLO on good data."""
        groups = [
            {
                "name": group.name,
                "evaluationTime": 0.01,
                "rules": [loaded(rule) for rule in group.rules],
            }
            for group in of.rules.groups
        ]
        one = vector((dict.fromkeys(of.slo.definition.group_by, "x"), 3.0))
        return cls(
            queries={
                ">= 45": vector(),
                "time() - timestamp": vector(({}, 20.0)),
                "increase(": vector(({}, 1_000_000.0)),
                "group by (le)": vector(
                    *(({"le": bound}, 1.0) for bound in ("0.1", "0.25", "0.5", "+Inf"))
                ),
                "count": one,
            },
            data={
                "/api/v1/rules": {"groups": groups},
                "/api/v1/status/runtimeinfo": {"storageRetention": "90d"},
                "/api/v1/metadata?metric=requests_total": {"requests_total": [{"type": "counter"}]},
            },
        )

    def respond(self, handler: Handler, request: Request) -> None:
        """Answer a request."""
        if request.method == "GET":
            if request.path not in self.data:
                handler.answer("404 page not found", 404)
                return
            handler.answer(json.dumps({"status": "success", "data": self.data[request.path]}))
            return
        for part, answer in self.queries.items():
            if part in request.query:
                handler.answer(answer)
                return
        raise AssertionError(request.query)


def found(of: Subject, answers: Answers, given: Given | None = None) -> list[Diagnostic]:
    """Return what a server says against an SLO."""
    with serving(answers.respond) as stub:
        view = ServerView(Prometheus(stub.url), AT)
        return list(findings(view, [of], given))


def only(of: Subject, answers: Answers, given: Given | None = None) -> tuple[str, str]:
    """Return the code and the message of the one finding."""
    (diagnostic,) = found(of, answers, given)
    assert diagnostic.remedy
    return diagnostic.code, diagnostic.message


@pytest.mark.parametrize(
    "sli",
    [
        REQUESTS,
        LATENCY,
        Up(gauge="up"),
        TimeSlices(query="sum(lag)", good_when="< 5"),
        Events(total="sum(rate(a[$window]))", bad="sum(rate(b[$window]))"),
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(sli: Any) -> None:  # noqa: ANN401 (any kind)
    """A server with the series and the rules gets no finding, whatever the kind."""
    of = subject(sli)

    assert found(of, Answers.fine(of)) == []


def test_series_that_are_missing() -> None:
    """A misspelled name is said with the selector."""
    of = subject()
    answers = Answers.fine(of)
    answers.queries["count"] = vector()

    assert only(of, answers) == (
        "series-missing",
        "shop-a: the server has no series of requests_total",
    )


def test_a_gauge_that_is_counted() -> None:
    """The exporter's word counts; where nobody says anything, nothing is said."""
    of = subject()
    answers = Answers.fine(of)
    answers.data["/api/v1/metadata?metric=requests_total"] = {"requests_total": [{"type": "gauge"}]}
    codes = {diagnostic.code for diagnostic in found(of, answers)}
    answers.data["/api/v1/metadata?metric=requests_total"] = {}

    assert codes == {"not-a-counter"}
    assert found(of, answers) == []


def test_a_bucket_that_is_missing() -> None:
    """The bounds that there are, and the nearest one, are said."""
    of = subject(LATENCY)
    answers = Answers.fine(of)
    answers.queries["group by (le)"] = vector(
        *(({"le": bound}, 1.0) for bound in ("0.1", "0.3", "1.0", "+Inf"))
    )
    (diagnostic,) = found(of, answers)

    assert diagnostic.code == "bucket-missing"
    assert diagnostic.message == "shop-a: request_duration_seconds_bucket has no bucket at 0.25"
    assert diagnostic.allowed == "0.1, 0.3, 1"
    assert "such as 0.3 in the histogram's unit" in diagnostic.remedy


def test_a_label_that_is_missing() -> None:
    """Series without the label are counted."""
    of = subject(group_by=("tenant",))
    answers = Answers.fine(of)
    answers.queries["count"] = vector(({"tenant": "a"}, 7.0), ({}, 3.0))

    assert only(of, answers) == (
        "group-label-missing",
        'shop-a: 3 of 10 series of requests_total have no label "tenant"',
    )


def test_very_many_groups() -> None:
    """A thousand is allowed, one more is not."""
    of = subject(group_by=("user",))
    answers = Answers.fine(of)
    answers.queries["count"] = vector(*(({"user": str(n)}, 1.0) for n in range(1_001)))
    many = only(of, answers)
    answers.queries["count"] = vector(*(({"user": str(n)}, 1.0) for n in range(1_000)))

    assert many == ("too-many-groups", "shop-a: user make 1001 groups of requests_total")
    assert found(of, answers) == []


def test_data_that_are_late() -> None:
    """Samples older than a scrape and the offset are never seen by an evaluation."""
    of = subject()
    answers = Answers.fine(of)
    answers.queries[">= 45"] = vector(({}, 2.0))
    answers.queries["time() - timestamp"] = vector(({}, 70.4))
    code, message = only(of, answers)

    assert code == "data-late"
    assert message == (
        "shop-a: 2 series of requests_total are up to 70s old when they arrive, and the rules "
        "see none that is older than 45s then"
    )


def test_rules_that_are_not_loaded() -> None:
    """Each group that is missing is named; a server that does not say what it runs is believed."""
    of = subject()
    answers = Answers.fine(of)
    answers.data["/api/v1/rules"] = {"groups": []}
    missing = only(of, answers)
    del answers.data["/api/v1/rules"]

    assert missing == (
        "rules-not-loaded",
        (
            "shop-a: the server does not evaluate slogen:shop-a:fast, slogen:shop-a:slow, "
            "slogen:shop-a:budget"
        ),
    )
    assert found(of, answers) == []


@pytest.mark.parametrize(
    "change", [{"query": "vector(7)"}, {"labels": {"slo_id": "shop-a"}}, {"name": "other"}]
)
def test_rules_that_differ(change: dict[str, object]) -> None:
    """Another expression, other labels and another name are drift."""
    of = subject()
    answers = Answers.fine(of)
    first = of.rules.groups[0]
    said: Any = answers.data["/api/v1/rules"]
    said["groups"][0]["rules"][0] = loaded(first.rules[0], **change)
    code, message = only(of, answers)

    assert code == "rules-differ"
    assert "the server evaluates other rules: slo:sli_events:increase" in message


def test_how_an_expression_is_written_makes_no_difference() -> None:
    """Prometheus prints expressions in its own way, with other spaces and other durations."""
    rule = RecordingRule(record="a", expr='sum(\n  x{b="c"}\n)\n/ 40', labels={"d": "e"})
    seen = {"name": "a", "query": 'sum(x{b="c"}) / 40', "labels": {"d": "e"}}

    assert seen_shape(seen) == expected_shape(rule)
    assert seen_shape({**seen, "query": 'sum(x{b="c"}) / 41'}) != expected_shape(rule)


def test_how_long_an_alert_waits_is_a_part_of_it() -> None:
    """A server that pages later than the definition is drift."""
    alert = AlertingRule(
        alert="A", expr="x > 1", for_=Duration("2m"), labels={}, annotations={"summary": "s"}
    )
    seen = {"name": "A", "query": "x > 1", "duration": 120, "labels": {}}

    assert seen_shape(seen) == expected_shape(alert)
    assert seen_shape({**seen, "duration": 0}) != expected_shape(alert)
    assert seen_shape({**seen, "keepFiringFor": 60}) != expected_shape(alert)


def test_rules_that_take_long() -> None:
    """More than half of the interval is too much."""
    of = subject()
    answers = Answers.fine(of)
    said: Any = answers.data["/api/v1/rules"]
    said["groups"][0]["evaluationTime"] = 15.1

    assert only(of, answers) == (
        "rules-slow",
        "shop-a: slogen:shop-a:fast takes 15.1s of its 30s to evaluate",
    )


def test_traffic_and_retention_are_measured() -> None:
    """The checks that need facts of the user have those of the server, unless the user says."""
    of = subject(window="90d")
    answers = Answers.fine(of)
    answers.queries["increase("] = vector(({}, 5.0))
    answers.data["/api/v1/status/runtimeinfo"] = {"storageRetention": "15d or 10GiB"}
    codes = {diagnostic.code for diagnostic in found(of, answers)}
    said = found(of, answers, Given(traffic=1_000_000, retention=Duration("100d")))

    assert {"objective-beyond-traffic", "retention-too-short"} <= codes
    assert said == []


@pytest.mark.parametrize("said", ["50GiB", "0s", "1y1y", "d", "9999999999y", "", 5, None])
def test_a_server_that_keeps_bytes_has_no_known_retention(said: object) -> None:
    """Nothing is said about how long samples stay, and the other checks go on."""
    of = subject(window="90d")
    answers = Answers.fine(of)
    answers.data["/api/v1/status/runtimeinfo"] = {"storageRetention": said}
    answers.queries["increase("] = vector(({}, 5.0))

    assert [each.code for each in found(of, answers)] == ["objective-beyond-traffic"]


@pytest.mark.parametrize("rules", [None, 5, {}, [None, 1, {"name": 1, "labels": [1]}]])
def test_rules_that_are_none_differ(rules: object) -> None:
    """A server that does not say the rules of a group evaluates others."""
    of = subject()
    answers = Answers.fine(of)
    said: Any = answers.data["/api/v1/rules"]
    said["groups"][0]["rules"] = rules

    assert only(of, answers)[0] == "rules-differ"


@pytest.mark.parametrize("said", [5, "counter", {"type": "gauge"}, None])
def test_metadata_of_another_shape_say_nothing(said: object) -> None:
    """What no exporter says is no fault of a definition."""
    of = subject()
    answers = Answers.fine(of)
    answers.data["/api/v1/metadata?metric=requests_total"] = {"requests_total": said}

    assert found(of, answers) == []


def test_an_age_beyond_durations_is_the_longest() -> None:
    """Samples of an impossible age are late all the same."""
    of = subject()
    answers = Answers.fine(of)
    answers.queries[">= 45"] = vector(({}, 2.0))
    answers.queries["time() - timestamp"] = vector(({}, 1e308))

    assert "are up to 36500d old" in only(of, answers)[1]


def test_asks_each_question_once() -> None:
    """SLOs that read the same series do not ask twice."""
    of = subject()
    answers = Answers.fine(of)
    with serving(answers.respond) as stub:
        view = ServerView(Prometheus(stub.url), AT)
        findings(view, [of])
        once = len(stub.seen)
        findings(view, [of])

        assert len(stub.seen) == once


def test_changes_nothing_on_the_server() -> None:
    """Only queries and what they need are sent."""
    of = subject(LATENCY, group_by=("tenant",))
    answers = Answers.fine(of)
    with serving(answers.respond) as stub:
        findings(ServerView(Prometheus(stub.url), AT), [of])

    paths = {request.path.partition("?")[0] for request in stub.seen}
    assert paths <= {
        "/api/v1/query",
        "/api/v1/rules",
        "/api/v1/metadata",
        "/api/v1/status/runtimeinfo",
    }


def test_every_check_explains_itself() -> None:
    """What slogen lint --explain prints says why it matters and what to do."""
    assert all(check.code.why and check.code.severity == "warning" for check in CHECKS)


@pytest.mark.parametrize("value", [1e308, -1e308, 0.0, 5e-324, -5.0])
@pytest.mark.parametrize("sli", [REQUESTS, LATENCY])
def test_odd_numbers_are_no_fault_of_the_definitions(sli: Any, value: float) -> None:  # noqa: ANN401 (any kind)
    """Whatever a server answers, a check ends with findings or with none."""
    of = subject(sli)
    answers = Answers.fine(of)
    answers.queries = dict.fromkeys(answers.queries, vector(({}, value)))

    assert all(diagnostic.slo_id == "shop-a" for diagnostic in found(of, answers))


@pytest.mark.parametrize("bound", ["1e999999999", "-1e999999999", "NaN", "sNaN", "1" * 5_000, "x"])
def test_a_bound_that_no_float_is_is_none(bound: str) -> None:
    """It is neither the threshold nor one that is proposed instead of it."""
    of = subject(LATENCY)
    answers = Answers.fine(of)
    answers.queries["group by (le)"] = vector(*(({"le": le}, 1.0) for le in (bound, "0.1")))
    code, message = only(of, answers)

    assert (code, message) == (
        "bucket-missing",
        "shop-a: request_duration_seconds_bucket has no bucket at 0.25",
    )
