"""A comparison with a number, which tells good values from bad ones."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, cast

import attrs

from slogen.duration_words import milliseconds_meant
from slogen.errors import InvalidValue
from slogen.units import decimal, number, quoted

Operator = Literal["<=", "<", ">=", ">", "==", "!="]

_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_COMPARISON = re.compile(r"(<=|>=|==|!=|<|>) *(\S+)")
_OPPOSITES: dict[Operator, Operator] = {
    "<=": ">",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "==": "!=",
    "!=": "==",
}
_MISSED: dict[Operator, str] = {
    "<=": "above {}",
    "<": "{} or more",
    ">=": "below {}",
    ">": "{} or less",
    "==": "not {}",
    "!=": "{}",
}


_ALLOWED = 'an operator and a number, such as "<= 300"; operators: <= < >= > == !='
_LIKE = re.compile(r"(<=|>=|==|!=|=<|=>|<>|\u2264|\u2265|\u2260|<|>|=)? *(.+)")
"""Operators of other languages, too, and of mathematics."""
_MEANT = {
    **dict.fromkeys(("=<", "\u2264"), "<="),
    **dict.fromkeys(("=>", "\u2265"), ">="),
    **dict.fromkeys(("<>", "\u2260"), "!="),
    "=": "==",
}
_PERCENTAGE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%")


def _refused(value: object) -> InvalidValue:
    remedy = _remedy(value.strip()) if isinstance(value, str) else ""
    return InvalidValue("comparison", repr(value), _ALLOWED, remedy)


def _remedy(text: str) -> str:
    """Return what to write instead of a text that is almost a comparison.

    >>> _remedy("=< 300"), _remedy("300")
    ('write "<= 300"', 'write the operator, too, such as "<= 300"')
    >>> _remedy("< 5m")
    'write the number that the query gives, without a unit: "< 300" if it gives seconds'
    """
    match = _LIKE.fullmatch(text)
    if match is None:
        return ""
    sign = _MEANT.get(match[1], match[1] or "<=")
    limit = match[2]
    unitless = "write the number that the query gives, without a unit: "
    if share := _PERCENTAGE.fullmatch(limit):
        part = quoted(f"{sign} {number(Decimal(share[1]) / 100)}")
        return f"{unitless}{part} if it gives a ratio, {quoted(f'{sign} {share[1]}')} if per cent"
    if (milliseconds := milliseconds_meant(limit)) is not None:
        seconds = quoted(f"{sign} {number(Decimal(milliseconds) / 1000)}")
        return f"{unitless}{seconds} if it gives seconds"
    if not _NUMBER.fullmatch(limit):
        return ""
    written = quoted(f"{sign} {limit}")
    return f"write {written}" if match[1] else f"write the operator, too, such as {written}"


@attrs.frozen(init=False)
class Comparison:
    """A comparison with a number.

    >>> str(Comparison("<=300"))
    '<= 300'

    Attributes:
        operator: One of ``<=``, ``<``, ``>=``, ``>``, ``==``, ``!=``.
        limit: The number.
    """

    operator: Operator
    limit: Decimal

    def __init__(self, value: Comparison | str) -> None:
        """Take a comparison such as ``"<= 300"``.

        Raises:
            InvalidValue: If it is not an operator and a finite number.
        """
        if isinstance(value, Comparison):
            self.__attrs_init__(value.operator, value.limit)
            return
        match = _COMPARISON.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise _refused(value)
        try:
            limit = decimal(match[2])
        except InvalidValue as fault:
            raise _refused(value) from fault
        self.__attrs_init__(cast("Operator", match[1]), limit)

    @property
    def opposite(self) -> Operator:
        """The operator that holds exactly when this one does not."""
        return _OPPOSITES[self.operator]

    @property
    def missed_in_words(self) -> str:
        """What a value is for which the comparison does not hold.

        >>> Comparison("<= 300").missed_in_words, Comparison("< 300").missed_in_words
        ('above 300', '300 or more')
        """
        return _MISSED[self.operator].format(number(self.limit))

    @property
    def met_in_words(self) -> str:
        """What a value is for which the comparison holds.

        >>> Comparison("<= 300").met_in_words, Comparison("< 300").met_in_words
        ('300 or less', 'below 300')
        """
        return _MISSED[self.opposite].format(number(self.limit))

    def __str__(self) -> str:
        return f"{self.operator} {number(self.limit)}"
