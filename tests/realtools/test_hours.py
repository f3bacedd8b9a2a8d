"""Hours are computed from base samples alone, each once, by the rules that came first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.realtools.hours import HOUR, Count, Recorder, counts, first_second

BORDER = 472_500 * HOUR
"""The end of an hour whose number is 3, the first one before a number 0."""
SLO = {"slo_id": "x"}


def recorder(*spans: tuple[int, int]) -> Recorder:
    """Return rules of the default intervals that ran at some times."""
    return Recorder(labels=SLO, spans=spans, fast=30, slow=120)


def test_an_hour_counts_the_samples_within_it() -> None:
    """The first second of an hour is its own, the last is that of the hour before."""
    series = [
        ({"slo_hour": "3", "tenant": "a", **SLO}, [(BORDER - 30.0, 2.0), (BORDER - 0.5, 3.0)]),
        ({"slo_hour": "0", "tenant": "a", **SLO}, [(float(BORDER), 5.0)]),
        ({"slo_hour": "0", "tenant": "b", **SLO}, [(float(BORDER), 7.0)]),
    ]
    hour, a, b = BORDER // HOUR, frozenset({("tenant", "a")}), frozenset({("tenant", "b")})

    assert counts(series, SLO) == {
        (a, hour - 1): Count(total=5, evaluations=2),
        (a, hour): Count(total=5, evaluations=1),
        (b, hour): Count(total=7, evaluations=1),
    }


def test_what_a_service_was_called_tells_no_groups_apart() -> None:
    """After a rename an hour has the samples of both names."""
    series = [
        ({"slo_hour": "0", "slo_service": "old"}, [(float(BORDER), 1.0)]),
        ({"slo_hour": "0", "slo_service": "new"}, [(BORDER + 30.0, 1.0)]),
    ]

    (found,) = counts(series, ["slo_service"]).values()

    assert found == Count(total=2, evaluations=2)


def test_a_sample_with_the_number_of_another_hour_is_a_fault() -> None:
    """The label says which hour a sample belongs to, and the time must say the same."""
    with pytest.raises(ValueError, match="in hour 0 of 4"):
        counts([({"slo_hour": "3"}, [(float(BORDER), 1.0)])], SLO)


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([(0, 1_000 * HOUR)], 5),
        ([(6, 1_000)], 15),
        ([(0, 4), (14, 24)], 15),
        ([(56, 1_000)], None),
        ([(0, 4), (6, 14), (60, 600)], None),
    ],
    ids=["awake", "woken after a try", "asleep for a try", "woken too late", "between tries"],
)
def test_an_hour_is_recorded_at_the_first_try_at_which_rules_run(
    spans: list[tuple[int, int]], minutes: int | None
) -> None:
    """It is tried once in ten minutes of the next hour, and is lost after that."""
    awake = recorder(*((BORDER + 60 * a, BORDER + 60 * b) for a, b in spans))

    found = awake.turn(BORDER // HOUR - 1)

    assert found == (None if minutes is None else BORDER + 60 * minutes)


@given(st.integers(1, 400))
def test_a_group_that_begins_within_an_hour_begins_so_many_evaluations_before_its_end(
    evaluations: int,
) -> None:
    """No hour is longer than an hour."""
    second = first_second(BORDER // HOUR - 1, evaluations, 30)

    assert BORDER - second == min(30 * evaluations, HOUR)
