"""Timing: what follows from the settings for intervals, ranges and offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.model import Settings
from slogen.plan import Timing
from slogen.source import Position
from slogen.units import Duration

MINUTE = Duration("1m").milliseconds
PARTS = sorted(n for n in range(500, 2 * MINUTE + 1) if 2 * MINUTE % n == 0)
PLACE = Position("slos.py", 3, 5)


def timing(interval: str) -> Timing:
    """Return the timing for a scrape interval."""
    return Timing.of(Settings(scrape_interval=interval))


def refused(settings: Settings) -> InvalidValue:
    """Return why settings do not fit together."""
    with pytest.raises(InvalidValue, match=r"Settings\.") as caught:
        Timing.of(settings)
    return caught.value


@pytest.mark.parametrize(
    ("interval", "base_range", "slow"),
    [
        ("500ms", "1m", "1m"),
        ("1s", "1m", "1m"),
        ("5s", "1m", "1m"),
        ("10s", "1m", "1m"),
        ("15s", "1m", "1m"),
        ("20s", "1m", "1m"),
        ("30s", "90s", "1m"),
        ("40s", "2m", "2m"),
        ("1m", "3m", "1m"),
        ("2m", "6m", "2m"),
    ],
)
def test_known_intervals(interval: str, base_range: str, slow: str) -> None:
    """The ranges and intervals of the common scrape intervals."""
    made = timing(interval)

    assert made.fast_interval == Duration(interval)
    assert made.slow_interval == Duration(slow)
    assert made.base_range == Duration(base_range)


def test_scrapes_are_half_a_minute_apart_unless_told_otherwise() -> None:
    """Without a word the interval is Prometheus' most common one, and only counters are moved."""
    assert Timing.of(Settings()) == timing("30s")
    assert (timing("30s").gauge_offset, timing("30s").query_offset) == (None, None)
    assert timing("30s").counter_offset == Duration("15s")


def test_takes_what_is_given() -> None:
    """Intervals, ranges and offsets are the user's where they are said."""
    made = Timing.of(
        Settings(
            scrape_interval="15s",
            fast_interval="30s",
            slow_interval="3m",
            base_range="2m",
            offset="45s",
        )
    )

    assert (made.fast_interval, made.slow_interval) == (Duration("30s"), Duration("3m"))
    assert (made.base_range, made.counter_offset) == (Duration("2m"), Duration("45s"))
    assert made.gauge_offset == Duration("45s")


def test_the_base_range_follows_the_scrapes_not_the_rules() -> None:
    """Rules that run more often than scrapes read no shorter range."""
    made = Timing.of(Settings(scrape_interval="1m", fast_interval="30s"))

    assert (made.base_range, made.fast_interval) == (Duration("3m"), Duration("30s"))


@given(st.sampled_from(PARTS))
def test_a_slow_interval_holds_whole_fast_ones(milliseconds: int) -> None:
    """Slow groups run with every so many evaluations of fast ones."""
    made = timing(f"{milliseconds}ms")

    assert made.slow_interval.milliseconds % made.fast_interval.milliseconds == 0


@given(st.sampled_from(PARTS))
def test_the_base_range_holds_three_scrapes(milliseconds: int) -> None:
    """One scrape may be missed and ``rate`` still has two samples."""
    made = timing(f"{milliseconds}ms")

    assert made.base_range >= 3 * made.fast_interval
    assert made.base_range >= Duration("1m")


@pytest.mark.parametrize("text", ["7s", "11s", "25s", "45s", "4m", "90s", "3500ms", "700ms"])
def test_refuses_scrape_intervals_that_are_no_part_of_a_slow_one(text: str) -> None:
    """What divides neither a minute nor two has no slow interval."""
    fault = refused(Settings(scrape_interval=text, origin=PLACE))

    assert str(fault) == (
        f"Settings.scrape_interval is {Duration(text)}\n"
        "  allowed: a part of 2m: 5s, 10s, 15s, 20s, 30s, 40s, 1m, ...\n"
        "  remedy: or let slow_interval, which is 2m, be a multiple of it, up to 5m"
    )
    assert (fault.argument, fault.origin) == ("scrape_interval", PLACE)


