"""Queries of counters as rates over ``$window``: what is counted, however it is written.

Some tools say of a query only that it gives a counter, or what went up within a range. A bare
counter becomes its rate, and a range that is written out becomes slogen's own.
"""

from __future__ import annotations

import promql_parser

from slogen.promql.query import Query
from slogen.promql.selector import braced, matchers_of
from slogen.promql.trees import bare, is_scalar, is_window, nodes, text_of, tree_of

_RATES = frozenset(["rate", "irate", "increase"])
_SUFFIXES = ("_total", "_count", "_bucket")


def rated(query: Query, *, is_counter: bool) -> Query | None:
    """Return a query that adds and subtracts rates over ``$window``; None where it does not.

    >>> rated(Query("sum(requests_total) - sum(errors_total)"), is_counter=True).text
    'sum(rate(requests_total[$window])) - sum(rate(errors_total[$window]))'
    >>> rated(Query("sum(increase(requests_total[5m]))"), is_counter=False).text
    'sum(rate(requests_total[$window]))'

    An increase becomes a rate, so that one query may have the one and another the other.

    Args:
        query: The query.
        is_counter: Whether what it reads without a range are counters.
    """
    text = _rated(tree_of(query), is_counter=is_counter)
    return None if text is None else Query(text)


def rated_ratio(query: Query) -> Query | None:
    """Return a query that divides rates, or takes that from one, over ``$window``.

    >>> rated_ratio(Query("1 - sum(rate(good[5m])) / sum(rate(all[5m]))")).text
    '1 - sum(rate(good[$window])) / sum(rate(all[$window]))'
    """
    text = _ratio(tree_of(query))
    return None if text is None else Query(text)


def _ratio(node: promql_parser.Expr) -> str | None:
    node = bare(node)
    if not isinstance(node, promql_parser.BinaryExpr) or _matches_oddly(node):
        return None
    if str(node.op) == "-" and isinstance(node.lhs, promql_parser.NumberLiteral):
        inner, rest = _ratio(node.rhs), bare(node.rhs)
        if inner is not None and isinstance(rest, promql_parser.BinaryExpr) and str(rest.op) == "-":
            inner = f"({inner})"
        return None if inner is None else f"{text_of(node.lhs)} - {inner}"
    if str(node.op) != "/":
        return None
    sides = [_rated(side, is_counter=False) for side in (node.lhs, node.rhs)]
    return None if None in sides else f"{sides[0]} / {sides[1]}"


def reads_ranges(query: Query) -> bool:
    """Tell whether a query has rates of its own."""
    calls = (node for node in nodes(tree_of(query)) if isinstance(node, promql_parser.Call))
    return any(call.func.name in _RATES for call in calls)


def names_counters(query: Query) -> bool:
    """Tell whether the names of all metrics are those of counters."""
    return all(name.endswith(_SUFFIXES) for name in query.metrics) and bool(query.metrics)


def is_sum(query: Query) -> bool:
    """Tell whether a query gives one series without labels: a sum of all."""
    match bare(tree_of(query)):
        case promql_parser.AggregateExpr() as node:
            return node.modifier is None and str(node.op) == "sum"
        case _:
            return False


def gives_one_series(query: Query) -> bool:
    """Tell whether a query aggregates all labels away, so that it gives one series at most.

    >>> gives_one_series(Query("sum(a) - sum(b)")), gives_one_series(Query("sum(a) - b"))
    (True, False)
    """
    return _is_one(tree_of(query))


def _is_one(node: promql_parser.Expr) -> bool:
    node = bare(node)
    match node:
        case promql_parser.AggregateExpr():
            return node.modifier is None
        case promql_parser.BinaryExpr():
            return _is_one(node.lhs) and _is_one(node.rhs)
        case _:
            return is_scalar(node) or _is_vector(node)


def summed_by(query: Query) -> tuple[str, ...]:
    """Return the labels by which a query gives a series each, if it says so itself.

    >>> summed_by(Query("max by (region) (lag_seconds)"))
    ('region',)
    """
    match bare(tree_of(query)):
        case promql_parser.AggregateExpr() as node if node.modifier is not None:
            is_by = node.modifier.type == promql_parser.AggModifierType.By
            return tuple(node.modifier.labels) if is_by else ()
        case _:
            return ()


