"""From counts to shares, states and verdicts."""

from __future__ import annotations

import math
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live.arithmetic import (
    Counts,
    badness,
    budget_of,
    joint_verdict,
    lasts,
    state_of,
    verdict_of,
    wilson,
    worst_state,
)
from slogen.live.reports import GroupReport, State, Verdict

EVENTS = st.integers(min_value=1, max_value=10**12)
SHARES = st.floats(min_value=0.001, max_value=1)
ALLOWED = st.sampled_from([0.2, 0.05, 0.01, 0.005, 0.001, 0.0005])


def counts(
    events: float = 1_000_000, errors: float = 0, coverage: float | None = 1, measured: float = 1
) -> Counts:
    """Return the counts of a group that has been there for long."""
    return Counts.of(events=events, errors=errors, coverage=coverage, measured=measured)


def group(state: State, verdict: Verdict = "met") -> GroupReport:
    """Return a group in a state."""
    return GroupReport(labels={}, state=state, verdict=verdict, has_data=state != "no data")


@given(events=EVENTS, part=SHARES, coverage=SHARES, allowed=ALLOWED)
def test_a_budget_is_what_the_rules_record(
    events: int, part: float, coverage: float, allowed: float
) -> None:
    """What is left is 1 - ratio * coverage / budget, and both of its sides add up."""
    errors = events * part
    budget = budget_of(counts(events, errors, coverage), allowed)

    assert budget is not None
    assert math.isclose(budget.share_left, 1 - part * coverage / allowed, abs_tol=1e-6)
    assert math.isclose(budget.left + budget.consumed, budget.total, rel_tol=1e-9)
    assert math.isclose(budget.share_left + budget.share_consumed, 1, abs_tol=1e-6)


def test_there_is_no_budget_where_nothing_happened() -> None:
    """Without events or age there is no number, and not one that looks fine."""
    assert budget_of(counts(events=0), 0.001) is None
    assert budget_of(counts(coverage=None), 0.001) is None
    assert budget_of(counts(coverage=0), 0.001) is None
    assert counts(events=0).sli is None


def test_counts_are_made_possible_as_the_rules_make_them() -> None:
    """Of a difference below 0 nothing is bad; of two metrics the larger sum is what happened."""
    assert counts(errors=-3).sli == 1
    assert counts(events=10, errors=15).sli == 0


@given(trials=st.integers(min_value=1, max_value=10**9), data=st.data())
def test_an_interval_holds_the_share_that_was_seen(trials: int, data: st.DataObject) -> None:
    """It holds what was counted, ends within 0 and 1, and solves Wilson's equation."""
    good = data.draw(st.integers(min_value=0, max_value=trials))
    interval = wilson(good, trials)
    share = good / trials

    assert 0 <= interval.low <= share + 1e-12
    assert share - 1e-12 <= interval.high <= 1
    for end in (interval.low, interval.high):
        distance = 1.959963984540054 * math.sqrt(max(end * (1 - end), 0) / trials)
        assert math.isclose(abs(end - share), distance, rel_tol=1e-5, abs_tol=1e-7)


@given(trials=st.integers(min_value=1, max_value=10**6))
def test_more_traffic_says_more(trials: int) -> None:
    """The interval of ten times the events at the same share is narrower."""
    few, many = wilson(0.9 * trials, trials), wilson(9 * trials, 10 * trials)

    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (counts(errors=500), "met"),
        (counts(errors=1_500), "missed"),
        (counts(errors=1_000), "not enough data"),
        (counts(events=100), "not enough data"),
        (counts(events=100, errors=5), "missed"),
        (counts(errors=500, measured=0.9), "not enough data"),
        (counts(errors=1_500, measured=0.1), "missed"),
        (counts(errors=500, coverage=0.05), "not enough data"),
        (counts(errors=500, coverage=None), "not enough data"),
    ],
)
def test_a_verdict_says_what_the_traffic_allows(found: Counts, verdict: Verdict) -> None:
    """Of 99.9 % it says met only where the whole interval is, and nearly all was measured."""
    assert found.sli is not None
    interval = wilson(found.sli * found.events, found.events)

    assert verdict_of(found, interval, "healthy", Decimal("0.999")) == verdict


def test_without_data_there_is_no_verdict() -> None:
    """What was counted before the data ended says nothing about now."""
    assert verdict_of(counts(), wilson(1, 1), "no data", Decimal("0.5")) == "not enough data"
    assert verdict_of(counts(events=0), None, "healthy", Decimal("0.5")) == "not enough data"


