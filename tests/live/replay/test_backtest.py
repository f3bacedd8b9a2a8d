"""`slogen.live.backtest`, against a server that says what was counted and what did fire."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import SLO, Events, Selector, Settings, naming
from slogen.errors import InvalidValue, ToolMissing
from slogen.live import Backtest, Incident, Prometheus, backtest
from slogen.live.errors import QueryFailed
from slogen.live.replay import extra
from slogen.live.replay.forms import backtest_text
from slogen.live.replay.results import Agreement
from tests.live.stub import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.live.stub import Handler, Request, Respond

END = 1_764_201_600  # 2025-11-27 00:00 UTC
OUTAGE = range(END - 4 * 3_600, END - 3 * 3_600)
INCIDENT = Incident(start=OUTAGE.start, end=OUTAGE.stop, name="outage")
REQUESTS = Selector('requests{job="shop"}')
BASE_SERIES = (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)


def slo(objective: str = "99.9%", bad: str = 'code="500"') -> SLO:
    """Return an SLO, of which the server knows an outage."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where(bad))
    return SLO(service="shop", name="availability", objective=objective, window="30d", sli=sli)


def replayed(
    alerts: Sequence[range] | None = None,
    *,
    incidents: Sequence[Incident] | None = None,
    against: SLO | None = None,
    respond: Respond | None = None,
) -> Backtest:
    """Replay a day; the page over 1h did fire in some ranges, None where there is no ALERTS."""
    at = datetime.fromtimestamp(END, tz=UTC)
    with serving(respond or _server(alerts)) as stub:
        prometheus = Prometheus(stub.url)
        return backtest(prometheus, slo(), at=at, length="1d", incidents=incidents, against=against)


def _server(alerts: Sequence[range] | None) -> Respond:
    def respond(handler: Handler, request: Request) -> None:
        query = request.query
        if query.startswith(BASE_SERIES):
            bad = query.startswith(naming.ERRORS_INCREASE)
            points = [(t, "0" if bad and t not in OUTAGE else "60") for t in _times(request)]
            _answer(handler, "matrix", {"metric": {}, "values": points})
        elif query.startswith("ALERTS{"):
            fired = [t for t in _times(request) if any(t in one for one in alerts or ())]
            labels = {"slo_window": "1h", "slo_burn_rate": "14.4"}
            _answer(handler, "matrix", {"metric": labels, "values": [(t, "1") for t in fired]})
        elif request.path.endswith("/query_range"):
            times = range(END - 86_400, END - 3_600, 300) if alerts is not None else ()
            series = [{"metric": {}, "values": [(t, "1") for t in times]}] if times else []
            _answer(handler, "matrix", *series)
        else:
            _answer(handler, "vector")

    return respond


def _times(request: Request) -> range:
    until = int(float(request.fields["time"]))
    (number, unit), *_ = re.findall(r"\[(\d+)([dh])\]", request.query)
    length = int(number) * (86_400 if unit == "d" else 3_600)
    return range(until - length + 30, until + 1, 30)


def _answer(handler: Handler, kind: str, *series: object) -> None:
    data = {"resultType": kind, "result": series}
    handler.answer(json.dumps({"status": "success", "data": data}))


def _page() -> range:
    """Return the evaluations at which the page over 1h fires in a replay."""
    (fired,) = replayed().groups[0].now.tiers[0].fired
    assert fired.end is not None
    return range(int(fired.start), int(fired.end), 30)


def _agreement(*alerts: range) -> Agreement | None:
    return replayed(alerts).groups[0].now.tiers[0].agreement


def test_alerts_that_did_fire_are_compared() -> None:
    """One evaluation more or less is the same; what lies further apart is another alert."""
    page = _page()
    late, other = (range(page.start + by, page.stop + by, 30) for by in (30, 90))
    earlier = range(page.start - 7_200, page.start - 3_600, 30)

    assert _agreement(page) == Agreement(same=1, only_replayed=0, only_recorded=0)
    assert _agreement(late) == Agreement(same=1, only_replayed=0, only_recorded=0)
    assert _agreement(other) == Agreement(same=0, only_replayed=1, only_recorded=1)
    assert _agreement(page, earlier) == Agreement(same=1, only_replayed=0, only_recorded=1)
    assert _agreement() == Agreement(same=0, only_replayed=1, only_recorded=0)


def test_a_server_without_alerts_is_compared_with_nothing() -> None:
    """Without any ALERTS nobody knows what did fire."""
    assert {tier.agreement for tier in replayed().groups[0].now.tiers} == {None}


def test_incidents_and_other_definitions_are_judged() -> None:
    """The incident is caught by both objectives, by the lax one later."""
    (group,) = replayed(incidents=[INCIDENT], against=slo("50%")).groups
    assert group.before is not None
    (now,), (before,) = group.now.judgements, group.before.judgements
    assert now.detected_after is not None
    assert before.detected_after is not None

    assert before.detected_after > now.detected_after + 1_800
    assert group.now.false_pages == 0


