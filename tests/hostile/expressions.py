"""PromQL taken apart, to see whether a string has stayed a string."""

from __future__ import annotations

import re

import promql_parser

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LABELLED = re.compile(r'((?:\w+(?:=~|!~|!=|=))?)"((?:[^"\\]|\\.)*)"')
_MATCHERS = re.compile(r"\{([^}]*)\}")
_ESCAPE = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def form(expression: str) -> str:
    r"""Return an expression without space, its strings blanked and its matchers in order.

    >>> form('sum by (a) (b{d="e f", c=~"g"})'), form(r'b{c="\"}"}')
    ('sumby(a)(b{c=~"",d=""})', 'b{c=""}')
    """
    blank = "".join(_STRING.sub('""', expression).split())
    return _MATCHERS.sub(lambda found: f"{{{','.join(sorted(found[1].split(',')))}}}", blank)


def strings(expression: str) -> list[str]:
    r"""Return the strings of an expression as Go reads them, each behind its label, sorted.

    >>> strings(r'rate(a{c="\"\u00e9",b=~"x|\\n"})'), strings('f("d")')
    (['b=~x|\\n', 'c="é'], ['d'])
    """
    found = _LABELLED.findall(expression)
    return sorted(label + _ESCAPE.sub(_unescaped, literal) for label, literal in found)


def matched(expression: str) -> dict[str, str]:
    """Return the value of each label's matcher, as promql-parser reads it."""
    selectors = (n for n in _nodes(expression) if isinstance(n, promql_parser.VectorSelector))
    return {m.name: m.value for selector in selectors for m in selector.matchers.matchers}


def said(expression: str) -> list[str]:
    """Return the strings that are arguments, as promql-parser reads them."""
    return [n.val for n in _nodes(expression) if isinstance(n, promql_parser.StringLiteral)]


def _nodes(expression: str) -> list[promql_parser.Expr]:
    nodes: list[promql_parser.Expr] = []
    promql_parser.walk(promql_parser.parse(expression), nodes.append)
    return nodes


def _unescaped(escape: re.Match[str]) -> str:
    sequence = escape[1]
    if len(sequence) > 1:
        return chr(int(sequence[1:], 16))
    return _ESCAPED.get(sequence, sequence)
