"""From OpenSLO's files to SLOs, with all that is wrong with them and all that differs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Contents
from slogen.formats.imported.notes import ASSUMED, DIFFERS, LEFT_OUT, Notes
from slogen.formats.openslo.alerts import alerting_of
from slogen.formats.openslo.annotations import ALERTS, GROUP_BY, ID, KNOWN, NAME
from slogen.formats.openslo.documents import File, Registry, file_of
from slogen.formats.openslo.entries import Entry
from slogen.formats.openslo.indicators import Budgeting, indicator_of
from slogen.formats.openslo.spec import ObjectiveSpec, ServiceSpec, SLISpec, SLOSpec
from slogen.formats.openslo.values import CALENDAR_UNITS
from slogen.formats.yaml.faults import in_reading_order, unreported
from slogen.formats.yaml.nodes import MappingNode, ScalarNode
from slogen.model import SLO, Service, Settings, Window
from slogen.model.arguments import info_labels, link
from slogen.source import read_from
from slogen.units import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.formats.format import Document
    from slogen.formats.imported.indicators import Indicator
    from slogen.formats.openslo.alerts import Alerting
    from slogen.source import Position

_DIFFERENCES = (DIFFERS, ASSUMED)
_USED = frozenset({"SLI", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"})
"""The kinds of objects that do nothing by themselves."""
_USUAL_WINDOW = "30d"
OWNER, RANK, RUNBOOKS = "owner", "tier", ("runbook_url", "runbook")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.]+")


def read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of files, whose objects find each other by their names."""
    files = [file_of(document) for document in documents]
    registry = Registry.of(files)
    slos = {file.document.resolved: tuple(_slos(file, registry)) for file in files}
    if not any(file.faults for file in files):
        _warn_of_unused(files, registry)
    return Contents(
        slos=slos,
        faults=[fault for file in files for fault in in_reading_order(file.faults)],
        findings=[finding for file in files for finding in _of_builds(file)],
        differences=[
            note for file in files for note in file.findings if note.entry in _DIFFERENCES
        ],
        supporting=frozenset(
            file.document.resolved for file in files if file.objects and not file.slos
        ),
    )


def _warn_of_unused(files: Sequence[File], registry: Registry) -> None:
    """Say which objects no SLO leads to."""
    for file in files:
        for entry in (each.entry for each in file.objects):
            if entry.kind in _USED and (entry.kind, entry.name) not in registry.used:
                notes = Notes()
                said = f"the {entry.kind} {entry.name} is used by no SLO of the files"
                notes.add(LEFT_OUT, said, entry.metadata, argument="name")
                file.findings += notes.said


def _of_builds(file: File) -> Iterator[Diagnostic]:
    """Yield what every command says about a file; of what differs, how much that is."""
    yield from (finding for finding in file.findings if finding.entry not in _DIFFERENCES)
    if amount := sum(finding.entry in _DIFFERENCES for finding in file.findings):
        found = f"OpenSLO's SLOs mean something else in {amount} points"
        place = file.slos[0].entry.node if file.slos else None
        yield Diagnostic(
            entry=DIFFERS, found=found, remedy="`slogen convert` lists them", origin=place
        )


def _slos(file: File, registry: Registry) -> Iterator[SLO]:
    for each in file.slos:
        if not isinstance(each.spec, SLOSpec):
            continue
        own = each.entry.annotations.get(NAME, each.entry.name)
        names = _names(own, each.spec.objectives)
        notes = Notes(f"{each.spec.service}-{each.entry.name}")
        indicator = None
        try:
            indicator = registry.found(each.spec.indicator or each.spec.indicator_ref)  # type: ignore[arg-type]
        except InputError as fault:
            file.faults += unreported(fault)
        labels = _labels(each.entry, notes)
        file.findings += notes.said
        for name, objective in zip(names, each.spec.objectives, strict=True):
            part = _Part(each.entry, each.spec, objective, name, labels)
            sli = indicator.spec if indicator else None
            yield from part.read(sli, registry, file)  # type: ignore[arg-type]


