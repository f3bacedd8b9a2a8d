"""Queries that turn the value of a single series into another one, which can be undone."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.promql.selector import Matcher, matchers_of
from slogen.promql.trees import is_window, tree_of

if TYPE_CHECKING:
    from slogen.promql.query import Query

_OF_ONE = frozenset({"avg", "max", "min", "sum"})
"""Aggregations that give the value of a single series as it is."""
_OVER_TIME = frozenset({"avg_over_time", "last_over_time", "max_over_time", "min_over_time"})
"""Functions that give a value that stays as it is."""


@attrs.frozen(kw_only=True)
class Linear:
    """A query that gives ``factor * x + constant + growth * time()`` for a single series x.

    Attributes:
        metric: The metric of the series.
        matchers: What its labels have to satisfy.
        factor: By which its value is multiplied; never 0.
        constant: What is added to that.
        growth: What is added each second.
        is_rate: Whether x is how fast a counter grows each second.
        is_over_time: Whether x is a value over ``$window``.
        is_aggregated: Whether several series would become one, or fewer.
        keeps: Whether a label is still there in the result.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    factor: Fraction = Fraction(1)
    constant: Fraction = Fraction(0)
    growth: Fraction = Fraction(0)
    is_rate: bool = False
    is_over_time: bool = False
    is_aggregated: bool = False
    keeps: Callable[[str], bool] = attrs.field(default=lambda _label: True, eq=False)

    def times(self, factor: Fraction) -> Linear | None:
        """Return the same, multiplied by a number other than 0."""
        if not factor:
            return None
        return attrs.evolve(
            self,
            factor=self.factor * factor,
            constant=self.constant * factor,
            growth=self.growth * factor,
        )

    def plus(self, scalar: _Scalar) -> Linear:
        """Return the same, with a scalar added to it."""
        return attrs.evolve(
            self, constant=self.constant + scalar.constant, growth=self.growth + scalar.growth
        )


@attrs.frozen
class _Scalar:
    """``constant + growth * time()``."""

    constant: Fraction = Fraction(0)
    growth: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> _Scalar:
        return _Scalar(self.constant * factor, self.growth * factor)


def linear(query: Query) -> Linear | None:
    """Return what a query does to its series; None where it reads several, or is not so simple.

    >>> from slogen.promql.query import Query
    >>> age = linear(Query('time() - max(updated_timestamp{job="a"})'))
    >>> age.metric, age.factor, age.growth
    ('updated_timestamp', Fraction(-1, 1), Fraction(1, 1))
    """
    found = _reduced(tree_of(query))
    if not isinstance(found, Linear) or (found.growth and (found.is_rate or found.is_over_time)):
        return None
    return found


def _reduced(node: promql_parser.Expr) -> Linear | _Scalar | None:
    found: Linear | _Scalar | None = None
    match node:
        case promql_parser.ParenExpr():
            found = _reduced(node.expr)
        case promql_parser.UnaryExpr():
            found = _operated("*", _Scalar(Fraction(-1)), _reduced(node.expr))
        case promql_parser.NumberLiteral() if math.isfinite(node.val):
            found = _Scalar(Fraction(repr(node.val)))
        case promql_parser.VectorSelector():
            found = _series(node)
        case promql_parser.AggregateExpr():
            found = _aggregated(node)
        case promql_parser.Call():
            found = _called(node)
        case promql_parser.BinaryExpr():
            found = _operated(str(node.op), _reduced(node.lhs), _reduced(node.rhs))
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
    before = inner.keeps
    return attrs.evolve(
        inner,
        is_aggregated=True,
        keeps=lambda label: before(label) and (label in named) is is_by,
    )


def _called(node: promql_parser.Call) -> Linear | _Scalar | None:
    name = node.func.name
    if name == "time":
        return _Scalar(growth=Fraction(1))
    if name != "rate" and name not in _OVER_TIME:
        return None
    matrix = node.args[0]
    if not isinstance(matrix, promql_parser.MatrixSelector):
        return None
    series = _series(matrix.vector_selector)
    if series is None or not is_window(matrix.range):
        return None
    return attrs.evolve(series, is_rate=name == "rate", is_over_time=True)


def _operated(
    operator: str, left: Linear | _Scalar | None, right: Linear | _Scalar | None
) -> Linear | _Scalar | None:
    if operator in {"+", "*"} and isinstance(left, _Scalar):
        left, right = right, left
    found: Linear | _Scalar | None = None
    match operator, left, right:
        case "+", Linear() as series, _Scalar() as scalar:
            found = series.plus(scalar)
        case "-", Linear() as series, _Scalar() as scalar:
            found = series.plus(scalar.times(Fraction(-1)))
        case "-", _Scalar() as scalar, Linear() as series:
            negative = series.times(Fraction(-1))
            found = negative.plus(scalar) if negative else None
        case ("*", Linear() as series, _Scalar(factor, growth)) if not growth:
            found = series.times(factor)
        case ("/", Linear() as series, _Scalar(divisor, growth)) if divisor and not growth:
            found = series.times(1 / divisor)
    return found
