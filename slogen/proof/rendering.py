"""What the templates of alerts print, by what is predicted for the series that they ask for.

It knows the actions that `slogen.compiler.template_queries` writes; of those in a user's own texts
the ones that print labels or the alert's value, since queries may ask any series. Numbers are
exact; a text that a float could print otherwise is not rendered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import attrs

from slogen.promql.evaluation import CLOSE, CannotEvaluate, IsClose, Known, is_above, result
from slogen.promql.quoting import quote
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACTION = re.compile(r'\{\{((?:`[^`]*`|"(?:[^"\\]|\\.)*"|[^`"])+?)\}\}', re.DOTALL)
"""Braces within a quoted text neither begin an action nor end one."""
_QUERY = re.compile(
    r"printf `(?P<pattern>[^`]+)`(?P<arguments>[^`|]*)\| query|query `(?P<query>[^`]+)`"
)
_VERB = re.compile(r"%(?:\[(\d+)\])?([gq%])")
_LABEL = r"\$labels\.(\w+)"
_FIRST = r". | first | value"
_CONDITION = re.compile(r"(gt|lt) (\(. \| first \| value\)|\$value|\$age) (\d+(?:\.\d+)?)")
_UNKNOWN = ("else", "range", "define", "block", "template", "break", "continue", "-", "/")
"""How actions begin after which another text may be printed than what stands there."""
_LONGEST_SHOWN = 60
_DIGITS = 15
"""As many as a float prints exactly."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86400

_Variables = Mapping[str, Fraction | str]
"""What ``$value``, ``$age`` and the dot stand for."""


class CannotRender(Exception):
    """A template does what is not known here; the message says what."""


@attrs.frozen(kw_only=True)
class Rendering:
    """An alert of which templates are rendered.

    Attributes:
        value: Its value.
        labels: The labels of what its expression gives.
        values: What is predicted for the series that templates ask for, by name.
        now: The time in seconds.
    """

    value: Fraction
    labels: Mapping[str, str]
    values: Mapping[str, Known | None]
    now: Fraction

    def text(self, template: str) -> str:
        """Return what a template prints.

        Raises:
            CannotRender: If it does anything that is not known.
            IsClose: If a float might be printed otherwise.
        """
        variables: dict[str, Fraction | str] = {"$value": self.value}
        return "".join(self._printed(_parsed(_tokens(template)), variables))

    def own_text(self, template: str) -> str:
        """Return what a template of the user prints, who may do more than what is known.

        Raises:
            CannotRender: If it does anything but print labels or the value.
            IsClose: If a float might be printed otherwise.
        """
        known = {"$value": self.value}
        return "".join(
            self._value(" ".join(text.split()), known) if is_action else text
            for is_action, text in _tokens(template)
        )

    def _printed(
        self, nodes: tuple[_Node, ...], variables: dict[str, Fraction | str]
    ) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
            elif node.keyword == "with":
                result = self._with(node.source)
                chosen = node.otherwise if result is None else node.body
                known = variables if result is None else {**variables, ".": result}
                yield from self._printed(chosen, known)
            elif node.keyword == "if":
                is_so = _holds(node.source, variables)
                yield from self._printed(node.body if is_so else node.otherwise, variables)
            elif node.source == f"$age := {_FIRST}":
                variables["$age"] = variables["."]
            else:
                yield self._value(node.source, variables)

    def _value(self, source: str, variables: _Variables) -> str:
        """Return what an action without a keyword prints."""
        if source == '"{"':
            return "{"
        if label := re.fullmatch(_LABEL, source):
            return self.labels.get(label[1], "")
        if label := re.fullmatch(rf'printf "%q" {_LABEL}', source):
            return quote(self.labels.get(label[1], ""))
        if source == ". | urlquery" and "." in variables:
            return quote_plus(str(variables["."]))
        return self._number(source, variables)

    def _number(self, source: str, variables: _Variables) -> str:
        """Return what an action prints of a number."""
        name, form = _FORMS.get(source, ("", None))
        value = variables.get(name)
        if form and isinstance(value, Fraction):
            return form(value)
        raise _unknown(source)

    def _with(self, source: str) -> Fraction | str | None:
        """Return what a block is about: a label, or what a query gives."""
        if label := re.fullmatch(_LABEL, source):
            return self.labels.get(label[1]) or None
        return self._asked(source)

    def _asked(self, source: str) -> Fraction | None:
        """Return what a query gives: one sample, or none."""
        match = _QUERY.fullmatch(source)
        if not match:
            raise _unknown(f"with {source}")
        query = match["query"] or self._put_in(match["pattern"], match["arguments"].split())
        try:
            return result(query, self.values, self.now)
        except CannotEvaluate as reason:
            raise CannotRender(str(reason)) from reason

    def _put_in(self, pattern: str, arguments: list[str]) -> str:
        """Return a query with the alert's value and labels put in."""
        places = iter(range(len(arguments)))

        def text(verb: re.Match[str]) -> str:
            if verb[2] == "%":
                return "%"
            argument = arguments[int(verb[1]) - 1 if verb[1] else next(places)]
            if argument == "$value":
                return number(_decimal(self.value))
            return quote(self.labels[argument.removeprefix("$labels.")])

        return _VERB.sub(text, pattern)


