"""What a query makes of a series, as numbers: scalars, and other series that hold a value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import attrs
import promql_parser

from slogen.promql.selector import Matcher

_ON = promql_parser.LabelModifierType.Include
_ONE_TO_ONE = promql_parser.VectorMatchCardinality.OneToOne
_HELD = Fraction(10)

Keeps = Callable[[str], bool]
"""Whether a label of a series is still there in what a query makes of it."""

Merge = Literal["none", "sum", "avg", "max", "min", "unknown"]
"""What a query makes of several series that differ in one label: one of them, or as many."""


def keeps_all(_label: str) -> bool:
    """Keep every label."""
    return True


def merges_none(_label: str) -> Merge:
    """Keep series apart, whatever they differ in."""
    return "none"


@attrs.frozen(kw_only=True)
class Held:
    """A series that holds a value, so that a query depends on another one alone.

    Attributes:
        metric: The metric of the series.
        matchers: What its labels have to satisfy.
        value: What it holds, or how fast it grows each second.
        is_rate: Whether it is how fast a counter grows each second.
        is_sum: Whether the query would sum several of them.
        keeps: Which of its labels have to be those of the other series.
        meets: Which labels of the other series have to be its own.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    value: Fraction = _HELD
    is_rate: bool = False
    is_sum: bool = False
    keeps: Keeps = attrs.field(default=keeps_all, eq=False)
    meets: Keeps = attrs.field(default=keeps_all, eq=False)


@attrs.frozen(kw_only=True)
class Linear:
    """A query that gives ``factor * x + constant + growth * time()`` for a series x.

    Attributes:
        metric: The metric of the series.
        matchers: What its labels have to satisfy.
        factor: By which its value is multiplied; never 0.
        constant: What is added to that.
        growth: What is added each second.
        is_rate: Whether x is how fast a counter grows each second.
        is_over_time: Whether x is a value over ``$window``.
        is_aggregated: Whether several series would become one, or fewer.
        is_sum: Whether they would become their sum, and nothing else.
        held: The other series that it reads, each with the value that it holds.
        keeps: Whether a label is still there in the result.
        merges: What becomes of the values of several series x that differ in a label.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    factor: Fraction = Fraction(1)
    constant: Fraction = Fraction(0)
    growth: Fraction = Fraction(0)
    is_rate: bool = False
    is_over_time: bool = False
    is_aggregated: bool = False
    is_sum: bool = False
    held: tuple[Held, ...] = ()
    keeps: Keeps = attrs.field(default=keeps_all, eq=False)
    merges: Callable[[str], Merge] = attrs.field(default=merges_none, eq=False)

    def times(self, factor: Fraction) -> Linear | None:
        """Return the same, multiplied by a number other than 0."""
        if not factor:
            return None
        return attrs.evolve(
            self,
            factor=self.factor * factor,
            constant=self.constant * factor,
            growth=self.growth * factor,
        )

    def plus(self, scalar: Scalar) -> Linear:
        """Return the same, with a scalar added to it."""
        return attrs.evolve(
            self, constant=self.constant + scalar.constant, growth=self.growth + scalar.growth
        )


@attrs.frozen
class Scalar:
    """``constant + growth * time()``."""

    constant: Fraction = Fraction(0)
    growth: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Scalar:
        """Return the same, multiplied by a number."""
        return Scalar(self.constant * factor, self.growth * factor)


def with_scalar(
    operator: str, left: Linear | Scalar | None, right: Linear | Scalar | None
) -> Linear | Scalar | None:
    """Return what becomes of two operands of which one is a scalar, or both are."""
    if operator in {"+", "*"} and isinstance(left, Scalar):
        left, right = right, left
    found: Linear | Scalar | None = None
    match operator, left, right:
        case "+", Linear() as series, Scalar() as scalar:
            found = series.plus(scalar)
        case "-", Linear() as series, Scalar() as scalar:
            found = series.plus(scalar.times(Fraction(-1)))
        case "-", Scalar() as scalar, Linear() as series:
            negative = series.times(Fraction(-1))
            found = negative.plus(scalar) if negative else None
        case ("*", Linear() as series, Scalar(factor, growth)) if not growth:
            found = series.times(factor)
        case ("/", Linear() as series, Scalar(divisor, growth)) if divisor and not growth:
            found = series.times(1 / divisor)
    return found


def joined(
    operator: str, left: Linear, right: Linear, modifier: promql_parser.BinModifier | None
) -> Linear | None:
    """Return what becomes of two series, of which one holds a value."""
    if modifier and modifier.card != _ONE_TO_ONE:
        return None
    compares = _compared(modifier.matching if modifier else None)
    if operator != "/" and (right.held or _is_part(right, left)):
        swapped = _held(operator, right, left, compares)
        return swapped.times(Fraction(-1)) if swapped and operator == "-" else swapped
    return _held(operator, left, right, compares)


def _compared(matching: promql_parser.LabelModifier | None) -> Keeps:
    """Return whether two sides are compared by a label."""
    if matching is None:
        return keeps_all
    named, is_on = frozenset(matching.labels), matching.type == _ON
    return lambda label: (label in named) is is_on


def _is_part(one: Linear, other: Linear) -> bool:
    """Tell whether what one selects is a part of what another does."""
    return one.metric == other.metric and set(one.matchers) > set(other.matchers)


def _held(operator: str, driven: Linear, other: Linear, compares: Keeps) -> Linear | None:
    """Return what becomes of a series beside another one, which holds a value."""
    if other.held or other.growth:
        return None
    value = Scalar(other.factor * _HELD + other.constant)
    found = with_scalar(operator, driven, value)
    if not isinstance(found, Linear):
        return None
    kept, others_kept = driven.keeps, other.keeps
    held = Held(
        metric=other.metric,
        matchers=other.matchers,
        is_rate=other.is_rate,
        is_sum=other.is_sum,
        keeps=lambda label: others_kept(label) and compares(label),
        meets=lambda label: kept(label) and compares(label),
    )
    return attrs.evolve(
        found,
        held=(*driven.held, held),
        is_over_time=driven.is_over_time or other.is_over_time,
        is_sum=False,
        keeps=lambda label: kept(label) and compares(label),
    )
