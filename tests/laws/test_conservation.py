"""The first law, for random histories of each kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.conserving import SIMPLEST, examples, trial, without_shrinking
from tests.laws.histories import Course, courses, pod
from tests.laws.kinds import DIFFERENCE, KINDS, Kind

pytestmark = pytest.mark.long

RUNS = 50
"""How many histories one file of promtool's holds."""
FILES = 4

_slow = st.lists(courses(30, 45, 60, 120), min_size=1, max_size=3)
_fast = st.lists(courses(15, 20, resets=False), min_size=1, max_size=3)


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(batch=st.lists(st.one_of(_slow, _fast), min_size=RUNS, max_size=RUNS))
def test_increases_add_up_to_what_was_counted(
    kind: Kind, line: str, batch: list[list[Course]]
) -> None:
    """Whatever scrapes are missed and whatever restarts, no event is lost or counted twice."""
    if line not in kind.lines:
        pytest.skip("this line has no such SLI")
    runs = {
        f"r{number}": [pod(course, kind.counters, kind.late) for course in run]
        for number, run in enumerate(batch)
    }
    examples[f"conservation, {kind.name}, line {line}"] += len(runs)

    trial(kind, line, runs).judge()


_sides = st.tuples(
    courses(15, 20, 30, 60, 120, resets=False), courses(15, 20, 30, 60, 120, resets=False)
)


@pytest.mark.parametrize("line", ["2", "3"])
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(batch=st.lists(_sides, min_size=RUNS, max_size=RUNS))
def test_a_difference_of_two_targets_adds_up(line: str, batch: list[tuple[Course, Course]]) -> None:
    """Each side counts all that it saw, whenever it saw it: the difference is never rectified."""
    runs = {
        f"r{number}": [pod(total, DIFFERENCE.events), pod(good, DIFFERENCE.without)]
        for number, (total, good) in enumerate(batch)
    }
    examples[f"conservation, {DIFFERENCE.name}, line {line}"] += len(runs)

    trial(DIFFERENCE, line, runs).judge()
