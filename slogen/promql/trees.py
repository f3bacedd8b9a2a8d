"""The trees of queries, parsed once, and ways through them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import promql_parser

from slogen.promql.parsing import parse
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from slogen.promql.query import Query

_STAND_IN = Duration("7m13s")
"""Stands for ``$window`` in trees, and tells it from ranges that are written out."""
_STAND_IN_PARSED = "7m13s"
"""The same as promql-parser prints it."""
_SCALAR = promql_parser.ValueType.Scalar


@lru_cache(maxsize=4096)
def tree_of(query: Query) -> promql_parser.Expr:
    """Return the tree of a query, in which a duration stands for ``$window``."""
    return parse(query.with_window(_STAND_IN))


def is_window(range_: timedelta) -> bool:
    """Tell whether a range in a tree is ``$window``."""
    return range_.total_seconds() * 1000 == _STAND_IN.milliseconds


def text_of(node: promql_parser.Expr) -> str:
    """Return a part of a query on one line, with ``$window`` where that was written."""
    return " ".join(node.prettify().split()).replace(f"[{_STAND_IN_PARSED}", "[$window")


def nodes(expression: promql_parser.Expr) -> Iterator[promql_parser.Expr]:
    """Yield the nodes of a tree in the order of the text; ``promql_parser.walk`` takes minutes."""
    todo = [expression]
    while todo:
        node = todo.pop()
        yield node
        todo += reversed(children(node))


def functions(query: Query) -> frozenset[str]:
    """Return the names of the functions and aggregations that a query calls, in lower case."""
    found = set()
    for node in nodes(tree_of(query)):
        if isinstance(node, promql_parser.Call):
            found.add(node.func.name)
        elif isinstance(node, promql_parser.AggregateExpr):
            found.add(str(node.op))
    return frozenset(found)


def children(node: promql_parser.Expr) -> list[promql_parser.Expr]:
    """Return the operands and arguments of a node."""
    match node:
        case promql_parser.BinaryExpr():
            return [node.lhs, node.rhs]
        case promql_parser.AggregateExpr():
            return [node.expr] if node.param is None else [node.param, node.expr]
        case promql_parser.Call():
            return node.args
        case promql_parser.MatrixSelector():
            return [node.vector_selector]
        case promql_parser.ParenExpr() | promql_parser.UnaryExpr() | promql_parser.SubqueryExpr():
            return [node.expr]
        case _:
            return []


def metrics_of(expression: promql_parser.Expr) -> tuple[str, ...]:
    """Return the names of the metrics that a tree reads, each once, in the order of the text."""
    selectors = (n for n in nodes(expression) if isinstance(n, promql_parser.VectorSelector))
    return tuple(dict.fromkeys(name for selector in selectors for name in _names(selector)))


def _names(selector: promql_parser.VectorSelector) -> list[str]:
    equal = (m.value for m in selector.matchers.matchers if _is_name(m))
    return [selector.name] if selector.name else list(equal)


def _is_name(matcher: promql_parser.Matcher) -> bool:
    return matcher.name == "__name__" and matcher.op == promql_parser.MatchOp.Equal


def bare(node: promql_parser.Expr) -> promql_parser.Expr:
    """Return what stands in parentheses, if it does."""
    while isinstance(node, promql_parser.ParenExpr):
        node = node.expr
    return node


def is_scalar(node: promql_parser.Expr) -> bool:
    """Tell whether a part of a query is a number, which has no labels, or a text."""
    match node:
        case promql_parser.NumberLiteral() | promql_parser.StringLiteral():
            return True
        case promql_parser.ParenExpr() | promql_parser.UnaryExpr():
            return is_scalar(node.expr)
        case promql_parser.Call():
            return bool(node.func.return_type == _SCALAR)
        case promql_parser.BinaryExpr():
            return is_scalar(node.lhs) and is_scalar(node.rhs)
        case _:
            return False


def vector_of(call: promql_parser.Call) -> promql_parser.Expr | None:
    """Return the argument of a function that has labels; None if it has no such argument."""
    return next((argument for argument in call.args if not is_scalar(argument)), None)
