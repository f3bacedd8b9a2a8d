"""The alerts of Pyrra's files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.formats.imported.notes import DIFFERS, LEFT_OUT, Notes
from slogen.formats.pyrra.metadata import place_of
from slogen.formats.pyrra.spec import AlertingSpec, MetadataSpec, SLOSpec
from slogen.formats.pyrra.tiers import (
    CRITICAL,
    PyrraTier,
    absent_after,
    preset_in_words,
    severity_of,
    tiers_of,
)
from slogen.model import Alert, AlertPolicy, Severity, Tier
from slogen.source import read_from
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.source import Position

_ALERT, _ABSENT_ALERT = "ErrorBudgetBurn", "SLOMetricAbsent"
_SHORTEST = {"long": Duration("4m"), "short": Duration("2m")}


@attrs.frozen(kw_only=True)
class Alerting:
    """How an SLO tells people.

    Attributes:
        policy: Its alerts.
        words: Its words for severities.
    """

    policy: AlertPolicy
    words: Mapping[Severity, str] = attrs.field(factory=dict)


@attrs.define
class _Words:
    """Which severity each alert of Pyrra's has, and the word for it."""

    notes: Notes
    alerting: AlertingSpec
    by_severity: dict[Severity, str] = attrs.field(factory=dict)

    def severity(self, key: str, word: str, usual: Severity) -> Severity:
        """Return the severity of an alert; slogen has one word for each, which the first takes."""
        for severity, known in self.by_severity.items():
            if known == word:
                return severity
        severity = severity_of(word, usual)
        known = self.by_severity.setdefault(severity, word)
        if known == word:
            return severity
        if severity == "ticket" and self.by_severity.setdefault("info", word) == word:
            return "info"
        found = (
            f'severities.{key} is "{word}" and becomes "{known}", as another {severity} of it is'
        )
        remedy = "a severity of slogen's has one word: give the alert a label of its own"
        place = self.alerting.severities.origin
        self.notes.add(LEFT_OUT, found, place, argument=key, remedy=remedy)
        return severity


