"""How stories are judged: what is recorded twice, too little or too late does not pass."""

from __future__ import annotations

import attrs
import pytest

from slogen.naming import EVENTS_INCREASE
from tests.hours.accounts import Account, Sample, WrongPeriod
from tests.hours.exporter import Answer
from tests.hours.seen import Outage, Seen
from tests.hours.slos import HOUR

_EVENTS = tuple(Sample(HOUR + 30.0 * n, 10, "1" if n < 120 else "2") for n in range(1, 130))
"""Ten events an evaluation from the beginning of hour 1 until five minutes after its end."""
_RECORDED = Sample(2 * HOUR + 240, 1190, "1")
_ACCOUNT = Account(
    tenant="a",
    record=EVENTS_INCREASE,
    base=_EVENTS,
    sums=[_RECORDED],
    open=[Sample(2 * HOUR + 240, 90, "2")],
    period=[Sample(2 * HOUR + 120, 1230), Sample(2 * HOUR + 240, 1280)],
)


def _seen(*gaps: tuple[float, float], outages: tuple[Outage, ...] = ()) -> Seen:
    """Return a story in which an event a second is scraped every half second, 60 times faster.

    Args:
        gaps: Stretches of the server's clock in which no evaluation was made.
        outages: When there were neither scrapes nor evaluations.
    """
    times = [n / 2 for n in range(200)]
    answers = [
        Answer(time, {"a": {"200": int(time), "500": 0}})
        for time in times
        if not any(outage.began < time <= outage.ended for outage in outages)
    ]
    base = [
        Sample(60 * time, 1)
        for time in times
        if not any(since < time < until for since, until in gaps)
    ]
    account = Account(tenant="a", record=EVENTS_INCREASE, base=base)
    return Seen(speed=60, answers=answers, outages=outages, accounts=[account], last_hour=1)


def test_an_hour_has_what_was_counted_in_it() -> None:
    """A count belongs to the hour of its evaluation, a recorded hour is the one before."""
    assert _ACCOUNT.by_hour() == {1: 1190, 2: 100}
    assert _ACCOUNT.recorded() == {1: [1190]}
    assert _ACCOUNT.evaluated() == {1: 3570, 2: 300}
    assert not _ACCOUNT.wrong_labels()


def test_an_hour_that_is_recorded_twice_is_seen() -> None:
    """Both records of an hour are returned, and a record with the label of another hour."""
    twice = attrs.evolve(_ACCOUNT, sums=[_RECORDED, Sample(2 * HOUR + 840, 1190, "2")])

    assert twice.recorded() == {1: [1190, 1190]}
    assert twice.wrong_labels() == [twice.sums[1]]


@pytest.mark.parametrize(
    ("value", "lag", "lost"),
    [(1280, 0, 0), (1240, 120, 0), (1280, 120, 0), (90, 0, 1190)],
)
def test_a_period_may_hold_what_was_counted(value: int, lag: float, lost: int) -> None:
    """A period may be behind by a lag, and lack the hours that a story loses."""
    period = [Sample(2 * HOUR + 240, value)]

    assert not attrs.evolve(_ACCOUNT, period=period).wrong_periods(lag, lost)


@pytest.mark.parametrize(
    ("value", "lag", "least"), [(1279, 0, 1280), (1281, 0, 1280), (1239, 120, 1240)]
)
def test_a_period_may_hold_nothing_else(value: int, lag: float, least: int) -> None:
    """An event less or more than was counted is seen."""
    period = [Sample(2 * HOUR + 240, value)]

    assert attrs.evolve(_ACCOUNT, period=period).wrong_periods(lag) == [
        WrongPeriod(minute=4.0, value=value, least=least, most=1280)
    ]


def test_what_is_open_is_that_of_the_last_evaluation() -> None:
    """What was open once, and is recorded since, is not open at last."""
    earlier = Sample(2 * HOUR - 120, 1100, "1")

    assert _ACCOUNT.last_open() == 90
    assert attrs.evolve(_ACCOUNT, open=[earlier]).last_open() == 0


def test_without_outages_nothing_may_be_lost() -> None:
    """Where no evaluation was missed the bound is 0."""
    seen = _seen()

    assert (seen.missed(), seen.most_lost(seen.accounts[0])) == (0, 0)


def test_a_missed_evaluation_may_lose_what_scrapes_told() -> None:
    """The bound is what scrapes told between what the evaluations around it see."""
    seen = _seen((9.9, 12.1))

    assert (seen.missed(), seen.most_lost(seen.accounts[0])) == (5, 3)


@pytest.mark.parametrize(("ended", "most"), [(12.2, 3), (52.2, 45)])
def test_an_outage_may_lose_what_came_before_it(ended: float, most: int) -> None:
    """An offset and an interval before a short outage may be lost, and all of a long one."""
    seen = _seen((9.9, ended + 0.5), outages=(Outage(10.1, ended),))

    assert (seen.missed(), seen.most_lost(seen.accounts[0])) == (0, most)