@attrs.frozen
class _Part:
    """One objective of an SLO.

    Attributes:
        entry: The SLO's name and labels.
        spec: What the file says of the SLO.
        objective: What it says of the objective.
        name: The name that the SLO of this objective has.
        labels: Labels that slogen takes.
    """

    entry: Entry
    spec: SLOSpec
    objective: ObjectiveSpec
    name: str
    labels: Mapping[str, str]

    def read(self, sli: SLISpec | None, registry: Registry, file: File) -> Iterator[SLO]:
        """Yield the SLO, if nothing is wrong with it; what is wrong is entered in the file."""
        notes = Notes(f"{self.spec.service}-{self.name}")
        faults: list[InputError] = []
        indicator, alerting, service = None, None, None
        budgeting = Budgeting(method=self.spec.budgeting_method, objective=self.objective)
        window = self._window(notes)
        try:
            if sli is not None:
                indicator = indicator_of(sli, budgeting, registry, notes)
        except InputError as fault:
            faults += unreported(fault)
        try:
            alerting = alerting_of(
                self.spec.alert_policies,
                self.objective.objective,
                registry,
                notes,
                self.entry.annotations.get(ALERTS, ""),
            )
        except InputError as fault:
            faults += unreported(fault)
        try:
            service = self._service(registry, file)
        except InputError as fault:
            faults += unreported(fault)
        file.faults += [fault for fault in faults if not _is_said(fault, file.faults)]
        if indicator is None or alerting is None or service is None:
            return
        self._say(indicator, alerting, notes)
        file.findings += [note for note in notes.said if not _is_noted(note, file.findings)]
        try:
            with read_from(_Place(self)):
                yield SLO(
                    service=service,
                    name=self.name,
                    id=self._id(),
                    objective=self.objective.objective,
                    window=window,
                    sli=indicator.sli,
                    group_by=self._groups() or indicator.group_by,
                    alerts=alerting.policy,
                    owner=self._first(OWNER) or service.owner,
                    description=self.spec.description or self._display_name(),
                    runbook=_runbook(self.entry) or service.runbook,
                    labels=self.labels,
                    settings=Settings(severities=alerting.words, origin=None)
                    if alerting.words
                    else None,
                )
        except InputError as fault:
            file.faults += unreported(fault)

    def _say(self, indicator: Indicator, alerting: Alerting, notes: Notes) -> None:
        """Say what differs from OpenSLO, or follows from having several objectives."""
        if len(self.spec.objectives) > 1:
            said = f"one of {len(self.spec.objectives)} objectives, each an SLO of its own"
            notes.add(DIFFERS, said, self.objective.origin)
        if tiers := len(alerting.policy.tiers):
            said = f"it has {tiers} burn-rate alert{'s' * (tiers > 1)}"
            wait = "wait" if tiers > 1 else "waits"
            guard = f", which {wait} for three bad events" if indicator.sli.counts_events else ""
            notes.add(DIFFERS, said + guard, self.spec.origin)
        if indicator.is_counted:
            said = "the ratio of the whole window is bad events over all events, exactly counted"
            notes.add(DIFFERS, said, self.entry.node)

    def _id(self) -> str:
        """Return the id: that of an annotation, of an SLO with one objective."""
        is_one = len(self.spec.objectives) == 1
        usual = f"{self.spec.service}-{self.name}"
        return self.entry.annotations.get(ID, usual) if is_one else usual

    def _groups(self) -> tuple[str, ...]:
        return tuple(filter(None, self.entry.annotations.get(GROUP_BY, "").split(",")))

    def _first(self, label: str) -> str:
        return self.entry.labels.get(label, ("",))[0]

    def _display_name(self) -> str:
        return self.objective.display_name or self.entry.display_name

    def _window(self, notes: Notes) -> Window:
        """Return the window, and say what was taken where the file leaves it open."""
        if not self.spec.time_window:
            said = f"its window is {_USUAL_WINDOW}: no timeWindow says it"
            notes.add(ASSUMED, said, self.spec.origin)
            return Window(_USUAL_WINDOW)
        spec = self.spec.time_window[0]
        node = spec.origin.get("duration") if isinstance(spec.origin, MappingNode) else None
        text = node.text if isinstance(node, ScalarNode) else ""
        if text[-1:] in CALENDAR_UNITS:
            taken = CALENDAR_UNITS[text[-1]]
            said = f"its window of {text} is {spec.duration}: {taken} each, whatever the calendar"
            notes.add(DIFFERS, said, node)
        return spec.duration

    def _service(self, registry: Registry, file: File) -> Service:
        """Return the service: the object of its name, if there is one."""
        found = registry.objects.get(("Service", self.spec.service))
        if found is None or not isinstance(found.spec, ServiceSpec):
            with read_from(_Place(self)):
                return Service(self.spec.service)
        notes = Notes()
        labels = _labels(found.entry, notes)
        file.findings += [note for note in notes.said if not _is_noted(note, file.findings)]
        with read_from(found.entry.metadata):
            return Service(
                self.spec.service,
                owner=found.entry.labels.get(OWNER, ("",))[0],
                tier=found.entry.labels.get(RANK, ("",))[0],
                description=found.spec.description or found.entry.display_name,
                runbook=_runbook(found.entry),
                labels=labels,
            )