@pytest.mark.parametrize(
    ("errors", "state"),
    [
        (0, "healthy"),
        (749, "healthy"),
        (750, "warning"),
        (899, "warning"),
        (900, "critical"),
        (999, "critical"),
        (1_000, "exhausted"),
        (2_000, "exhausted"),
    ],
)
def test_states_have_the_limits_of_the_rules(errors: int, state: State) -> None:
    """More than 25 % is healthy, 10 % and less critical, 0 and less exhausted."""
    budget = budget_of(counts(events=1_024_000, errors=errors), 0.0009765625)

    assert state_of(budget, 1.0, has_data=True, had_events=True) == state


def test_a_bad_budget_stays_known_for_a_day_after_its_data_ended() -> None:
    """A spent budget is no less spent for its data ending; one without events for a day is gone."""
    spent, full = budget_of(counts(errors=5_000), 0.001), budget_of(counts(), 0.001)

    assert state_of(spent, 1.0, has_data=False, had_events=True) == "exhausted"
    assert state_of(spent, 1.0, has_data=False, had_events=False) == "no data"
    assert state_of(full, 1.0, has_data=False, had_events=True) == "no data"
    assert state_of(None, None, has_data=True, had_events=True) == "no data"


def test_a_young_group_is_young_until_its_budget_is_low() -> None:
    """Bad news is news at any age, good news is not."""
    full, low = budget_of(counts(), 0.001), budget_of(counts(errors=800), 0.001)

    assert state_of(full, 0.09, has_data=True, had_events=True) == "young"
    assert state_of(full, 0.1, has_data=True, had_events=True) == "healthy"
    assert state_of(low, 0.01, has_data=True, had_events=True) == "warning"


def test_an_slo_is_as_its_worst_group_with_data() -> None:
    """A tenant that left and one that is new do not hide how the others are."""
    assert worst_state([group("healthy"), group("exhausted"), group("no data")]) == "exhausted"
    assert worst_state([group("healthy"), group("no data"), group("young")]) == "healthy"
    assert worst_state([group("no data"), group("young")]) == "young"
    assert worst_state([group("no data")]) == worst_state([]) == "no data"


@pytest.mark.parametrize(
    ("others", "state"),
    [
        (["healthy", "young"], "no data"),
        (["healthy", "warning"], "no data"),
        (["critical"], "critical"),
        (["exhausted"], "exhausted"),
    ],
)
def test_a_group_whose_budget_nobody_knows_is_not_hidden(others: list[State], state: str) -> None:
    """It has data, so that the SLO is neither healthy nor met; what is worse still goes before."""
    unknown = attrs.evolve(group("no data", "not enough data"), has_data=True, events=7.0)
    idle = attrs.evolve(unknown, events=0.0)
    groups = [group(other) for other in others]

    assert worst_state([*groups, unknown]) == state
    assert joint_verdict([*groups, unknown]) == "not enough data"
    assert worst_state([group("healthy"), idle]) == "healthy"
    assert joint_verdict([group("healthy"), idle]) == "met"


def test_an_slo_meets_its_objective_where_all_groups_do() -> None:
    """One group that misses it is enough, and one that says nothing leaves it open."""
    met, missed = group("healthy"), group("warning", "missed")
    unclear = group("healthy", "not enough data")

    assert joint_verdict([met, met, group("no data", "not enough data")]) == "met"
    assert joint_verdict([met, missed, unclear]) == "missed"
    assert joint_verdict([met, unclear]) == "not enough data"
    assert joint_verdict([]) == "not enough data"


def test_the_worst_stands_first() -> None:
    """A spent budget before a low one, the unknown between, and of two the one with less left."""
    found: list[tuple[State, float | None]] = [
        ("healthy", 0.3),
        ("no data", None),
        ("healthy", 0.9),
        ("exhausted", -1.0),
    ]
    order = sorted(found, key=lambda pair: badness(*pair))

    assert [state for state, _ in order] == ["exhausted", "no data", "healthy", "healthy"]
    assert order[2][1] == 0.3


@pytest.mark.parametrize(
    ("seconds", "errors", "expected"),
    [
        (7_200.0, 100.0, 7_200.0),
        (0.0, 1_000.0, 0.0),
        (1_890.0, 2_000.0, 0.0),
        (1e300, 1_000.0, 0.0),
        (-5.0, 2_000.0, 0.0),
        (0.0, 100.0, None),
        (-5.0, 100.0, None),
        (1e300, 100.0, None),
        (None, 2_000.0, None),
    ],
)
def test_a_budget_is_gone_now_only_if_it_is_spent(
    seconds: float | None, errors: float, expected: float | None
) -> None:
    """A time that is negative, or longer than the window, is none; a spent budget needs no time."""
    assert lasts(seconds, budget_of(counts(errors=errors), 0.001), 86_400.0) == expected
