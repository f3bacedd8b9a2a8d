"""A value is about a stretch of time of its own."""

from __future__ import annotations

import pytest

from tests.experiments.accuracy import spans
from tests.experiments.accuracy.ages import age
from tests.experiments.accuracy.readings import grid, reached
from tests.experiments.accuracy.spans import Span
from tests.truth.arithmetic import DAY, HOUR, MINUTE


def test_a_short_window_ends_with_the_newest_scrapes() -> None:
    """Recorded at 10:00:20, base series at :10 and :40: it has seen half a minute less than :10."""
    found = spans.own("1h", 10 * HOUR + 20, phase=10)

    assert found == Span(9 * HOUR - 20, 10 * HOUR - 20)


@pytest.mark.parametrize(
    ("minutes", "begins"),
    [(17, 0), (4, -HOUR), (5, 0)],
)
def test_a_long_window_begins_with_an_hour(minutes: int, begins: int) -> None:
    """A day that ends at :17 begins at the full hour; until :04:30 with the hour before that."""
    found = spans.own("1d", 3 * DAY + minutes * MINUTE, phase=10)

    assert found == Span(2 * DAY + begins - 50, 3 * DAY + minutes * MINUTE - 50)


def test_the_grid_is_every_three_hours() -> None:
    """31 days have 248 moments, each at 17 minutes past, eight a day."""
    moments = grid(31)

    assert len(moments) == 248
    assert {moment % (3 * HOUR) for moment in moments} == {17 * MINUTE}
    assert (moments[0], moments[-1]) == (-31 * DAY + 17 * MINUTE, -3 * HOUR + 17 * MINUTE)


def test_a_window_is_compared_where_all_of_it_was_recorded() -> None:
    """Of three days of rules, a window of 1d has moments of two days less an hour."""
    found = reached("1d", grid(3), 3)

    assert found[0] == -2 * DAY + 3 * HOUR + 17 * MINUTE
    assert reached("3d", grid(3), 3) == []


def test_an_age_is_what_a_value_has_not_seen() -> None:
    """A truth that grows by one a second, of which 100 were seen after 130 s, is 30 s old."""
    assert age(lambda end: end, 100, at=130, since=0) == pytest.approx(30, abs=0.2)


def test_a_value_from_before_is_as_old_as_the_incident() -> None:
    """What shows nothing of an incident that is 40 s old is 40 s old, not more."""
    assert age(lambda end: max(end, 0), -5, at=40, since=0) == pytest.approx(40, abs=0.2)
