"""The alerts of Sloth's files, and the labels that they have at three levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError
from slogen.formats.imported.labels import is_taken
from slogen.formats.imported.notes import DIFFERS, LEFT_OUT, SLOTH_LABEL
from slogen.formats.sloth.spec import place_of
from slogen.formats.sloth.windows import as_tiers, unreachable
from slogen.model import Alert, AlertPolicy, Severity
from slogen.model.arguments import info_labels, label_templates, link
from slogen.naming import OWNER_LABEL, SEVERITY_LABEL, Naming
from slogen.source import read_from
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.imported.notes import Notes
    from slogen.formats.sloth.spec import AlertingSpec, AlertSpec
    from slogen.formats.sloth.windows import Tiers
    from slogen.model import Objective
    from slogen.source import Origin

_RANK, _RUNBOOKS = "tier", ("runbook_url", "runbook")
_DISABLE = "disable"
_SLOTH_LABEL = "$labels.sloth_"
_ROUTES = f"its alerts have {Naming().owner} instead, for routes"


@attrs.frozen(kw_only=True)
class Labels:
    """What labels of Sloth's say, in the places that slogen has for it.

    Attributes:
        owner: The team that answers.
        rank: How much depends on a service.
        info: Labels for ``slo_info``.
        alerts: Labels for alerts.
    """

    owner: str = ""
    rank: str = ""
    info: Mapping[str, str] = attrs.field(factory=dict)
    alerts: Mapping[str, str] = attrs.field(factory=dict)


def labels_of(
    labels: Mapping[str, str], origin: Origin | None, notes: Notes, *, has_rank: bool
) -> Labels:
    """Return where the labels of a service or of an SLO go.

    Args:
        labels: What the file says.
        origin: What has them.
        notes: What is said about them.
        has_rank: Whether ``tier`` has a place of its own.
    """
    rest = {name: value for name, value in labels.items() if name != OWNER_LABEL}
    rank = rest.get(_RANK, "") if has_rank else ""
    if OWNER_LABEL in labels:
        notes.add(
            DIFFERS,
            f'the label owner="{labels[OWNER_LABEL]}" becomes the owner; {_ROUTES}',
            origin,
            argument=f"labels.{OWNER_LABEL}",
        )
    in_info = {name: value for name, value in rest.items() if not (rank and name == _RANK)}
    return Labels(
        owner=labels.get(OWNER_LABEL, ""),
        rank=rank,
        info={name: value for name, value in in_info.items() if is_taken(info_labels, name)},
        alerts=_kept(rest, origin, notes),
    )


def _kept(labels: Mapping[str, str], origin: Origin | None, notes: Notes) -> dict[str, str]:
    """Return the labels that alerts can have, and say which are left out."""
    kept = {name: text for name, text in labels.items() if is_taken(label_templates, name)}
    for name in (name for name in labels if name not in kept):
        found = f"the label {name} is left out: slogen or an alert sets it, or it is no label name"
        notes.add(LEFT_OUT, found, origin, argument=f"labels.{name}", remedy="rename it")
    return kept


@attrs.frozen(kw_only=True)
class Alerting:
    """How an SLO tells people.

    Attributes:
        policy: Its alerts.
        words: Its words for severities.
        severities: The alerts of Sloth's that are on.
        tiers: How many tiers these become.
        runbook: The address that its alerts link to.
    """

    policy: AlertPolicy
    words: Mapping[Severity, str] = attrs.field(factory=dict)
    severities: tuple[Severity, ...] = ()
    tiers: int = 0
    runbook: str = ""


def alerting_of(
    spec: AlertingSpec,
    labels: Mapping[str, str],
    tiers: Tiers,
    objective: Objective,
    notes: Notes,
) -> Alerting:
    """Return the alerts of an SLO.

    Args:
        spec: What the file says.
        labels: Labels of the SLO itself, which its alerts have.
        tiers: The tiers of all SLOs.
        objective: The objective of the SLO.
        notes: What is said about it.
    """
    by_severity: dict[Severity, AlertSpec] = {"page": spec.page_alert, "ticket": spec.ticket_alert}
    on: list[Severity] = [name for name, alert in by_severity.items() if not alert.disable]
    runbook, annotations = _runbook(spec, notes)
    common = _kept(_without_severity(spec.labels), spec.origin, notes)
    alerts = {name: _alert(by_severity[name], spec.name, notes) for name in on}
    _warn_of_templates(spec, by_severity.values(), notes)
    if not on:
        return Alerting(policy=AlertPolicy.none(), runbook=runbook)
    policy = _policy(alerts, {**labels, **common}, annotations, tiers, objective, notes)
    words = {name: word for name in on if (word := _word(spec, by_severity[name], notes))}
    own = len(policy.tiers) if policy.tiers else sum(tier.severity in on for tier in tiers.tiers)
    return Alerting(policy=policy, words=words, severities=tuple(on), tiers=own, runbook=runbook)


def _policy(  # noqa: PLR0913, PLR0917 (what an SLO's alerts depend on)
    alerts: Mapping[Severity, Alert],
    labels: Mapping[str, str],
    annotations: Mapping[str, str],
    tiers: Tiers,
    objective: Objective,
    notes: Notes,
) -> AlertPolicy:
    """Return the policy of the alerts that are on; those about budget and data are tickets."""
    ticket = alerts.get("ticket")
    other = Alert(labels=ticket.labels) if ticket and ticket.labels else ticket is not None
    rest = {"exhausted": other, "stale": other, "labels": labels, "annotations": annotations}
    if not tiers.is_given or tiers.are_usual:
        _say_what_never_fired(tiers, objective, tuple(alerts), notes)
        presets = {("page", "ticket"): "standard", ("page",): "pages_only"}
        preset = presets.get(tuple(alerts), "tickets_only")
        return AlertPolicy(preset=preset, **alerts, **rest)  # type: ignore[arg-type]
    own = tuple(
        attrs.evolve(
            tier,
            name=alerts[tier.severity].name,
            labels=alerts[tier.severity].labels,
            annotations=alerts[tier.severity].annotations,
        )
        for tier in as_tiers(tiers, alerts, objective, notes)
        if tier.severity is not None
    )
    return AlertPolicy(tiers=own, preset="none", **rest)  # type: ignore[arg-type]


def _alert(spec: AlertSpec, name: str, notes: Notes) -> Alert:
    labels = _without_severity(spec.labels)
    if _DISABLE in labels:
        found = "disable stands below labels, where it switches nothing off: it is a label"
        notes.add(LEFT_OUT, found, spec.origin, argument=f"labels.{_DISABLE}", remedy="move it up")
        labels.pop(_DISABLE)
    kept = _kept(labels, spec.origin, notes)
    with read_from(place_of(spec)):
        return Alert(name=name or None, labels=kept, annotations=spec.annotations)


def _word(spec: AlertingSpec, alert: AlertSpec, notes: Notes) -> str:
    """Return an SLO's word for a severity; a template is none, which is said."""
    word = {**spec.labels, **alert.labels}.get(SEVERITY_LABEL, "")
    if "{{" not in word:
        return word
    found = "the label severity is left out: it is a template, and slogen's severities are words"
    place = alert if SEVERITY_LABEL in alert.labels else spec
    notes.add(LEFT_OUT, found, place.origin, argument=f"labels.{SEVERITY_LABEL}")
    return ""


