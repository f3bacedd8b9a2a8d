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
    with pytest.raises(InvalidValue, match=r"Duration is .*\n  allowed: a duration such as"):
        Window(value)  # type: ignore[arg-type]


def test_windows_are_values() -> None:
    """Windows are equal by their length, ordered by it, hashable and frozen."""
    window = Window("24h")

    assert window == Window("1d")
    assert hash(window) == hash(Window("1d"))
    assert window < Window("30d")
    with pytest.raises(AttributeError, match="can't set attribute"):
        window.length = Duration("1h")  # type: ignore[misc]
