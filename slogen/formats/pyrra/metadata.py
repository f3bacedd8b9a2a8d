"""What the metadata of Pyrra's SLOs says: names, owners, and labels and annotations of alerts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError
from slogen.formats.imported.labels import is_taken
from slogen.formats.imported.notes import DIFFERS, LEFT_OUT, PYRRA_LABEL, Notes
from slogen.formats.pyrra import GROUP
from slogen.formats.yaml.nodes import MappingNode
from slogen.model.arguments import annotation_templates, info_labels, label_templates, link, name
from slogen.naming import OWNER_LABEL, Naming
from slogen.templates import labels_shown

if TYPE_CHECKING:
    from slogen.formats.pyrra.spec import MetadataSpec
    from slogen.source import Origin

SERVICE = "service"
"""The label that says the service, behind Pyrra's prefix."""
_OWNERS, _RUNBOOKS = (OWNER_LABEL, "team"), ("runbook_url", "runbook")
_NO_NAMESPACE = "default"
_MOST_SHOWN = 3
_INSTEAD = {
    "slo": f"write $labels.{Naming().name}",
    "long": f"write $labels.{Naming().window}",
    "short": "leave it out",
    "exhaustion": "leave it out: descriptions say until when the budget lasts",
}
"""What to do about a label of Pyrra's own in a template of an alert."""


@attrs.frozen(kw_only=True)
class Identity:
    """What an SLO is known by.

    Attributes:
        service: Its service.
        name: Its own name.
        owner: The team that answers.
        info: Labels for ``slo_info``.
        alerts: Labels for alerts.
        annotations: Annotations for alerts.
        runbook: The address that alerts link to.
        notes: What is said about it.
    """

    service: str
    name: str
    owner: str
    info: Mapping[str, str]
    alerts: Mapping[str, str]
    annotations: Mapping[str, str]
    runbook: str
    notes: Notes


def identity_of(spec: MetadataSpec) -> Identity:
    """Return what the metadata of an SLO says, and what is said about that."""
    labels, annotations = _own(spec.labels), _own(spec.annotations)
    service = _service(spec, labels)
    notes = Notes(f"{service}-{spec.name}")
    _say_of_names(spec, service, labels, notes)
    runbook = _runbook(annotations)
    if runbook:
        annotations = {key: text for key, text in annotations.items() if key not in _RUNBOOKS}
    rest = {key: text for key, text in labels.items() if key != SERVICE or text != service}
    owner = next((key for key in _OWNERS if key in labels), "")
    in_info = {key: text for key, text in rest.items() if key != owner}
    in_alerts = in_info if owner == OWNER_LABEL else rest
    return Identity(
        service=service,
        name=spec.name,
        owner=labels.get(owner, ""),
        info={key: text for key, text in in_info.items() if is_taken(info_labels, key, text)},
        alerts=_kept("labels", in_alerts, label_templates, spec, notes),
        annotations=_kept("annotations", annotations, annotation_templates, spec, notes),
        runbook=runbook,
        notes=notes,
    )


def _own(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what Pyrra copies to its alerts, without its prefix; an empty value is none."""
    own = ((key.removeprefix(GROUP), text) for key, text in texts.items() if key.startswith(GROUP))
    return {key: text for key, text in own if key and text}


def _service(spec: MetadataSpec, labels: Mapping[str, str]) -> str:
    """Return the service, of which Pyrra knows none: a label, or the namespace."""
    try:
        return name(labels[SERVICE])
    except (KeyError, InputError):
        return spec.namespace or _NO_NAMESPACE


def _say_of_names(
    spec: MetadataSpec, service: str, labels: Mapping[str, str], notes: Notes
) -> None:
    """Say where its service comes from, and what alerts have instead of Pyrra's label."""
    if labels.get(SERVICE) != service:
        source = "its namespace" if spec.namespace else "the namespace of what names none"
        found = (
            f"its service is {service}, {source}: Pyrra has no services. A label {GROUP}{SERVICE} "
            "says another one"
        )
        notes.add(DIFFERS, found, spec.origin, argument="namespace")
    owner = next((key for key in _OWNERS if key in labels), "")
    if owner:
        also = ", and a label of its alerts" if owner != OWNER_LABEL else ""
        found = f'the label {GROUP}{owner}="{labels[owner]}" becomes the owner{also}'
        notes.add(DIFFERS, found, place_of(spec, "labels", owner))
    own = Naming()
    found = (
        f'its alerts have {own.id}="{service}-{spec.name}" and {own.name} instead of '
        f'slo="{spec.name}", {own.window} and {own.burn_rate} instead of long, short and '
        "exhaustion, and none of the labels that total's matchers ask for"
    )
    notes.add(DIFFERS, found, spec.origin, argument="name")
    others = [f'{key}="{text}"' for key, text in spec.labels.items() if not key.startswith(GROUP)]
    if others:
        many = ", ".join(others[:_MOST_SHOWN]) + (", ..." if len(others) > _MOST_SHOWN else "")
        found = (
            f"labels of the resource are left out ({many}): what chooses the Prometheus that loads "
            "the rules stands in [target.prometheus-operator] of the project file"
        )
        notes.add(DIFFERS, found, spec.origin, argument="labels")


def _kept(
    kind: str,
    texts: Mapping[str, str],
    convert: Callable[[Mapping[str, str]], object],
    spec: MetadataSpec,
    notes: Notes,
) -> dict[str, str]:
    """Return the labels or annotations that alerts can have, and say which are left out."""
    kept = {key: text for key, text in texts.items() if is_taken(convert, key, text)}
    for key in (key for key in texts if key not in kept):
        reason = "slogen or an alert sets it, or alerts cannot have its name or its value"
        found = f"{GROUP}{key} is left out of the {kind} of alerts: {reason}"
        notes.add(LEFT_OUT, found, place_of(spec, kind, key), remedy="rename or rewrite it")
    for key, text in kept.items():
        for label in labels_shown(text):
            if label in _INSTEAD:
                found = f"the template of {GROUP}{key} reads $labels.{label}, which Pyrra sets"
                remedy = f"in what slogen convert writes, {_INSTEAD[label]}"
                notes.add(PYRRA_LABEL, found, place_of(spec, kind, key), remedy=remedy)
    return kept


def _runbook(annotations: Mapping[str, str]) -> str:
    """Return the address of a runbook among annotations; the empty text where there is none."""
    given = (annotations[key] for key in _RUNBOOKS if key in annotations)
    return next((text for text in given if _is_link(text)), "")


def _is_link(text: str) -> bool:
    try:
        return bool(link(text))
    except InputError:
        return False


def place_of(spec: MetadataSpec, kind: str, key: str) -> Origin | None:
    """Return where a label or an annotation of Pyrra's stands."""
    node = spec.origin.get(kind) if isinstance(spec.origin, MappingNode) else None
    return node.get(f"{GROUP}{key}") if isinstance(node, MappingNode) else spec.origin
