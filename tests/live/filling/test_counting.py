"""What is made of base series: which hours, when, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slogen import SLO, Events, Selector, Settings, naming
from slogen.errors import OutputError
from slogen.live.filling.counting import Counting
from slogen.live.filling.evaluations import HOUR_MS, Evaluations
from slogen.live.filling.openmetrics import new_file, sample
from slogen.plan import ResolvedSLO, resolve

if TYPE_CHECKING:
    from pathlib import Path

FAST, SLOW = 30_000, 60_000


def plan() -> ResolvedSLO:
    """Return an SLO with one group."""
    requests = Selector("requests_total")
    sli = Events(total=requests, bad=requests.where('code="500"'))
    (found,) = resolve(
        SLO(service="shop", name="x", objective="99%", window="30d", sli=sli), Settings()
    )
    return found


@given(
    phases=st.tuples(*[st.integers(0, SLOW - 1)] * 3),
    began=st.integers(3 * HOUR_MS, 9 * HOUR_MS),
)
def test_every_event_is_in_one_hour(phases: tuple[int, int, int], began: int) -> None:
    """Hours together hold what was counted, each is recorded at a try, and at a moment of its own.

    A try is the first evaluation of the slow group from four minutes after the hour's end on.
    """
    fast_at, slow_at, budget_at = phases
    when = Evaluations(
        fast=FAST,
        slow=SLOW,
        fast_at=fast_at,
        slow_at=slow_at,
        budget_at=budget_at,
        start=0,
        started=began,
    )
    times = range(when.first_fast(-1), when.end + 1, FAST)
    counting = Counting(plan(), when)
    for metric in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE):
        counting.add(metric, (), [(at, 0.1) for at in times])
    found = [*counting.recorded()]
    hours = [each for each in found if each.metric == naming.EVENTS_SUM]
    own = [each for each in hours if each.hour is not None and not when.is_shared(each.hour)]

    assert sum(each.value for each in hours) == pytest.approx(0.1 * len(times))
    assert len({(each.hour, each.at) for each in hours}) == len(hours)
    for each in own:
        assert each.hour is not None
        late = each.at - (each.hour + 1) * HOUR_MS
        assert 240_000 <= late < 240_000 + SLOW
        assert (each.at - slow_at) % SLOW == 0
    assert [each.hour for each in hours if each.at == when.end] == [
        each.hour for each in hours if each not in own
    ]


@example(at=2_166_442_006_746, value=1.0)
@given(at=st.integers(0, 4_102_444_800_000), value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_line_keeps_the_millisecond_and_the_value(at: int, value: float) -> None:
    """Both by cutting off and by rounding, promtool gets the time that was meant."""
    _, text, seconds = sample("x", at, value).split()

    assert float(text) == value
    assert int(float(seconds) * 1_000) == at
    assert round(float(seconds) * 1_000) == at


def test_half_hours_are_recorded_every_ten_minutes() -> None:
    """They hold the events of thirty minutes, and stop where the data does."""
    when = Evaluations(fast=FAST, slow=SLOW, start=0, started=2 * HOUR_MS)
    counting = Counting(plan(), when)
    counting.add(naming.EVENTS_INCREASE, (), [(at, 1.0) for at in range(0, HOUR_MS, FAST)])
    found = [each for each in counting.recorded() if each.metric == naming.EVENTS_LATELY]

    assert [each.at // 60_000 for each in found] == [0, 10, 20, 30, 40, 50]
    assert [each.value for each in found] == [1, 21, 41, 60, 60, 60]


def test_an_hour_begins_where_the_group_does() -> None:
    """A group that was evaluated for ten minutes of an hour began ten minutes before its end."""
    when = Evaluations(fast=FAST, slow=SLOW, start=0, started=5 * HOUR_MS)
    counting = Counting(plan(), when)
    late = range(HOUR_MS - 600_000, 2 * HOUR_MS, FAST)
    counting.add(naming.EVENTS_INCREASE, (), [(at, 1.0) for at in late])
    began = [each.value for each in counting.recorded() if each.metric == naming.EVENTS_HOUR]

    assert began == [3_000, 3_600]


def test_a_sum_loses_nothing_to_rounding() -> None:
    """A small number is not lost between two large ones."""
    when = Evaluations(fast=FAST, slow=SLOW, start=0, started=5 * HOUR_MS)
    counting = Counting(plan(), when)
    values = (1e16, 1.0, 1.0, -1e16)
    counting.add(naming.ERRORS_INCREASE, (), [*enumerate(values)])
    (found,) = counting.recorded()

    assert found.value == 2


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """Nothing is left of a file whose writer failed, or who had nothing to write."""
    path = tmp_path / "out.om"
    with pytest.raises(RuntimeError, match="boom"), new_file(path) as file:  # noqa: PT012
        file.write("x", 0, 1.0)
        raise RuntimeError("boom")
    with new_file(path):
        pass

    assert not [*tmp_path.iterdir()]


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    """Whoever made it keeps it."""
    path = tmp_path / "out.om"
    with pytest.raises(OutputError, match="is there already"), new_file(path) as file:  # noqa: PT012
        file.write("x", 0, 1.0)
        path.write_text("theirs")

    assert path.read_text() == "theirs"
    assert [*tmp_path.iterdir()] == [path]


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """It is not made, since it may be misspelt."""
    with pytest.raises(OutputError, match="no folder"), new_file(tmp_path / "none" / "out.om"):
        pass
