"""Alerts: who is told, and after how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Literal, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.source import Origin, caller
from slogen.units import Duration, decimal, ratio

Severity = Literal["page", "ticket", "info"]

SEVERITIES = '"page", "ticket" or "info"'
"""How messages list them."""
_SHORT_PART = 12
_SHORTEST_SHORT = 5
_SHORTEST_WINDOW = Duration("2m")
_MINUTE = Duration("1m").milliseconds
_DELAYS = 'a duration such as "30s" or "5m", or "0s" for none'
_RATES = "a number of at least 1, such as 14.4"
_TIMES = re.compile(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([xX\u00d7*])\s*")
_ZERO = re.compile(r"0+(?:ms|s|m|h|d)?")


def _severity(value: Severity) -> Severity:
    if value not in get_args(Severity):
        raise InvalidValue("severity", repr(value), SEVERITIES)
    return value


def _delay(value: Duration | timedelta | str) -> Duration:
    """Return a duration that may be zero, which switches a default off."""
    zero = _ZERO.fullmatch(value) if isinstance(value, str) else value == timedelta(0)
    try:
        return Duration.zero() if zero else Duration(value)
    except InvalidValue as fault:
        raise attrs.evolve(fault, allowed=_DELAYS) from fault.__cause__


def _burn_rate(value: Decimal | float | str) -> Decimal:
    try:
        rate = decimal(value)
    except InvalidValue as fault:
        times = _TIMES.fullmatch(value) if isinstance(value, str) else None
        remedy = f"leave out the {times[2]}: {times[1]}" if times else ""
        raise attrs.evolve(fault, allowed=_RATES, remedy=remedy) from fault.__cause__
    if rate < 1:
        raise InvalidValue(
            "burn rate",
            f"{value}",
            _RATES,
            "below 1 the budget lasts for the whole window, so there is nothing to alert about",
        )
    return rate


def _part(value: Decimal | float | str) -> Decimal:
    part = ratio(value)
    if not 0 < part <= 1:
        raise InvalidValue("part", repr(value), 'a part of the error budget, such as "2%"')
    return part


def positive_count(value: int) -> int:
    """Return a number of events.

    Raises:
        InvalidValue: If it is no whole number of at least 1.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        remedy = "write 1 for no bound" if value == 0 else ""
        raise InvalidValue("count", repr(value), "a whole number of at least 1", remedy)
    return value


@attrs.frozen(field_transformer=arguments.blamed)
class Alert:
    """How an alert is sent; what is not given has a default that depends on the alert.

    >>> Alert("page", for_="5m", labels={"category": "slo"}).severity
    'page'

    Attributes:
        severity: ``page`` wakes a person, ``ticket`` waits for the working day, ``info`` is
            there to be read.
        name: The name of the alert.
        for_: How long the condition has to hold before the alert fires; ``"0s"`` for at once.
        keep_firing_for: How long it stays after the condition has ended; ``"0s"`` for not at all.
        runbook: The address that it links to, if it is not the SLO's.
        labels: More labels, for routing. Values are templates of Prometheus.
        annotations: More annotations, or others than slogen's own. Values are templates.
        origin: Where it was written down.
    """

    severity: Severity | None = attrs.field(
        default=None, converter=attrs.converters.optional(_severity)
    )
    name: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(arguments.name), kw_only=True
    )
    for_: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(_delay), kw_only=True
    )
    keep_firing_for: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(_delay), kw_only=True
    )
    runbook: str = attrs.field(default="", converter=arguments.link, kw_only=True)
    labels: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.label_templates, kw_only=True, hash=False
    )
    annotations: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.annotation_templates, kw_only=True, hash=False
    )
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False, kw_only=True)


@attrs.frozen(field_transformer=arguments.blamed)
class Tier(Alert):
    """A burn-rate alert: it fires while both windows burn faster than the threshold.

    >>> tier = Tier("page", long="1h", burn_rate="14.4")
    >>> str(tier.short)
    '5m'

    Source: Google's SRE Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".

    Attributes:
        long: The window that decides whether it matters.
        short: The window that decides whether it is still going on; a twelfth of the long one,
            but not less than 5m, and not more than half of it, unless given.
        burn_rate: How many times faster than sustainable the budget is spent; 1 and more.
        spends: The part of the whole budget that the long window spends at the threshold, instead
            of a burn rate: ``"2%"`` of 30 days in 1h is a burn rate of 14.4.
        min_bad_events: How many bad events the long window must hold; as many as the policy
            says unless given.

    Raises:
        InvalidValue: If not exactly one of ``burn_rate`` and ``spends`` is given, or the windows
            are not whole minutes, or the short one is not the shorter.
    """

    long: Duration = attrs.field(converter=Duration, kw_only=True)
    short: Duration = attrs.field(converter=Duration, kw_only=True)
    burn_rate: Decimal | None = attrs.field(
        default=None, converter=attrs.converters.optional(_burn_rate), kw_only=True
    )
    spends: Decimal | None = attrs.field(
        default=None, converter=attrs.converters.optional(_part), kw_only=True
    )
    min_bad_events: int | None = attrs.field(
        default=None, converter=attrs.converters.optional(positive_count), kw_only=True
    )

    @short.default
    def _default_short(self) -> Duration:
        minutes = self.long.milliseconds // _MINUTE
        short = min(max(minutes // _SHORT_PART, _SHORTEST_SHORT), minutes // 2)
        return Duration.of_milliseconds(max(short, 1) * _MINUTE)

    def __attrs_post_init__(self) -> None:
        """Check what several arguments say together."""
        if self.severity is None:
            raise InvalidValue("Tier.severity", "not given", SEVERITIES, origin=self.origin)
        if (self.burn_rate is None) == (self.spends is None):
            found = "not given" if self.spends is None else "given beside spends"
            allowed = "exactly one of burn_rate and spends"
            raise InvalidValue("Tier.burn_rate", found, allowed, origin=self.origin)
        for argument, window, shortest in (
            ("long", self.long, 2 * _SHORTEST_WINDOW),
            ("short", self.short, _SHORTEST_WINDOW),
        ):
            if window < shortest or window.milliseconds % _MINUTE:
                allowed = f"whole minutes, from {shortest}"
                raise self._fault(argument, f"{window}", allowed)
        if self.short >= self.long:
            allowed = f"shorter than the long window, which is {self.long}"
            raise self._fault("short", f"{self.short}", allowed)

    def _fault(self, argument: str, found: str, allowed: str) -> InvalidValue:
        return InvalidValue(
            f"Tier.{argument}", found, allowed, origin=self.origin, argument=argument
        )
