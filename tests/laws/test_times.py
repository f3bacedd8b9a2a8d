"""Conservation for kinds that count time: the seconds that were seen, and the bad ones of them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen import SLO, ErrorRatio, Service, TimeSlices, Up
from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.laws.conserving import SIMPLEST, STRETCH, examples, sound, without_shrinking
from tests.laws.histories import FAST_INTERVAL, LENGTH, Course, courses
from tests.laws.judge import Expected, Samples, Trial, rules_of
from tests.laws.kinds import RUN, labelled

pytestmark = pytest.mark.long

RUNS = 40
FILES = 3
_LOOK_BACK = {"2": 300, "3": 299}
"""How old a sample may be that an instant selector sees, in whole seconds: by default 5m.

Prometheus 3 does not see one that is exactly as old any more.
"""

_STALE = "stale"


@attrs.frozen(kw_only=True)
class TimeKind:
    """A kind that counts seconds.

    Attributes:
        name: Its name in a test.
        sli: The SLI.
        gauge: The gauge that it reads.
        values: What the gauge says.
        counts: Whether a value is one that the SLI judges.
        bad: Which part of the time is bad, by the values of all pods that are judged.
    """

    name: str
    sli: ErrorRatio | TimeSlices | Up
    gauge: str
    values: tuple[float, ...]
    counts: Callable[[float], bool]
    bad: Callable[[Sequence[float]], float]


KINDS = (
    TimeKind(
        name="error-ratio",
        sli=ErrorRatio(query="failures:ratio"),
        gauge="failures:ratio",
        values=(0, 0.125, 0.5, 1, 3, -1, math.nan, math.inf),
        counts=lambda value: not math.isnan(value),
        bad=lambda values: min(1, max(0, *values)),
    ),
    TimeKind(
        name="time-slices",
        sli=TimeSlices(query="age_seconds", good_when="<= 300"),
        gauge="age_seconds",
        values=(0, 299, 300, 301, 5_000, -1, math.nan, math.inf),
        counts=lambda value: not math.isnan(value),
        bad=lambda values: any(value > 300 for value in values),
    ),
    TimeKind(
        name="up",
        sli=Up(gauge="up"),
        gauge="up",
        values=(0, 1, 1, 1, 2, -1, math.nan),
        counts=lambda value: 0 <= value <= 1,
        bad=lambda values: 1 - sum(values) / len(values),
    ),
)


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(
    batch=st.lists(
        st.lists(courses(15, 30, 60, 120, resets=False), min_size=1, max_size=3),
        min_size=RUNS,
        max_size=RUNS,
    )
)
def test_seconds_add_up(kind: TimeKind, line: str, batch: list[list[Course]]) -> None:
    """Each evaluation that sees a value counts its seconds once, and the bad ones of them."""
    runs = {f"r{n}": [_gauge(kind, course) for course in run] for n, run in enumerate(batch)}
    examples[f"conservation, {kind.name}, line {line}"] += len(runs)
    slo = SLO(
        service=Service("laws"),
        name=kind.name,
        objective="99%",
        window="30d",
        group_by=[RUN],
        sli=kind.sli,
    )

    Trial(
        line=line,
        rules=rules_of(slo, line, only=(EVENTS_INCREASE, ERRORS_INCREASE)),
        series={
            labelled(f"{kind.gauge}{{", run=run, pod=str(number)): samples
            for run, pods in runs.items()
            for number, samples in enumerate(pods)
            if samples
        },
        expected=[*_conserved(kind, line, runs), *sound()],
    ).judge()


def _gauge(kind: TimeKind, course: Course) -> Samples:
    """Return what scrapes see of a gauge; one that fails, and an end, make it stale."""
    chance = random.Random(course.seed)  # noqa: S311 (the same each time is the point)
    succeeded = set(course.scrapes())
    samples: list[tuple[int, str]] = []
    for time in range(course.phase, LENGTH, course.interval):
        if time in succeeded:
            samples.append((time, str(chance.choice(kind.values)).replace("nan", "NaN")))
        elif samples and samples[-1][1] != _STALE and chance.random() < 0.5:
            samples.append((time, _STALE))
    return samples


def _conserved(kind: TimeKind, line: str, runs: dict[str, list[Samples]]) -> Iterator[Expected]:
    for time in range(STRETCH, LENGTH + 1, STRETCH):
        evaluations = range(time - STRETCH + FAST_INTERVAL, time + 1, FAST_INTERVAL)
        seen: dict[str, float] = {}
        bad: dict[str, float] = {}
        for run, pods in runs.items():
            judged = [_judged(kind, line, pods, evaluation) for evaluation in evaluations]
            parts = [kind.bad(values) for values in judged if values]
            if parts:
                seen[run] = FAST_INTERVAL * len(parts)
                bad[run] = round(FAST_INTERVAL * sum(parts), 3)
        for record, values in ((EVENTS_INCREASE, seen), (ERRORS_INCREASE, bad)):
            seconds = f"sum by ({RUN}) (sum_over_time({record}[{STRETCH - 1}s]))"
            yield Expected(f"round({seconds}, 0.001)", time, values)


def _judged(kind: TimeKind, line: str, pods: Sequence[Samples], evaluation: int) -> list[float]:
    """Return the values that an evaluation judges: the newest of each pod, unless it is stale."""
    oldest = evaluation - _LOOK_BACK[line]
    seen = ([v for time, v in samples if oldest <= time <= evaluation] for samples in pods)
    newest = (float(values[-1]) for values in seen if values and values[-1] != _STALE)
    return [value for value in newest if kind.counts(value)]
