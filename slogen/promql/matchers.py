"""What the matchers of selectors say together."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import promql_parser

from slogen.promql.regex_sets import are_disjoint, examples, full_match, values_of
from slogen.promql.selector import Matcher, braced, matchers_of
from slogen.promql.trees import nodes, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.promql.query import Query

_POSITIVE = frozenset({"=", "=~"})
_REGEX = frozenset({"=~", "!~"})


@attrs.frozen
class SelectorNode:
    """A selector as it stands in a query.

    Attributes:
        metric: The metric's name; empty where a matcher on ``__name__`` says it.
        matchers: The conditions, in the order in which they were written.
    """

    metric: str
    matchers: tuple[Matcher, ...]

    def __str__(self) -> str:
        return f"{self.metric}{braced(self.matchers)}"


@lru_cache(maxsize=4096)
def selectors_in(query: Query) -> tuple[SelectorNode, ...]:
    """Return the selectors of a query in the order of the text.

    >>> from slogen.promql.query import Query
    >>> [str(found) for found in selectors_in(Query('rate(a{b="c"}[5m]) / d'))]
    ['a{b="c"}', 'd']
    """
    found = (n for n in nodes(tree_of(query)) if isinstance(n, promql_parser.VectorSelector))
    return tuple(SelectorNode(node.name or "", matchers_of(node)) for node in found)


def contradiction(matchers: Iterable[Matcher]) -> tuple[Matcher, Matcher] | None:
    """Return two matchers that no label satisfies together; None if none is known.

    >>> code = Matcher("code", "=~", "4..|5.."), Matcher("code", "=", "200")
    >>> print(*contradiction(code))
    code=~"4..|5.." code="200"
    """
    by_label: dict[str, list[Matcher]] = {}
    for matcher in matchers:
        by_label.setdefault(matcher.label, []).append(matcher)
    found = (pair for group in by_label.values() for pair in _contradictions(group))
    return next(found, None)


def examples_of(matchers: Iterable[Matcher]) -> tuple[str, ...]:
    """Return some values that satisfy matchers of one label; none where that is not known.

    >>> examples_of([Matcher("code", "=~", "5.."), Matcher("code", "!=", "500")])
    ('5aa',)
    """
    chosen = tuple(matchers)
    positive = [one for one in chosen if one.operator in _POSITIVE]
    listed = (_values(one) or tuple(examples(one.value)) for one in positive)
    found = dict.fromkeys(value for values in listed for value in values)
    return tuple(value for value in found if not any(refuses(one, value) for one in chosen))


def _contradictions(group: list[Matcher]) -> Iterator[tuple[Matcher, Matcher]]:
    """Yield pairs of matchers of one label that exclude each other, each in the order written."""
    for one, other in itertools.combinations(group, 2):
        if _are_opposite(one, other):
            yield one, other
    for matcher in group:
        refusing = [_refusing(value, group) for value in _values(matcher)]
        if refusing and None not in refusing:
            first, second = sorted((matcher, refusing[-1] or matcher), key=group.index)
            yield first, second


def _are_opposite(one: Matcher, other: Matcher) -> bool:
    """Tell whether two matchers exclude each other by how their regexes read."""
    if one.operator == other.operator == "=~":
        return are_disjoint(one.value, other.value)
    return one.value == other.value and one.operator == other.negated.operator


def _values(matcher: Matcher) -> tuple[str, ...]:
    """Return the values that satisfy a matcher, if they can be listed."""
    if matcher.operator == "=":
        return (matcher.value,)
    return values_of(matcher.value) if matcher.operator == "=~" else ()


def _refusing(value: str, group: list[Matcher]) -> Matcher | None:
    return next((matcher for matcher in group if refuses(matcher, value)), None)


def refuses(matcher: Matcher, value: str) -> bool:
    """Tell whether a value is known not to satisfy a matcher.

    >>> refuses(Matcher("code", "=~", "5.."), "200"), refuses(Matcher("code", "!=", "200"), "500")
    (True, False)
    """
    if matcher.operator in _REGEX:
        is_matched = full_match(matcher.value, value)
    else:
        is_matched = matcher.value == value
    return is_matched is (matcher.operator not in _POSITIVE)
