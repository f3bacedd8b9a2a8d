"""When alerts fire, and sums of counts, against slow and plain references."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live.replay.counts import Counts
from slogen.live.replay.firing import Firing, firings

_POINTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=30)


def _stepwise(times: list[int], holds: list[bool], for_: int, keep: int) -> list[Firing]:
    """Return when an alert fires, evaluation by evaluation, as Prometheus keeps its state."""
    found: list[Firing] = []
    active = kept = started = None
    for at, is_true in zip(times, holds, strict=True):
        if is_true:
            kept = None
            active = at if active is None else active
            if started is None and at - active >= for_:
                started = at
        elif started is None:
            active = None
        else:
            kept = at if kept is None else kept
            if at - kept >= keep:
                found.append(Firing(started, at))
                active = kept = started = None
    return found if started is None else [*found, Firing(started, None)]


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 5), st.integers(0, 5))
def test_alerts_fire_as_prometheus_decides(holds: list[bool], for_: int, keep: int) -> None:
    """Delays, and firing on, are those of a state kept evaluation by evaluation."""
    times = list(range(100, 100 + len(holds)))
    found = firings(np.array(times, dtype=np.int64), np.array(holds, dtype=bool), for_, keep)

    assert list(found) == _stepwise(times, holds, for_, keep)


@given(_POINTS, _POINTS, st.integers(-5, 55), st.integers(0, 30))
def test_a_window_holds_what_was_counted_in_it(
    errors: list[tuple[int, int]], events: list[tuple[int, int]], since: int, length: int
) -> None:
    """What is counted at the window's end belongs to it, and at its beginning does not."""
    counts = Counts.of(*([(float(t), float(v)) for t, v in p] for p in (errors, events)))
    begin, end = (np.array([each], dtype=np.int64) for each in (since, since + length))
    found = [float(values[0]) for values in counts.sums(begin, end)]

    expected = [sum(v for t, v in p if since < t <= since + length) for p in (errors, events)]
    assert found == pytest.approx(expected)
