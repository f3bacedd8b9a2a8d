"""Series as promtool reads them: what is written expands to the samples that are meant."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from slogen.proof.notation import Samples, counter, gauge

MOST = 10_000
"""So many samples promtool lets a range have."""
VALUES = st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False)
COUNTS = st.integers(0, 30) | st.integers(8_990, 9_010) | st.just(27_001)
RUNS = st.lists(st.builds(Samples, COUNTS, st.none() | VALUES), max_size=6)
WORD = re.compile(r"(?P<value>_|-?\d+(?:\.\d+)?)(?P<growth>[+-]\d+(?:\.\d+)?)?(?:x(?P<more>\d+))?")


def expanded(text: str) -> list[Decimal | None]:
    """Return the samples of a series, as promtool's documentation says."""
    return [sample for word in text.split() for sample in samples(word)]


def samples(word: str) -> list[Decimal | None]:
    """Return the samples of a part of a series: of 1+2x3 those are 1, 3, 5 and 7."""
    match = WORD.fullmatch(word)
    assert match, word
    if match["value"] == "_":
        assert not match["growth"]
        return [None] * int(match["more"] or 1)
    value, growth = Decimal(match["value"]), Decimal(match["growth"] or 0)
    return [value + number * growth for number in range(int(match["more"] or 0) + 1)]


@given(RUNS)
def test_a_gauge_holds_each_value(runs: list[Samples]) -> None:
    """Each value has as many samples as it is said to have, and so have gaps."""
    assert expanded(gauge(runs)) == [run.value for run in runs for _ in range(run.count)]


@given(RUNS, st.decimals(-100, 100, places=2))
def test_a_gauge_may_grow(runs: list[Samples], growth: Decimal) -> None:
    """Each sample is as much more as the series has grown since it began."""
    values = [run.value for run in runs for _ in range(run.count)]

    assert expanded(gauge(runs, growth)) == [
        None if value is None else value + place * growth for place, value in enumerate(values)
    ]


@given(st.lists(st.builds(Samples, COUNTS, VALUES), min_size=1, max_size=6))
def test_a_counter_grows(runs: list[Samples]) -> None:
    """It begins with a 0, to which each sample adds its increase."""
    increases = [run.value or Decimal(0) for run in runs for _ in range(run.count)]

    assert expanded(counter(runs)) == [*accumulate(increases, initial=Decimal(0))]


@given(RUNS.filter(bool))
def test_a_counter_has_gaps(runs: list[Samples]) -> None:
    """The first sample is at the beginning, whether there is one or not; others follow in order."""
    found = expanded(counter(runs))
    first, *others = runs
    missing = [first.value is None] * (first.count + 1)
    missing += [run.value is None for run in others for _ in range(run.count)]

    assert [sample is None for sample in found] == missing


@given(st.integers(0, 20), VALUES, st.integers(1, 20), VALUES)
def test_a_counter_is_born_again(
    before: int, increase: Decimal, after: int, faster: Decimal
) -> None:
    """After a gap it has counted from 0 again, as that of a new process does."""
    runs = [Samples(before, increase), Samples(1, None), Samples(after, faster)]
    found = expanded(counter(runs))

    assert found[before + 1] is None
    assert found[before + 2 :] == [faster * number for number in range(1, after + 1)]


@given(st.integers(0, 20), VALUES, st.integers(1, 20), st.integers(1, 20))
def test_a_counter_goes_on_while_it_is_missed(
    before: int, increase: Decimal, missed: int, after: int
) -> None:
    """Samples that nobody scraped are not there, and what they counted is."""
    runs = [
        Samples(before, increase),
        Samples(missed, increase, is_missed=True),
        Samples(after, increase),
    ]
    found = expanded(counter(runs))

    assert found[before + 1 : before + 1 + missed] == [None] * missed
    assert found[-1] == increase * (before + missed + after)


@given(st.integers(0, 20), VALUES, st.integers(1, 20), VALUES)
def test_a_counter_restarts(before: int, increase: Decimal, after: int, faster: Decimal) -> None:
    """From one sample to the next it counts from 0 again."""
    found = expanded(counter([Samples(before, increase), Samples(after, faster, restarts=True)]))

    assert found[before + 1 :] == [faster * number for number in range(1, after + 1)]


@given(RUNS)
def test_no_range_is_too_long(runs: list[Samples]) -> None:
    """However many samples there are, promtool reads each part of the series."""
    for text in (gauge(runs), counter(runs)):
        assert all(len(samples(word)) <= MOST for word in text.split())


def test_ranges_are_as_few_as_can_be() -> None:
    """A person reads numbers, not lists of samples."""
    few, none, many = Samples(1, Decimal(5)), Samples(0, Decimal(6)), Samples(10_000, Decimal(2))

    assert gauge([few, none, many]) == "5 2x8999 2x999"
    assert counter([many]) == "0+2x8999 18000+2x1000"
    assert counter([Samples(2, None), Samples(2, Decimal(1))]) == "_x3 1+1x1"
    assert gauge([Samples(3, Decimal(5))], Decimal(-2)) == "5-2x2"


def test_nan_is_written_as_promtool_reads_it() -> None:
    """It takes ``NaN`` for a number only where a growth follows."""
    assert gauge([Samples(3, Decimal("NaN"))]) == "NaN+0x2"
