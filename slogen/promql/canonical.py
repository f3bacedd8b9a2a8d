"""Expressions in one spelling: two texts that ask for the same are equal in it.

Order of matchers, of labels and of what is added or multiplied, parentheses, spaces and the forms
of numbers and durations do not count. What is not known to be the same stays different.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import parse
from slogen.promql.regex_sets import matches_everything, values_of
from slogen.promql.selector import matchers_of
from slogen.promql.trees import bare, is_scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from slogen.promql.selector import Matcher

_COMMUTATIVE = frozenset({"+", "*"})
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_NESTED = frozenset({"max", "min", "sum"})
"""Aggregations of which one over another is one: a sum of sums by more labels is a sum."""


def canonical(text: str) -> str:
    """Return an expression in one spelling; a text that is no expression as it stands.

    >>> canonical('sum by (b, a) (x{q="1",p="2"}) * 2') == canonical(
    ...     '2.0*(sum by (a,b) (x{p="2", q="1"}))'
    ... )
    True
    """
    return _spelled(text, _Spelling(masks_numbers=False))


def without_numbers(text: str) -> str:
    """Return the same, with all numbers and durations alike, and without offsets.

    >>> without_numbers("rate(x[1h]) > 14.4") == without_numbers("rate(x[6h]) > 6")
    True
    """
    return _spelled(text, _Spelling(masks_numbers=True))


@lru_cache(maxsize=16384)
def _spelled(text: str, spelling: _Spelling) -> str:
    try:
        return spelling.of(parse(text))
    except InvalidPromQL:
        return text


@attrs.frozen
class _Spelling:
    """How a tree becomes a text.

    Attributes:
        masks_numbers: Whether all numbers and durations are written alike, and offsets left out.
    """

    masks_numbers: bool

    def of(self, node: promql_parser.Expr) -> str:
        match node:
            case promql_parser.ParenExpr():
                text = self.of(node.expr)
            case promql_parser.BinaryExpr():
                text = self._operation(node)
            case promql_parser.AggregateExpr():
                text = self._aggregation(node)
            case promql_parser.Call():
                text = f"{node.func.name}({','.join(map(self.of, node.args))})"
            case promql_parser.VectorSelector():
                text = self._selector(node, "")
            case promql_parser.MatrixSelector():
                text = self._selector(node.vector_selector, f"[{self._span(node.range)}]")
            case promql_parser.SubqueryExpr():
                text = self._subquery(node)
            case _:
                text = self._literal(node)
        return text

    def _literal(self, node: promql_parser.Expr) -> str:
        """Return a number, a text, or what has a sign."""
        if isinstance(node, promql_parser.NumberLiteral):
            return self._number(node.val)
        if isinstance(node, promql_parser.StringLiteral):
            return json.dumps(node.val)
        assert isinstance(node, promql_parser.UnaryExpr)  # noqa: S101 (there is no other node)
        if isinstance(node.expr, promql_parser.NumberLiteral):
            return self._number(-node.expr.val)
        return f"-({self.of(node.expr)})"

    def _subquery(self, node: promql_parser.SubqueryExpr) -> str:
        step = self._span(node.step) if node.step else ""
        moved = self._moved(node.offset, node.at)
        window = f"[{self._span(node.range)}:{step}]" if node.range else ""
        return f"({self.of(node.expr)}){window}{moved}"

    def _operation(self, node: promql_parser.BinaryExpr) -> str:
        operator, modifier = str(node.op), node.modifier
        left, right = node.lhs, node.rhs
        if operator in _COMMUTATIVE and modifier is None:
            operands = sorted(map(self.of, _operands(node, operator)))
            return f"({f' {operator} '.join(operands)})"
        if operator in _MIRRORED and is_scalar(left) and not is_scalar(right):
            left, right, operator = right, left, _MIRRORED[operator]
        return f"({self.of(left)} {operator}{_matching(modifier)} {self.of(right)})"

    def _aggregation(self, node: promql_parser.AggregateExpr) -> str:
        operator, inner = str(node.op), bare(node.expr)
        while isinstance(inner, promql_parser.AggregateExpr) and _adds_nothing(node, inner):
            inner = bare(inner.expr)
        labels = ",".join(sorted(node.modifier.labels)) if node.modifier else ""
        word = "by" if _is_by(node) else "without"
        grouping = f" {word} ({labels})" if labels or word == "without" else ""
        parameter = f"{self.of(node.param)}," if node.param is not None else ""
        return f"{operator}{grouping}({parameter}{self.of(inner)})"

    def _selector(self, node: promql_parser.VectorSelector, window: str) -> str:
        conditions = sorted(set(_conditions(node.name or "", matchers_of(node))))
        return f"{{{','.join(conditions)}}}{window}{self._moved(node.offset, node.at)}"

    def _moved(self, offset: timedelta | None, at: promql_parser.AtModifier | None) -> str:
        back = f" offset {self._span(offset)}" if offset and not self.masks_numbers else ""
        return f"{back} @ {at.type} {at.at}" if at is not None else back

    def _number(self, value: float) -> str:
        return "#" if self.masks_numbers else repr(float(value))

    def _span(self, span: timedelta) -> str:
        return "#" if self.masks_numbers else f"{span.total_seconds()}s"


def _operands(node: promql_parser.Expr, operator: str) -> Iterator[promql_parser.Expr]:
    """Yield what is added, or multiplied, in whatever order and parentheses."""
    node = bare(node)
    if (
        isinstance(node, promql_parser.BinaryExpr)
        and str(node.op) == operator
        and node.modifier is None
    ):
        yield from _operands(node.lhs, operator)
        yield from _operands(node.rhs, operator)
    else:
        yield node


def _is_by(node: promql_parser.AggregateExpr) -> bool:
    return not node.modifier or node.modifier.type == promql_parser.AggModifierType.By


def _adds_nothing(outer: promql_parser.AggregateExpr, inner: promql_parser.AggregateExpr) -> bool:
    """Tell whether an aggregation would give the same over what is aggregated inside of it."""
    if str(outer.op) not in _NESTED or str(inner.op) != str(outer.op):
        return False
    kept, wanted = (set(node.modifier.labels if node.modifier else ()) for node in (inner, outer))
    return _is_by(outer) and _is_by(inner) and wanted <= kept


def _conditions(name: str, matchers: Iterable[Matcher]) -> Iterator[str]:
    """Yield what the labels of a series have to satisfy, its name among them."""
    if name:
        yield f"__name__={json.dumps(name)}"
    for matcher in matchers:
        is_regex, sign = matcher.operator.endswith("~"), "!" * matcher.operator.startswith("!")
        if is_regex and (values := values_of(matcher.value)):
            yield f"{matcher.label}{sign}={'|'.join(map(json.dumps, sorted(set(values))))}"
        elif is_regex and not sign and matches_everything(matcher.value):
            continue
        else:
            yield f"{matcher.label}{matcher.operator}{json.dumps(matcher.value)}"


def _matching(modifier: promql_parser.BinModifier | None) -> str:
    """Return how the series of two operands find each other."""
    if modifier is None:
        return ""
    words = " bool" if modifier.return_bool else ""
    if modifier.matching is not None:
        labels = ",".join(sorted(modifier.matching.labels))
        words += f" {modifier.matching.type} ({labels})"
    if modifier.group_labels is not None:
        words += f" {modifier.card} ({','.join(sorted(modifier.group_labels))})"
    filled = (modifier.fill_values.lhs, modifier.fill_values.rhs)
    return words if filled == (None, None) else f"{words} fill {filled}"
