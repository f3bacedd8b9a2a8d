"""Free queries that are made of rates of counters, and so can count instead.

``rate(SELECTOR[$window])`` says how fast a counter grows. Where a query only adds, scales and
filters such rates, the same query over what the counters counted gives a count: each rate is then
replaced by another expression of its selector.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import promql_parser

from slogen.promql.lexing import WINDOW, Token, tokens
from slogen.promql.parsing import parse
from slogen.promql.trees import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slogen.promql.query import Query

_RATE = "rate"
_READINGS, _AROUND = 5, 300
"""How often what replaces a rate names its selector, and how many characters there are besides."""
_MOST_CHARACTERS = 8_000
"""Of a query whose rates are replaced: an expression that holds two of them is short enough."""
_RELABELLING = frozenset({"label_replace", "label_join", "sort", "sort_desc"})
_SUMS = frozenset({"+", "-"})
_FILTERS = frozenset({"and", "unless"})
_OF_COUNTERS = frozenset({"increase", "delta", "idelta"})


@lru_cache(maxsize=4096)
def is_counted(query: Query) -> bool:
    """Tell whether a query says the same of counts as it says of rates per second.

    That is so where it reads counters through ``rate(SELECTOR[$window])`` alone, and sums them,
    subtracts them, multiplies them by a number, or joins them with something else. Of rates a query
    may also take the largest, compare them, or cut off what is negative: done to counts, each
    evaluation by itself, that would add up to something else.

    >>> from slogen.promql.query import Query
    >>> is_counted(Query("sum(rate(hits_total[$window])) + sum(rate(misses_total[$window]))"))
    True
    >>> is_counted(Query("sum(rate(hits_total[$window])) > 5"))
    False
    """
    lexed = tokens(query.text)
    selectors = [selector for _, _, selector in _rates(lexed)]
    words = [token.text for token in lexed]
    if not selectors or not len(selectors) == words.count(_RATE) == words.count(WINDOW):
        return False
    if sum(_READINGS * len(selector) + _AROUND for selector in selectors) > _MOST_CHARACTERS:
        return False
    return _is_linear(tree_of(query))


def with_rates_replaced(query: Query, replacement: Callable[[str], str]) -> str:
    """Return a query in which each rate is another expression of its selector, on lines of its own.

    Args:
        query: A query that `is_counted`.
        replacement: From the text of a selector to PromQL, which is put into parentheses.
    """
    lexed = tokens(query.text)
    parts: list[str] = []
    done = 0
    for begin, end, selector in _rates(lexed):
        parts += (token.text for token in lexed[done:begin])
        lines = replacement(selector).split("\n")
        block = "\n".join(f"  {line}" for line in lines)
        parts.append(f"(\n{block}\n)" if len(lines) > 1 else f"({lines[0]})")
        done = end
    parts += (token.text for token in lexed[done:])
    return "".join(parts)


def lone_selector(query: Query) -> str:
    """Return the selector of a query that is one rate, or the sum of one; else nothing.

    >>> from slogen.promql.query import Query
    >>> lone_selector(Query('sum(rate(hits_total{a="b"}[$window]))'))
    'hits_total{a="b"}'
    """
    lexed = tokens(query.text)
    rates = list(_rates(lexed))
    if len(rates) != 1:
        return ""
    begin, end, selector = rates[0]
    around = "".join(token.text for token in (*lexed[:begin], *lexed[end:]))
    return selector if around in {"", "sum()"} else ""


def counter_function(query: Query) -> str:
    """Return a function in a query that gives an increase where a rate is needed, or nothing.

    >>> from slogen.promql.query import Query
    >>> counter_function(Query("sum(increase(hits_total[$window]))"))
    'increase'
    """
    lexed = [token for token in tokens(query.text) if token.kind != "space"]
    calls = itertools.pairwise(lexed)
    return next((t.text for t, after in calls if t.text in _OF_COUNTERS and after.text == "("), "")


def _rates(lexed: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield where each ``rate(SELECTOR[$window])`` begins and ends, and its selector."""
    texts = [token.text for token in lexed]
    places = [place for place, token in enumerate(lexed) if token.kind != "space"]
    for index, place in enumerate(places):
        if texts[place] != _RATE or lexed[place].kind != "word":
            continue
        rest = places[index + 1 :]
        if not rest or texts[rest[0]] != "(":
            continue
        opening = next((n for n, at in enumerate(rest) if texts[at] == "["), None)
        if opening is None or [texts[at] for at in rest[opening : opening + 4]] != [
            "[", WINDOW, "]", ")",
        ]:  # fmt: skip
            continue
        selector = "".join(texts[rest[0] + 1 : rest[opening]]).strip()
        if isinstance(parse(selector), promql_parser.VectorSelector):
            yield place, rest[opening + 3] + 1, selector


def _is_linear(node: promql_parser.Expr) -> bool:
    """Tell whether twice the rates give twice the result; a query without rates is none."""
    match node:
        case promql_parser.ParenExpr():
            return _is_linear(node.expr)
        case promql_parser.AggregateExpr():
            return str(node.op) == "sum" and _is_linear(node.expr)
        case promql_parser.Call():
            return _is_linear_call(node)
        case promql_parser.BinaryExpr():
            return _is_linear_operation(node)
        case _:
            return False


def _is_linear_call(node: promql_parser.Call) -> bool:
    if node.func.name == "vector":
        return _is_zero(node.args[0])
    return node.func.name == _RATE or (node.func.name in _RELABELLING and _is_linear(node.args[0]))


def _is_linear_operation(node: promql_parser.BinaryExpr) -> bool:
    operator, left, right = str(node.op), node.lhs, node.rhs
    if operator in _SUMS or operator == "or":
        return _is_linear(left) and _is_linear(right)
    if operator in _FILTERS:
        return _is_linear(left) and not _has_rate(right)
    if operator == "*" and not _has_rate(left):
        return _is_linear(right)
    return operator in {"*", "/"} and _is_linear(left) and not _has_rate(right)


def _is_zero(node: promql_parser.Expr) -> bool:
    return isinstance(node, promql_parser.NumberLiteral) and node.val == 0


def _has_rate(node: promql_parser.Expr) -> bool:
    return f"{_RATE}(" in node.prettify()
