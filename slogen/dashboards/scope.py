"""Which series a dashboard reads: by recorded labels alone, as its variables say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.naming import Naming
from slogen.promql.expr import Aggregation, Binary, Expr, Series, Text, Window, call
from slogen.promql.quoting import quote
from slogen.promql.selector import Matcher
from slogen.recorded.alerts import firing
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable


LOOK_BACK = Duration("5m")
"""How old a sample may be at most, unless rules run more seldom than every two minutes."""


def exactly(label: str, *values: str) -> Matcher:
    r"""Return the matcher for some values, in which Grafana sees no variable.

    >>> print(exactly("owner", "a"), exactly("owner", "a", "b.c"), exactly("owner", "$a"))
    owner="a" owner=~"a|b\\.c" owner=~"[$]a"
    """
    if len(values) == 1 and "$" not in values[0] and "[[" not in values[0]:
        return Matcher(label, "=", values[0])
    return Matcher(label, "=~", "|".join(map(naming.literal_regex, values)))


def chosen(label: str, variable: str) -> Matcher:
    """Return the matcher for what a reader has chosen, which may be all."""
    return Matcher(label, "=~", f"${variable}")


def chosen_or_none(label: str, variable: str) -> Matcher:
    """Return the matcher for what a reader has chosen, and for what has no such label."""
    return Matcher(label, "=~", f"${variable}|")


@attrs.frozen(kw_only=True)
class Scope:
    """The series of a dashboard.

    Attributes:
        naming: The names of the labels.
        identity: Labels that belong to the identity besides.
        of_slos: What the labels of every series have to be.
        of_groups: What the labels have to be besides where a series is of a group.
        of_alerts: What they have to be of alerts, of which some are about all groups.
        of_info: What the labels of the info series have to be, if that matters.
        groups: The labels of groups.
        look_back: How old a sample may be.
    """

    naming: Naming
    identity: tuple[str, ...]
    of_slos: tuple[Matcher, ...]
    of_groups: tuple[Matcher, ...] = ()
    of_alerts: tuple[Matcher, ...] = ()
    of_info: tuple[Matcher, ...] = ()
    groups: tuple[str, ...] = ()
    look_back: Duration = LOOK_BACK

    @property
    def key(self) -> tuple[str, ...]:
        """The labels that tell an SLO from all others."""
        return (self.naming.id, *self.identity)

    @property
    def group_key(self) -> tuple[str, ...]:
        """The labels that tell a group of an SLO from all others."""
        return (*self.key, *self.groups)

    @property
    def row(self) -> tuple[str, ...]:
        """The labels of an SLO that a reader sees."""
        return (self.naming.id, self.naming.service, self.naming.name, *self.identity)

    def having(self, label: str) -> Scope:
        """Return the scope of those of its series that have a label."""
        return attrs.evolve(self, of_groups=(*self.of_groups, Matcher(label, "!=", "")))

    def over(self, metric: str, window: Window, *, at_end: bool = False) -> Series:
        """Return the samples of a series within a window."""
        return Series(metric, (*self.of_slos, *self.of_groups), window, at_end=at_end)

    def latest(self, metric: str, before: Duration | None = None, *, at_end: bool = False) -> Expr:
        """Return the newest sample of a series, now or so long before.

        It is looked for as far back as rules need, however far the reader's Prometheus looks.
        """
        series = Series(metric, (*self.of_slos, *self.of_groups))
        window = attrs.evolve(series.over(self.look_back, before), at_end=at_end)
        return call("last_over_time", window)

    def known(self) -> Expr:
        """Return 1 for each SLO that rules record, whatever its groups."""
        series = Series(naming.OBJECTIVE, self.of_slos).over(self.look_back)
        return Aggregation("group", self.row, call("last_over_time", series))

    def constant(self, metric: str, *more: Matcher, at_end: bool = False) -> Expr:
        """Return a number that an SLO has, whatever its groups: one for each, also after edits."""
        series = Series(metric, (*self.of_slos, *more), self.look_back, at_end=at_end)
        return Aggregation("max", self.key, call("last_over_time", series))

    def info(self, *more: Matcher, at_end: bool = False) -> Expr:
        """Return the info series of the SLOs."""
        matchers = (*self.of_slos, *self.of_info, *more)
        series = Series(self.naming.info, matchers, self.look_back, at_end=at_end)
        return call("last_over_time", series)

    def alerts(self, *more: Matcher) -> Series:
        """Return the alerts that fire."""
        return firing(*self.of_slos, *self.of_alerts, *more)

    def kept(self, expr: Expr, *, at_end: bool = False) -> Expr:
        """Return the part of an expression that is about SLOs of the chosen owners."""
        return expr.and_(self.info(at_end=at_end), on=self.key) if self.of_info else expr


def divided(many: Expr, one: Expr, on: tuple[str, ...]) -> Binary:
    """Return the quotient of many samples and the one that shares the labels ``on``."""
    return Binary(many, "/", one, on=on, group_left=True)


def times(many: Expr, one: Expr, on: tuple[str, ...], brings: tuple[str, ...] = ()) -> Binary:
    """Return the product of many samples and the one that shares the labels ``on``."""
    return Binary(many, "*", one, on=on, group_left=True, brings=brings)


def union(expressions: Iterable[Expr]) -> Expr:
    """Return whatever there is of some expressions."""
    first, *rest = expressions
    for expr in rest:
        first = first.or_(expr)
    return first


def labelled(expr: Expr, label: str, value: str, source: str = "", pattern: str = "") -> Expr:
    """Return an expression with a label more: a text, or what a pattern finds in another label."""
    words = (Text(quote(word), is_atomic=True) for word in (label, value, source, pattern))
    return call("label_replace", expr, *words)