def test_other_events_are_not_compared() -> None:
    """The reason names what differs, and nothing is replayed by the other definitions."""
    found = replayed(against=slo(bad='code=~"5.."'))

    assert [each.reason for each in found.not_compared] == ["its SLI counts other events"]
    assert [group.before for group in found.groups] == [None]


@pytest.mark.parametrize(
    "reason",
    [
        "query processing would load too many samples into memory in query execution",
        "query timed out in expression evaluation",
    ],
)
def test_a_query_that_is_too_much_is_asked_in_parts(reason: str) -> None:
    """A day is halved until the server answers, and nothing is counted twice or left out."""
    respond = _server(None)
    refused = []

    def strict(handler: Handler, request: Request) -> None:
        if "[1d]" in request.query or "[12h]" in request.query:
            refused.append(request.query)
            fault = {"status": "error", "errorType": "execution", "error": reason}
            handler.answer(json.dumps(fault), status=422)
        else:
            respond(handler, request)

    found = replayed(respond=strict)

    assert found == attrs.evolve(replayed(), server=found.server)
    assert len(refused) == 4


def test_a_query_that_is_wrong_is_not_asked_again() -> None:
    """Another fault of a query ends the backtest."""
    faults = []

    def refusing(handler: Handler, request: Request) -> None:
        if request.query.startswith(BASE_SERIES):
            faults.append(request.query)
            fault = {"status": "error", "errorType": "bad_data", "error": "parse error"}
            handler.answer(json.dumps(fault), status=400)
        else:
            _answer(handler, "matrix" if request.path.endswith("/query_range") else "vector")

    with pytest.raises(QueryFailed, match="parse error"):
        replayed(respond=refusing)
    assert len(faults) == 1


def test_a_length_has_bounds() -> None:
    """The message says which."""
    with pytest.raises(InvalidValue, match="from 1h to 400d"):
        backtest(Prometheus("http://127.0.0.1:1"), slo(), length="401d")


def test_an_incident_ends_after_its_start() -> None:
    """One that does not is refused where it is made."""
    with pytest.raises(InvalidValue, match="a moment after its start"):
        Incident(start=END, end=END)


def test_numpy_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without numpy the message names the packages, and nothing is asked."""
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    with pytest.raises(ToolMissing, match="numpy>=2"):
        backtest(Prometheus("http://127.0.0.1:1"), slo())


def test_the_budget_is_that_of_the_traffic_since_something_is_counted() -> None:
    """Rules that began within the replayed time had the same traffic, and so the same budget."""
    respond = _server(None)
    begin = END - 6 * 3_600

    def late(handler: Handler, request: Request) -> None:
        if request.query.startswith(BASE_SERIES):
            bad = request.query.startswith(naming.ERRORS_INCREASE)
            times = [t for t in _times(request) if t >= begin]
            points = [(t, "0" if bad and t not in OUTAGE else "60") for t in times]
            _answer(handler, "matrix", {"metric": {}, "values": points})
        else:
            respond(handler, request)

    whole, part = (
        found.groups[0].now.tiers[0].fired[0].spent
        for found in (replayed(), replayed(respond=late))
    )

    assert part == pytest.approx(whole, rel=0.01)


def test_incidents_of_another_time_are_not_judged() -> None:
    """What was over before the replay, or began after it, is no incident that was missed."""
    before = Incident(start=END - 90_000, end=END - 86_400 - 1)
    after = Incident(start=END + 1, end=END + 60)
    found = replayed(incidents=[before, INCIDENT, after])
    (group,) = found.groups

    assert [each.incident for each in group.now.judgements] == [INCIDENT]
    assert found.incidents_outside == 2
    assert "2 incidents outside of this time are not judged" in backtest_text(found)


def test_alerts_of_another_prometheus_are_not_compared() -> None:
    """What tells one Prometheus from another selects alerts, as it selects base series."""
    settings = Settings(identity={"environment": "production"})
    at = datetime.fromtimestamp(END, tz=UTC)
    with serving(_server([_page()])) as stub:
        backtest(Prometheus(stub.url), slo(), settings, at=at, length="1d")
        asked = {r.query for r in stub.seen if r.query.startswith("ALERTS{") and "[" in r.query}

    assert asked
    assert all('environment="production"' in query for query in asked)


@pytest.mark.parametrize("value", ["60", "NaN"])
def test_a_group_without_samples_in_this_time_is_none(value: str) -> None:
    """One that went before the first window, on the same day, or whose samples are no numbers."""
    last = END - 4 * 86_400 - 3 * 3_600

    def gone(handler: Handler, request: Request) -> None:
        if request.query.startswith(BASE_SERIES):
            until = last if value == "60" else END
            points = [(t, value) for t in _times(request) if t <= until]
            _answer(handler, "matrix", {"metric": {}, "values": points})
        else:
            _answer(handler, "matrix" if request.path.endswith("/query_range") else "vector")

    found = replayed(respond=gone)

    assert found.groups == ()
    assert found.uncounted == ("shop-availability",)
