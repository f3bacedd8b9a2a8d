"""Parts of queries that are right as PromQL, and seldom what their author means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.promql.trees import bare, is_scalar, is_window, nodes, text_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.promql.query import Query

_OF_COUNTERS = frozenset({"increase", "irate", "rate"})
_ABSENCES = frozenset({"absent", "absent_over_time"})
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_POISONED = frozenset({"avg", "quantile", "stddev", "stdvar", "sum"})
"""Aggregations that are NaN where one of their series is; the others pass over it."""
_SIGNS = frozenset({"*", "+", "-"})


@attrs.frozen
class CounterRead:
    """A function of counters in a query, and what it reads.

    Attributes:
        text: The call.
        function: ``rate``, ``irate`` or ``increase``.
        metric: The name of the metric; empty where it is not a plain selector with a name.
        is_over_window: Whether its range is ``$window``.
    """

    text: str
    function: str
    metric: str
    is_over_window: bool


@attrs.frozen
class Filter:
    """A comparison with a number that drops what does not satisfy it.

    Attributes:
        operator: The operator, as if the number stood on the right.
        limit: The number.
    """

    operator: str
    limit: float

    def __str__(self) -> str:
        return f"{self.operator} {self.limit:.15g}"


def counters_read(query: Query) -> Iterator[CounterRead]:
    """Yield the functions of counters that a query applies to ranges."""
    for node in nodes(tree_of(query)):
        if isinstance(node, promql_parser.Call) and node.func.name in _OF_COUNTERS:
            source = bare(node.args[0])
            if isinstance(source, promql_parser.MatrixSelector):
                metric = source.vector_selector.name or ""
                yield CounterRead(text_of(node), node.func.name, metric, is_window(source.range))


def absences(query: Query) -> Iterator[str]:
    """Yield the calls of ``absent`` and the like."""
    for node in nodes(tree_of(query)):
        if isinstance(node, promql_parser.Call) and node.func.name in _ABSENCES:
            yield text_of(node)


def fallback(query: Query) -> float | None:
    """Return the number that a query gives where it has no data, as ``... or vector(0)`` does.

    >>> from slogen.promql.query import Query
    >>> fallback(Query("sum(hits) or vector(0)")), fallback(Query("sum(hits)"))
    (0.0, None)
    """
    node = bare(tree_of(query))
    while isinstance(node, promql_parser.AggregateExpr):
        node = bare(node.expr)
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) != "or":
        return None
    last = bare(node.rhs)
    if not isinstance(last, promql_parser.Call) or last.func.name != "vector":
        return None
    number = bare(last.args[0])
    return number.val if isinstance(number, promql_parser.NumberLiteral) else None


def outer_filter(query: Query) -> Filter | None:
    """Return the comparison that decides whether the query has a value at all.

    >>> from slogen.promql.query import Query
    >>> str(outer_filter(Query("(5 < lag)"))), outer_filter(Query("lag > bool 5"))
    ('> 5', None)
    """
    node = bare(tree_of(query))
    if not isinstance(node, promql_parser.BinaryExpr) or not _is_filter(node):
        return None
    operator, left, right = str(node.op), bare(node.lhs), bare(node.rhs)
    if isinstance(left, promql_parser.NumberLiteral):
        mirrored = operator.translate(str.maketrans("<>", "><"))
        return Filter(mirrored, left.val)
    return Filter(operator, right.val) if isinstance(right, promql_parser.NumberLiteral) else None


def poisoned_aggregations(query: Query) -> Iterator[str]:
    """Yield divisions whose 0/0 is NaN, and makes all of an aggregation NaN.

    >>> from slogen.promql.query import Query
    >>> list(poisoned_aggregations(Query("avg(busy / all) + avg(busy / (all > 0))")))
    ['busy / all']
    """
    for node in nodes(tree_of(query)):
        if isinstance(node, promql_parser.AggregateExpr) and str(node.op) in _POISONED:
            yield from _divisions(node.expr)


def _divisions(node: promql_parser.Expr) -> Iterator[str]:
    """Yield the divisions of series by series whose results are summed as they are."""
    node = bare(node)
    if isinstance(node, promql_parser.UnaryExpr):
        yield from _divisions(node.expr)
    if not isinstance(node, promql_parser.BinaryExpr):
        return
    if str(node.op) == "/" and not is_scalar(node.rhs):
        if not is_scalar(node.lhs) and not _is_guarded(node.rhs):
            yield text_of(node)
    elif str(node.op) in _SIGNS | {"/"}:
        yield from _divisions(node.lhs)
        yield from _divisions(node.rhs)


def _is_guarded(divisor: promql_parser.Expr) -> bool:
    """Tell whether a divisor leaves zeros out: by a comparison, or by a function or operator."""
    node = bare(divisor)
    if isinstance(node, promql_parser.BinaryExpr):
        return str(node.op) != "/"
    return isinstance(node, promql_parser.Call) and node.func.name in {"clamp", "clamp_min"}


def _is_filter(node: promql_parser.BinaryExpr) -> bool:
    returns_bool = node.modifier is not None and node.modifier.return_bool
    return str(node.op) in _COMPARISONS and not returns_bool
