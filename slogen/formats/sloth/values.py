"""The texts of Sloth's files that are more than texts: queries and percentages."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model import Objective
from slogen.promql.lexing import WINDOW
from slogen.promql.query import Query
from slogen.units import decimal, number

_SLOTH_WINDOW = "{{.window}}"
_TEMPLATE = re.compile(r"\{\{-?\s*\.window\s*-?\}\}")
_OTHER_TEMPLATE = re.compile(r"\{\{.*?\}\}")
_ALL = Decimal(100)
_PERCENTAGE = "a percentage above 0, and at most 100"


def query(text: str) -> Query:
    """Return a query, with slogen's word for its window.

    >>> query("sum(rate(errors_total[{{ .window }}]))").text
    'sum(rate(errors_total[$window]))'

    Raises:
        InvalidValue: If it does not use its window, or has another template.
        InvalidPromQL: If it is no query.
    """
    written = _TEMPLATE.sub(WINDOW, text)
    other = _OTHER_TEMPLATE.search(written)
    if other is not None or WINDOW not in written:
        found = f"given with {other[0]}" if other else f"given without {_SLOTH_WINDOW}"
        allowed = f"a query over {_SLOTH_WINDOW}, and no other template"
        remedy = "write the value itself" if other else f"write [{_SLOTH_WINDOW}] for the range"
        raise InvalidValue("query", found, allowed, remedy)
    try:
        return Query(written)
    except InvalidPromQL as fault:
        found, allowed = (
            said.replace(WINDOW, _SLOTH_WINDOW) for said in (fault.found, fault.allowed)
        )
        raise attrs.evolve(fault, found=found, allowed=allowed) from fault


def objective(text: str) -> Objective:
    """Return an objective, which Sloth's files say in percent.

    >>> str(objective("99.90"))
    '99.9%'

    Raises:
        InvalidValue: If it is no percentage, or nothing or everything.
    """
    try:
        return Objective(f"{text}%")
    except InvalidValue as fault:
        allowed = "a percentage above 0 and below 100, such as 99.9"
        is_all = text.strip().partition(".")[0] == "100"
        remedy = "it leaves no error budget: write 99.99" if is_all else ""
        raise InvalidValue("objective", text, allowed, remedy) from fault


def percent(text: str) -> Decimal:
    """Return a percentage of the error budget.

    Raises:
        InvalidValue: If it is none above 0, and at most 100.
    """
    try:
        value = decimal(text)
    except InvalidValue as fault:
        raise attrs.evolve(fault, allowed=_PERCENTAGE) from fault
    if not 0 < value <= _ALL:
        raise InvalidValue("percentage", number(value), _PERCENTAGE)
    return value