@pytest.mark.parametrize("text", ["7s", "4m"])
def test_blames_a_fast_interval_that_is_no_part_of_a_slow_one(text: str) -> None:
    """Where the fast interval was given it is what is wrong, not the scrapes."""
    fault = refused(Settings(scrape_interval="30s", fast_interval=text))

    assert fault.argument == "fast_interval"
    assert str(fault).startswith(f"Settings.fast_interval is {text}\n")


@pytest.mark.parametrize(
    ("slow", "fast"), [("10m", "30s"), ("6m", "30s"), ("7s", "30s"), ("3m", "40s"), ("15s", "30s")]
)
def test_refuses_slow_intervals_that_hold_no_whole_samples(slow: str, fast: str) -> None:
    """A slow interval is a multiple of the fast one, and none that Prometheus looks back over."""
    fault = refused(Settings(fast_interval=fast, slow_interval=slow, origin=PLACE))

    assert (
        str(fault) == f"Settings.slow_interval is {slow}\n  allowed: a multiple of {fast} up to 5m"
    )
    assert (fault.argument, fault.origin) == ("slow_interval", PLACE)


@pytest.mark.parametrize(
    ("base", "scrape"), [("1m", "30s"), ("30s", "15s"), ("2m", "1m"), ("5m", "30s"), ("6m", "2m")]
)
def test_takes_a_base_range_of_two_scrapes(base: str, scrape: str) -> None:
    """Two scrapes are enough for ``rate``, for those who know that none is ever missed."""
    made = Timing.of(Settings(scrape_interval=scrape, base_range=base))

    assert made.base_range == Duration(base)


@pytest.mark.parametrize(
    ("base", "scrape"),
    [("59s", "30s"), ("1m", "1m"), ("5001ms", "15s"), ("6m", "30s"), ("1h", "30s")],
)
def test_refuses_other_base_ranges(base: str, scrape: str) -> None:
    """Below two scrapes nothing is ever recorded; above 5m pages come and go late."""
    fault = refused(Settings(scrape_interval=scrape, base_range=base))

    assert str(fault) == (
        f"Settings.base_range is {base}\n"
        f"  allowed: at least two scrapes of {scrape}, and at most 5m"
    )
    assert fault.argument == "base_range"


@pytest.mark.parametrize(("version", "told"), [(None, "2.42"), ("2.42", "2.42"), ("2.52", "2.52")])
def test_refuses_a_query_offset_that_prometheus_does_not_know(
    version: str | None, told: str
) -> None:
    """A rule file with a word that is not known would not be loaded at all."""
    fault = refused(Settings(query_offset="1m", prometheus=version))

    assert str(fault) == (
        f"Settings.query_offset is 1m\n  allowed: nothing, for Prometheus {told}\n"
        '  remedy: set prometheus to "2.53" or later, or use offset, which every version knows'
    )
    assert fault.argument == "query_offset"


@pytest.mark.parametrize("version", ["2.53", "2.53.1", "3.0", "3.5"])
def test_newer_prometheus_moves_whole_groups(version: str) -> None:
    """From 2.53 on Prometheus has an offset of its own, beside which there is no other."""
    made = Timing.of(Settings(query_offset="1m", prometheus=version))

    assert made.query_offset == made.lag_of_counters == made.lag_of_gauges == Duration("1m")
    assert (made.counter_offset, made.gauge_offset) == (Duration.zero(), None)


