"""Calls that come to an end in time."""

from __future__ import annotations

import time

import pytest

from slogen.live.bounded import within


def test_returns_and_raises_what_the_function_does() -> None:
    """In time, a call is like any other."""
    assert within(5, lambda: "answer") == "answer"
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_gives_up_when_time_is_over() -> None:
    """What does not come to its end is left behind."""
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: time.sleep(2))

    assert time.monotonic() - began < 1


def test_a_function_that_returns_nothing() -> None:
    """None is an answer, too."""
    assert within(5, lambda: None) is None
