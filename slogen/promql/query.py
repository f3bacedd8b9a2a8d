"""Queries: what users write where a selector is not enough."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.errors import InvalidPromQL
from slogen.promql.error_position import error_position
from slogen.promql.function_names import function_remedy
from slogen.promql.lexing import WINDOW, Token, durations, not_promql, tokens
from slogen.promql.parsing import parse, safe_tokens
from slogen.promql.regexes import regex_fault, with_regexes
from slogen.promql.trees import metrics_of, nodes, tree_of
from slogen.promql.versions import Version, features, spelled
from slogen.source import Origin, caller
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SAMPLE_WINDOW = Duration("5m")
_ALLOWED = "an expression that gives an instant vector, such as sum(rate(errors_total[$window]))"
_ABOUT_PLACEHOLDERS = "write $window where a duration stands, such as rate(errors_total[$window])"
_ABOUT_HOLT_WINTERS = "Prometheus 3 no longer has holt_winters(): use predict_linear()"
_MOST_SHOWN = 200
_VALUE = re.compile(r'(\b(?!__name__)\w+ *= *)"([\w.-]+)"', re.ASCII)
_SCALAR = promql_parser.ValueType.Scalar
_REMEDIES = {
    "a range vector": "apply a function to the range, such as rate(errors_total[$window])",
    "a scalar": "write vector(...) around a number, or read a metric",
    "a string": "read a metric: a text has no samples",
}


@attrs.frozen(init=False)
class Query:
    """An expression of PromQL that gives an instant vector, with ``$window`` for its window.

    >>> errors = Query("sum(rate(errors_total[$window]))  # of all services")
    >>> errors.with_window(Duration("1h"))
    'sum(rate(errors_total[1h]))'
    >>> errors.metrics, errors.uses_window, errors.is_atomic
    (('errors_total',), True, True)

    Attributes:
        text: The expression on one line, without comments, its strings double-quoted.
        origin: Where it was written down.
    """

    text: str
    origin: Origin | None = attrs.field(eq=False, repr=False)

    def __init__(self, text: Query | str) -> None:
        """Take an expression as PromQL writes it, ``$window`` standing where a duration may.

        Raises:
            InvalidPromQL: If the text is not PromQL, gives anything but an instant vector, or
                has another placeholder.
        """
        if isinstance(text, Query):
            self.__attrs_init__(text.text, text.origin)
        else:
            origin = caller()
            self.__attrs_init__(_read(text, origin), origin)

    def with_window(self, duration: Duration) -> str:
        """Return the expression over a window, as PromQL."""
        return _joined(_over(tokens(self.text), duration))

    @property
    def uses_window(self) -> bool:
        """Whether the placeholder stands in it, other than in a string."""
        return any(token.kind == "placeholder" for token in tokens(self.text))

    @property
    def has_offset(self) -> bool:
        """Whether it says itself how far in the past it looks."""
        lexed = tokens(self.text)
        return any((token.kind, token.text.lower()) == ("word", "offset") for token in lexed)

    @property
    def is_atomic(self) -> bool:
        """Whether it can be an operand as it stands, without parentheses around it."""
        # promql-parser drops the sign of "+x", which would look odd behind another operator.
        operation = promql_parser.BinaryExpr | promql_parser.UnaryExpr
        return not self.text.startswith("+") and not isinstance(tree_of(self), operation)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the metrics that it reads, each once, in the order of the text."""
        return metrics_of(tree_of(self))

    @property
    def values(self) -> tuple[str, ...]:
        """The plain values that labels have to have; names of metrics are none of them."""
        return tuple(found[2] for found in _VALUE.finditer(self.text))

    def with_values(self, others: Mapping[str, str]) -> Query:
        """Return the query that asks for other values, by those that they stand for.

        >>> str(Query('max(up{job="shop"})').with_values({"shop": "cart"}))
        'max(up{job="cart"})'
        """
        changed = Query.__new__(Query)
        text = _VALUE.sub(lambda found: f'{found[1]}"{others.get(found[2], found[2])}"', self.text)
        changed.__attrs_init__(text, None)
        return changed

    def fault_on(self, version: Version) -> InvalidPromQL | None:
        """Return why a version of Prometheus would refuse it; None if it would not.

        >>> print(Query("histogram_avg(sizes)").fault_on((2, 42)))
        Query is 'histogram_avg(sizes)': histogram_avg() is not in Prometheus 2.42
          allowed: what Prometheus 2.42 knows
          remedy: let the settings say prometheus "2.51", or write it without
        """
        lacking = (feature for feature in features(self.text) if not feature.is_in(version))
        if (first := next(lacking, None)) is None:
            return None
        reason, remedy = first.lack(version)
        found = f"{_shown(self.text)}: {reason}"
        allowed = f"what Prometheus {spelled(version)} knows"
        return InvalidPromQL("Query", found, allowed, remedy, self.origin, "text")

    def __str__(self) -> str:
        return self.text


