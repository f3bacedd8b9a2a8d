"""The shapes of PromQL that slogen emits, built with Python's own operators.

>>> from slogen.promql.printer import text
>>> errors, events = (Series(metric, ()) for metric in ("errors", "events"))
>>> text(errors / (events > 0))
'errors / (events > 0)'
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import attrs

from slogen.promql.selector import Matcher
from slogen.units import Duration

Comparison = Literal["==", "!=", ">", ">=", "<", "<="]
Operator = Literal["+", "-", "*", "/", "%", Comparison, "and", "or", "unless"]


class Expr:
    """An expression; the operators of Python build larger ones."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Binary:
        return Binary(self, "+", expression(other))

    def __mod__(self, other: Operand) -> Binary:
        return Binary(self, "%", expression(other))

    def __sub__(self, other: Operand) -> Binary:
        return Binary(self, "-", expression(other))

    def __rsub__(self, other: Operand) -> Binary:
        return Binary(expression(other), "-", self)

    def __mul__(self, other: Operand) -> Binary:
        return Binary(self, "*", expression(other))

    def __rmul__(self, other: Operand) -> Binary:
        return Binary(expression(other), "*", self)

    def __truediv__(self, other: Operand) -> Binary:
        return Binary(self, "/", expression(other))

    def __gt__(self, other: Operand) -> Binary:
        return Binary(self, ">", expression(other))

    def __ge__(self, other: Operand) -> Binary:
        return Binary(self, ">=", expression(other))

    def __lt__(self, other: Operand) -> Binary:
        return Binary(self, "<", expression(other))

    def __le__(self, other: Operand) -> Binary:
        return Binary(self, "<=", expression(other))

    def compared(self, operator: Comparison, other: Operand) -> Binary:
        """Return the comparison whose operator is known only when slogen runs."""
        return Binary(self, operator, expression(other))

    def and_(self, other: Expr, on: tuple[str, ...] | None = None) -> Binary:
        """Return the samples of this side that have a match on the other."""
        return Binary(self, "and", other, on=on)

    def or_(self, other: Expr) -> Binary:
        """Return the samples of this side, and those of the other that have no match here."""
        return Binary(self, "or", other)

    def unless(self, other: Expr, on: tuple[str, ...] | None = None) -> Binary:
        """Return the samples of this side that have no match on the other."""
        return Binary(self, "unless", other, on=on)


@attrs.frozen(order=False)
class Number(Expr):
    """A number."""

    value: Decimal


@attrs.frozen
class GrafanaRange:
    """The whole time range that a reader of a dashboard has chosen, as a window."""

    def __str__(self) -> str:
        return "$__range"


@attrs.frozen
class GrafanaStep:
    """The time between two points of a chart of Grafana, as a window."""

    def __str__(self) -> str:
        return "$__interval"


Window = Duration | GrafanaRange | GrafanaStep


@attrs.frozen(order=False)
class Series(Expr):
    """A selection of series: an instant vector, or a range vector where ``window`` is given.

    Attributes:
        at_end: Whether it is read at the end of a dashboard's range, whatever the step.
        ahead: How much later than the rest of the expression it is read.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    window: Window | None = None
    offset: Duration | None = None
    at_end: bool = False
    ahead: Duration | None = None

    def over(self, window: Window, offset: Duration | None = None) -> Series:
        """Return the samples of these series within a window."""
        return Series(self.metric, self.matchers, window, offset)


@attrs.frozen(order=False)
class Text(Expr):
    """An expression that a user wrote; it is emitted as it stands.

    Attributes:
        text: PromQL that has been parsed already; where it has lines, it is printed so.
        is_atomic: Whether it needs no parentheses as an operand.
    """

    text: str
    is_atomic: bool


@attrs.frozen(order=False)
class Call(Expr):
    """A call of a function."""

    function: str
    arguments: tuple[Expr, ...]


@attrs.frozen(order=False)
class Aggregation(Expr):
    """An aggregation over series that share the labels ``by``.

    Attributes:
        without: Whether the labels are those that are dropped instead of those that stay.
        parameter: How many series stay, for ``topk`` and ``bottomk``; the label that gets the
            values, for ``count_values``.
    """

    operator: str
    by: tuple[str, ...]
    operand: Expr
    without: bool = False
    parameter: int | str | None = None


@attrs.frozen(order=False)
class Subquery(Expr):
    """The values of an expression within a window, taken at each step.

    Attributes:
        offset: How much earlier than the rest of the expression the window ends.
    """

    operand: Expr
    window: Duration | GrafanaRange
    step: Duration
    offset: GrafanaRange | None = None


@attrs.frozen(order=False)
class Binary(Expr):
    """Two expressions and the operator between them.

    Attributes:
        bool_: Whether a comparison gives 0 or 1 instead of filtering.
        on: The labels that decide which samples match; None stands for all.
        group_left: Whether many samples on the left may match one on the right.
        brings: The labels that those on the left get from the right.
    """

    left: Expr
    operator: Operator
    right: Expr
    bool_: bool = False
    on: tuple[str, ...] | None = None
    group_left: bool = False
    brings: tuple[str, ...] = ()


Operand = Expr | Decimal | int

INFINITY = Number(Decimal("Infinity"))
MINUS_INFINITY = Number(Decimal("-Infinity"))


def expression(value: Operand) -> Expr:
    """Return an operand as an expression."""
    return value if isinstance(value, Expr) else Number(Decimal(value))


def call(function: str, *arguments: Operand) -> Call:
    """Return a call of a function of PromQL."""
    return Call(function, tuple(expression(argument) for argument in arguments))


def sum_by(labels: tuple[str, ...], operand: Expr) -> Aggregation:
    """Return the sum of the series that share some labels."""
    return Aggregation("sum", labels, operand)


def max_without(labels: tuple[str, ...], operand: Expr) -> Aggregation:
    """Return the largest of the series that differ in some labels alone."""
    return Aggregation("max", labels, operand, without=True)


def as_bool(comparison: Binary) -> Binary:
    """Return a comparison that gives 0 or 1 instead of filtering."""
    return attrs.evolve(comparison, bool_=True)


def times_one(many: Expr, one: Expr, on: tuple[str, ...], brings: tuple[str, ...] = ()) -> Binary:
    """Return the product of many samples with the one sample that shares the labels ``on``.

    Args:
        many: Many samples.
        one: One sample for all that share the labels.
        on: These labels.
        brings: The labels that the many get from the one.
    """
    return Binary(many, "*", one, on=on, group_left=True, brings=brings)