def _without_severity(labels: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in labels.items() if name != SEVERITY_LABEL}


def _runbook(spec: AlertingSpec, notes: Notes) -> tuple[str, dict[str, str]]:
    """Return the address of a runbook, and the annotations that are left."""
    annotations = spec.annotations
    for name in _RUNBOOKS:
        if name in annotations:
            try:
                address = link(annotations[name])
            except InputError:
                continue
            if name != _RUNBOOKS[0]:
                found = (
                    f"the annotation {name} becomes {_RUNBOOKS[0]}, for Alertmanager's templates"
                )
                notes.add(DIFFERS, found, spec.origin, argument=f"annotations.{name}")
            return address, {key: text for key, text in annotations.items() if key != name}
    return "", dict(annotations)


def _warn_of_templates(spec: AlertingSpec, alerts: object, notes: Notes) -> None:
    """Say which annotations read labels that alerts have with the names of Sloth alone."""
    for part in (spec, *alerts):  # type: ignore[misc]
        for kind in ("labels", "annotations"):
            for name, text in getattr(part, kind).items():
                if _SLOTH_LABEL in text.replace(" ", ""):
                    found = f"the template of {name} reads labels that begin with sloth_"
                    own, theirs = Naming().id, Naming.sloth().id
                    remedy = f"set naming to sloth, or write {own} for {theirs}"
                    notes.add(
                        SLOTH_LABEL, found, part.origin, argument=f"{kind}.{name}", remedy=remedy
                    )


def _say_what_never_fired(
    tiers: Tiers, objective: Objective, on: Sequence[Severity], notes: Notes
) -> None:
    """Say which tiers of Sloth's could never fire, where slogen lowers them."""
    for tier in unreachable(tiers, objective):
        if tier.severity in on:
            rate = number(tier.burn_rate(tiers.period))
            notes.add(
                DIFFERS,
                f"the {tier.severity} tier of {rate}x over {tier.long} could never fire at "
                f"{objective}: slogen lowers it",
            )
