"""What real servers count equals what exporters sent, at any scrape interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.counted import live, victoria
from tests.counted.comparing import FAST_INTERVAL, OFFSET, Count, table
from tests.counted.job import SPEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_RECORDS = (EVENTS_INCREASE, ERRORS_INCREASE)


@pytest.mark.parametrize("line", ["2", "3"])
def test_prometheus_counts_what_was_sent(line: str, tmp_path: Path) -> None:
    """Missed and slow scrapes lose nothing, and what restarts lose is bounded."""
    seen = live.run(line, tmp_path)
    print("\n".join(table(seen.counts, line, seen.restarted)))  # noqa: T201 (for pytest -s)

    assert _keys(seen.counts) == {
        (interval, slo, record)
        for interval in live.FAULTS
        for slo in ("requests", "fleet")
        for record in _RECORDS
    }
    _assert_exact_before_restarts(seen.counts, seen.restarted, seen.missed)
    for count in seen.counts:
        loss = count.answered - count.counted
        before_stop = seen.stopped - OFFSET - FAST_INTERVAL
        unseen = count.answered_between(before_stop, seen.stopped)
        missed = seen.missed[count.slo] * count.most_answered
        assert 0 <= loss <= unseen + missed + _lost_by_resets(count), _name(count)


def test_vmalert_counts_what_was_sent(tmp_path: Path) -> None:
    """On vmalert with VictoriaMetrics missed and slow scrapes lose nothing either."""
    restarted, counts = victoria.run(tmp_path)
    print("\n".join(table(counts, "vmalert", restarted)))  # noqa: T201 (for pytest -s)

    assert _keys(counts) == {
        (interval, slo, record)
        for interval in victoria.INTERVALS
        for slo in ("requests", "fleet")
        for record in _RECORDS
    }
    _assert_exact_before_restarts(counts, restarted, {})
    for count in counts:
        loss = count.answered - count.counted
        assert 0 <= loss <= _lost_by_resets(count), _name(count)


def _keys(counts: Iterable[Count]) -> set[tuple[str, str, str]]:
    return {(count.job.interval, count.slo, count.record) for count in counts}


def _name(count: Count) -> str:
    return f"{count.record} of {count.slo}, scraped every {count.job.interval}"


def _assert_exact_before_restarts(
    counts: Iterable[Count], restarted: float, missed: Mapping[str, int]
) -> None:
    """Check that until the exporters were restarted everything was counted, to the event.

    An evaluation that a busy machine missed loses what became visible in it. When a pod leaves,
    the fleet's sum falls, and what is counted between two evaluations is lost.
    """
    for count in counts:
        evaluation = count.last_evaluation(restarted)
        loss = count.answered_until(evaluation) - count.counted_between(0, evaluation)
        if missed.get(count.slo):
            assert 0 <= loss <= missed[count.slo] * count.most_answered + _lost_by_resets(count)
        elif count.slo == "requests":
            assert (loss, count.counted_between(0, evaluation) > 0) == (0, True), _name(count)
        else:
            assert 0 <= loss <= _speed(count) * FAST_INTERVAL, _name(count)


def _lost_by_resets(count: Count) -> float:
    """Return what may be lost where counters fall: what they count between two evaluations."""
    falls = 1 if count.slo == "requests" else 2
    return falls * _speed(count) * FAST_INTERVAL


def _speed(count: Count) -> float:
    """Return how many events a second there are, and a few for the borders of seconds."""
    return 1.1 * sum(SPEEDS[series] for series in count.series)
