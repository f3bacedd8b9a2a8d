"""Between which numbers the values of a query lie, as far as its text says."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

import attrs
import promql_parser

from slogen.promql.trees import bare, is_scalar, tree_of, vector_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.promql.query import Query

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_AS_ITS_SERIES = frozenset({"max", "min", "avg", "topk", "bottomk", "limitk", "limit_ratio"})
"""Aggregations that give nothing above, and nothing below, all of their series."""
_AS_ITS_ARGUMENT = frozenset(
    {
        "label_join",
        "label_replace",
        "last_over_time",
        "max_over_time",
        "min_over_time",
        "sort",
        "sort_desc",
    }
)


@attrs.frozen
class ValueRange:
    """An interval that holds all values of a query, and maybe others.

    Attributes:
        low: The lowest number.
        high: The highest number.
        has_low: Whether the lowest number is itself a value.
        has_high: Whether the highest is.
    """

    low: float = -math.inf
    high: float = math.inf
    has_low: bool = True
    has_high: bool = True

    def satisfies(self, operator: str, limit: float) -> bool:
        """Tell whether a comparison with a number holds for all values.

        >>> ValueRange(high=1000, has_high=False).satisfies("<", 1000)
        True
        """
        match operator:
            case "<=":
                return self.high <= limit
            case "<":
                return self.high < limit or (self.high == limit and not self.has_high)
            case ">=":
                return self.low >= limit
            case ">":
                return self.low > limit or (self.low == limit and not self.has_low)
            case "==":
                return self.low == self.high == limit
            case _:
                return self.satisfies("<", limit) or self.satisfies(">", limit)

    def and_(self, other: ValueRange) -> ValueRange:
        """Return what lies in both ranges."""
        low = max((self.low, not self.has_low), (other.low, not other.has_low))
        high = min((self.high, self.has_high), (other.high, other.has_high))
        return ValueRange(low[0], high[0], not low[1], high[1])

    def clamped(self, limits: ValueRange) -> ValueRange:
        """Return the range of the values when those outside of some limits become the limits.

        >>> print(ValueRange(0, 1).clamped(ValueRange(low=5)))
        5
        """
        if self.high <= limits.low:
            return ValueRange(limits.low, limits.low)
        if self.low >= limits.high:
            return ValueRange(limits.high, limits.high)
        return self.and_(limits)

    def or_(self, other: ValueRange) -> ValueRange:
        """Return the range that holds both."""
        low = min((self.low, not self.has_low), (other.low, not other.has_low))
        high = max((self.high, self.has_high), (other.high, other.has_high))
        return ValueRange(low[0], high[0], not low[1], high[1])

    def __str__(self) -> str:
        """Return it in words: ``below 1000``, ``from 0 up to 1``."""
        low, high = f"{self.low:.15g}", f"{self.high:.15g}"
        if low == high:
            return low
        lowest = f"{'from' if self.has_low else 'above'} {low}"
        highest = f"{'up to' if self.has_high else 'below'} {high}"
        if math.isinf(self.low):
            return highest
        return lowest if math.isinf(self.high) else f"{lowest} {highest}"


_ALL, _ONE, _BOOL, _NOT_NEGATIVE = ValueRange(), ValueRange(1, 1), ValueRange(0, 1), ValueRange(0)
_OF_AGGREGATIONS: Mapping[str, ValueRange] = {
    "count": ValueRange(1),
    "group": _ONE,
    "stddev": _NOT_NEGATIVE,
    "stdvar": _NOT_NEGATIVE,
}
_OF_FUNCTIONS: Mapping[str, ValueRange] = {
    "abs": _NOT_NEGATIVE,
    "absent": _ONE,
    "absent_over_time": _ONE,
    "count_over_time": ValueRange(1),
    "present_over_time": _ONE,
}


def value_range(query: Query) -> ValueRange:
    """Return an interval that holds all values of a query, NaN apart.

    >>> from slogen.promql.query import Query
    >>> print(value_range(Query("max(sum by (job) (lag) < 1000)")))
    below 1000
    """
    return _range(tree_of(query))


def _range(node: promql_parser.Expr) -> ValueRange:
    found = _ALL
    match node:
        case promql_parser.ParenExpr() | promql_parser.SubqueryExpr():
            found = _range(node.expr)
        case promql_parser.NumberLiteral() if math.isfinite(node.val):
            found = ValueRange(node.val, node.val)
        case promql_parser.UnaryExpr():
            inner = _range(node.expr)
            found = ValueRange(-inner.high, -inner.low, inner.has_high, inner.has_low)
        case promql_parser.AggregateExpr():
            is_inner = str(node.op) in _AS_ITS_SERIES
            found = _range(node.expr) if is_inner else _OF_AGGREGATIONS.get(str(node.op), _ALL)
        case promql_parser.Call():
            found = _range_of_call(node)
        case promql_parser.BinaryExpr():
            found = _range_of_operation(node)
    return found


def _range_of_call(node: promql_parser.Call) -> ValueRange:
    name = node.func.name
    if name == "vector":
        return _range(node.args[0])
    numbers = [bare(argument) for argument in node.args[1:]]
    limits = [limit.val for limit in numbers if _is_finite(limit)]
    match name, limits:
        case "clamp", [low, high] if low <= high:
            return _range(node.args[0]).clamped(ValueRange(low, high))
        case "clamp_min", [low]:
            return _range(node.args[0]).clamped(ValueRange(low=low))
        case "clamp_max", [high]:
            return _range(node.args[0]).clamped(ValueRange(high=high))
    source = vector_of(node)
    if name in _AS_ITS_ARGUMENT and source is not None:
        return _range(source)
    return _OF_FUNCTIONS.get(name, _ALL)


def _range_of_operation(node: promql_parser.BinaryExpr) -> ValueRange:
    operator = str(node.op)
    if operator in {"and", "unless"}:
        return _range(node.lhs)
    if operator == "or":
        return _range(node.lhs).or_(_range(node.rhs))
    if operator not in _COMPARISONS:
        return _ALL
    if node.modifier is not None and node.modifier.return_bool:
        return _BOOL
    left, right = bare(node.lhs), bare(node.rhs)
    if is_scalar(left):
        operator, left, right = _MIRRORED.get(operator, operator), right, left
    if _is_finite(right):
        return _range(left).and_(_compared(operator, right.val))
    return _range(left)


def _compared(operator: str, limit: float) -> ValueRange:
    """Return the range of the numbers for which a comparison holds."""
    ranges = {
        "<": ValueRange(high=limit, has_high=False),
        "<=": ValueRange(high=limit),
        ">": ValueRange(low=limit, has_low=False),
        ">=": ValueRange(low=limit),
        "==": ValueRange(limit, limit),
    }
    return ranges.get(operator, _ALL)


def _is_finite(node: promql_parser.Expr) -> TypeGuard[promql_parser.NumberLiteral]:
    return isinstance(node, promql_parser.NumberLiteral) and math.isfinite(node.val)
