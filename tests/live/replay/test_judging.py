"""Near misses, flaps, nights and incidents, from evaluations that are written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import attrs
import numpy as np
import pytest

from slogen import SLO, Events, Selector, Settings
from slogen.live.replay.evaluation import TierReplay
from slogen.live.replay.firing import Firing
from slogen.live.replay.judging import judged, tier_result
from slogen.live.replay.results import FiredAlert, Incident, Judgement, TierResult
from slogen.plan import resolve

REQUESTS = Selector("requests")
SLI = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
(PLAN,) = resolve(
    SLO(service="shop", name="availability", objective="99.9%", window="30d", sli=SLI), Settings()
)
PAGE, TICKET = PLAN.tiers[0], PLAN.tiers[-1]
MINUTE = 60_000
MIDNIGHT = round(datetime(2025, 11, 27, tzinfo=UTC).timestamp()) * 1_000
TIMES = np.arange(0, 12 * 60 * MINUTE, MINUTE, dtype=np.int64)

Spans = Sequence[tuple[int, int, float]]
"""From which minute to which, and which part of the tier's burn rate."""


def found(
    parts: Spans = (),
    fired: Sequence[tuple[int, int | None]] = (),
    *,
    zone: str = "UTC",
    is_page: bool = True,
) -> TierResult:
    """Return what is said about twelve hours from midnight on, in minutes."""
    tier = PAGE if is_page else TICKET
    part = np.zeros(len(TIMES))
    for start, end, value in parts:
        part[start:end] = value
    firings = tuple(
        Firing(MIDNIGHT + start * MINUTE, None if end is None else MIDNIGHT + end * MINUTE)
        for start, end in fired
    )
    replay = TierReplay(
        tier=tier,
        times=TIMES + MIDNIGHT,
        burn=part * float(tier.threshold),
        errors=np.full(len(TIMES), 25.0),
        firings=firings,
    )
    return tier_result(replay, 100.0, ZoneInfo(zone), None)


@pytest.mark.parametrize(
    ("parts", "peaks"),
    [
        ([(60, 70, 0.79)], []),
        ([(60, 70, 0.81)], [0.81]),
        ([(60, 70, 0.85), (70, 80, 0.95)], [0.95]),
        ([(60, 70, 0.85), (128, 130, 0.9)], [0.9]),
        ([(60, 70, 0.85), (129, 130, 0.9)], [0.85, 0.9]),
    ],
)
def test_near_misses_reach_four_fifths(parts: Spans, peaks: list[float]) -> None:
    """What comes within less than an hour is one near miss, of which the peak is kept."""
    assert [near.peak for near in found(parts).near_misses] == pytest.approx(peaks)


@pytest.mark.parametrize(("minute", "count"), [(139, 1), (141, 0), (259, 0), (281, 1)])
def test_nothing_is_a_near_miss_within_an_hour_of_an_alert(minute: int, count: int) -> None:
    """An alert fires from minute 201 to 220; what burns near that belongs to it."""
    assert len(found([(minute, minute + 1, 0.9)], [(201, 220)]).near_misses) == count


def test_a_moment_without_events_is_no_near_miss() -> None:
    """Without events there is no burn rate."""
    assert found([(60, 70, float("nan"))]).near_misses == ()


@pytest.mark.parametrize(("gap", "flaps"), [(59, 1), (60, 0)])
def test_an_alert_flaps_that_begins_again_within_an_hour(gap: int, flaps: int) -> None:
    """An hour after its end it is another alert."""
    assert found(fired=[(10, 20), (20 + gap, 200)]).flaps == flaps


def test_an_alert_that_goes_on_has_no_end() -> None:
    """It is cut off by nothing."""
    (fired,) = found(fired=[(10, None)]).fired

    assert fired.end is None
    assert fired.spent == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("zone", "minute", "is_at_night"),
    [
        ("UTC", 0, True),
        ("UTC", 6 * 60 + 59, True),
        ("UTC", 7 * 60, False),
        ("Europe/Moscow", 4 * 60, False),
        ("America/New_York", 2 * 60 + 59, False),
        ("America/New_York", 3 * 60, True),
    ],
)
def test_a_night_is_from_22_to_7(zone: str, minute: int, is_at_night: bool) -> None:  # noqa: FBT001
    """Where those live who are paged; a ticket wakes nobody."""
    when = [(minute, minute + 10)]
    (page,) = found(fired=when, zone=zone).fired
    (ticket,) = found(fired=when, zone=zone, is_page=False).fired

    assert page.is_at_night == is_at_night
    assert not ticket.is_at_night


def _page(start: float, end: float | None) -> FiredAlert:
    return FiredAlert(start=start, end=end, spent=0.0, is_at_night=False)


INCIDENT = Incident(start=100, end=200, name="outage")


@pytest.mark.parametrize(
    ("pages", "detected", "reset", "false"),
    [
        ([], None, None, 0),
        ([(120, 250)], 20, 50, 0),
        ([(90, 150)], 0, 0, 0),
        ([(50, 100)], None, None, 1),
        ([(200, 210)], 100, 10, 0),
        ([(201, 210)], None, None, 1),
        ([(130, 140), (150, None)], 30, None, 0),
        ([(150, 260), (130, 300), (400, 500)], 30, 100, 1),
    ],
)
def test_a_page_belongs_to_the_incident_in_which_it_fires(
    pages: list[tuple[float, float | None]],
    detected: float | None,
    reset: float | None,
    false: int,
) -> None:
    """The first page detects it, the end of the last one resets it, and others are false."""
    ((judgement,), count) = judged([INCIDENT], [_page(*page) for page in pages])

    assert judgement == Judgement(incident=INCIDENT, detected_after=detected, reset_after=reset)
    assert count == false


def test_a_page_may_belong_to_two_incidents() -> None:
    """It is false only if it belongs to none."""
    later = attrs.evolve(INCIDENT, start=300, end=400)
    judgements, false = judged([INCIDENT, later], [_page(150, 350)])

    assert [each.detected_after for each in judgements] == [50, 0]
    assert false == 0
