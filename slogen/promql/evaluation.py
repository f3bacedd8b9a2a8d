"""What an expression gives of series whose values are known exactly: one sample, or none.

It knows no labels: of each series there is one sample. That is enough for the queries of alerts'
texts, which ask for the alert's own group.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import promql_parser

from slogen.promql.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Known = Fraction | int
"""A value: an integer is exact as a float, too."""
CLOSE = Fraction(1, 10**9)
"""Two values that are as close may be one as floats."""


class CannotEvaluate(Exception):
    """An expression does what is not known here; the message says what."""


class IsClose(Exception):
    """A float might give something else: a value is where rounding or a comparison turns."""


def result(query: str, values: Mapping[str, Known | None], now: Fraction) -> Fraction | None:
    """Return what a query gives; None for no sample.

    >>> result("100 * max(x) or vector(1)", {"x": Fraction(1, 8)}, Fraction(0))
    Fraction(25, 2)

    Args:
        query: PromQL.
        values: The sample of each series, by its name; None where there is none. An integer is
            known to be one, as a rule cuts it off there; a float comes close to a fraction.
        now: The time of the query in seconds.

    Raises:
        CannotEvaluate: If it does anything that is not known, or asks for another series.
        IsClose: If it compares two values that may be one as floats.
    """
    found = _result(parse(query), values, now)
    return None if found is None else Fraction(found)


def is_above(one: Fraction, other: Fraction) -> bool:
    """Tell whether a value is above another one.

    Raises:
        IsClose: If they may be one as floats.
    """
    if abs(one - other) < CLOSE:
        raise IsClose(f"{float(one)} and {float(other)}")
    return one > other


def _result(
    node: promql_parser.Expr, values: Mapping[str, Known | None], now: Fraction
) -> Known | None:
    match node:
        case promql_parser.NumberLiteral():
            value = Fraction(Decimal(repr(node.val)))
            return value.numerator if value.denominator == 1 else value
        case promql_parser.ParenExpr():
            return _result(node.expr, values, now)
        case promql_parser.AggregateExpr() if str(node.op) in {"max", "min"}:
            return _result(node.expr, values, now)
        case promql_parser.VectorSelector(name=str() as name) if name in values:
            return values[name]
        case promql_parser.Call():
            given = [_result(argument, values, now) for argument in node.args]
            return _called(str(node.func.name), given, now)
        case promql_parser.BinaryExpr():
            sides = (_result(side, values, now) for side in (node.lhs, node.rhs))
            return _combined(str(node.op), *sides)
    raise CannotEvaluate(node.prettify())


def _called(function: str, given: list[Known | None], now: Fraction) -> Known | None:
    match function, given:
        case "time", []:
            return now
        case _, [None, *_]:
            return None
        case "vector", [value]:
            return value
        case "round", [Fraction() | int() as value]:
            return round(value)
        case "clamp_max", [Fraction() | int() as value, Fraction() | int() as limit]:
            return min(value, limit)
    raise CannotEvaluate(function)


_OPERATORS: Mapping[str, Callable[[Known, Known], Known | None]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: Fraction(one) / other if other else None,
    ">=": lambda one, other: one if _is_at_least(one, other) else None,
    "and": lambda one, _: one,
}


def _is_at_least(one: Known, other: Known) -> bool:
    """Tell whether a value is not below another one: of integers that is known in any case."""
    if isinstance(one, int) and isinstance(other, int):
        return one >= other
    return is_above(Fraction(one), Fraction(other))


def _combined(operator: str, one: Known | None, other: Known | None) -> Known | None:
    if operator == "or":
        return other if one is None else one
    if operator not in _OPERATORS:
        raise CannotEvaluate(operator)
    return None if one is None or other is None else _OPERATORS[operator](one, other)