@attrs.frozen
class _Action:
    """What stands between braces, and what is printed until it ends."""

    keyword: str
    source: str
    body: tuple[_Node, ...] = ()
    otherwise: tuple[_Node, ...] = ()


_Node = str | _Action


def _tokens(template: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a template, and whether each is an action."""
    for place, text in enumerate(_ACTION.split(template)):
        is_action = place % 2 == 1
        if not is_action and "{{" in text:
            raise CannotRender("slogen cannot read an action within them")
        if text:
            yield is_action, text


def _unknown(source: str) -> CannotRender:
    """Return that an action is not known, which is cut off where it is long."""
    shown = source if len(source) <= _LONGEST_SHOWN else f"{source[: _LONGEST_SHOWN - 3]}..."
    return CannotRender(f"slogen does not know what {{{{ {shown} }}}} prints")


def _parsed(tokens: Iterator[tuple[bool, str]]) -> tuple[_Node, ...]:
    nodes, _ = _until_end(tokens)
    return nodes


def _until_end(tokens: Iterator[tuple[bool, str]]) -> tuple[tuple[_Node, ...], str]:
    """Return texts and actions until one that ends or turns the block, and that one."""
    nodes: list[_Node] = []
    for is_action, token in tokens:
        source = token.strip()
        if not is_action:
            nodes.append(token)
        elif source in {"else", "end"}:
            return tuple(nodes), source
        elif source.startswith(("with ", "if ")):
            keyword, _, rest = source.partition(" ")
            body, turn = _until_end(tokens)
            otherwise = _until_end(tokens)[0] if turn == "else" else ()
            nodes.append(_Action(keyword, rest, body, otherwise))
        elif source.startswith(_UNKNOWN):
            raise _unknown(source)
        else:
            nodes.append(_Action("", source))
    return tuple(nodes), ""


def _holds(source: str, variables: _Variables) -> bool:
    condition = _CONDITION.fullmatch(source)
    if not condition:
        raise _unknown(f"if {source}")
    value = variables[condition[2] if condition[2].startswith("$") else "."]
    limit = Fraction(condition[3])
    if not isinstance(value, Fraction):
        raise _unknown(f"if {source}")
    if condition[2] == "$age":  # It was rounded, and is exact.
        return value > limit if condition[1] == "gt" else value < limit
    return is_above(value, limit) is (condition[1] == "gt")


def _rounded(value: Fraction, form: str) -> str:
    """Return a number as Go prints it, which is as Python does."""
    texts = {form % float(value * (1 + margin)) for margin in (-CLOSE, 0, CLOSE)}
    if len(texts) > 1:
        raise IsClose(" or ".join(sorted(texts)))
    return texts.pop()


def _moment(seconds: Fraction) -> str:
    """Return a time to the minute, which is cut off."""
    if seconds.denominator > 1 and (seconds + Fraction(1, 100)) % _MINUTE < Fraction(2, 100):
        raise IsClose(str(float(seconds)))
    moment = dt.datetime.fromtimestamp(int(seconds // _MINUTE) * _MINUTE, dt.UTC)
    return moment.strftime("%Y-%m-%d %H:%M")


def _duration(seconds: Fraction) -> str:
    """Return whole seconds as Prometheus' ``humanizeDuration`` prints them."""
    whole = int(seconds)
    if whole < _MINUTE:
        raise IsClose(str(whole))
    days, hours, minutes, rest = (
        whole // _DAY,
        whole // _HOUR % 24,
        whole // _MINUTE % 60,
        whole % _MINUTE,
    )
    if days:
        return f"{days}d {hours}h {minutes}m {rest}s"
    return f"{hours}h {minutes}m {rest}s" if hours else f"{minutes}m {rest}s"


_FORMS: Mapping[str, tuple[str, Callable[[Fraction], str]]] = {
    f'{_FIRST} | printf "%.3g"': (".", partial(_rounded, form="%.3g")),
    f'{_FIRST} | printf "%.0f"': (".", partial(_rounded, form="%.0f")),
    'printf "%.1f" $value': ("$value", partial(_rounded, form="%.1f")),
    f'({_FIRST} | toTime).Format "2006-01-02 15:04"': (".", _moment),
    "humanizeDuration $age": ("$age", _duration),
}
"""How an action prints which number."""


def _decimal(value: Fraction) -> Decimal:
    context = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))
