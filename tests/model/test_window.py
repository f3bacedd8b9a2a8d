"""Windows: over which time an objective is judged."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from slogen.errors import InvalidValue
from slogen.model import Window
from slogen.units import Duration


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("30d", "30d"),
        ("24h", "1d"),
        ("1d12h", "36h"),
        ("4w", "28d"),
        ("1y", "365d"),
        ("1h", "1h"),
        ("366d", "366d"),
        (Duration("7d"), "7d"),
        (timedelta(days=7), "7d"),
        (Window("7d"), "7d"),
    ],
)
def test_reads_durations(value: Window | Duration | timedelta | str, printed: str) -> None:
    """Whatever says how long it is makes a window, which has one spelling."""
    assert str(Window(value)) == printed


@pytest.mark.parametrize(
    ("text", "days"), [("30d", "30"), ("36h", "1.5"), ("6h", "0.25"), ("1h", "0.0416667")]
)
def test_tells_its_days(text: str, days: str) -> None:
    """The length in days is a number."""
    assert Window(text).days == Decimal(days)


@pytest.mark.parametrize("text", ["59m", "90m", "1s", "367d", "8785h", "1h1ms", "2y"])
def test_refuses_lengths_that_rules_cannot_follow(text: str) -> None:
    """A window is made of whole hours, and between an hour and a leap year long."""
    with pytest.raises(InvalidValue, match=r"Window is") as caught:
        Window(text)

    assert str(caught.value) == f'Window is "{text}"\n  allowed: whole hours, from 1h to 366d'


@pytest.mark.parametrize("value", ["", "abc", "30", "0d", 30, None, Decimal(30)])
def test_refuses_what_is_no_duration(value: object) -> None:
    """What is no duration is no window."""
    with pytest.raises(InvalidValue, match=r"Duration is .*\n  allowed: whole hours, from 1h to"):
        Window(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *((text, 30) for text in ("month", "1 month", "Monthly", "calendar month", "1M", "1mo")),
        *((text, 90) for text in ("quarter", "3M", "quarterly", "3 months")),
        *(("week", 7), ("weekly", 7), ("this week", 7), ("year", 365), ("P1M", 30)),
    ],
)
def test_a_part_of_the_calendar_is_told_that_windows_roll(text: str, days: int) -> None:
    """A month begins anew, a window does not: the remedy says so, and names a window."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        Window(text)

    assert caught.value.remedy == (
        f'windows roll: write "{days}d", the last {days} days at every instant'
    )


@pytest.mark.parametrize(
    ("value", "window"),
    [
        ("30 days", "30d"),
        ("30D", "30d"),
        ("P30D", "30d"),
        ("PT24H", "1d"),
        ("4 weeks", "28d"),
        ("1 hour", "1h"),
        ("rolling 30d", "30d"),
        ("last 28 days", "28d"),
        ("1.5d", "36h"),
        ("30\xa0d", "30d"),
    ],
)
def test_other_words_for_a_length_have_a_remedy(value: str, window: str) -> None:
    """A window in words, or as other tools write it, is said again as slogen takes it."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        Window(value)

    assert caught.value.remedy == f'write "{window}"'


@pytest.mark.parametrize(("value", "unit"), [("30", "30d"), (30, "30d"), (7, "7d")])
def test_a_number_is_told_its_unit(value: object, unit: str) -> None:
    """A number without a unit is one of days, more often than of anything else."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        Window(value)  # type: ignore[arg-type]

    assert caught.value.remedy == f'write its unit, such as "{unit}"'


@pytest.mark.parametrize(
    "text", ["30min", "5 minutes", "999", "0", "9" * 5_000, "soon", "0d", "-1d"]
)
def test_no_remedy_names_a_window_that_is_refused(text: str) -> None:
    """What no window could be has no remedy but what is allowed."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        Window(text)

    assert not caught.value.remedy


def test_a_date_is_no_length() -> None:
    """Whoever writes when a window begins is told that windows roll."""
    with pytest.raises(InvalidValue, match='windows roll: write how long they are, such as "30d"'):
        Window("2026-01-01")


def test_windows_are_values() -> None:
    """Windows are equal by their length, ordered by it, hashable and frozen."""
    window = Window("24h")

    assert window == Window("1d")
    assert hash(window) == hash(Window("1d"))
    assert window < Window("30d")
    with pytest.raises(AttributeError, match="can't set attribute"):
        window.length = Duration("1h")  # type: ignore[misc]
