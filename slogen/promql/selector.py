"""Selectors: a metric and matchers on its labels."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar, cast

import attrs
import promql_parser

from slogen import naming
from slogen.errors import InvalidPromQL
from slogen.promql.error_position import error_position
from slogen.promql.lexing import WINDOW, tidy
from slogen.promql.matcher_words import matcher_remedy
from slogen.promql.parsing import parse, safe_tokens
from slogen.promql.quoting import quote
from slogen.promql.regexes import with_regexes
from slogen.source import Origin, caller

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

Operator = Literal["=", "!=", "=~", "!~"]

_ALLOWED = 'a metric and matchers, such as http_requests_total{service="api",code!="404"}'
# Of the words of PromQL those that no metric's name may be, other than as the label __name__.
_WORDS = frozenset({"atan2", "bool", "group_left", "group_right", "ignoring", "inf", "nan", "on"})
_OPERATORS = {"Equal": "=", "NotEqual": "!=", "Re": "=~", "NotRe": "!~"}
_OPPOSITES: dict[Operator, Operator] = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}


@attrs.frozen
class Matcher:
    """A condition on one label.

    >>> str(Matcher("code", "=~", "5.."))
    'code=~"5.."'
    """

    label: str
    operator: Operator
    value: str

    @property
    def negated(self) -> Matcher:
        """The matcher that holds where this one does not, and only there.

        >>> str(Matcher("code", "=~", "5..").negated)
        'code!~"5.."'
        """
        return attrs.evolve(self, operator=_OPPOSITES[self.operator])

    def __str__(self) -> str:
        return f"{self.label}{self.operator}{quote(self.value)}"


@attrs.frozen(init=False)
class Selector:
    """The series of one metric whose labels satisfy all matchers.

    >>> requests = Selector('http_requests_total{service="api"}')
    >>> str(requests.where('code=~"5.."'))
    'http_requests_total{service="api",code=~"5.."}'

    Attributes:
        metric: The metric's name.
        matchers: The conditions, in the order in which they were written.
        origin: Where it was written down.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    origin: Origin | None = attrs.field(eq=False, repr=False)

    def __init__(self, text: Selector | str) -> None:
        """Take a selector as PromQL writes it.

        Raises:
            InvalidPromQL: If the text is anything but a metric with matchers: a range, an
                offset, a function, ``or`` between matchers, or no metric name.
        """
        if isinstance(text, Selector):
            self.__attrs_init__(text.metric, text.matchers, text.origin)
        else:
            origin = caller()
            self.__attrs_init__(*_placed(_read, text, origin), origin)

    def where(self, conditions: str) -> Selector:
        """Return the part of this selector that satisfies more matchers, such as ``code=~"5.."``.

        What is selected is a part of the whole by construction, so that bad events made with
        ``where`` cannot outnumber the total.

        Raises:
            InvalidPromQL: If the text is not a list of matchers.
        """
        origin = caller()
        added = _placed(_read_conditions, conditions, origin)
        narrowed = Selector.__new__(Selector)
        narrowed.__attrs_init__(self.metric, self.matchers + added, origin)
        return narrowed

    def without(self, part: Selector) -> Selector | None:
        """Return what is left without a part, if one matcher more selects the part; else None.

        >>> requests = Selector('http_requests_total{service="api"}')
        >>> str(requests.without(requests.where('code!~"5.."')))
        'http_requests_total{service="api",code=~"5.."}'
        """
        extra = tuple(matcher for matcher in part.matchers if matcher not in self.matchers)
        if len(extra) != 1:
            return None
        left = Selector.__new__(Selector)
        left.__attrs_init__(self.metric, (*self.matchers, extra[0].negated), self.origin)
        return left

    @property
    def values(self) -> tuple[str, ...]:
        """The values that labels have to have; other names of the metric are none of them."""
        return tuple(matcher.value for matcher in self.matchers if _asks_for_a_value(matcher))

    def with_values(self, others: Mapping[str, str]) -> Selector:
        """Return the selector that asks for other values, by those that they stand for."""
        changed = Selector.__new__(Selector)
        matchers = tuple(
            attrs.evolve(matcher, value=others.get(matcher.value, matcher.value))
            if _asks_for_a_value(matcher)
            else matcher
            for matcher in self.matchers
        )
        changed.__attrs_init__(self.metric, matchers, None)
        return changed

    def __str__(self) -> str:
        return f"{self.metric}{braced(self.matchers)}"


def _asks_for_a_value(matcher: Matcher) -> bool:
    return matcher.operator == "=" and matcher.label != "__name__"


