"""What a server answers, well or badly: numbers, or a clear error, in time and in little memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from slogen.exits import Exit
from slogen.live import client, http
from slogen.live.client import Prometheus, Sample
from slogen.live.connection import Connection
from slogen.live.errors import (
    AnswerTooLarge,
    QueryFailed,
    ServerBusy,
    ServerError,
    ServerRefused,
    ServerUnreachable,
    WrongServer,
)
from slogen.promql.expr import Series, call
from slogen.units import Duration
from tests.live.stub import Handler, Request, Stub, always, matrix, serving, success, vector

if TYPE_CHECKING:
    from tests.live.stub import Respond

NOW = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
ONE = call("vector", 1)
HTML = "<!DOCTYPE html><html><title>Sign in</title></html>"


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.01, 0.01, 0.01))


def asked(stub: Stub, timeout: str = "5s") -> tuple[Sample, ...]:
    """Ask for a number."""
    return Prometheus(Connection(url=stub.url, timeout=Duration(timeout))).query(ONE, NOW)


def fault(respond: Respond, timeout: str = "5s") -> ServerError:
    """Return what is raised for an answer."""
    with serving(respond) as stub, pytest.raises(ServerError) as caught:
        asked(stub, timeout)
    return caught.value


def test_asks_at_a_moment_and_reads_labels_and_numbers() -> None:
    """A query goes out as a form with its time, and its series come back."""
    with serving(always(vector(({"a": "x"}, 1.5), ({"a": "y"}, 2.0)))) as stub:
        samples = asked(stub)

    assert samples == (Sample({"a": "x"}, 1.5), Sample({"a": "y"}, 2.0))
    assert (stub.seen[0].path, stub.seen[0].query) == ("/api/v1/query", "vector(1)")
    assert stub.seen[0].fields["time"] == f"{NOW.timestamp():.3f}"


def test_leaves_out_what_is_no_number() -> None:
    """NaN and infinities say nothing, and are never shown as numbers."""
    answer = vector(({"a": "x"}, float("nan")), ({"a": "y"}, float("inf")), ({"a": "z"}, 3.0))
    with serving(always(answer.replace("nan", "NaN").replace("inf", "+Inf"))) as stub:
        assert asked(stub) == (Sample({"a": "z"}, 3.0),)


def test_keeps_the_warnings_of_the_server() -> None:
    """A warning is kept once, and does nothing to a terminal."""
    answer = vector(({}, 1.0), warnings=["a store \x1b[1m is missing"])
    with serving(always(answer)) as stub:
        prometheus = Prometheus(stub.url)
        prometheus.query(ONE, NOW)
        prometheus.query(ONE, NOW)

    assert prometheus.warnings == (r"a store \x1b[1m is missing",)


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ({"isPartial": True}, "an answer is partial"),
        ({"isPartial": False}, ""),
        ({"warnings": "partial response"}, "partial response"),
        ({"warnings": {"store": "down"}}, "down"),
        ({"infos": ["metric might not be a counter"]}, ""),
    ],
)
def test_an_answer_that_may_not_be_whole_is_a_doubt(said: dict[str, object], doubt: str) -> None:
    """A cluster of VictoriaMetrics has a field of its own, and a warning may have any shape."""
    with serving(always(vector(**said))) as stub:
        prometheus = Prometheus(stub.url)
        prometheus.query(ONE, NOW)

    assert len(prometheus.doubts) == bool(doubt)
    assert doubt in " ".join(prometheus.doubts)


@pytest.mark.parametrize("code", [405, 501])
def test_asks_without_a_form_where_a_proxy_lets_none_through(code: int) -> None:
    """Prometheus' own client does the same; the question is the same, too."""

    def respond(handler: Handler, request: Request) -> None:
        if request.method == "POST":
            handler.answer("GET alone", code)
        else:
            handler.answer(vector(({"a": "x"}, 1.0)))

    with serving(respond) as stub:
        (sample,) = Prometheus(stub.url).query(ONE, NOW)

    assert sample.labels == {"a": "x"}
    path, _, asked = stub.seen[1].path.partition("?")
    assert (path, dict(parse_qsl(asked))) == ("/api/v1/query", dict(stub.seen[0].fields))


