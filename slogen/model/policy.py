"""Alert policies: which alerts an SLO gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.alerts import Alert, Tier, positive_count
from slogen.source import Origin, caller
from slogen.units import ratio

Preset = Literal["standard", "pages_only", "tickets_only", "none"]
_HAVING: Mapping[str, tuple[Preset, ...]] = {
    "page": ("standard", "pages_only"),
    "ticket": ("standard", "tickets_only"),
}
"""The presets that have tiers of a severity."""
USUAL_MIN_BAD_EVENTS = 3
"""One failed request of a quiet night wakes nobody."""
MOST_TIERS = 50
"""No SLO needs so many; a policy that many SLOs share must not grow into millions of alerts."""


def _preset(value: Preset) -> Preset:
    if value not in get_args(Preset):
        allowed = ", ".join(f'"{name}"' for name in get_args(Preset))
        raise InvalidValue("preset", repr(value), allowed)
    return value


def _tiers(value: Iterable[Tier]) -> tuple[Tier, ...]:
    if isinstance(value, Tier):
        return (value,)
    try:
        tiers = tuple(value)
    except TypeError:
        raise InvalidValue("tiers", repr(value), "a list of Tier(...)") from None
    if strangers := [item for item in tiers if not isinstance(item, Tier)]:
        raise InvalidValue("tiers", repr(strangers[0]), "Tier(...) objects")
    if len(tiers) > MOST_TIERS:
        raise InvalidValue("tiers", f"a list of {len(tiers)}", f"at most {MOST_TIERS} tiers")
    return tiers


def _ordinary() -> Alert:
    return Alert(origin=None)


def _alert(value: Alert | bool | None) -> Alert | None:  # noqa: FBT001 (a switch that says more)
    if isinstance(value, Alert) and not isinstance(value, Tier):
        return value
    if value is True:
        return _ordinary()
    if value is False or value is None:
        return None
    raise _no_alert(value, "True, False or an Alert(...)")


def _sent(value: Alert | None) -> Alert | None:
    """Return how a preset's tiers are sent; an alert that says nothing is the same as none."""
    if value is None or value == _ordinary():
        return None
    if isinstance(value, Alert) and not isinstance(value, Tier):
        return value
    instead = 'leave it out; preset="pages_only" has no tickets, preset="tickets_only" no pages'
    raise _no_alert(value, "an Alert(...)", instead if isinstance(value, bool) else "")


def _no_alert(value: object, allowed: str, remedy: str = "") -> InvalidValue:
    if isinstance(value, Tier):
        return InvalidValue("alert", f"a tier over {value.long}", allowed, "tiers=[...] takes it")
    return InvalidValue("alert", repr(value), allowed, remedy)