@lru_cache(maxsize=4096)
def braced(matchers: tuple[Matcher, ...]) -> str:
    """Print matchers as they stand behind a metric's name; nothing where there are none."""
    return f"{{{','.join(map(str, matchers))}}}" if matchers else ""


def _placed(read: Callable[[str], T], text: str, origin: Origin | None) -> T:
    """Return what is read from a text; a fault in it stands where the text does."""
    try:
        # What is no text at all may be nothing that a cache could keep.
        return read(text) if isinstance(text, str) else inspect.unwrap(read)(text)
    except InvalidPromQL as fault:
        raise attrs.evolve(fault, origin=origin) from fault.__cause__


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str, tuple[Matcher, ...]]:
    """Return a metric and its matchers. The SLOs of a service often share a selector."""
    fault = InvalidPromQL("Selector", f"{text!r}", _ALLOWED, argument="text")
    expression = _parsed(text, text, fault)
    matchers = matchers_of(expression)
    names = [m for m in matchers if m.label == "__name__"]
    if len(names) + (expression.name is not None) != 1 or any(m.operator != "=" for m in names):
        raise attrs.evolve(fault, remedy="name one metric: the rate of mixed ones means nothing")
    metric = expression.name or names[0].value
    others = tuple(m for m in matchers if m.label != "__name__")
    odd = [name for name in (m.label for m in others) if not naming.is_label_name(name)]
    if odd or not naming.is_metric_name(metric):
        raise _odd_name(fault, (odd or [metric])[0])
    if metric.lower() in _WORDS:
        remedy = f'rename the metric: PromQL has the word "{metric}", and rules could not read it'
        raise attrs.evolve(fault, remedy=remedy)
    return metric, others


def _odd_name(fault: InvalidPromQL, name: str, conditions: str = "") -> InvalidPromQL:
    """Return the fault of a name that needs quotes, which rules before Prometheus 3 cannot hold."""
    found = f'{fault.found}: the name "{name}" has other characters than letters, digits and _'
    query = f"sum(rate(METRIC{{{conditions}}}[{WINDOW}]))" if conditions else f"one over {WINDOW}"
    remedy = f'write a query instead, with prometheus "3.0" or later in the settings: {query}'
    return attrs.evolve(fault, found=found, remedy=remedy)


@lru_cache(maxsize=4096)
def _read_conditions(text: str) -> tuple[Matcher, ...]:
    allowed = 'matchers such as code=~"5..",method!="OPTIONS"'
    found = f"{text!r}"
    fault = InvalidPromQL("Selector.where", found, allowed, argument="conditions")
    try:
        conditions = tidy(text) if isinstance(text, str) else text
    except InvalidPromQL as error:
        remedy = matcher_remedy(text)
        raise attrs.evolve(fault, found=f"{found}: {error.found}", remedy=remedy) from error
    around = ("anything{", "}")
    matchers = matchers_of(_parsed(text, f"{around[0]}{conditions}{around[1]}", fault, around))
    if odd := [m.label for m in matchers if not naming.is_label_name(m.label)]:
        raise _odd_name(fault, odd[0], conditions)
    if not matchers:
        raise fault
    return matchers


def _parsed(
    written: str, text: str, fault: InvalidPromQL, around: tuple[str, str] = ("", "")
) -> promql_parser.VectorSelector:
    """Parse a text that must be a plain selector."""
    if not isinstance(written, str):
        raise fault
    try:
        # Most selectors have no regex, and thousands of them are read.
        lexed = with_regexes(safe_tokens(text)) if "~" in text else ()
        expression = parse("".join(token.text for token in lexed) or text)
    except InvalidPromQL as error:
        part = error_position(written, error.found, *around)
        found, remedy = f"{fault.found}: {error.found}", matcher_remedy(written)
        raise attrs.evolve(fault, found=found, part=part, remedy=remedy) from error
    if not isinstance(expression, promql_parser.VectorSelector):
        raise attrs.evolve(fault, remedy="leave out ranges, functions and operators")
    if expression.offset is not None or expression.at is not None:
        raise attrs.evolve(fault, remedy="leave out offset and @")
    return expression


def matchers_of(expression: promql_parser.VectorSelector) -> tuple[Matcher, ...]:
    """Return the matchers of a parsed selector, but for its metric's name."""
    return tuple(
        Matcher(m.name, cast("Operator", _OPERATORS[str(m.op).removeprefix("MatchOp.")]), m.value)
        for m in expression.matchers.matchers
    )
