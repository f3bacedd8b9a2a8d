"""What an expression asks for: the conditions of an alert, and the ranges that are read."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import parse
from slogen.promql.trees import bare, nodes
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator


@attrs.frozen
class Condition:
    """A part of an expression that has to hold, as all others have to.

    Attributes:
        metrics: What it reads, in the order of the text.
        operator: Of a comparison with a number; empty where it is no comparison.
        limit: That number.
    """

    metrics: tuple[str, ...]
    operator: str = ""
    limit: Decimal = Decimal(0)


@attrs.frozen
class RangeRead:
    """A range of series that a function reads.

    Attributes:
        function: The function; empty where there is none.
        metric: The name of the series; empty where a matcher says it.
        length: How long the range is.
        offset: How far in the past it ends; zero where it ends now.
    """

    function: str
    metric: str
    length: Duration
    offset: Duration


def conditions(text: str) -> tuple[Condition, ...]:
    """Return what is joined by ``and`` in an expression; nothing where it is none.

    >>> [found.limit for found in conditions("x / 0.001 > 14.4 and y >= 3")]
    [Decimal('14.4'), Decimal('3')]
    """
    try:
        return tuple(_condition(node) for node in _joined(parse(text)))
    except InvalidPromQL:
        return ()


@lru_cache(maxsize=64)
def ranges(text: str) -> tuple[RangeRead, ...]:
    """Return the ranges that functions of an expression read; nothing where it is none.

    >>> print(*(f"{found.function} {found.length}" for found in ranges("rate(x[5m]) / y")))
    rate 5m
    """
    try:
        return tuple(_ranges(parse(text)))
    except InvalidPromQL:
        return ()


@lru_cache(maxsize=64)
def offsets(text: str) -> tuple[Duration, ...]:
    """Return how far in the past each selector of an expression looks; nothing where it is none."""
    try:
        found = nodes(parse(text))
    except InvalidPromQL:
        return ()
    selectors = (node for node in found if isinstance(node, promql_parser.VectorSelector))
    return tuple(_duration(node.offset) for node in selectors)


def constant(text: str) -> Decimal | None:
    """Return the number in ``vector(0.999)``; None where it is something else.

    >>> constant("vector(0.999)"), constant("vector(time())")
    (Decimal('0.999'), None)
    """
    try:
        node = bare(parse(text))
    except InvalidPromQL:
        return None
    if not isinstance(node, promql_parser.Call) or node.func.name != "vector":
        return None
    number = bare(node.args[0])
    return _decimal(number.val) if isinstance(number, promql_parser.NumberLiteral) else None


def _joined(node: promql_parser.Expr) -> Iterator[promql_parser.Expr]:
    node = bare(node)
    if isinstance(node, promql_parser.BinaryExpr) and str(node.op) == "and":
        yield from _joined(node.lhs)
        yield from _joined(node.rhs)
    else:
        yield node


def _condition(node: promql_parser.Expr) -> Condition:
    read = tuple(
        found.name or "" for found in nodes(node) if isinstance(found, promql_parser.VectorSelector)
    )
    if isinstance(node, promql_parser.BinaryExpr):
        number = bare(node.rhs)
        if isinstance(number, promql_parser.NumberLiteral):
            return Condition(read, str(node.op), _decimal(number.val))
    return Condition(read)


def _ranges(tree: promql_parser.Expr) -> Iterator[RangeRead]:
    for node in nodes(tree):
        if isinstance(node, promql_parser.Call):
            for argument in map(bare, node.args):
                if isinstance(argument, promql_parser.MatrixSelector):
                    series = argument.vector_selector
                    length, offset = _duration(argument.range), _duration(series.offset)
                    yield RangeRead(node.func.name, series.name or "", length, offset)


def _decimal(value: float) -> Decimal:
    """Return a number as it is written: the parser has made a float of it."""
    return Decimal(repr(value)).normalize()


def _duration(span: timedelta | None) -> Duration:
    return Duration(span) if span and span > timedelta(0) else Duration.zero()
