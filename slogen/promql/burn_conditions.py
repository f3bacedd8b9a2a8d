"""Alerts on burn rates as other tools write them: two ratios, each above a number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.naming import window_in
from slogen.promql.parsing import parse
from slogen.promql.trees import bare, nodes
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAIR = 2


@attrs.frozen
class BurnCondition:
    """A tier: it holds while the error ratios over two windows are above a limit.

    Attributes:
        long: The long window.
        short: The short one.
        limit: The error ratio.
    """

    long: Duration
    short: Duration
    limit: Decimal


def burn_conditions(
    text: str, window_of: Callable[[str], str] = window_in
) -> tuple[BurnCondition, ...]:
    """Return the tiers that an expression joins by ``or``; none where it holds no such tiers.

    >>> short, long = "slo:sli_error:ratio_rate5m", "slo:sli_error:ratio_rate1h"
    >>> (tier,) = burn_conditions(f"{short} > (14.4 * 0.001) and {long} > (14.4 * 0.001)")
    >>> str(tier.long), str(tier.short), tier.limit
    ('1h', '5m', Decimal('0.0144'))

    Args:
        text: The expression.
        window_of: What tells the window in the name of an error ratio.
    """
    try:
        tree = parse(text)
    except InvalidPromQL:
        return ()
    joined = (node for node in nodes(tree) if _is_operation(node, "and"))
    return tuple(tier for node in joined if (tier := _tier(node, window_of)) is not None)


def constant(text: str) -> Decimal | None:
    """Return the number that an expression is, such as ``vector(1-0.999)``; None if it is none.

    >>> constant("vector(1-0.999)"), constant("up")
    (Decimal('0.001'), None)
    """
    try:
        return _number(parse(text))
    except InvalidPromQL:
        return None


def _is_operation(node: promql_parser.Expr, operator: str) -> bool:
    return isinstance(node, promql_parser.BinaryExpr) and str(node.op) == operator


def _tier(node: promql_parser.Expr, window_of: Callable[[str], str]) -> BurnCondition | None:
    limits = dict(_limits(node, window_of))
    if len(limits) != _PAIR:
        return None
    short, long = sorted(limits)
    return BurnCondition(long, short, limits[long]) if limits[short] == limits[long] else None


def _limits(
    node: promql_parser.Expr, window_of: Callable[[str], str]
) -> Iterator[tuple[Duration, Decimal]]:
    """Yield the windows of error ratios, with the limit that each has to be above."""
    for inner in nodes(node):
        if not isinstance(inner, promql_parser.BinaryExpr) or str(inner.op) != ">":
            continue
        series, limit = bare(inner.lhs), _number(inner.rhs)
        if isinstance(series, promql_parser.VectorSelector) and limit is not None:
            window = _window(window_of(series.name or ""))
            if window is not None:
                yield window, limit


def _window(text: str) -> Duration | None:
    try:
        return Duration(text)
    except InvalidValue:
        return None


def _number(node: promql_parser.Expr) -> Decimal | None:
    """Return the number that a part of an expression is; None if it is none."""
    node = bare(node)
    match node:
        case promql_parser.NumberLiteral():
            return Decimal(repr(node.val))
        case promql_parser.Call() if node.func.name == "vector":
            return _number(node.args[0])
        case promql_parser.BinaryExpr() if str(node.op) in {"*", "-"}:
            left, right = _number(node.lhs), _number(node.rhs)
            if left is None or right is None:
                return None
            return left * right if str(node.op) == "*" else left - right
        case _:
            return None
