"""Queries that add and subtract what counters count, as other tools write them.

``sum(rate(a[$window])) - sum(rate(b[$window]))`` is the counter ``a`` without the counter ``b``.
What a query has only so that a result is never empty, such as ``or vector(0)``, is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.errors import InvalidPromQL
from slogen.promql.selector import Selector, braced, matchers_of
from slogen.promql.trees import bare, is_window, text_of, tree_of

if TYPE_CHECKING:
    from slogen.promql.query import Query

_COUNTING = frozenset({"rate", "increase"})
_NONE, _ALL = 0, 1
"""What a part of events is where there are none: nothing is bad, all are good."""


@attrs.frozen
class Term:
    """What one counter counts.

    Attributes:
        selector: The counter.
        is_added: Whether it is added, instead of subtracted.
        function: ``rate`` or ``increase``.
        is_filled: Whether it is 0 where the counter does not exist.
    """

    selector: Selector
    is_added: bool
    function: str
    is_filled: bool = False


@attrs.frozen
class CountedSum:
    """What several counters count.

    Attributes:
        terms: The counters.
        by: The labels that the sum keeps; None where it keeps all.
        needless: The parts of the query that say nothing, as they were written.
    """

    terms: tuple[Term, ...]
    by: tuple[str, ...] | None
    needless: tuple[str, ...] = ()

    @property
    def added(self) -> tuple[Term, ...]:
        """What is added."""
        return tuple(term for term in self.terms if term.is_added)

    @property
    def subtracted(self) -> tuple[Term, ...]:
        """What is subtracted."""
        return tuple(term for term in self.terms if not term.is_added)


def counted_sum(query: Query) -> CountedSum | None:
    """Return what a query adds and subtracts; None where it does anything else.

    >>> from slogen.promql.query import Query
    >>> found = counted_sum(Query("sum(rate(a[$window])) - sum(rate(b[$window])) or vector(0)"))
    >>> [(str(term.selector), term.is_added) for term in found.terms], found.needless
    ([('a', True), ('b', False)], ('or vector(0)',))
    """
    return counted_sum_of(tree_of(query))


def counted_ratio(query: Query) -> tuple[CountedSum, CountedSum, bool] | None:
    """Return the two sums of a query that divides one by the other; None where it does not.

    The third of what is returned tells whether the first sum counts good events: whether the query
    is one without the ratio.

    >>> from slogen.promql.query import Query
    >>> part, whole, is_good = counted_ratio(
    ...     Query("1 - sum(rate(good[$window])) / sum(rate(all[$window]))")
    ... )
    >>> str(part.terms[0].selector), str(whole.terms[0].selector), is_good
    ('good', 'all', True)
    """
    node, needless = _without_fillers(tree_of(query), _NONE)
    inner = _complement(node)
    if inner is not None:
        node, more = _without_fillers(inner, _ALL)
        needless += more
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) != "/":
        return None
    part, whole = counted_sum_of(node.lhs), counted_sum_of(node.rhs)
    if part is None or whole is None or _matches_oddly(node):
        return None
    return attrs.evolve(part, needless=(*needless, *part.needless)), whole, inner is not None


def gauge_of_ratio(query: Query) -> Selector | None:
    """Return the gauge of a query that says which part of the time, or of the targets, is 0.

    >>> from slogen.promql.query import Query
    >>> str(gauge_of_ratio(Query('1 - avg(avg_over_time(up{job="a"}[$window]))')))
    'up{job="a"}'
    """
    node, _ = _without_fillers(tree_of(query), _NONE)
    inner = _complement(node)
    if inner is None:
        return _gauge_of_zeros(node)
    node, _ = _without_fillers(inner, _ALL)
    match node:
        case promql_parser.AggregateExpr() if str(node.op) == "avg" and node.modifier is None:
            return _over_time(bare(node.expr), "avg_over_time")
        case promql_parser.Call():
            return _over_time(node, "avg_over_time")
        case promql_parser.BinaryExpr() if str(node.op) == "/" and not _matches_oddly(node):
            ones = _summed_over_time(bare(node.lhs), "sum_over_time")
            return ones if ones == _summed_over_time(bare(node.rhs), "count_over_time") else None
        case _:
            return None


def _gauge_of_zeros(node: promql_parser.Expr) -> Selector | None:
    """Return the gauge of all its samples less its ones, over all its samples."""
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) != "/":
        return None
    part, every = bare(node.lhs), _summed_over_time(bare(node.rhs), "count_over_time")
    if not isinstance(part, promql_parser.BinaryExpr) or str(part.op) != "-":
        return None
    if every is None or _matches_oddly(node) or _matches_oddly(part):
        return None
    all_samples = _summed_over_time(bare(part.lhs), "count_over_time")
    ones = _summed_over_time(bare(part.rhs), "sum_over_time")
    return every if every == all_samples == ones else None


def counted_sum_of(node: promql_parser.Expr) -> CountedSum | None:
    """Return what a part of a query adds and subtracts; None where it does anything else."""
    node, needless = _without_fillers(node, _NONE)
    found: CountedSum | None = None
    match node:
        case promql_parser.AggregateExpr() if str(node.op) == "sum":
            found = _aggregated(node)
        case promql_parser.Call():
            found = _counter(node)
        case promql_parser.BinaryExpr() if str(node.op) in {"+", "-"}:
            found = _both(node)
    if found is None or not needless:
        return found
    terms = found.terms
    if len(terms) == 1 and any(text.startswith("or ") for text in needless):
        terms = (attrs.evolve(terms[0], is_filled=True),)
    return attrs.evolve(found, terms=terms, needless=(*found.needless, *needless))


def _aggregated(node: promql_parser.AggregateExpr) -> CountedSum | None:
    inner, modifier = counted_sum_of(node.expr), node.modifier
    if inner is None or (inner.by is None and len(inner.terms) > 1):
        return None
    if modifier is not None and modifier.type != promql_parser.AggModifierType.By:
        return None
    by = tuple(modifier.labels) if modifier else ()
    if inner.by is not None and not set(by) <= set(inner.by):
        return None
    return attrs.evolve(inner, by=by)


def _counter(call: promql_parser.Call) -> CountedSum | None:
    matrix = call.args[0] if call.args else None
    if call.func.name not in _COUNTING or not isinstance(matrix, promql_parser.MatrixSelector):
        return None
    selector = _selector(matrix)
    if selector is None:
        return None
    return CountedSum((Term(selector, is_added=True, function=call.func.name),), None)


def _both(node: promql_parser.BinaryExpr) -> CountedSum | None:
    left, right = counted_sum_of(node.lhs), counted_sum_of(node.rhs)
    if left is None or right is None or _matches_oddly(node):
        return None
    if left.by is None or right.by is None or set(left.by) != set(right.by):
        return None
    others = right.terms
    if str(node.op) == "-":
        others = tuple(attrs.evolve(term, is_added=not term.is_added) for term in others)
    return CountedSum((*left.terms, *others), left.by, (*left.needless, *right.needless))


def _selector(matrix: promql_parser.MatrixSelector) -> Selector | None:
    """Return what a range over ``$window`` selects; None for another range, or a moved one."""
    vector = matrix.vector_selector
    if not is_window(matrix.range) or vector.offset is not None or vector.at is not None:
        return None
    try:
        return Selector(f"{vector.name or ''}{braced(matchers_of(vector))}")
    except InvalidPromQL:
        return None


def _without_fillers(
    node: promql_parser.Expr, empty: int
) -> tuple[promql_parser.Expr, tuple[str, ...]]:
    """Return a query without what stands there for a moment without data, and those parts."""
    needless: list[str] = []
    node = bare(node)
    while (step := _filled(node, empty)) is not None:
        node, text = bare(step[0]), step[1]
        needless.append(text)
    return node, tuple(needless)


def _filled(node: promql_parser.Expr, empty: int) -> tuple[promql_parser.Expr, str] | None:
    """Return what stands before a part that says nothing, and that part.

    Args:
        node: A query.
        empty: What its result is where there are no events.
    """
    match node:
        case promql_parser.BinaryExpr() if str(node.op) == "or" and _is_filler(node.rhs, empty):
            return node.lhs, f"or {_matching(node)}{text_of(node.rhs)}"
        case promql_parser.BinaryExpr() if _is_filter(node, empty):
            return node.lhs, f"{node.op} 0"
        case promql_parser.Call() if node.func.name == "clamp_min" and _is_number(node.args[1], 0):
            return node.args[0], "clamp_min(..., 0)"
        case _:
            return None


def _is_filter(node: promql_parser.BinaryExpr, empty: int) -> bool:
    """Tell whether an operation leaves out nothing but NaN, or moments without events."""
    operators = {">", ">="} if empty == _NONE else {">="}
    return str(node.op) in operators and _is_number(node.rhs, 0) and not _matches_oddly(node)


def _matching(node: promql_parser.BinaryExpr) -> str:
    return "on() " if node.modifier is not None and node.modifier.matching is not None else ""


def _is_filler(node: promql_parser.Expr, value: int) -> bool:
    """Tell whether a query is a number, such as ``vector(0)``, or 0 times anything."""
    node = bare(node)
    if isinstance(node, promql_parser.Call):
        return node.func.name == "vector" and _is_number(node.args[0], value)
    if isinstance(node, promql_parser.BinaryExpr) and str(node.op) == "*":
        is_nothing = _is_number(node.lhs, 0) or _is_number(node.rhs, 0)
        return value == _NONE and is_nothing
    return False


def _is_number(node: promql_parser.Expr, value: float) -> bool:
    node = bare(node)
    return isinstance(node, promql_parser.NumberLiteral) and node.val == value


def _complement(node: promql_parser.Expr) -> promql_parser.Expr | None:
    """Return what a query takes from one; None where it does not do that."""
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) != "-":
        return None
    return node.rhs if _is_number(node.lhs, 1) else None


def _matches_oddly(node: promql_parser.BinaryExpr) -> bool:
    """Tell whether an operation says itself which of its operands' series belong together."""
    modifier = node.modifier
    return modifier is not None and (modifier.matching is not None or modifier.return_bool)


def _over_time(node: promql_parser.Expr, function: str) -> Selector | None:
    if not isinstance(node, promql_parser.Call) or node.func.name != function:
        return None
    matrix = node.args[0]
    return _selector(matrix) if isinstance(matrix, promql_parser.MatrixSelector) else None


def _summed_over_time(node: promql_parser.Expr, function: str) -> Selector | None:
    if not isinstance(node, promql_parser.AggregateExpr) or node.modifier is not None:
        return None
    return _over_time(bare(node.expr), function) if str(node.op) == "sum" else None
