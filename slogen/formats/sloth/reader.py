"""From Sloth's files to SLOs, with all that is wrong with them and all that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Contents
from slogen.formats.imported.indicators import Indicator
from slogen.formats.imported.notes import ASSUMED, DIFFERS, LEFT_OUT, Notes
from slogen.formats.sloth.alerts import Labels, alerting_of, labels_of
from slogen.formats.sloth.documents import file_of, tiers_of_all
from slogen.formats.sloth.indicators import indicator_of, key_of
from slogen.formats.sloth.spec import SLOSpec, place_of
from slogen.formats.yaml.faults import in_reading_order, unreported
from slogen.formats.yaml.nodes import Node
from slogen.model import SLO, ErrorRatio, Service, Settings
from slogen.naming import SEVERITY_LABEL
from slogen.source import read_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.formats.format import Document
    from slogen.formats.sloth.alerts import Alerting
    from slogen.formats.sloth.documents import File
    from slogen.formats.sloth.spec import ServiceSpec
    from slogen.formats.sloth.windows import Tiers

_DIFFERENCES = (DIFFERS, ASSUMED)


def read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of files; what ``AlertWindows`` say holds for all of them."""
    files = [file_of(document) for document in documents]
    tiers = tiers_of_all(files)
    slos = {file.document.resolved: tuple(_slos(file, tiers)) for file in files}
    return Contents(
        slos=slos,
        faults=[fault for file in files for fault in in_reading_order(file.faults)],
        findings=[finding for file in files for finding in _of_builds(file)],
        differences=[
            note for file in files for note in file.findings if note.entry in _DIFFERENCES
        ],
        supporting=frozenset(file.document.resolved for file in files if file.is_only_windows),
    )


def _of_builds(file: File) -> Iterator[Diagnostic]:
    """Yield what every command says about a file; of what differs, how much that is."""
    yield from (finding for finding in file.findings if finding.entry not in _DIFFERENCES)
    if amount := sum(finding.entry in _DIFFERENCES for finding in file.findings):
        found = f"Sloth's SLOs mean something else in {amount} points"
        service = file.services[0].service if file.services else None
        place = service.origin if service else None
        yield Diagnostic(
            entry=DIFFERS, found=found, remedy="`slogen convert` lists them", origin=place
        )


def _slos(file: File, tiers: Tiers) -> Iterator[SLO]:
    for each in file.services:
        name = each.service.service if each.service else ""
        read = (_read(spec, name, tiers, file) for spec in each.slos)
        found = [pair for pair in read if pair is not None]
        if each.service is None:
            continue
        try:
            service = _service(each.service, [alerting for _, alerting in found], file)
        except InputError as fault:
            file.faults += unreported(fault)
            continue
        for part, alerting in found:
            try:
                yield part.slo(service, alerting, tiers)
            except InputError as fault:
                file.faults += unreported(fault)


@attrs.frozen(kw_only=True)
class _Part:
    """An SLO that lacks its service.

    Attributes:
        spec: What the file says.
        indicator: Its indicator.
        labels: Its own labels.
    """

    spec: SLOSpec
    indicator: Indicator
    labels: Labels

    def slo(self, service: Service, alerting: Alerting, tiers: Tiers) -> SLO:
        """Return the SLO.

        Raises:
            InvalidValue: If an argument of it is outside of what is allowed.
        """
        words = Settings(severities=alerting.words, origin=None)
        is_shared = words.severities == service.settings.severities
        with read_from(place_of(self.spec)):
            return SLO(
                service=service,
                name=self.spec.name,
                objective=self.spec.objective,
                window=tiers.period,
                sli=self.indicator.sli,
                group_by=self.indicator.group_by,
                alerts=alerting.policy,
                description=self.spec.description,
                labels=self.labels.info,
                owner=self.labels.owner or service.owner,
                runbook=alerting.runbook,
                settings=None if is_shared or not alerting.words else words,
            )