def test_asks_below_a_prefix_for_a_tenant_with_a_token() -> None:
    """Mimir's prefix, tenant and token go with each request."""
    with serving(always(vector())) as stub:
        where = Connection(url=f"{stub.url}/prometheus", tenant="shop", token="hush")  # noqa: S106 (a test)
        Prometheus(where).query(ONE, NOW)

    request = stub.seen[0]
    assert request.path == "/prometheus/api/v1/query"
    assert request.headers["x-scope-orgid"] == "shop"
    assert request.headers["authorization"] == "Bearer hush"


def test_sends_user_and_password_of_the_address() -> None:
    """What stands before @ is sent as basic authentication, and shown nowhere."""
    with serving(always(vector())) as stub:
        prometheus = Prometheus(stub.url.replace("//", "//bot:s%40cret@"))
        prometheus.query(ONE, NOW)

    assert stub.seen[0].headers["authorization"] == "Basic Ym90OnNAY3JldA=="
    assert prometheus.url == stub.url
    assert "cret" not in repr(prometheus.warnings)


def test_warns_of_credentials_that_anyone_can_read() -> None:
    """A token that goes over http is said, and the token is not."""
    where = Connection(url="http://prometheus.example.com", token="hush")  # noqa: S106 (a test)

    (warning,) = Prometheus(where).warnings

    assert warning.startswith("credentials go to http://prometheus.example.com")
    assert "hush" not in warning + repr(where)


@pytest.mark.parametrize(
    ("respond", "error", "says"),
    [
        (always(HTML, Content_Type="text/html"), WrongServer, "answers with HTML to /api/v1/query"),
        (always("404 page not found", 404), WrongServer, "no JSON to /api/v1/query (code 404)"),
        (always('{"status": "succ'), WrongServer, "answers with something that is no JSON"),
        (always("[" * 100_000), WrongServer, "answers with something that is no JSON"),
        (always("[1, 2]"), WrongServer, "without a status"),
        (always('{"status": "success", "data": 7}'), WrongServer, "another result"),
        (always(success("scalar", [])), WrongServer, "another result"),
        (always(success("vector", [7])), WrongServer, "no series"),
        (always(success("vector", [{"metric": {}, "value": [0]}])), WrongServer, "a sample that"),
        (
            always(success("vector", [{"metric": {"a": 1}}])),
            WrongServer,
            "whose labels are no texts",
        ),
        (always("", 302, Location="https://sso.example.com/?u=x"), WrongServer, "sso.example.com"),
        (always("", 308, Location="/elsewhere"), WrongServer, "to another path"),
        (always("no forms", 405), WrongServer, "no JSON to /api/v1/query (code 405): no forms"),
        (always(vector(), 206), WrongServer, "with a success and code 206"),
        (always("who are you?", 401), ServerRefused, "credentials with code 401: who are you?"),
        (always(HTML, 403), ServerRefused, "refuses the credentials with code 403"),
        (always("calm down", 429), ServerBusy, "answers 429 to each try: calm down"),
        (always(HTML, 503), ServerBusy, "answers 503 to each try"),
        (
            always('{"status":"error","errorType":"bad_data","error":"parse error"}', 400),
            QueryFailed,
            "answers with bad_data: parse error",
        ),
    ],
)
def test_says_what_is_wrong_with_an_answer(
    respond: Respond, error: type[ServerError], says: str
) -> None:
    """Whatever else answers is an error that names the server, and the exit code is 4."""
    raised = fault(respond)

    assert type(raised) is error
    assert says in str(raised)
    assert str(raised).startswith("http://127.0.0.1:")
    assert raised.entry.exit is Exit.UNDECIDED


def test_never_follows_a_redirect() -> None:
    """Credentials that were meant for one server go to no other."""
    with serving(always(vector())) as other:
        raised = fault(always("", 307, Location=f"{other.url}/api/v1/query"))

    assert other.seen == []
    assert "it sends slogen to http://127.0.0.1:" in str(raised)


