"""Indicators that look at a state again and again: time is what they count."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar, Literal, cast

import attrs

from slogen.errors import InvalidValue
from slogen.model.arguments import blamed
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.source import Origin, caller
from slogen.units import decimal, number

Operator = Literal["<=", "<", ">=", ">", "==", "!="]

_COMPARISON = re.compile(r"(<=|>=|==|!=|<|>) *(\S+)")
_OPPOSITES: dict[Operator, Operator] = {
    "<=": ">",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "==": "!=",
    "!=": "==",
}


@attrs.frozen(init=False)
class Comparison:
    """A comparison with a number.

    >>> str(Comparison("<=300"))
    '<= 300'

    Attributes:
        operator: One of ``<=``, ``<``, ``>=``, ``>``, ``==``, ``!=``.
        limit: The number.
    """

    operator: Operator
    limit: Decimal

    def __init__(self, value: Comparison | str) -> None:
        """Take a comparison such as ``"<= 300"``.

        Raises:
            InvalidValue: If it is not an operator and a finite number.
        """
        if isinstance(value, Comparison):
            self.__attrs_init__(value.operator, value.limit)
            return
        match = _COMPARISON.fullmatch(value.strip()) if isinstance(value, str) else None
        allowed = 'an operator and a number, such as "<= 300"; operators: <= < >= > == !='
        if match is None:
            raise InvalidValue("comparison", repr(value), allowed)
        try:
            limit = decimal(match[2])
        except InvalidValue as fault:
            raise InvalidValue("comparison", repr(value), allowed) from fault
        self.__attrs_init__(cast("Operator", match[1]), limit)

    @property
    def opposite(self) -> Operator:
        """The operator that holds exactly when this one does not."""
        return _OPPOSITES[self.operator]

    def __str__(self) -> str:
        return f"{self.operator} {number(self.limit)}"


@attrs.frozen(kw_only=True, field_transformer=blamed)
class ErrorRatio:
    """A query that gives the part of events that are bad, where the events cannot be counted.

    Each moment weighs the same, however many events it had. Compiles to
    ``group by (G) (query >= -Inf)`` as events and ``clamp(max by (G) (query >= -Inf), 0, 1)`` as
    errors: of several series in a group the worst one counts.

    Attributes:
        query: PromQL that gives a ratio between 0 and 1; ``$window`` stands for the base range.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "error_ratio"
    counts_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def queries(self) -> tuple[Query]:
        """The free query."""
        return (self.query,)


@attrs.frozen(kw_only=True, field_transformer=blamed)
class TimeSlices:
    """A query whose value is good or bad: each evaluation is a slice of time.

    Compiles to ``group by (G) (query >= -Inf)`` as events and, for ``good_when="<= 300"``, to
    ``max by (G) ((query >= -Inf) > bool 300)`` as errors: a slice is bad when one series of the
    group is.

    >>> print(TimeSlices(query="time() - max(updated_timestamp)", good_when="<= 300").good_when)
    <= 300

    Attributes:
        query: PromQL that gives the value to judge; ``$window`` stands for the base range.
        good_when: The comparison that good values satisfy.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "time_slices"
    counts_events: ClassVar[bool] = False

    query: Query = attrs.field(converter=Query)
    good_when: Comparison = attrs.field(converter=Comparison)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def queries(self) -> tuple[Query]:
        """The free query."""
        return (self.query,)


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Up:
    """A gauge that is 1 while all is well and 0 otherwise, such as ``up``.

    Compiles to ``count by (G) (gauge)`` as events and the number of those that are 0 as errors:
    with three targets of which one is down, a third of the time is bad.

    Attributes:
        gauge: The gauge; values outside of 0 and 1 are left out.
        origin: Where it was written down.
    """

    kind: ClassVar[str] = "up"
    counts_events: ClassVar[bool] = False

    gauge: Selector = attrs.field(converter=Selector)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def queries(self) -> tuple[()]:
        """No free query: the gauge is all."""
        return ()