def _read(spec: SLOSpec, service: str, tiers: Tiers, file: File) -> tuple[_Part, Alerting] | None:
    """Return an SLO and its alerts; None where something is wrong, which is said."""
    notes = Notes(f"{service}-{spec.name}")
    faults: list[InputError] = []
    indicator, alerting = None, None
    labels = labels_of(spec.labels, spec.origin, notes, has_rank=False)
    try:
        indicator = indicator_of(spec.sli, notes)
    except InputError as fault:
        faults += unreported(fault)
    try:
        with read_from(spec.alerting.origin or place_of(spec)):
            alerting = alerting_of(spec.alerting, labels.alerts, tiers, spec.objective, notes)
    except InvalidValue as fault:
        faults.append(_at_its_key(fault))
    file.faults += faults
    if indicator is None or alerting is None:
        return None
    _say(indicator, spec, tiers, notes)
    _say_of_alerts(alerting, indicator, notes)
    _say_of_severities(alerting, notes)
    _warn_of_plugins(spec, "plugins", notes)
    file.findings += notes.said
    return _Part(spec=spec, indicator=indicator, labels=labels), alerting


def _at_its_key(fault: InvalidValue) -> InvalidValue:
    """Return a fault of a label or an annotation at the place of its own key."""
    if not fault.path or fault.argument is None:
        return fault
    key = f"{fault.argument}.{fault.path[0]}"
    return attrs.evolve(fault, subject=key, argument=key)


def _service(spec: ServiceSpec, alerting: Sequence[Alerting], file: File) -> Service:
    """Return a service; words for severities that all of its SLOs share are its own."""
    notes = Notes()
    labels = labels_of(spec.labels, spec.origin, notes, has_rank=True)
    _warn_of_plugins(spec, "slo_plugins", notes)
    file.findings += notes.said
    words = {tuple(sorted(each.words.items())) for each in alerting if each.severities}
    with read_from(place_of(spec)):
        return Service(
            spec.service,
            owner=labels.owner,
            tier=labels.rank,
            labels=labels.info,
            settings=Settings(
                severities=dict(words.pop()) if len(words) == 1 else {},
                alert_labels=labels.alerts,
            ),
        )


def _say(indicator: Indicator, spec: SLOSpec, tiers: Tiers, notes: Notes) -> None:
    """Say what the numbers of an SLO mean instead of what they mean in Sloth."""
    if isinstance(indicator.sli, ErrorRatio):
        found = (
            "the ratio is read again and again over a short range, and averaged; Sloth reads the "
            "query over each window. No events are counted"
        )
    elif indicator.is_counted:
        found = (
            "the ratio of the whole window is bad events over all events; Sloth's is the mean of "
            "the ratios of 5m, so that numbers differ where traffic does"
        )
    else:
        found = (
            "the ratio of the whole window is what was bad over all; Sloth's is the mean of the "
            "ratios of 5m"
        )
    notes.add(DIFFERS, found, spec.sli.origin)
    if not tiers.is_given:
        found = f"its window is {tiers.period}: no file says it, and that is Sloth's default"
        notes.add(ASSUMED, found, spec.origin)


def _say_of_alerts(alerting: Alerting, indicator: Indicator, notes: Notes) -> None:
    """Say how many alerts there are now, and what they wait for."""
    if not alerting.severities:
        return
    many = " and ".join(f"the {severity} alert" for severity in alerting.severities)
    becomes = "become" if len(alerting.severities) > 1 else "becomes"
    guard = ", which wait for three bad events" if indicator.sli.counts_events else ""
    amount = f"{alerting.tiers} tiers, each an alert of its own{guard}"
    more = "; SLOErrorBudgetExhausted and SLODataStale are new"
    is_more = "ticket" in alerting.severities
    notes.add(DIFFERS, f"{many} of Sloth's {becomes} {amount}{more if is_more else ''}")


def _say_of_severities(alerting: Alerting, notes: Notes) -> None:
    """Say which alerts have a label that tells how urgent they are, and had none."""
    own = [severity for severity in alerting.severities if severity not in alerting.words]
    if own:
        labels = " and ".join(f'{SEVERITY_LABEL}="{severity}"' for severity in own)
        notes.add(DIFFERS, f"its alerts have {labels}, where Sloth's file says no {SEVERITY_LABEL}")


def _warn_of_plugins(spec: SLOSpec | ServiceSpec, name: str, notes: Notes) -> None:
    """Say that Sloth's plugins that change rules do nothing here."""
    node = getattr(spec, name)
    if isinstance(node, Node):
        key = key_of(spec.origin, name)
        found = f"{key} of Sloth change the rules that it generates: slogen runs none"
        notes.add(LEFT_OUT, found, node)