def test_hides_credentials_of_a_redirect() -> None:
    """A place that a server names may hold a password."""
    raised = fault(always("", 302, Location="https://bot:secret@example.com/"))

    assert "https://example.com" in str(raised)
    assert "secret" not in str(raised)


def test_tries_again_after_429_and_5xx() -> None:
    """A server that was busy for a moment is asked again, and answers."""
    answers = iter([429, 503, 200])

    def respond(handler: Handler, _: Request) -> None:
        handler.answer(vector(({}, 1.0)), next(answers))

    with serving(respond) as stub:
        assert asked(stub) == (Sample({}, 1.0),)
    assert len(stub.seen) == 3


def test_tries_again_after_a_connection_that_broke() -> None:
    """A connection that is closed before its answer is made anew."""
    answers = iter([False, True])

    def respond(handler: Handler, _: Request) -> None:
        if next(answers):
            handler.answer(vector(({}, 1.0)))
        else:
            handler.close_connection = True

    with serving(respond) as stub:
        assert asked(stub) == (Sample({}, 1.0),)


def test_waits_for_as_long_as_the_server_asks() -> None:
    """Retry-After goes before slogen's own pauses."""
    answers = iter([(429, {"Retry-After": "1"}), (200, {})])

    def respond(handler: Handler, _: Request) -> None:
        status, headers = next(answers)
        handler.answer(vector(), status, headers)

    began = time.monotonic()
    with serving(respond) as stub:
        asked(stub)

    assert time.monotonic() - began >= 1


def test_does_not_wait_for_longer_than_a_query_may_take() -> None:
    """A server that asks for an hour is not waited for: that is said at once."""
    began = time.monotonic()
    raised = fault(always("", 429, Retry_After="3600"))

    assert time.monotonic() - began < 2
    assert "and asks for a pause of 3600 s" in str(raised)


def test_a_server_that_is_down() -> None:
    """Nobody listens there: the error says so in the system's words, without Python's."""
    with serving(always("")) as stub:
        gone = stub.url
    with pytest.raises(ServerUnreachable) as caught:
        Prometheus(gone).query(ONE, NOW)

    assert str(caught.value) == (
        f"{gone} takes no connection: Connection refused\n"
        "  remedy: start it, or correct the address"
    )


def test_a_connection_that_is_closed_in_the_middle() -> None:
    """An answer that ends too early is none."""

    def respond(handler: Handler, _: Request) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"status": "suc')
        handler.close_connection = True

    assert "broke the connection off" in str(fault(respond))


def _late(handler: Handler, _: Request) -> None:
    time.sleep(3)
    handler.answer(vector())


def _late_body(handler: Handler, _: Request) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _each in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def _late_header(handler: Handler, _: Request) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for letter in b"X-Slow: " + b"x" * 60:
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("respond", [_late, _late_body, _late_header])
def test_a_server_that_is_slow(respond: Respond) -> None:
    """A late answer, a body and a header of which a byte comes at a time all end in time."""
    began = time.monotonic()
    raised = fault(respond, timeout="500ms")

    assert time.monotonic() - began < 1.5
    assert "did not answer within 500ms" in str(raised)
    assert "make timeout in [live] longer" in str(raised)


def _a_little_late(handler: Handler, _: Request) -> None:
    time.sleep(0.2)
    handler.answer(vector())


def _ask_in_vain(prometheus: Prometheus) -> None:
    with prometheus.limited(), prometheus.limited():
        for _each in range(50):
            prometheus.query(ONE, NOW)


def test_many_slow_answers_end_in_time_together() -> None:
    """Each is quick enough, and all of them are not; what is asked outside has its own time."""
    with serving(_a_little_late) as stub:
        where = Connection(url=stub.url, total_timeout=Duration("500ms"))
        prometheus, began = Prometheus(where), time.monotonic()
        with pytest.raises(ServerUnreachable) as caught:
            _ask_in_vain(prometheus)
        took = time.monotonic() - began
        prometheus.query(ONE, NOW)

    assert took < 1.5
    assert "did not give all answers within 500ms" in str(caught.value)
    assert "make total_timeout in [live] longer" in str(caught.value)


