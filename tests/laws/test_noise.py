"""The fifth law: where another target counts the good events, missed scrapes page nobody."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.naming import ALERT_SERIES
from tests.laws.conserving import SIMPLEST, examples, without_shrinking
from tests.laws.judge import Expected, Samples, Trial, rules_of
from tests.laws.kinds import DIFFERENCE, RUN, labelled

pytestmark = pytest.mark.long

RUNS = 16
FILES = 1
HOURS = 4
"""Long enough for the tier of 6h, which waits for half of its window."""

_SECONDS = HOURS * 3600
_FIRST = 300
"""How many seconds there are without misses, in which an SLO is young."""
_LATER = 900
"""How many seconds after the turn of one side that of the other begins."""
_RATE = 50


_Misses = Sequence[tuple[int, int]]


@attrs.frozen
class Side:
    """When one side is scraped, and from when on how many scrapes are missed."""

    phase: int
    misses: _Misses

    def samples(self, interval: int, rate: int) -> Samples:
        """Return what the scrapes see of steady traffic."""
        missed = {
            number
            for begin, count in self.misses
            for number in range(begin // interval, begin // interval + count)
        }
        return [
            (time, str(rate * time))
            for number, time in enumerate(range(self.phase % interval, _SECONDS, interval))
            if number not in missed
        ]


_begin = st.integers(0, _LATER // 8)
_count = st.sampled_from((1, 2))
_phase = st.integers(0, 119)


def _missing(
    all_begin: int, all_count: int, good_begin: int, good_count: int
) -> tuple[_Misses, _Misses]:
    """Let both sides miss scrapes by turns, every quarter of an hour."""
    return (
        [(hour + all_begin, all_count) for hour in range(_FIRST, _SECONDS, 2 * _LATER)],
        [(hour + good_begin, good_count) for hour in range(_FIRST + _LATER, _SECONDS, 2 * _LATER)],
    )


_misses = st.builds(_missing, _begin, _count, _begin, _count)
_intervals = st.sampled_from((15, 30, 60))
"""No longer than the base range, within which each side has to be seen."""
_histories = st.tuples(_intervals, _phase, _phase, _misses)
_paging = f'count by ({RUN}) (count_over_time({ALERT_SERIES}{{alertstate="firing"}}[{HOURS}h]))'


def _trial(
    line: str, batch: Sequence[tuple[int, Side, Side]], good: int, expected: Expected
) -> Trial:
    all_series, good_series = DIFFERENCE.series
    series = {}
    for number, (interval, one, other) in enumerate(batch):
        run = f"r{number}"
        series[labelled(all_series, run=run)] = one.samples(interval, _RATE)
        series[labelled(good_series, run=run)] = other.samples(interval, good)
    rules = rules_of(DIFFERENCE.slo, line)
    return Trial(line=line, rules=rules, series=series, expected=[expected])


@pytest.mark.parametrize("line", ["3", "2"])
@settings(without_shrinking, max_examples=FILES + SIMPLEST)
@given(batch=st.lists(_histories, min_size=RUNS, max_size=RUNS))
def test_what_the_next_scrape_takes_back_pages_nobody(
    line: str, batch: list[tuple[int, int, int, tuple[_Misses, _Misses]]]
) -> None:
    """All is good, and each side misses one scrape or two: no alert fires."""
    examples[f"noise, line {line}"] += len(batch)

    sides = [
        (interval, Side(all_phase, all_misses), Side(good_phase, good_misses))
        for interval, all_phase, good_phase, (all_misses, good_misses) in batch
    ]

    _trial(line, sides, _RATE, Expected(_paging, _SECONDS, {})).judge()


@pytest.mark.parametrize("line", ["2", "3"])
def test_what_no_scrape_takes_back_pages(line: str) -> None:
    """The same rules page where a tenth of the events is not good, at each scrape interval."""
    side = Side(7, ())
    batch = [(interval, side, Side(13, ())) for interval in (15, 30, 60, 120)]
    some = f"{_paging} > bool 0"
    values = {f"r{number}": 1 for number in range(len(batch))}

    _trial(line, batch, _RATE * 9 // 10, Expected(some, _SECONDS, values)).judge()


@pytest.mark.parametrize("line", ["3", "2"])
def test_steady_scrapes_page_nobody(line: str) -> None:
    """Nothing is missed and all is good: it does not matter when which side is scraped."""
    batch = [
        (interval, Side(0, ()), Side(later, ()))
        for interval in (15, 30, 60, 120)
        for later in (7, 30, 53, 90)
        if later < interval
    ]

    _trial(line, batch, _RATE, Expected(_paging, _SECONDS, {})).judge()


@pytest.mark.parametrize(
    "history",
    [
        (15, Side(7, ()), Side(13, [(2006, 2)])),
        (30, Side(20, [(3815, 2)]), Side(10, [(7470, 1)])),
    ],
    ids=["a young SLO", "misses an hour apart"],
)
def test_rare_misses_page_nobody(history: tuple[int, Side, Side]) -> None:
    """Neither while an SLO is young, nor where the sides miss scrapes an hour apart."""
    _trial("3", [history], _RATE, Expected(_paging, _SECONDS, {})).judge()
