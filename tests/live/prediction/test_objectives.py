"""Which objective windows met, against windows that are summed one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slogen.live.prediction.counted import Hours
from slogen.live.prediction.objectives import met_objective, slid

HOURS = st.lists(
    st.one_of(st.none(), st.tuples(st.integers(0, 1_000), st.integers(-2, 1_000))),
    min_size=1,
    max_size=80,
)


def hours_of(counted: list[tuple[int, int] | None]) -> Hours | None:
    """Return hours in order; the first one is recorded, or there is none."""
    known = {number: one for number, one in enumerate(counted) if one is not None}
    return Hours.of(
        {number: float(events) for number, (events, _) in known.items()},
        {number: float(errors) for number, (_, errors) in known.items()},
        len(counted),
    )


@given(counted=HOURS, window=st.integers(1, 40))
def test_each_window_is_the_sum_of_its_hours(
    counted: list[tuple[int, int] | None], window: int
) -> None:
    """Missing hours have nothing, bad events below 0 are none, and more than all are all."""
    hours = hours_of(counted)
    if hours is None:
        return
    expected = []
    for begin in range(hours.first, len(counted) - window + 1):
        inside = [one for one in counted[begin : begin + window] if one is not None]
        bad = max(sum(errors for _, errors in inside), 0)
        seen = max(sum(events for events, _ in inside), bad)
        if seen:
            expected.append(1 - bad / seen)

    assert slid(hours, window) == expected


@given(counted=HOURS, window=st.integers(1, 40), objective=st.floats(0.01, 0.99))
def test_the_objective_is_the_best_that_enough_windows_met(
    counted: list[tuple[int, int] | None], window: int, objective: float
) -> None:
    """95 of 100 met it, and no larger number was met by so many."""
    hours = hours_of(counted)
    met = met_objective(hours, window, objective) if hours else None
    if hours is None or met is None:
        return
    shares = slid(hours, window)

    assert sum(share >= met.objective for share in shares) >= 0.95 * len(shares) - 1e-9
    larger = [share for share in shares if share > met.objective]
    assert len(larger) < 0.95 * len(shares) + 1e-9
    assert met.windows == len(shares)
    assert met.share_met * len(shares) == sum(share >= objective for share in shares)


def test_an_outage_in_few_windows_is_let_go() -> None:
    """One hour of 100 that failed spoils one window of an hour: 95 of 100 met all."""
    counted = [(10, 10 if number == 50 else 0) for number in range(100)]
    hours = hours_of([*counted])
    assert hours is not None
    found, day = met_objective(hours, 1, 0.99), met_objective(hours, 24, 0.99)

    assert found is not None
    assert day is not None
    assert (found.objective, found.share_met, found.independent) == (1.0, 0.99, 100)
    assert day.objective == 1 - 10 / 240
