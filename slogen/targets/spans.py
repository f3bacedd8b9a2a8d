"""Durations of options that may be no time at all."""

from __future__ import annotations

import re

import attrs

from slogen.errors import InvalidValue
from slogen.units import Duration

_NONE = "0s"
_NOTHING = re.compile(r"0(?:\.0+)?(?:ms|s|m|h|d|w|y)?")


def from_zero(value: Duration | str) -> Duration:
    """Return a duration of 0s or more.

    >>> bool(from_zero("0s")), str(from_zero("5s"))
    (False, '5s')

    Raises:
        InvalidValue: If it is none.
    """
    if value == _NONE:
        return Duration.zero()
    try:
        return Duration(value)
    except InvalidValue as fault:
        remedy = f'write "{_NONE}"' if _NOTHING.fullmatch(str(value)) else fault.remedy
        allowed = f'"{_NONE}", or {fault.allowed}'
        raise attrs.evolve(fault, allowed=allowed, remedy=remedy) from fault.__cause__


def in_words(duration: Duration) -> str:
    """Return a duration as an option has it.

    >>> in_words(Duration.zero()), in_words(Duration("5s"))
    ('0s', '5s')
    """
    return str(duration) if duration else _NONE
