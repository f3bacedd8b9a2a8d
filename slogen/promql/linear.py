"""Queries that turn the value of a series into another one, which can be undone.

Of several series that a query adds, subtracts, multiplies or divides, all but one hold a value.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.promql.linear_form import Linear, Merge, Scalar, joined, with_scalar
from slogen.promql.selector import matchers_of
from slogen.promql.trees import is_window, tree_of

if TYPE_CHECKING:
    from slogen.promql.query import Query

_OF_ONE = frozenset({"avg", "max", "min", "sum"})
"""Aggregations that give the value of a single series as it is."""
_OVER_TIME = frozenset({"avg_over_time", "last_over_time", "max_over_time", "min_over_time"})
"""Functions that give a value that stays as it is."""


def linear(query: Query) -> Linear | None:
    """Return what a query does to its series; None where it is not so simple.

    >>> from slogen.promql.query import Query
    >>> age = linear(Query('time() - max(updated_timestamp{job="a"})'))
    >>> age.metric, age.factor, age.growth
    ('updated_timestamp', Fraction(-1, 1), Fraction(1, 1))
    >>> ratio = linear(Query("sum(good) / sum(all)"))
    >>> ratio.metric, ratio.factor, ratio.held[0].metric, ratio.held[0].value
    ('good', Fraction(1, 10), 'all', Fraction(10, 1))
    """
    found = _reduced(tree_of(query))
    if not isinstance(found, Linear) or (found.growth and (found.is_rate or found.is_over_time)):
        return None
    return found


def _reduced(node: promql_parser.Expr) -> Linear | Scalar | None:
    found: Linear | Scalar | None = None
    match node:
        case promql_parser.ParenExpr():
            found = _reduced(node.expr)
        case promql_parser.UnaryExpr():
            found = with_scalar("*", Scalar(Fraction(-1)), _reduced(node.expr))
        case promql_parser.NumberLiteral() if math.isfinite(node.val):
            found = Scalar(Fraction(repr(node.val)))
        case promql_parser.VectorSelector():
            found = _series(node)
        case promql_parser.AggregateExpr():
            found = _aggregated(node)
        case promql_parser.Call():
            found = _called(node)
        case promql_parser.BinaryExpr():
            found = _operated(node)
    return found


def _series(node: promql_parser.VectorSelector) -> Linear | None:
    if not node.name or node.offset is not None or node.at is not None:
        return None
    return Linear(metric=node.name, matchers=matchers_of(node))


def _aggregated(node: promql_parser.AggregateExpr) -> Linear | None:
    inner = _reduced(node.expr)
    if not isinstance(inner, Linear) or str(node.op) not in _OF_ONE:
        return None
    named = frozenset(node.modifier.labels) if node.modifier else frozenset()
    is_by = not node.modifier or node.modifier.type == promql_parser.AggModifierType.By
    before, merged_before, merge = inner.keeps, inner.merges, _merge(str(node.op), inner)
    adds_up = not inner.constant and not inner.growth and (inner.is_sum or not inner.is_aggregated)
    return attrs.evolve(
        inner,
        is_aggregated=True,
        is_sum=str(node.op) == "sum" and adds_up,
        keeps=lambda label: before(label) and (label in named) is is_by,
        merges=lambda label: (
            merge if before(label) and (label in named) is not is_by else merged_before(label)
        ),
    )


def _merge(operator: str, inner: Linear) -> Merge:
    """Return what an aggregation makes of the values of several series within it.

    The greatest of negative values is that of the least value. A sum of what has a constant in it
    depends on how many there are, an average of averages on how many are in each.
    """
    merge: Merge = "unknown"
    match operator:
        case _ if inner.held:
            pass
        case "max" | "min":
            merge = "max" if (operator == "max") is (inner.factor > 0) else "min"
        case "sum" if not inner.constant and not inner.growth:
            merge = "sum"
        case "avg" if not inner.is_aggregated:
            merge = "avg"
    return merge


def _called(node: promql_parser.Call) -> Linear | Scalar | None:
    name = node.func.name
    if name == "time":
        return Scalar(growth=Fraction(1))
    if name != "rate" and name not in _OVER_TIME:
        return None
    matrix = node.args[0]
    if not isinstance(matrix, promql_parser.MatrixSelector):
        return None
    series = _series(matrix.vector_selector)
    if series is None or not is_window(matrix.range):
        return None
    return attrs.evolve(series, is_rate=name == "rate", is_over_time=True)


def _operated(node: promql_parser.BinaryExpr) -> Linear | Scalar | None:
    operator, left, right = str(node.op), _reduced(node.lhs), _reduced(node.rhs)
    if isinstance(left, Linear) and isinstance(right, Linear):
        return joined(operator, left, right, node.modifier)
    return with_scalar(operator, left, right)
