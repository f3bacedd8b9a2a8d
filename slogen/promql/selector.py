"""Selectors: a metric and matchers on its labels."""

from __future__ import annotations

from typing import Literal, cast

import attrs
import promql_parser

from slogen import naming
from slogen.errors import InvalidPromQL
from slogen.promql.parsing import parse
from slogen.promql.quoting import quote
from slogen.source import Origin, caller

Operator = Literal["=", "!=", "=~", "!~"]

_ALLOWED = 'a metric and matchers, such as http_requests_total{service="api",code!="404"}'
_OPERATORS = {"Equal": "=", "NotEqual": "!=", "Re": "=~", "NotRe": "!~"}


@attrs.frozen
class Matcher:
    """A condition on one label.

    >>> str(Matcher("code", "=~", "5.."))
    'code=~"5.."'
    """

    label: str
    operator: Operator
    value: str

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
            self.__attrs_init__(*_read(text, origin), origin)

    def where(self, conditions: str) -> Selector:
        """Return the part of this selector that satisfies more matchers, such as ``code=~"5.."``.

        What is selected is a part of the whole by construction, so that bad events made with
        ``where`` cannot outnumber the total.

        Raises:
            InvalidPromQL: If the text is not a list of matchers.
        """
        origin = caller()
        added = _read_conditions(conditions, origin)
        narrowed = Selector.__new__(Selector)
        narrowed.__attrs_init__(self.metric, self.matchers + added, origin)
        return narrowed

    def __str__(self) -> str:
        return f"{self.metric}{braced(self.matchers)}"


def braced(matchers: tuple[Matcher, ...]) -> str:
    """Print matchers as they stand behind a metric's name; nothing where there are none."""
    return f"{{{','.join(map(str, matchers))}}}" if matchers else ""


def _read(text: str, origin: Origin | None) -> tuple[str, tuple[Matcher, ...]]:
    fault = InvalidPromQL("Selector", f"{text!r}", _ALLOWED, origin=origin, argument="text")
    expression = _parsed(text, fault)
    matchers = _matchers(expression)
    names = [m.value for m in matchers if (m.label, m.operator) == ("__name__", "=")]
    metric = expression.name or (names[0] if names else None)
    if metric is None or not naming.is_metric_name(metric):
        raise attrs.evolve(fault, remedy="name the metric: the rate of mixed metrics means nothing")
    return metric, tuple(m for m in matchers if m.label != "__name__")


def _read_conditions(text: str, origin: Origin | None) -> tuple[Matcher, ...]:
    allowed = 'matchers such as code=~"5..",method!="OPTIONS"'
    fault = InvalidPromQL("Selector.where", f"{text!r}", allowed, origin=origin, argument="text")
    matchers = _matchers(_parsed(f"anything{{{text}}}", fault))
    if not matchers:
        raise fault
    return matchers


def _parsed(text: str, fault: InvalidPromQL) -> promql_parser.VectorSelector:
    """Parse a text that must be a plain selector."""
    if not isinstance(text, str):
        raise fault
    try:
        expression = parse(text)
    except InvalidPromQL as error:
        raise attrs.evolve(fault, found=f"{fault.found}: {error.found}") from error
    if not isinstance(expression, promql_parser.VectorSelector):
        raise attrs.evolve(fault, remedy="leave out ranges, functions and operators")
    if expression.offset is not None or expression.at is not None:
        raise attrs.evolve(fault, remedy="leave out offset and @")
    if expression.matchers.or_matchers:
        raise attrs.evolve(fault, remedy='write alternatives as a regex: code=~"500|503"')
    return expression


def _matchers(expression: promql_parser.VectorSelector) -> tuple[Matcher, ...]:
    return tuple(
        Matcher(m.name, cast("Operator", _OPERATORS[str(m.op).removeprefix("MatchOp.")]), m.value)
        for m in expression.matchers.matchers
    )