def _below(value: Decimal | float | str) -> Decimal:
    part = ratio(value)
    if not 0 < part < 1:
        raise InvalidValue("part", repr(value), 'a part of the error budget, such as "25%"')
    return part


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class AlertPolicy:
    """Which alerts an SLO gets: tiers of a preset or of one's own, and six about budget and data.

    >>> AlertPolicy(labels={"channel": "shop"}).preset
    'standard'
    >>> AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=14.4)], low=True).preset
    'none'

    Attributes:
        tiers: Tiers that come on top of the preset's.
        preset: Tiers that fit the SLO's window: ``standard`` has those of the SRE Workbook,
            ``pages_only`` and ``tickets_only`` a part of them, ``none`` has none; ``standard``
            unless given, and ``none`` where ``tiers`` are.
        page: How the preset's pages are sent: severity, name, delays, runbook, labels and
            annotations. Tiers of one's own say that themselves.
        ticket: How its tickets are sent.
        min_bad_events: How many bad events the window of an alert must hold, of an SLI that counts
            events; 3 unless given, and 1 for no bound. It holds for all tiers that say nothing
            else, and for ``exhausted``, ``low`` and ``violated``.
        exhausted: Tells that the budget is spent; a ticket that stays for an hour.
        low: Tells that less than ``low_below`` of the budget is left; a ticket after 5m.
        low_below: How much of the budget is little, such as ``"25%"``; between 0 and 1.
        violated: Tells that the SLI of the last hour is below the objective; a ticket after 5m.
        stale: Tells that the whole SLI has no data; a ticket after 10m. If it had no events in the
            half hour before, the alert waits for a day.
        stale_groups: Tells that one group of several has no data, though it had events in the half
            hour before; a ticket after 10m. It may wait for 23h at most: after a day the group is
            forgotten.
        incomplete: Tells that less than 95 % of the last hour's evaluations had data; a ticket
            after 1h.
        labels: More labels for all of these alerts. Values are templates of Prometheus.
        annotations: More annotations for all of them. Values are templates.
        origin: Where it was written down.

    Raises:
        InvalidValue: If ``page`` or ``ticket`` is given, and all tiers of that severity are one's
            own.
    """

    tiers: tuple[Tier, ...] = attrs.field(default=(), converter=_tiers)
    preset: Preset = attrs.field(converter=_preset)
    page: Alert | None = attrs.field(default=None, converter=_sent)
    ticket: Alert | None = attrs.field(default=None, converter=_sent)
    min_bad_events: int = attrs.field(default=USUAL_MIN_BAD_EVENTS, converter=positive_count)
    exhausted: Alert | None = attrs.field(factory=_ordinary, converter=_alert)
    low: Alert | None = attrs.field(default=None, converter=_alert)
    low_below: Decimal = attrs.field(default=Decimal("0.25"), converter=_below)
    violated: Alert | None = attrs.field(default=None, converter=_alert)
    stale: Alert | None = attrs.field(factory=_ordinary, converter=_alert)
    stale_groups: Alert | None = attrs.field(default=None, converter=_alert)
    incomplete: Alert | None = attrs.field(default=None, converter=_alert)
    labels: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.label_templates, hash=False
    )
    annotations: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.annotation_templates, hash=False
    )
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @preset.default
    def _default_preset(self) -> Preset:
        return "none" if self.tiers else "standard"

    def __attrs_post_init__(self) -> None:
        """Refuse to say how a preset's tiers are sent where only one's own would be there."""
        own = {tier.severity for tier in self.tiers}
        for name, having in _HAVING.items():
            if getattr(self, name) is None or name not in own or self.preset in having:
                continue
            raise InvalidValue(
                f"AlertPolicy.{name}",
                f"given, and all {name}s are tiers of your own",
                f"{name} where the preset has {name}s, or no tier of your own is one",
                f'say in each tier how it is sent, or add preset="{having[-1]}"',
                origin=self.origin,
                argument=name,
            )

    @property
    def switched(self) -> Mapping[str, Alert | None]:
        """The alerts besides tiers, by the names of their arguments; None for what is off."""
        return {
            "exhausted": self.exhausted,
            "low": self.low,
            "violated": self.violated,
            "stale": self.stale,
            "stale_groups": self.stale_groups,
            "incomplete": self.incomplete,
        }

    @property
    def others(self) -> tuple[Alert, ...]:
        """What says how an alert is sent, besides tiers."""
        return tuple(alert for alert in (self.page, self.ticket, *self.switched.values()) if alert)

    @classmethod
    def standard(cls) -> AlertPolicy:
        """Return the tiers of the SRE Workbook for the SLO's window, exhausted and stale."""
        return cls(preset="standard")

    @classmethod
    def pages_only(cls) -> AlertPolicy:
        """Return the standard policy without the tickets of its tiers."""
        return cls(preset="pages_only")

    @classmethod
    def tickets_only(cls) -> AlertPolicy:
        """Return the standard policy without its pages: nobody is woken."""
        return cls(preset="tickets_only")

    @classmethod
    def none(cls) -> AlertPolicy:
        """Return the policy without any alert."""
        return cls(preset="none", exhausted=False, stale=False)
