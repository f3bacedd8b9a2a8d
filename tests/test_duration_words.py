"""Lengths of time in other words: remedies that are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.duration_words import milliseconds_meant
from slogen.errors import InvalidValue
from slogen.units import Duration, seconds

UNITS = {"s": "seconds", "m": "min", "h": "hours", "d": "Days", "w": "weeks", "ms": "millis"}


@given(st.integers(1, 999), st.sampled_from(sorted(UNITS)), st.sampled_from(["", " ", "\xa0"]))
def test_words_mean_what_the_letter_means(amount: int, letter: str, space: str) -> None:
    """A unit that is spelled out is the same length as its letter."""
    meant = milliseconds_meant(f"{amount}{space}{UNITS[letter]}")

    assert meant == Duration(f"{amount}{letter}").milliseconds


@given(st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    """No text is too odd to be looked at, and what comes out is a length or nothing."""
    meant = milliseconds_meant(text)

    assert meant is None or meant > 0


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("5 minutes", 'write "5m"'),
        ("30sec", 'write "30s"'),
        ("1.5h", 'write "90m"'),
        ("PT5M", 'write "5m"'),
        ("30", 'write its unit, such as "30s"'),
        (30, 'write its unit, such as "30s"'),
        ("1M", ""),
        ("", ""),
        ("0", ""),
        ("1000 years", ""),
        (True, ""),
    ],
)
def test_a_refused_duration_has_a_remedy(value: object, remedy: str) -> None:
    """Where a duration can be guessed it is spelled out; `M` could be minutes or months."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        Duration(value)  # type: ignore[arg-type]

    assert caught.value.remedy == remedy


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("0.2", 'write its unit, such as "0.2s"'),
        ("250", 'write its unit, such as "250ms"'),
        (0.5, 'write its unit, such as "0.5s"'),
        ("2 seconds", 'write "2s"'),
    ],
)
def test_a_refused_threshold_has_a_remedy(value: object, remedy: str) -> None:
    """Small numbers are of seconds, as Prometheus measures; large ones are of milliseconds."""
    with pytest.raises(InvalidValue, match="Duration is") as caught:
        seconds(value)  # type: ignore[arg-type]

    assert caught.value.remedy == remedy
