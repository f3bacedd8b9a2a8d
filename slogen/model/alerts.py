"""Alert policies: which burn rates, over which windows, tell whom."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model.arguments import blamed
from slogen.source import Origin, caller
from slogen.units import Duration, decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["page", "ticket"]
Preset = Literal["standard", "tickets_only", "none"]

_SHORT_PART = 12
_SHORTEST_SHORT = Duration("5m")
_SHORTEST_WINDOW = Duration("2m")
_MINUTE = Duration("1m").milliseconds


def _severity(value: Severity) -> Severity:
    if value not in get_args(Severity):
        raise InvalidValue("severity", repr(value), '"page" or "ticket"')
    return value


def _burn_rate(value: Decimal | float | str) -> Decimal:
    rate = decimal(value)
    if rate < 1:
        raise InvalidValue(
            "burn rate",
            f"{value}",
            "1 and more",
            "below 1 the budget lasts for the whole window, so there is nothing to tell",
        )
    return rate


def _positive_count(value: int | None) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InvalidValue("count", repr(value), "a whole number of 1 and more")
    return value


@attrs.frozen(field_transformer=blamed)
class Tier:
    """One burn-rate alert: it fires while both windows burn faster than the threshold.

    >>> tier = Tier("page", long="1h", burn_rate="14.4")
    >>> str(tier.short)
    '5m'

    Source: Google's SRE Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".

    Attributes:
        severity: ``page`` wakes a person, ``ticket`` waits for the working day.
        long: The window that decides whether it matters.
        short: The window that decides whether it is still going on; a twelfth of the long one,
            but not less than 5m, unless given.
        burn_rate: How many times faster than sustainable the budget is spent; 1 and more.
        for_: How long the condition has to hold before the alert fires; at once unless given.
        keep_firing_for: How long the alert stays after the condition has ended; 10m for pages
            unless given.
        min_bad_events: How many bad events the long window must hold; 3 where the SLO has
            ``group_by`` and no bound otherwise, unless given.
        origin: Where it was written down.
    """

    severity: Severity = attrs.field(converter=_severity)
    long: Duration = attrs.field(converter=Duration, kw_only=True)
    short: Duration = attrs.field(converter=Duration, kw_only=True)
    burn_rate: Decimal = attrs.field(converter=_burn_rate, kw_only=True)
    for_: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration), kw_only=True
    )
    keep_firing_for: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration), kw_only=True
    )
    min_bad_events: int | None = attrs.field(default=None, converter=_positive_count, kw_only=True)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False, kw_only=True)

    @short.default
    def _default_short(self) -> Duration:
        return max(Duration.of_milliseconds(self.long.milliseconds // _SHORT_PART), _SHORTEST_SHORT)

    def __attrs_post_init__(self) -> None:
        """Check that the windows are whole minutes and the short one is the shorter."""
        for argument, window in (("long", self.long), ("short", self.short)):
            if window < _SHORTEST_WINDOW or window.milliseconds % _MINUTE:
                raise InvalidValue(
                    f"Tier.{argument}",
                    f"{window}",
                    f"whole minutes, from {_SHORTEST_WINDOW}",
                    origin=self.origin,
                    argument=argument,
                )
        if self.short >= self.long:
            raise InvalidValue(
                "Tier.short",
                f"{self.short}",
                f"shorter than the long window, which is {self.long}",
                origin=self.origin,
                argument="short",
            )


def _tiers(value: Iterable[Tier]) -> tuple[Tier, ...]:
    tiers = tuple(value)
    if strangers := [item for item in tiers if not isinstance(item, Tier)]:
        raise InvalidValue("tiers", repr(strangers[0]), "Tier(...) objects")
    return tiers


@attrs.frozen(kw_only=True, field_transformer=blamed)
class AlertPolicy:
    """Which alerts an SLO gets: a preset that fits its window, or tiers of one's own.

    >>> AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=14.4)]).preset
    'none'

    Attributes:
        preset: Chooses tiers by the length of the SLO's window, see `slogen.plan.presets`.
        tiers: Tiers that come on top of the preset's.
        origin: Where it was written down.
    """

    preset: Preset = "none"
    tiers: tuple[Tier, ...] = attrs.field(default=(), converter=_tiers)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @classmethod
    def standard(cls) -> AlertPolicy:
        """Return the tiers of the SRE Workbook, pages and tickets, for the SLO's window."""
        return cls(preset="standard")

    @classmethod
    def tickets_only(cls) -> AlertPolicy:
        """Return the ticket tiers of the standard policy: nobody is woken."""
        return cls(preset="tickets_only")

    @classmethod
    def none(cls) -> AlertPolicy:
        """Return the policy without any alert."""
        return cls()
