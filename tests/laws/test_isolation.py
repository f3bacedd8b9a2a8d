"""The second law: no NaN and no Inf is recorded, and a series with some takes nothing else."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.conserving import SIMPLEST, examples, trial, without_shrinking
from tests.laws.histories import LENGTH, Course, courses, pod
from tests.laws.kinds import KINDS, Kind, labelled

if TYPE_CHECKING:
    from tests.laws.judge import Samples

pytestmark = pytest.mark.long

RUNS = 40
FILES = 3
_BROKEN = ("NaN", "+Inf", "-Inf", "7")
"""What a broken counter says; 7 is a number, but between such neighbours it counts nothing."""

_counting = [pytest.param(kind, id=kind.name) for kind in KINDS if kind.name != "native-latency"]
_broken = st.lists(st.sampled_from(_BROKEN), min_size=1, max_size=6)


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("kind", _counting)
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(
    batch=st.lists(st.tuples(courses(30, 60), _broken, st.booleans()), min_size=RUNS, max_size=RUNS)
)
def test_a_broken_pod_takes_nothing_from_the_others(
    kind: Kind, line: str, batch: list[tuple[Course, list[str], bool]]
) -> None:
    """What sound pods count is exact while one says NaN and Inf, in all its series or in one."""
    runs = {
        f"r{n}": [pod(course, kind.counters, kind.late)] for n, (course, _, _) in enumerate(batch)
    }
    examples[f"isolation, {kind.name}, line {line}"] += len(runs)
    sound = trial(kind, line, runs)

    broken: dict[str, Samples] = {}
    for number, (course, values, is_all) in enumerate(batch):
        for place, series in enumerate(kind.series):
            said = cycle(values if is_all or place == 0 else ["7"])
            times = range(course.phase, LENGTH, course.interval)
            name = labelled(series, run=f"r{number}", pod="broken")
            broken[name] = list(zip(times, said, strict=False))

    attrs.evolve(sound, series={**sound.series, **broken}).judge()
