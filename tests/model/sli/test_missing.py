"""What a moment without data means: of time it may be bad, of events nobody can say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from slogen.errors import InvalidValue
from slogen.model import SLI, ErrorRatio, Events, Latency, TimeSlices, Up

Make = Callable[..., SLI]


def events(**changes: Any) -> Events:  # noqa: ANN401 (whatever a test gives)
    """Return counters."""
    return Events(total="requests", bad="errors", **changes)


def latency(**changes: Any) -> Latency:  # noqa: ANN401
    """Return a histogram."""
    return Latency(histogram="rpc_seconds", under="1s", **changes)


def error_ratio(**changes: Any) -> ErrorRatio:  # noqa: ANN401
    """Return a query of a ratio."""
    return ErrorRatio(query="error_ratio", **changes)


def time_slices(**changes: Any) -> TimeSlices:  # noqa: ANN401
    """Return a query that is judged."""
    return TimeSlices(query="age", good_when="<= 300", **changes)


def up(**changes: Any) -> Up:  # noqa: ANN401
    """Return a gauge."""
    return Up(gauge="up", **changes)


OF_TIME = (error_ratio, time_slices, up)
OF_EVENTS = (events, latency)
REASON = (
    '"unknown": without its counters nobody knows how many events there were, and a counter that '
    "is not there may only have nothing to count"
)


@pytest.mark.parametrize("make", [*OF_TIME, *OF_EVENTS])
def test_what_is_missing_counts_for_nothing_unless_said(make: Make) -> None:
    """A moment without data is unknown, for every kind; to say so changes nothing."""
    assert make().when_missing == "unknown"
    assert make(when_missing="unknown") == make()


@pytest.mark.parametrize("make", OF_TIME)
def test_what_is_missing_may_be_bad_time(make: Make) -> None:
    """Of what counts time a moment without data may be bad, which makes another SLI."""
    bad = make(when_missing="bad")

    assert bad.when_missing == "bad"
    assert bad != make()
    assert (bad, hash(bad)) == (make(when_missing="bad"), hash(make(when_missing="bad")))


@pytest.mark.parametrize("make", OF_EVENTS)
def test_what_is_missing_cannot_be_bad_events(make: Make) -> None:
    """How many events a moment without counters had nobody knows; the refusal names the way out."""
    with pytest.raises(InvalidValue, match=r"\.when_missing is") as caught:
        make(when_missing="bad")

    assert caught.value.argument == "when_missing"
    assert str(caught.value) == (
        f'{type(make()).__name__}.when_missing is "bad"\n  allowed: {REASON}\n'
        "  remedy: add an SLO of kind up for the same targets, whose when_missing is bad"
    )


@pytest.mark.parametrize("value", ["Bad", "good", "", None, True, ["bad"]])
@pytest.mark.parametrize("make", [*OF_TIME, *OF_EVENTS])
def test_refuses_other_words(make: Make, value: object) -> None:
    """There are two words, or one."""
    words = '"unknown" or "bad"' if make in OF_TIME else '"unknown"'

    with pytest.raises(InvalidValue, match=r"\.when_missing is") as caught:
        make(when_missing=value)

    name = type(make()).__name__
    assert str(caught.value) == f"{name}.when_missing is {value!r}\n  allowed: {words}"
