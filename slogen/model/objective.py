"""The objective: how much of the events has to be good."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs

from slogen.errors import InvalidValue
from slogen.units import percentage, ratio

_ALLOWED = 'more than 0 % and less than 100 %, such as "99.9%"'
_NO_BUDGET = '100 % leaves no error budget: write a lower objective, such as "99.99%"'
_OTHER_PERCENTAGE = re.compile(
    r"([0-9]{1,2}(?:[.,][0-9]+)?) ?(?:%|percent|per cent|pct)", re.ASCII | re.IGNORECASE
)
_WHOLE = 100
_MOST_DECIMALS = 10


@attrs.frozen(order=True, init=False)
class Objective:
    """The share of events that have to be good; what is left of 1 is the error budget.

    >>> Objective("99.9%").budget
    Decimal('0.001')

    Attributes:
        ratio: Between 0 and 1, neither included, with at most ten decimals.
    """

    ratio: Decimal

    def __init__(self, value: Objective | Decimal | float | str) -> None:
        """Take a percentage such as ``"99.9%"``, or a ratio such as 0.999.

        Raises:
            InvalidValue: If it does not lie between 0 % and 100 %, has more than ten decimals as
                a ratio, or is a number above 1, which could be meant either way.
        """
        self.__attrs_init__(value.ratio if isinstance(value, Objective) else _ratio(value))

    @property
    def budget(self) -> Decimal:
        """The error budget: the share of events that may be bad."""
        return 1 - self.ratio

    def __str__(self) -> str:
        return percentage(self.ratio)


def _ratio(value: Decimal | float | str) -> Decimal:
    try:
        found = ratio(value)
    except InvalidValue as fault:
        raise attrs.evolve(
            fault, subject="Objective", allowed=_ALLOWED, remedy=_percentage_meant(str(value))
        ) from fault.__cause__
    if found >= 1:
        raise InvalidValue("Objective", _quoted(value), _ALLOWED, _too_large(value, found))
    return _checked(found, _quoted(value))


def _percentage_meant(text: str) -> str:
    """Return what to write for a percentage with a comma, or with a word instead of the sign."""
    match = _OTHER_PERCENTAGE.fullmatch(text.strip())
    return f'write "{match[1].replace(",", ".")}%"' if match else ""


def _too_large(value: Decimal | float | str, found: Decimal) -> str:
    """Return what to do about 1, and about what only makes sense as a percentage."""
    is_percentage = str(value).strip().endswith("%")
    if not is_percentage and 1 < found < _WHOLE:
        return f'write "{value}%" if that is a percentage'
    if found == 1:
        return _NO_BUDGET if is_percentage else f"a ratio of 1 is 100 %. {_NO_BUDGET}"
    return "" if is_percentage or found != _WHOLE else _NO_BUDGET


def _quoted(value: Decimal | float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _checked(part: Decimal, text: str) -> Decimal:
    if not 0 < part < 1:
        raise InvalidValue("Objective", text, _ALLOWED)
    if part != round(part, _MOST_DECIMALS):
        raise InvalidValue(
            "Objective", text, f"at most {_MOST_DECIMALS - 2} decimals of a percentage"
        )
    return part.normalize()
