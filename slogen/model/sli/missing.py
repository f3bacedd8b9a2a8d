"""What a moment without data means."""

from __future__ import annotations

from typing import Literal, get_args

from slogen.errors import InvalidValue

WhenMissing = Literal["unknown", "bad"]

_WORDS = '"unknown" or "bad"'


def when_missing(value: WhenMissing) -> WhenMissing:
    """Return what a moment without data means, of what counts time.

    Raises:
        InvalidValue: If it is no such word.
    """
    if value not in get_args(WhenMissing):
        raise InvalidValue("when_missing", repr(value), _WORDS)
    return value


def always_unknown(value: WhenMissing) -> Literal["unknown"]:
    """Return the same of what counts events: counters that are not there count none.

    Raises:
        InvalidValue: If it is something else.
    """
    if value == "bad":
        raise InvalidValue(
            "when_missing",
            '"bad"',
            '"unknown": without its counters nobody knows how many events there were, and a '
            "counter that is not there may only have nothing to count",
            "add an SLO of kind up for the same targets, whose when_missing is bad",
        )
    if value != "unknown":
        raise InvalidValue("when_missing", repr(value), '"unknown"')
    return value
