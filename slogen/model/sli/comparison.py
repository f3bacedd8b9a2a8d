"""A comparison with a number, which tells good values from bad ones."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, cast

import attrs

from slogen.errors import InvalidValue
from slogen.units import decimal, number

Operator = Literal["<=", "<", ">=", ">", "==", "!="]

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
        allowed = 'an operator and a number, such as "<= 300"; operators: <= < >= > == !='
        if match is None:
            raise InvalidValue("comparison", repr(value), allowed)
        try:
            limit = decimal(match[2])
        except InvalidValue as fault:
            raise InvalidValue("comparison", repr(value), allowed) from fault
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
