"""The fourth law: an error ratio is between 0 and 1, and what the window's sums say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE, ratio_rate
from slogen.units import Duration
from tests.laws.conserving import SIMPLEST, STRETCH, errors, events, examples, without_shrinking
from tests.laws.histories import FAST_INTERVAL, LENGTH, Course, Pod, courses, pod
from tests.laws.judge import Expected, Trial, rules_of, series_of
from tests.laws.kinds import DIFFERENCE, KINDS, RUN, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.laws.conserving import Runs

pytestmark = pytest.mark.long

RUNS = 30
FILES = 3
WINDOWS = tuple(ratio_rate(Duration(text)) for text in ("5m", "30m", "1h", "2h", "6h"))
_exact = [kind for kind in (*KINDS, DIFFERENCE) if kind.name != "native-latency"]


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("kind", _exact, ids=lambda kind: kind.name)
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(
    batch=st.lists(
        st.tuples(courses(30, 60, 120), courses(30, 60, 120)), min_size=RUNS, max_size=RUNS
    )
)
def test_ratios_are_what_the_sums_say(
    kind: Kind, line: str, batch: list[tuple[Course, Course]]
) -> None:
    """Whatever is missed on whichever side, no ratio of any window is below 0 or above 1."""
    runs = {f"r{number}": _pods(kind, *pair) for number, pair in enumerate(batch)}
    examples[f"ratios, {kind.name}, line {line}"] += len(runs)
    expected = [*_bounded(), *(_exactly(kind, runs) if line == "3" else ())]

    Trial(
        line=line,
        rules=rules_of(kind.slo, line, only=(EVENTS_INCREASE, ERRORS_INCREASE, *WINDOWS)),
        series=series_of(kind, runs),
        expected=expected,
    ).judge()


def _pods(kind: Kind, first: Course, second: Course) -> list[Pod]:
    if kind.without:
        return [pod(first, kind.events), pod(second, kind.without)]
    return [pod(first, kind.counters, kind.late), pod(second, kind.counters, kind.late)]


def _bounded() -> Iterator[Expected]:
    """Yield that no ratio is outside of its bounds at any moment."""
    for ratio in WINDOWS:
        fault = f"{ratio} > 1 or {ratio} < 0 or {ratio} unless {ratio} >= 0"
        at_each = f"({fault})[{STRETCH - 1}s:{FAST_INTERVAL}s]"
        for time in range(STRETCH, LENGTH + 1, STRETCH):
            yield Expected(f"sum by ({RUN}) (count_over_time({at_each}))", time, {})


def _exactly(kind: Kind, runs: Runs) -> Iterator[Expected]:
    """Yield the ratios of 5m, which Prometheus 3 reads without the sample at their beginning."""
    for time in range(STRETCH, LENGTH + 1, STRETCH):
        values = {}
        for run, pods in runs.items():
            bad, every = errors(kind, pods, time), events(kind, pods, time)
            if every:
                values[run] = min(1.0, max(0.0, bad / every))
            elif bad and kind.name == "bad-of-its-own":
                values[run] = 1.0
        yield Expected(f"max by ({RUN}) ({WINDOWS[0]})", time, values)