def is_rate(query: Query) -> bool:
    """Tell whether a query is the rate of one counter, with all its labels."""
    node = bare(tree_of(query))
    return isinstance(node, promql_parser.Call) and node.func.name in _RATES


def ranges(query: Query) -> tuple[str, ...]:
    """Return the ranges of a query that are written out."""
    found = (
        node for node in nodes(tree_of(query)) if isinstance(node, promql_parser.MatrixSelector)
    )
    texts = (text_of(node) for node in found if not is_window(node.range))
    return tuple(dict.fromkeys(text[text.rindex("[") : text.rindex("]") + 1] for text in texts))


def _rated(node: promql_parser.Expr, *, is_counter: bool) -> str | None:
    """Return the text of a part of a query."""
    match node:
        case promql_parser.ParenExpr():
            inner = _rated(node.expr, is_counter=is_counter)
            return None if inner is None else f"({inner})"
        case promql_parser.AggregateExpr() if str(node.op) == "sum":
            inner = _rated(node.expr, is_counter=is_counter)
            return None if inner is None else f"sum{_grouping(node)}({inner})"
        case promql_parser.Call() if node.func.name in _RATES:
            matrix = node.args[0]
            is_plain = isinstance(matrix, promql_parser.MatrixSelector)
            selected = _selected(matrix.vector_selector) if is_plain else None
            return selected and f"rate({selected}[$window])"
        case promql_parser.VectorSelector() if is_counter:
            selected = _selected(node)
            return selected and f"rate({selected}[$window])"
        case promql_parser.BinaryExpr():
            return _both(node, is_counter=is_counter)
        case _:
            return None


def _both(node: promql_parser.BinaryExpr, *, is_counter: bool) -> str | None:
    """Return the text of a sum or a difference, or of what is filled up or filtered."""
    left = _rated(node.lhs, is_counter=is_counter)
    operator = str(node.op)
    if left is None or (operator != "or" and _matches_oddly(node)):
        return None
    if operator in {"+", "-"}:
        right = _rated(node.rhs, is_counter=is_counter)
        return None if right is None else f"{left} {operator} {right}"
    filler = _filler(node.rhs) if operator == "or" and not _matches_oddly(node) else None
    if filler is not None and is_counter:
        right = _rated(filler, is_counter=is_counter)
        return None if right is None else f"{left} or 0 * {right}"
    if operator in {">", ">="} and not _is_nothing(node.rhs):
        return None
    if operator in {"or", ">", ">="} and (is_scalar(node.rhs) or _is_vector(node.rhs)):
        return f"{left} {operator} {text_of(node.rhs)}"
    return None


def _matches_oddly(node: promql_parser.BinaryExpr) -> bool:
    modifier = node.modifier
    return modifier is not None and (modifier.matching is not None or modifier.return_bool)


def _filler(node: promql_parser.Expr) -> promql_parser.Expr | None:
    """Return what a query is filled up with, as 0 of it; None where it is anything else."""
    node = bare(node)
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) != "*":
        return None
    return node.rhs if _is_nothing(node.lhs) and not _matches_oddly(node) else None


def _is_nothing(node: promql_parser.Expr) -> bool:
    """Tell whether a number is 0: any other limit is one of the range that stands there."""
    node = bare(node)
    return isinstance(node, promql_parser.NumberLiteral) and not node.val


def _is_vector(node: promql_parser.Expr) -> bool:
    node = bare(node)
    return isinstance(node, promql_parser.Call) and node.func.name == "vector"


def _grouping(node: promql_parser.AggregateExpr) -> str:
    if node.modifier is None:
        return ""
    word = "by" if node.modifier.type == promql_parser.AggModifierType.By else "without"
    return f" {word} ({', '.join(node.modifier.labels)}) "


def _selected(vector: promql_parser.VectorSelector) -> str | None:
    """Return a selector; None where it is moved in time."""
    if vector.offset is not None or vector.at is not None:
        return None
    return f"{vector.name or ''}{braced(matchers_of(vector))}"
