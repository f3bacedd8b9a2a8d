"""Outlooks: what is known comes first, what comes is as what came, what is lacking is said."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.live.prediction.outlooks import Subject, outlook_of
from slogen.live.prediction.results import Ahead, BudgetForecast
from tests.live.prediction.futures import END, NOW, slo, subject, without_counts


def forecast_of(group: Subject) -> BudgetForecast:
    """Return the forecast of a group that has one."""
    found = outlook_of(group)
    assert found.forecast is not None, found.no_forecast
    return found.forecast


def test_steady_traffic_goes_on_as_it_was() -> None:
    """Half of the budget is spent all the time, and so it is in a week, without a doubt."""
    found = forecast_of(subject(lambda _: (1_000.0, 0.5)))

    assert found.share_left.low == pytest.approx(0.5, abs=1e-3)
    assert found.share_left.high == pytest.approx(0.5, abs=1e-3)
    assert found.coming.middle == pytest.approx(0.5 * 7 * 24)
    assert found.exhausted.share == 0
    assert found.days == 90


def test_an_incident_that_leaves_is_given_back() -> None:
    """An outage of 25 days ago that spent most of the budget is gone in a week, to the event."""
    outage = 25 * 24
    group = subject(lambda back: (1_000.0, 600.0 if back == outage else 0.0))
    found = forecast_of(group)
    before = 1 - 600 / (0.001 * 720 * 1_000)

    assert found.leaving == 600
    assert before == pytest.approx(0.1667, abs=1e-3)
    assert found.share_left.high == pytest.approx(1.0)
    assert found.share_left.middle == pytest.approx(1.0)


def test_an_incident_that_stays_is_not() -> None:
    """An outage of yesterday is in the window of next week."""
    found = forecast_of(subject(lambda back: (1_000.0, 600.0 if back == 20 else 0.0)))

    assert found.leaving == 0
    assert found.share_left.high == pytest.approx(1 - 600 / 720, abs=1e-3)


def test_more_than_the_budget_runs_out() -> None:
    """Since a week twice as much fails as may: the budget is gone when the sum says so."""
    group = subject(lambda back: (1_000.0, 2.0 if back <= 7 * 24 else 0.0))
    found = forecast_of(group)
    spent, total = 2.0 * 7 * 24, 720.0

    # What leaves had no bad events, so that 2 an hour come.
    hours = (total - spent) / 2.0
    assert hours == 192
    far = forecast_of(attrs.evolve(group, ahead=Ahead(horizon="14d")))
    assert found.exhausted.middle is None
    assert far.exhausted.middle == pytest.approx(hours * 3_600, abs=5 * 3_600)


def test_a_spent_budget_says_when_it_is_back() -> None:
    """It is gone now, and has something left when the outage leaves the window."""
    outage = 26 * 24
    found = forecast_of(subject(lambda back: (1_000.0, 900.0 if back == outage else 0.0)))

    assert found.exhausted.earliest == found.exhausted.latest == 0
    assert found.recovered is not None
    assert found.recovered.middle == pytest.approx((30 * 24 - outage) * 3_600, abs=2 * 3_600)


def test_the_week_has_its_days() -> None:
    """Saturdays have a tenth of the traffic and of the bad events, and a forecast knows.

    It is five minutes into Saturday, so that a day ends as late on Sunday.
    """

    def week(back: int) -> tuple[float, float]:
        # The last hour is one of a Friday: the next day is as the seventh day back.
        is_saturday = (back - 1) // 24 % 7 == 6
        return (100.0, 0.1) if is_saturday else (1_000.0, 1.0)

    saturday = forecast_of(subject(week, ahead=Ahead(horizon="1d")))
    both = forecast_of(subject(week, ahead=Ahead(horizon="2d")))

    assert saturday.coming.middle == pytest.approx(2.4 + 0.9 / 12, rel=0.01)
    assert both.coming.middle == pytest.approx(26.4, rel=0.01)


def test_traffic_that_doubled_counts_as_it_is_now() -> None:
    """Ten days ago the traffic doubled: the bad events of next week are those of now."""
    group = subject(lambda back: (2_000.0, 2.0) if back <= 240 else (1_000.0, 1.0))

    assert forecast_of(group).coming.middle == pytest.approx(2 * 7 * 24, rel=0.02)


def test_a_fault_that_was_mended_is_not_expected() -> None:
    """Until two weeks ago ten times as much failed; next week is as the last one."""
    group = subject(lambda back: (100_000.0, 10.0 if back <= 336 else 100.0))

    assert forecast_of(group).coming.middle == pytest.approx(10 * 7 * 24, rel=0.1)


def test_nights_without_traffic_stay_so() -> None:
    """Hours without events are no gap, and no hour of the future has more than they had."""
    group = subject(lambda back: (1_000.0, 0.5) if back % 24 < 12 else (0.0, 0.0))

    assert forecast_of(group).coming.middle == pytest.approx(0.5 * 12 * 7, rel=0.02)


def test_hours_that_nobody_recorded_are_no_quiet_hours() -> None:
    """Three days of a gap are not drawn: bad events come as on the other days."""
    gap = range(10 * 24, 13 * 24)
    found = forecast_of(subject(lambda back: None if back in gap else (1_000.0, 0.5)))

    assert found.days == 90 - 3
    assert found.coming.low == pytest.approx(0.5 * 7 * 24, rel=0.01)


def test_office_hours_are_whole_days() -> None:
    """An SLO that is never recorded at night has days, and no gaps."""
    found = forecast_of(subject(lambda back: (1_000.0, 0.5) if back % 24 < 8 else None))

    assert found.days == 90
    assert found.coming.middle == pytest.approx(0.5 * 8 * 7, rel=0.02)


@pytest.mark.parametrize(
    ("group", "why"),
    [
        (subject(lambda _: None), "no hour is recorded"),
        (
            subject(lambda _: (1_000.0, 0.5), days=12),
            "12 whole days are recorded, 28 are needed",
        ),
        (
            subject(lambda back: None if back % 7 == 0 and back < 600 else (9.0, 0.0), days=29.5),
            "",
        ),
        (
            subject(lambda back: None if 24 < back <= 72 else (9.0, 0.0), days=29),
            "27 whole days are recorded (2 more have gaps), 28 are needed",
        ),
        (
            subject(lambda back: None if back <= 26 else (1_000.0, 0.5)),
            "no hour of the last day is recorded",
        ),
        (subject(lambda _: (0.0, 0.0)), "no budget is recorded"),
        (without_counts(subject(lambda _: (1_000.0, 0.5))), "no budget is recorded"),
    ],
)
def test_what_is_lacking_for_a_forecast_is_said(group: Subject, why: str) -> None:
    """How many days there are, and how many are needed; there are gaps that do not matter."""
    found = outlook_of(group)

    assert found.no_forecast == why
    assert (found.forecast is None) == bool(why)


@pytest.mark.parametrize(
    ("window", "days", "ahead", "why"),
    [
        ("30d", 90, Ahead(), ""),
        ("30d", 30, Ahead(), ""),
        ("30d", 29, Ahead(), "29.0d of hours are recorded, 30.0d are needed"),
        ("120d", 400, Ahead(), "the window is longer than the 90d that are looked at"),
        ("120d", 400, Ahead(history="120d"), ""),
    ],
)
def test_what_is_lacking_for_an_objective_is_said(
    window: str, days: float, ahead: Ahead, why: str
) -> None:
    """A window has to fit into the hours, and into the time that is looked at."""
    found = outlook_of(subject(lambda _: (1_000.0, 0.5), days=days, of=slo(window), ahead=ahead))

    assert found.no_met == why
    assert (found.met is None) == bool(why)


def test_windows_that_are_independent_are_counted() -> None:
    """Three windows of 30 days fit into 90 days, and 12 of a week, however many are slid."""
    monthly = outlook_of(subject(lambda _: (1_000.0, 0.5))).met
    weekly = outlook_of(subject(lambda _: (1_000.0, 0.5), of=slo("7d"))).met

    assert monthly is not None
    assert weekly is not None
    assert (monthly.independent, monthly.windows) == (3, 60 * 24 + 1)
    assert (weekly.independent, weekly.windows) == (12, 83 * 24 + 1)
    assert monthly.objective == pytest.approx(0.9995)
    assert (monthly.share_met, monthly.measured) == (1.0, 1.0)


def test_no_bad_event_is_an_objective_of_all() -> None:
    """What never failed met whatever can be asked for."""
    met = outlook_of(subject(lambda _: (1_000.0, 0.0))).met

    assert met is not None
    assert met.objective == 1.0


def test_the_same_hours_give_the_same_forecast() -> None:
    """Chance is seeded by what was counted; another count is another seed."""
    group = subject(lambda back: (1_000.0, float(back * back % 97)))
    other = subject(lambda back: (1_000.0, float(back * back % 97 + (back == 2_000))))

    assert outlook_of(group) == outlook_of(group)
    assert outlook_of(group) != outlook_of(other)


@pytest.mark.parametrize("horizon", ["1h", "26h", "30d"])
@pytest.mark.parametrize("window", ["1h", "7d", "28d", "90d", "366d"])
def test_each_window_has_a_forecast_at_each_horizon(window: str, horizon: str) -> None:
    """Whether the window is longer or shorter, steady traffic keeps what it has."""
    group = subject(
        lambda _: (1_000.0, 0.5), days=400, of=slo(window), ahead=Ahead(horizon=horizon)
    )
    found = forecast_of(group)

    assert found.share_left.middle == pytest.approx(0.5, abs=0.01)
    assert found.coming.middle == pytest.approx(0.5 * found.horizon / 3_600, rel=0.01)


def test_a_young_budget_grows_with_its_group() -> None:
    """A group of 40 days in a window of 80 has half of the budget, and more in a week."""
    group = subject(lambda back: (1_000.0, 0.5 if back > 480 else 0.0), days=40, of=slo("80d"))
    found = forecast_of(group)

    errors, events = 480 * 0.5, 47 * 24 * 1_000
    assert found.share_left.high == pytest.approx(
        1 - errors * (47 / 80) / (0.001 * events), abs=0.01
    )


@settings(max_examples=8)
@given(
    seed=st.integers(0, 2**32),
    window=st.sampled_from(["1d", "7d", "30d"]),
    horizon=st.sampled_from(["1h", "7d", "20d"]),
)
def test_bands_are_in_order_whatever_was_counted(seed: int, window: str, horizon: str) -> None:
    """Low is at most middle, middle at most high, and nothing is left of what nobody has."""

    def noise(back: int) -> tuple[float, float] | None:
        mixed = (seed + back) * 2_654_435_761 % 2**32
        if mixed % 11 == 0:
            return None
        events = mixed % 1_000
        return float(events), float(events * (mixed // 1_000 % 100) / 100)

    group = subject(noise, days=35, of=slo(window), ahead=Ahead(horizon=horizon))
    found = outlook_of(group).forecast

    if found is not None:
        for band in (found.coming, found.share_left):
            assert band.low <= band.middle <= band.high
        assert found.coming.low >= 0
        assert found.share_left.high <= 1
        assert 0 <= found.exhausted.share <= 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"horizon": "90m"}, "horizon"),
        ({"horizon": "91d"}, "horizon"),
        ({"history": "27d"}, "history"),
        ({"history": "401d"}, "history"),
        ({"history": "721h"}, "history"),
        ({"horizon": "soon"}, "Duration"),
    ],
)
def test_times_that_make_no_sense_are_refused(arguments: dict[str, str], text: str) -> None:
    """With what is allowed instead."""
    with pytest.raises(InvalidValue, match=f"^{text}"):
        Ahead(**arguments)


def test_hours_are_those_that_could_be_recorded() -> None:
    """An hour that is not recorded yet is none that had no data."""
    group = subject(lambda _: (1_000.0, 0.5))

    assert group.end == END
    assert group.hours is not None
    assert group.hours.end * 3_600 < NOW
    assert None not in group.hours.events
