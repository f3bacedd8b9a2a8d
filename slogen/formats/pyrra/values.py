"""The texts of Pyrra's files that are more than texts."""

from __future__ import annotations

from decimal import Decimal

import attrs

from slogen.errors import InvalidValue
from slogen.model import Objective
from slogen.units import decimal, number

_PERCENT = Decimal(100)
_PERCENTAGE = "a percentage of at least 1, and below 100, without its sign, such as 99.9"


def target(text: str) -> Objective:
    """Return an objective, which Pyrra's files say in percent.

    >>> str(target("99.90"))
    '99.9%'

    Raises:
        InvalidValue: If it is no percentage from 1 to below 100. Below 1 it is a ratio that was
            taken for a percentage, of which Pyrra warns.
    """
    fault = InvalidValue("target", text, _PERCENTAGE)
    if text.rstrip().endswith("%"):
        raise attrs.evolve(fault, remedy=f"leave out the sign: {text.rstrip(' %')}")
    try:
        value = decimal(text)
    except InvalidValue as wrong:
        raise fault from wrong
    if value == _PERCENT:
        remedy = "it leaves no error budget: write 99.99"
        raise attrs.evolve(fault, remedy=remedy)
    if 0 < value < 1:
        remedy = f"Pyrra reads percent: write {number((value * _PERCENT).normalize())}"
        raise attrs.evolve(fault, remedy=remedy)
    if not 1 <= value < _PERCENT:
        raise fault
    return Objective(f"{text.strip()}%")