def test_an_answer_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without an end takes no more memory than is allowed."""
    monkeypatch.setattr(http, "LARGEST_ANSWER", 2**20)

    def respond(handler: Handler, _: Request) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 65_536)

    tracemalloc.start()
    raised = fault(respond)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert type(raised) is AnswerTooLarge
    assert "answers with more than 1 MiB" in str(raised)
    assert most < 6 * 2**20


@pytest.mark.parametrize("value", ["[]", "{}", '{"a":1}', "1.5", '"a"'])
def test_an_answer_that_is_small_and_holds_too_much(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """What takes two bytes in JSON takes sixty in Python, so that values are counted before."""
    monkeypatch.setattr(client, "MOST_VALUES", 10_000)
    raised = fault(always(f"[{','.join([value] * 10_001)}]"))

    assert type(raised) is AnswerTooLarge
    assert "answers with more than 10,000 values" in str(raised)


def test_cuts_long_ranges_into_queries_of_few_enough_points() -> None:
    """Prometheus refuses more than 11,000 points, so a month of minutes is four queries."""

    def respond(handler: Handler, request: Request) -> None:
        start, end = float(request.fields["start"]), float(request.fields["end"])
        points = int((end - start) / float(request.fields["step"])) + 1
        assert points <= 11_000
        handler.answer(matrix(({"a": "x"}, [(start + 60 * n, 1.0) for n in range(points)])))

    end = datetime(2026, 11, 30, tzinfo=UTC)
    start = datetime(2026, 10, 31, tzinfo=UTC)
    with serving(respond) as stub:
        (curve,) = Prometheus(stub.url).query_range(Series("a", ()), start, end, Duration("1m"))

    times = [at for at, _ in curve.points]
    assert len(stub.seen) == 4
    assert times == [start.timestamp() + 60 * n for n in range(30 * 1440 + 1)]


def test_reads_other_paths_of_the_api() -> None:
    """Rules and the like are JSON of another shape."""
    answer = json.dumps({"status": "success", "data": {"groups": []}})
    with serving(always(answer)) as stub:
        assert Prometheus(stub.url).get("/api/v1/rules") == {"groups": []}
    assert (stub.seen[0].method, stub.seen[0].path) == ("GET", "/api/v1/rules")


@pytest.mark.parametrize(
    ("date", "doubt"),
    [
        (timedelta(minutes=-1), ""),
        (timedelta(minutes=1), ""),
        (timedelta(days=3), "4320 minutes behind the server's"),
        (timedelta(minutes=-5), "5 minutes ahead of the server's"),
    ],
)
def test_clocks_that_differ_are_a_doubt(date: timedelta, doubt: str) -> None:
    """More than two minutes apart, slogen would ask about another moment than it says."""

    def respond(handler: Handler, request: Request) -> None:
        said = format_datetime(datetime.now(UTC) + date, usegmt=True)
        handler.date_time_string = lambda timestamp=None: said  # type: ignore[method-assign]  # noqa: ARG005
        always(vector())(handler, request)

    with serving(respond) as stub:
        prometheus = Prometheus(stub.url)
        for _ in range(2):
            prometheus.query(ONE, NOW)

    assert len(prometheus.doubts) == bool(doubt)
    assert doubt in " ".join(prometheus.doubts)


@pytest.mark.parametrize("date", ["", "soon", "Fri, 99 Dec 99999 23:59:59 GMT"])
def test_a_server_that_does_not_say_the_time_is_believed(date: str) -> None:
    """A date that is none says nothing about clocks."""

    def respond(handler: Handler, request: Request) -> None:
        handler.date_time_string = lambda timestamp=None: date  # type: ignore[method-assign]  # noqa: ARG005
        always(vector())(handler, request)

    with serving(respond) as stub:
        prometheus = Prometheus(stub.url)
        prometheus.query(ONE, NOW)

    assert prometheus.doubts == ()