def _read(text: str, origin: Origin | None) -> str:
    """Return a user's expression, tidy."""
    shown = _shown(text)
    fault = InvalidPromQL("Query", shown, _ALLOWED, origin=origin, argument="text")
    if not isinstance(text, str):
        raise fault
    remedy = ""
    try:
        lexed = safe_tokens(text)
        remedy = _remedy(lexed)
        lexed = with_regexes(lexed)
        tree = parse(_joined(_over(lexed, _SAMPLE_WINDOW)))
        _check_replacements(tree, text)
        result = _result(tree)
    except InvalidPromQL as error:
        part = error_position(text, error.found)
        found = f"{shown}: {error.found}"
        meant = remedy or function_remedy(error.found)
        raise attrs.evolve(fault, found=found, remedy=meant, part=part) from error
    if result in _REMEDIES:
        raise attrs.evolve(fault, found=f"{shown}, which is {result}", remedy=_REMEDIES[result])
    return _joined(lexed)


def _shown(text: object) -> str:
    shown = repr(text)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}..."


def _joined(lexed: Iterable[Token]) -> str:
    return "".join(token.text for token in lexed)


def _over(lexed: tuple[Token, ...], duration: Duration) -> tuple[Token, ...]:
    """Put a duration where the placeholder stands for one; elsewhere it stays, and is no PromQL."""
    places = {index for index in durations(lexed) if lexed[index].text == WINDOW}
    window = Token("number", str(duration))
    return tuple(window if index in places else token for index, token in enumerate(lexed))


def _remedy(lexed: tuple[Token, ...]) -> str:
    """Return what to do about a function of the past, or placeholders such as Grafana's."""
    if any(token == Token("word", "holt_winters") for token in lexed):
        return _ABOUT_HOLT_WINTERS
    templated = any(
        (one.text, two.text) in {("{", "{"), ("[", "[")} for one, two in itertools.pairwise(lexed)
    )
    misplaced = any(token.kind == "placeholder" for token in _over(lexed, _SAMPLE_WINDOW))
    return _ABOUT_PLACEHOLDERS if templated or misplaced else ""


def _check_replacements(expression: promql_parser.Expr, text: str) -> None:
    """Refuse a ``label_replace`` that fails when it is evaluated: promtool does not see it."""
    for node in nodes(expression):
        if isinstance(node, promql_parser.Call) and node.func.name == "label_replace":
            regex = node.args[-1]
            reason = (
                regex_fault(regex.val) if isinstance(regex, promql_parser.StringLiteral) else ""
            )
            if reason:
                raise not_promql(text, "query", reason)


def _result(expression: promql_parser.Expr) -> str:
    """Return what an expression gives, as promql-parser has already checked its operands."""
    todo = [expression]
    while todo:
        match todo.pop():
            case promql_parser.ParenExpr() | promql_parser.UnaryExpr() as node:
                todo.append(node.expr)
            case promql_parser.BinaryExpr() as node:
                todo += (node.lhs, node.rhs)
            case promql_parser.MatrixSelector() | promql_parser.SubqueryExpr():
                return "a range vector"
            case promql_parser.StringLiteral():
                return "a string"
            case promql_parser.NumberLiteral():
                continue
            case promql_parser.Call() as node if node.func.return_type == _SCALAR:
                continue
            case _:
                return "an instant vector"
    return "a scalar"