@attrs.frozen(eq=False)
class _Place:
    """Where the arguments of an SLO stand."""

    part: _Part

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of what an argument was made of."""
        spec = self.part.spec.origin
        if argument in {"service", "description"}:
            return spec.position(argument) if spec else None
        return self.part.entry.metadata.position("name")


def _names(name: str, objectives: Sequence[ObjectiveSpec]) -> tuple[str, ...]:
    """Return a name for the SLO of each objective: its own, if there is one alone."""
    if len(objectives) == 1:
        return (name,)
    made: list[str] = []
    for objective in objectives:
        words = _NOT_IN_NAMES.sub("-", objective.display_name.lower()).strip("-.")
        suffix = words or percentage(objective.objective.ratio).rstrip("%")
        wanted = f"{name}-{suffix}"
        more = (f"{wanted}-{count}" for count in range(2, len(objectives) + 2))
        made.append(next(wish for wish in (wanted, *more) if wish not in made))
    return tuple(made)


def _labels(entry: Entry, notes: Notes) -> dict[str, str]:
    """Return the labels that ``slo_info`` can have, and say what is left out."""
    kept: dict[str, str] = {}
    for name, texts in entry.labels.items():
        if name == OWNER or (name == RANK and entry.kind == "Service"):
            continue
        try:
            info_labels({name: "text"})
        except InputError:
            said = f"the label {name} is left out: it is no name of a label, or slogen sets it"
            notes.add(LEFT_OUT, said, entry.metadata, argument=f"labels.{name}", remedy="rename it")
            continue
        kept[name] = ",".join(texts)
    runbook = _runbook(entry)
    for name, text in entry.annotations.items():
        if name in KNOWN or (name in RUNBOOKS and text == runbook):
            continue
        reason = "there is another one" if runbook else "it is no link, such as https://example.com"
        reason = reason if name in RUNBOOKS else "it is another tool's"
        said = f"the annotation {name} is left out: {reason}"
        notes.add(LEFT_OUT, said, entry.metadata, argument="annotations")
    return kept


def _runbook(entry: Entry) -> str:
    """Return the address of a runbook that an annotation has."""
    for name in RUNBOOKS:
        if name in entry.annotations:
            try:
                return link(entry.annotations[name])
            except InvalidValue:
                continue
    return ""


def _is_said(fault: InputError, others: Sequence[InputError]) -> bool:
    """Tell whether the same is wrong at the same place, as with each objective of an SLO."""
    return any(str(fault) == str(other) for other in others)


def _is_noted(note: Diagnostic, others: Sequence[Diagnostic]) -> bool:
    same = (note.found, note.slo_id, note.position)
    return any((other.found, other.slo_id, other.position) == same for other in others)
