"""Months of the calendar, in UTC: which hours count, and how much of the month is known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, Events, Service, Settings
from slogen.errors import InvalidValue
from slogen.live import Prometheus
from slogen.live.months import Month
from slogen.live.readings import Fleet
from slogen.live.reporting import reported
from slogen.live.windows import share_of_hours
from slogen.plan import resolve
from tests.live.world import World

if TYPE_CHECKING:
    from slogen.live.reports import Report
    from tests.live.stub import Request

HOUR = 3_600
OCTOBER = Month.of("2026-10")
START, END = OCTOBER.start.timestamp(), OCTOBER.end.timestamp()
ERRORS, EVENTS = "sum_over_time slo:sli_errors:sum1h", "sum_over_time slo:sli_events:sum1h"
HOURS, FIRST = "count_over_time slo:sli_events:hour", "min_over_time slo:sli_events:hour"
LABELS = {"slo_id": "shop-a"}


def world(errors: float, events: float, hours: float, first: float) -> World:
    """Return a server with the hours of one SLO."""
    sli = Events(total="requests_total", bad='requests_total{code="500"}')
    slo = SLO(service=Service("shop"), name="a", objective="99.9%", window="7d", sli=sli)
    found = World.of(resolve(slo, Settings()))
    values = {ERRORS: errors, EVENTS: events, HOURS: hours, FIRST: first}
    for name, value in values.items():
        found.answers[name] = [(LABELS, value)]
    return found


def asked(found: World, at: datetime, *, history: bool = False) -> tuple[Report, list[Request]]:
    """Return the report on October, and what was asked for it."""
    with found.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=found.slos, at=at)
        return reported(fleet, "2026-10", history=history), stub.seen


def test_a_month_that_is_over_is_the_sum_of_its_hours() -> None:
    """Its hours were recorded from an hour after its beginning to an hour after its end."""
    found = world(errors=500.0, events=1_000_000.0, hours=744.0, first=START - HOUR)
    report, seen = asked(found, datetime(2026, 11, 26, tzinfo=UTC))
    (slo,) = report.slos
    (group,) = slo.groups
    (sums,) = [request for request in seen if "sum_over_time(slo:sli_errors:sum1h" in request.query]

    assert "[31d]" in sums.query
    assert float(sums.fields["time"]) == END + HOUR
    assert (report.month, report.at, slo.window) == ("2026-10", OCTOBER.end, "2026-10")
    assert (group.coverage, group.measured) == (1.0, 1.0)
    assert group.share_left == pytest.approx(0.5)
    assert (slo.state, slo.verdict) == ("healthy", "met")


def test_alerts_and_burn_rates_are_those_at_the_end_of_the_month() -> None:
    """What fires and burns now says nothing about a past month."""
    found = world(errors=500.0, events=1_000_000.0, hours=744.0, first=START - HOUR)
    _, seen = asked(found, datetime(2026, 11, 26, tzinfo=UTC))
    names = ("ALERTS", "slo:sli_error:ratio_rate", "slo:sli_data:ratio")
    of_the_end = [each for each in seen if any(name in each.query for name in names)]

    assert len(of_the_end) >= len(names)
    assert {float(each.fields["time"]) for each in of_the_end} == {END}


def test_a_month_that_goes_on_counts_what_no_hour_holds_yet() -> None:
    """The budget is that of the whole month at the traffic so far."""
    now = datetime(2026, 10, 16, 12, 30, tzinfo=UTC)
    found = world(errors=500.0, events=1_000_000.0, hours=371.0, first=START - HOUR)
    found.answers["slo:sli_errors:open"] = [(LABELS, 20.0)]
    found.answers["slo:sli_events:open"] = [(LABELS, 2_000.0)]
    report, seen = asked(found, now)
    (group,) = report.slos[0].groups
    (still_open,) = [request for request in seen if "slo:sli_errors:open" in request.query]
    hour = int(now.timestamp()) // HOUR

    assert f'slo_hour=~"{(hour - 1) % 4}|{hour % 4}"' in still_open.query
    assert (group.errors, group.events) == (520.0, 1_002_000.0)
    assert group.coverage == pytest.approx(15.520833 / 31, rel=1e-5)
    assert group.coverage is not None
    assert group.budget is not None
    assert group.budget.total == pytest.approx(0.001 * 1_002_000 / group.coverage)


def test_the_first_hour_of_a_month_takes_nothing_of_the_last() -> None:
    """At ten minutes past midnight the last hour of September is still open, and does not count."""
    found = world(errors=500.0, events=1_000_000.0, hours=1.0, first=START - HOUR)
    _, seen = asked(found, datetime(2026, 10, 1, 0, 10, tzinfo=UTC))
    queries = [request.query for request in seen]

    assert not any("sum_over_time(slo:sli_errors:sum1h" in query for query in queries)
    (still_open,) = [query for query in queries if "slo:sli_errors:open" in query]
    assert f'slo_hour=~"{int(START) // HOUR % 4}"' in still_open


def test_a_group_that_began_in_the_month_is_as_old_as_its_first_hour() -> None:
    """Half a month of a new SLO is half of its coverage, and all of it measured."""
    begin = datetime(2026, 10, 16, 12, tzinfo=UTC).timestamp()
    found = world(errors=0.0, events=1_000_000.0, hours=372.0, first=begin)
    report, _ = asked(found, datetime(2026, 11, 26, tzinfo=UTC))
    (group,) = report.slos[0].groups

    assert (group.coverage, group.measured) == (0.5, 1.0)


def test_hours_without_data_are_not_measured() -> None:
    """A tenth of the month without data is said beside every number."""
    found = world(errors=0.0, events=1_000_000.0, hours=669.6, first=START - HOUR)
    report, _ = asked(found, datetime(2026, 11, 26, tzinfo=UTC))

    assert report.slos[0].groups[0].measured == pytest.approx(0.9)
    assert report.slos[0].verdict == "not enough data"


def test_a_month_burns_down_from_all_of_its_budget() -> None:
    """Each half day takes what it spent, and the last point is what is left."""
    found = world(errors=500.0, events=1_000_000.0, hours=744.0, first=START - HOUR)
    half = 12 * HOUR
    points = [(START + half * n + HOUR, 250.0) for n in (1, 2)]
    found.curves[ERRORS] = [(LABELS, points)]
    report, _ = asked(found, datetime(2026, 11, 26, tzinfo=UTC), history=True)

    times, shares = zip(*report.slos[0].groups[0].history, strict=True)
    assert times == (START, START + half, START + 2 * half)
    assert shares == pytest.approx((1.0, 0.75, 0.5))


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-10", "October", "2026-10-01", ""])
def test_refuses_what_is_no_month(text: str) -> None:
    """A month has a year of four digits and a number from 01 to 12."""
    with pytest.raises(InvalidValue, match='a month such as "2026-10"'):
        Month.of(text)


def test_refuses_a_month_that_has_not_begun() -> None:
    """Nobody has counted anything in it."""
    found = world(0.0, 1.0, 1.0, START)
    with pytest.raises(InvalidValue, match="a month that began before 2026-09-30"):
        asked(found, datetime(2026, 9, 30, tzinfo=UTC))


@given(
    first=st.integers(min_value=400_000, max_value=500_000),
    hours=st.integers(min_value=1, max_value=1_000),
    second=st.integers(min_value=0, max_value=3_599),
)
def test_all_hours_measured_is_all_of_the_time(first: int, hours: int, second: int) -> None:
    """Whenever it is asked, a group with data in each hour that is recorded by then has 1."""
    end = (first + hours) * HOUR + 240 + second

    assert share_of_hours(first * HOUR, end, hours) == 1.0
    assert share_of_hours(first * HOUR, end, hours / 2) == pytest.approx(0.5)


def test_before_the_first_hour_is_recorded_nobody_knows() -> None:
    """A group of ten minutes has no hour yet, which is not the same as none of its time."""
    assert share_of_hours(7_200.0, 7_800.0, 0.0) is None


def test_the_history_of_a_month_is_that_of_the_ruler_whose_counts_are_judged() -> None:
    """Two rulers saw different parts of it: their hours are not mixed."""
    found = world(errors=500.0, events=1_000_000.0, hours=744.0, first=START - HOUR)
    for name, worse in ((ERRORS, 800.0), (EVENTS, 1_000_000.0), (HOURS, 744.0), (FIRST, START)):
        ((_, value),) = found.answers[name]
        found.answers[name] = [
            ({**LABELS, "replica": "a"}, value),
            ({**LABELS, "replica": "b"}, worse),
        ]
    half = 12 * HOUR
    found.curves[ERRORS] = [
        (
            {**LABELS, "replica": replica},
            [(START + HOUR + half, first), (START + HOUR + 2 * half, second)],
        )
        for replica, first, second in (("a", 400.0, 100.0), ("b", 200.0, 600.0))
    ]
    report, _ = asked(found, datetime(2026, 11, 26, tzinfo=UTC), history=True)
    (group,) = report.slos[0].groups

    assert group.share_left == pytest.approx(0.2)
    assert [share for _, share in group.history] == pytest.approx([1.0, 0.8, 0.2])


def test_a_group_that_began_in_this_hour_is_young() -> None:
    """It has events and no hour yet: that makes the SLO neither unknown nor spent."""
    now = datetime(2026, 10, 16, 12, 30, tzinfo=UTC)
    found = world(errors=0.0, events=1_000.0, hours=0.0, first=START)
    found.answers[HOURS] = found.answers[FIRST] = []
    report, _ = asked(found, now)
    (group,) = report.slos[0].groups

    assert report.slos[0].state == group.state == "young"
    assert group.measured is None
