"""Which labels the result of a query cannot have, whatever series there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import promql_parser

from slogen.promql.regex_sets import full_match
from slogen.promql.selector import braced, matchers_of
from slogen.promql.trees import bare, is_scalar, nodes, text_of, tree_of, vector_of

if TYPE_CHECKING:
    from slogen.promql.query import Query

_SELECTING = frozenset({"topk", "bottomk", "limitk", "limit_ratio"})
"""Aggregations that keep the series that they choose as they are."""
_LABELLING = frozenset({"label_replace", "label_join"})
_ABSENT = frozenset({"absent", "absent_over_time"})
_SETS = frozenset({"and", "or", "unless"})
_REFERENCE = re.compile(r"\$(?:\w+|\{\w+\})")
"""What Go's `regexp.Expand` replaces by a group of a regular expression."""
_MANY_LEFT = promql_parser.VectorMatchCardinality.ManyToOne
_MANY_RIGHT = promql_parser.VectorMatchCardinality.OneToMany
_BY = promql_parser.AggModifierType.By
_ON = promql_parser.LabelModifierType.Include


def where_lost(query: Query, label: str) -> str:
    """Return the part of a query that takes a label away from its result.

    Nothing is returned where the result may have the label, though a query cannot say that any
    series has it.

    >>> from slogen.promql.query import Query
    >>> where_lost(Query("max(sum by (job) (up)) > 1"), "job"), where_lost(Query("up"), "job")
    ('max', '')
    """
    return _lost(tree_of(query), label)


def labels_given(query: Query) -> frozenset[str]:
    """Return the labels that a query gives to series: by a function, or from other series.

    >>> from slogen.promql.query import Query
    >>> text = 'label_replace(a, "x", "$1", "y", "(.*)") * on () group_left (z) b'
    >>> sorted(labels_given(Query(text)))
    ['x', 'z']
    """
    given: set[str] = set()
    for node in nodes(tree_of(query)):
        match node:
            case promql_parser.Call() if node.func.name in _LABELLING:
                name = bare(node.args[1])
                given |= {name.val} if isinstance(name, promql_parser.StringLiteral) else set()
            case promql_parser.BinaryExpr() if node.modifier is not None:
                given.update(node.modifier.group_labels or ())
    return frozenset(given)


def _lost(node: promql_parser.Expr, label: str) -> str:
    lost = ""
    match node:
        case promql_parser.VectorSelector():
            lost = _lost_by_matchers(node, label)
        case promql_parser.MatrixSelector():
            lost = _lost_by_matchers(node.vector_selector, label)
        case promql_parser.ParenExpr() | promql_parser.UnaryExpr() | promql_parser.SubqueryExpr():
            lost = _lost(node.expr, label)
        case promql_parser.AggregateExpr():
            lost = _lost_by_aggregation(node, label)
        case promql_parser.Call():
            lost = _lost_by_call(node, label)
        case promql_parser.BinaryExpr():
            lost = _lost_by_operation(node, label)
    return lost


def _lost_by_matchers(node: promql_parser.VectorSelector, label: str) -> str:
    """Return the matcher that selects the series without a label."""
    absent = (m for m in matchers_of(node) if (m.label, m.operator, m.value) == (label, "=", ""))
    return next((braced((matcher,)) for matcher in absent), "")


def _lost_by_aggregation(node: promql_parser.AggregateExpr, label: str) -> str:
    operator, modifier = str(node.op), node.modifier
    if operator in _SELECTING:
        return _lost(node.expr, label)
    if operator == "count_values" and node.param is not None and _is_text(node.param, label):
        return ""
    if modifier is None:
        return operator
    if (label in modifier.labels) is (modifier.type == _BY):
        return _lost(node.expr, label)
    words = "by" if modifier.type == _BY else "without"
    return f"{operator} {words} ({', '.join(modifier.labels)})"


def _is_text(node: promql_parser.Expr, text: str) -> bool:
    string = bare(node)
    return isinstance(string, promql_parser.StringLiteral) and string.val == text


def _lost_by_call(node: promql_parser.Call, label: str) -> str:
    if node.func.name in _LABELLING and _is_text(node.args[1], label):
        return _lost_by_labelling(node, label)
    source = vector_of(node)
    if source is None:
        return text_of(node)
    if node.func.name in _ABSENT:
        return ""
    return _lost(source, label)


def _lost_by_labelling(node: promql_parser.Call, label: str) -> str:
    """Return how a label is given no value: it is made of labels that are lost, and of no text."""
    texts = [
        one.val for one in map(bare, node.args) if isinstance(one, promql_parser.StringLiteral)
    ]
    is_replaced = node.func.name == "label_replace"
    names = texts[2:3] if is_replaced else texts[2:]
    lost = {name: _lost(node.args[0], name) for name in names}
    if not (lost and all(lost.values())):
        return ""
    if is_replaced:
        _, replacement, _, regex = texts
        is_matched = full_match(regex, "")
        if is_matched is False:
            return _lost(node.args[0], label)
        is_text = not is_matched or _REFERENCE.sub("", replacement) != ""
    else:
        is_text = len(names) > 1 and texts[1] != ""
    name, taken_by = next(iter(lost.items()))
    return "" if is_text else f"{node.func.name} from {name}, which {taken_by} leaves out,"


def _lost_by_operation(node: promql_parser.BinaryExpr, label: str) -> str:
    """Return how a label is lost between two sides, of which a scalar has no labels at all."""
    if is_scalar(node.lhs) or is_scalar(node.rhs):
        return _lost(node.rhs if is_scalar(node.lhs) else node.lhs, label)
    left, right = _lost(node.lhs, label), _lost(node.rhs, label)
    if str(node.op) in _SETS:
        return left if str(node.op) != "or" or right else ""
    modifier = node.modifier
    if modifier is None or modifier.matching is None:
        return left or right
    brought = modifier.group_labels or ()
    if modifier.card == _MANY_LEFT:
        return right if label in brought else left
    if modifier.card == _MANY_RIGHT:
        return left if label in brought else right
    return _lost_by_matching(modifier.matching, label) or left or right


def _lost_by_matching(matching: promql_parser.LabelModifier, label: str) -> str:
    """Return how a label is lost where each sample of one side matches one of the other."""
    is_on = matching.type == _ON
    if (label in matching.labels) is is_on:
        return ""
    return f"{'on' if is_on else 'ignoring'} ({', '.join(matching.labels)})"
