"""The alert policies of OpenSLO's files as tiers, and what they say that slogen has nothing for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import attrs

from slogen.errors import InputError, raise_all
from slogen.formats.imported.notes import CONTRADICTION, DIFFERS, LEFT_OUT, Notes
from slogen.formats.openslo.annotations import PRESETS, TARGET_LABEL
from slogen.formats.openslo.documents import Registry
from slogen.formats.openslo.spec import AlertConditionSpec, AlertPolicySpec
from slogen.formats.yaml.faults import unreported
from slogen.model import AlertPolicy, Objective, Severity, Tier
from slogen.source import Origin, read_from
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.openslo.documents import Read
    from slogen.formats.openslo.entries import Entry, Reference
    from slogen.model.policy import Preset
    from slogen.source import Position

_SEVERITIES: Mapping[str, Severity] = {
    **dict.fromkeys(("page", "critical", "high", "sev0", "sev1", "p0", "p1", "error"), "page"),
    **dict.fromkeys(("ticket", "warning", "medium", "sev2", "sev3", "p2", "p3"), "ticket"),
    **dict.fromkeys(("info", "notice", "low", "sev4", "sev5", "p4", "p5"), "info"),
}


@attrs.frozen
class Alerting:
    """How an SLO tells people.

    Attributes:
        policy: Its alerts.
        words: Its words for severities, where they are not slogen's.
    """

    policy: AlertPolicy
    words: Mapping[Severity, str] = attrs.field(factory=dict)


@attrs.define
class _Policies:
    """What the alert policies of an SLO come to."""

    objective: Objective
    registry: Registry
    notes: Notes
    tiers: list[Tier] = attrs.field(factory=list)
    words: dict[Severity, str] = attrs.field(factory=dict)
    tells_of_no_data: bool = False

    def take(self, reference: Entry | Reference) -> None:
        """Enter a policy.

        Raises:
            InputError: Whatever is wrong with it, all faults together.
        """
        found = self.registry.found(reference)
        spec = found.spec
        assert isinstance(spec, AlertPolicySpec)  # noqa: S101 (by its kind)
        self.tells_of_no_data |= spec.alert_when_no_data
        if spec.alert_when_resolved:
            said = (
                "alertWhenResolved is left out: send_resolved of Alertmanager's receivers says it"
            )
            self.notes.add(LEFT_OUT, said, spec.origin, argument="alertWhenResolved")
        faults: list[InputError] = []
        targets = list(self._found(spec.notification_targets, faults))
        conditions = list(self._found(spec.conditions, faults))
        raise_all(faults)
        names = [target.entry.name for target in targets]
        for condition in conditions:
            assert isinstance(condition.spec, AlertConditionSpec)  # noqa: S101 (by its kind)
            if spec.alert_when_breaching:
                self._enter(condition.spec, names)
        if not spec.alert_when_breaching and spec.conditions:
            said = f"the alert policy {found.entry.name} has no alertWhenBreaching: no tier of it"
            self.notes.add(DIFFERS, said, spec.origin)

    def _found(
        self, references: Iterable[Entry | Reference], faults: list[InputError]
    ) -> Iterator[Read]:
        """Yield the objects that are named, or stand there."""
        for reference in references:
            try:
                yield self.registry.found(reference)
            except InputError as fault:
                faults += unreported(fault)

    def _enter(self, spec: AlertConditionSpec, targets: list[str]) -> None:
        condition, place = spec.condition, spec.condition.origin
        severity = self._severity(spec)
        rate, name = condition.threshold, f"the {severity} tier of {condition.lookback_window}"
        if rate * self.objective.budget >= 1:
            reason = f"a burn rate of {number(rate)} is never reached at {self.objective}"
            self.notes.add(LEFT_OUT, f"{name} is left out: {reason}", place)
            return
        if rate < 1:
            reason = "below 1 it fires while the budget lasts for the whole window"
            said = f"{name} is raised from {number(rate)}x to 1x: {reason}"
            self.notes.add(DIFFERS, said, place)
        assert place is not None  # noqa: S101 (it was read from a file)
        with read_from(_Condition(place)):
            tier = Tier(
                severity,
                long=condition.lookback_window,
                burn_rate=max(rate, Decimal(1)),
                for_=condition.alert_after or None,
                labels={TARGET_LABEL: ",".join(targets)} if targets else {},
            )
        self.notes.add(DIFFERS, f"{name} looks at the last {tier.short}, too", place)
        self.tiers.append(tier)

    def _severity(self, spec: AlertConditionSpec) -> Severity:
        """Return who is told, and keep the file's word for it."""
        word = spec.severity
        severity = _SEVERITIES.get(word.lower(), "ticket")
        if word.lower() not in _SEVERITIES:
            said = f"severity is {word}: slogen takes it for a ticket, which wakes nobody"
            remedy = "write page, ticket or info; `severities` in the settings has your own words"
            self.notes.add(CONTRADICTION, said, spec.origin, argument="severity", remedy=remedy)
        first = self.words.setdefault(severity, word)
        if first != word:
            said = f"severity is {word}: its alerts have {first}, as the other {severity}s do"
            self.notes.add(DIFFERS, said, spec.origin, argument="severity")
        return severity


@attrs.frozen
class _Condition:
    """Where the arguments of a tier stand."""

    node: Origin

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of what an argument was made of."""
        keys = {"long": "lookbackWindow", "burn_rate": "threshold", "for_": "alertAfter"}
        return self.node.position(keys.get(argument or "", argument))


def alerting_of(
    policies: Iterable[Entry | Reference],
    objective: Objective,
    registry: Registry,
    notes: Notes,
    preset: str = "",
) -> Alerting:
    """Return the alerts of an SLO.

    Args:
        policies: Its alert policies, or their names.
        objective: Its objective.
        registry: The objects of all files.
        notes: What is said about it.
        preset: The name of slogen's own policy that it has besides, if it has one.

    Raises:
        InputError: Whatever is wrong with them, all faults together.
    """
    read = _Policies(objective, registry, notes)
    faults: list[InputError] = []
    given = list(policies)
    for reference in given:
        try:
            read.take(reference)
        except InputError as fault:
            faults += unreported(fault)
    raise_all(faults)
    if not given and preset in PRESETS:
        return Alerting(PRESETS[preset]())
    if not given:
        notes.add(
            DIFFERS, "it has no alert policies, and so no alerts: `alerts: standard` gives it some"
        )
        return Alerting(AlertPolicy.none())
    words = {severity: word for severity, word in read.words.items() if severity != word}
    has_preset = preset in PRESETS and preset != "none"
    policy = AlertPolicy(
        tiers=read.tiers,
        preset=cast("Preset", preset) if has_preset else "none",
        exhausted=has_preset,
        stale=read.tells_of_no_data,
    )
    return Alerting(policy, words)