def test_refuses_a_query_offset_that_nobody_sees_across() -> None:
    """A sample bears the time that it speaks of, and is found for five minutes."""
    fault = refused(Settings(query_offset="5m", prometheus="3.5"))

    assert str(fault) == (
        "Settings.query_offset is 5m\n"
        "  allowed: at most 5m less slow_interval, which is 1m: no older sample is found\n"
        "  remedy: use offset, with which samples are as new as their evaluation"
    )
    assert fault.argument == "query_offset"
    assert Timing.of(Settings(query_offset="4m", prometheus="3.5")).query_offset == Duration("4m")
    with pytest.raises(InvalidValue):
        Timing.of(Settings(query_offset="4m", slow_interval="2m", prometheus="3.5"))


def test_both_offsets_add_up() -> None:
    """Who gives both means both."""
    made = Timing.of(Settings(offset="1m", query_offset="2m", prometheus="3.5"))

    assert made.lag_of_counters == made.lag_of_gauges == Duration("3m")


@pytest.mark.parametrize(
    ("settings", "argument", "found", "allowed"),
    [
        (Settings(offset="14s"), "offset", "14s", "15s and more: a scrape may take 10s, and 5s"),
        (
            Settings(offset="9s", scrape_interval="5s"),
            "offset",
            "9s",
            "10s and more: a scrape may take 5s, and 5s",
        ),
        (
            Settings(query_offset="10s", prometheus="3.5"),
            "query_offset",
            "10s",
            "15s and more: a scrape may take 10s, and 5s",
        ),
    ],
)
def test_refuses_an_offset_that_scrapes_outlast(
    settings: Settings, argument: str, found: str, allowed: str
) -> None:
    """A sample that is written after its evaluation would be lost for ever."""
    fault = refused(settings)

    assert str(fault) == (
        f"Settings.{argument} is {found}\n  allowed: {allowed}\n"
        "  remedy: leave it out: a sample that arrives later than this is lost for ever"
    )
    assert fault.argument == argument


@pytest.mark.parametrize(("offset", "query_offset"), [("5s", "10s"), ("15s", "1s")])
def test_takes_two_offsets_that_are_enough_together(offset: str, query_offset: str) -> None:
    """What matters is how late an evaluation looks at samples, by whichever means."""
    made = Timing.of(Settings(offset=offset, query_offset=query_offset, prometheus="3.5"))

    assert made.lag_of_counters >= Duration("15s")


@pytest.mark.parametrize(
    ("scrape", "is_difference", "gap"),
    [("30s", False, "10m"), ("2m", False, "10m"), ("30s", True, "1h"), ("2m", True, "1h")],
)
def test_the_longest_gap_is_ten_minutes_or_an_hour(
    scrape: str,
    is_difference: bool,  # noqa: FBT001 (a case)
    gap: str,
) -> None:
    """Two metrics are compared over longer gaps, since a side that is lost biases the other."""
    made = Timing.of(Settings(scrape_interval=scrape), is_difference=is_difference)

    assert made.longest_gap == Duration(gap)


def test_takes_a_longest_gap() -> None:
    """Who has outages of scrapes that last says how long they do."""
    assert Timing.of(Settings(longest_gap="30m")).longest_gap == Duration("30m")


@pytest.mark.parametrize("gap", ["1m", "7h"])
def test_refuses_other_gaps(gap: str) -> None:
    """A gap below the base range finds no older sample; a very long one reads for nothing."""
    fault = refused(Settings(longest_gap=gap))

    assert str(fault) == (
        f"Settings.longest_gap is {Duration(gap)}\n"
        "  allowed: at least the base range, which is 90s, and at most 6h\n"
        "  remedy: leave it out, unless scrapes are missed for longer than ten minutes"
    )
    assert fault.argument == "longest_gap"


def test_refuses_a_fast_interval_that_the_base_range_cannot_see() -> None:
    """A sample between two evaluations that look back less far would never be seen."""
    fault = refused(Settings(scrape_interval="30s", fast_interval="2m"))

    assert str(fault) == (
        "Settings.fast_interval is 2m\n  allowed: at most the base range, which is 90s\n"
        "  remedy: a sample that no evaluation sees is lost: let base_range be longer"
    )
    assert fault.argument == "fast_interval"