@attrs.frozen(eq=False)
class _Places:
    """Where the arguments of a policy stand: labels and annotations in the metadata."""

    spec: SLOSpec
    metadata: MetadataSpec

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of what an argument was made of."""
        kind, _, key = (argument or "").partition(".")
        if kind in {"labels", "annotations"} and key:
            place = place_of(self.metadata, kind, key)
            return place.position() if place is not None else None
        origin = self.spec.alerting.origin or self.spec.origin
        return origin.position(argument) if origin is not None else None


def alerting_of(
    spec: SLOSpec,
    metadata: MetadataSpec,
    labels: Mapping[str, str],
    annotations: Mapping[str, str],
    notes: Notes,
) -> Alerting:
    """Return the alerts of an SLO.

    Args:
        spec: What the file says.
        metadata: What the SLO is known by.
        labels: The labels that its alerts have.
        annotations: The annotations that they have.
        notes: What is said about it.
    """
    alerting, tiers = spec.alerting, tiers_of(spec.window)
    is_on = alerting.burnrates and not alerting.disabled
    words = _Words(notes, alerting)
    severities = _severities(alerting, tiers, words)
    with read_from(_Places(spec, metadata)):
        policy = AlertPolicy(
            tiers=(),
            preset="none",
            exhausted=is_on,
            stale=_stale(alerting, words),
            labels=labels,
            annotations=annotations,
        )
        if is_on and severities == tuple(tier.usual for tier in tiers):
            alert = Alert(name=alerting.name or None, origin=None)
            policy = attrs.evolve(policy, preset="standard", page=alert, ticket=alert)
        elif is_on:
            own = tuple(_own_tiers(spec, tiers, severities, notes))
            policy = attrs.evolve(policy, tiers=own)
    if is_on:
        _say_of_tiers(spec, tiers, notes, is_preset=not policy.tiers)
    _say_of_absence(spec, tiers, notes)
    return Alerting(policy=policy, words=words.by_severity)


def _severities(
    spec: AlertingSpec, tiers: Sequence[PyrraTier], words: _Words
) -> tuple[Severity, ...]:
    """Return the severities of the four alerts."""
    own = spec.severities
    said = (own.fast_burn, own.medium_burn, own.slow_burn, own.long_term_burn)
    return tuple(
        words.severity(tier.key, word or tier.word, tier.usual)
        for tier, word in zip(tiers, said, strict=True)
    )


def _stale(spec: AlertingSpec, words: _Words) -> Alert | bool:
    """Return the alert that stands for the one on a metric that is absent."""
    if not spec.absent:
        return False
    word = spec.severities.absent or words.by_severity.get("page", CRITICAL)
    severity = words.severity("absent", word, "page")
    return Alert(severity, name=spec.absent_name or None, origin=None)


def _own_tiers(
    spec: SLOSpec, tiers: Sequence[PyrraTier], severities: Sequence[Severity], notes: Notes
) -> Iterator[Tier]:
    """Yield the tiers as Pyrra has them, where no preset tells the same people."""
    for tier, severity in zip(tiers, severities, strict=True):
        if tier.factor * spec.target.budget >= 1:
            found = f"{tier.described} is left out: it could never fire at {spec.target}"
            notes.add(LEFT_OUT, found, spec.alerting.origin, argument="severities")
            continue
        short, long = max(tier.short, _SHORTEST["short"]), max(tier.long, _SHORTEST["long"])
        if (short, long) != (tier.short, tier.long):
            notes.add(DIFFERS, f"the windows of {tier.described} become {long}/{short}")
        yield Tier(
            severity,
            long=long,
            short=short,
            burn_rate=tier.factor,
            for_=tier.waits or None,
            name=spec.alerting.name or None,
        )


def _say_of_tiers(
    spec: SLOSpec, tiers: Sequence[PyrraTier], notes: Notes, *, is_preset: bool
) -> None:
    """Say which alerts there were, and what becomes of them."""
    every = ", ".join(tier.described for tier in tiers)
    if is_preset:
        own = preset_in_words(spec.window)
        becomes = f"become slogen's tiers for {spec.window} ({own}), which have no for"
        never = [tier for tier in tiers if tier.factor * spec.target.budget >= 1]
        if never:
            many = " and ".join(f"{tier.factor}x" for tier in never)
            becomes += f"; at {spec.target} {many} could never fire: slogen lowers its own"
    else:
        becomes = "stay tiers of its own, since the words for severities fit no preset"
    notes.add(DIFFERS, f"Pyrra's alerts ({every}) {becomes}")
    more = " wait for three bad events" if spec.indicator.bool_gauge is None else ""
    if not spec.alerting.name:
        names = f"are called SLOBurnRatePage or SLOBurnRateTicket, and not {_ALERT}"
        more = f" {names}{f', and{more}' if more else ''}"
    if more:
        notes.add(DIFFERS, f"its burn-rate alerts{more}")
    notes.add(DIFFERS, "SLOErrorBudgetExhausted, a ticket, is new")


def _say_of_absence(spec: SLOSpec, tiers: Sequence[PyrraTier], notes: Notes) -> None:
    """Say what tells that there is no data."""
    if not spec.alerting.absent:
        return
    name = spec.alerting.absent_name or _ABSENT_ALERT
    own = spec.alerting.absent_name or "SLODataStale"
    after = clock(absent_after(spec.target, tiers[0]))
    errors = (
        ", and an errors metric that does not exist counts as 0"
        if spec.indicator.ratio is not None
        else ""
    )
    found = (
        f"{name} of Pyrra's, after {after} without the metric, becomes {own}, after 10m in which "
        f"the SLI has no data{errors}"
    )
    notes.add(DIFFERS, found)
