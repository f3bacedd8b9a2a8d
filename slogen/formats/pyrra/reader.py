"""From Pyrra's files to SLOs, with all that is wrong with them and all that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Contents
from slogen.formats.imported.indicators import Indicator
from slogen.formats.imported.notes import DIFFERS, LEFT_OUT, SIMPLIFIED, Notes
from slogen.formats.pyrra.alerts import Alerting, alerting_of
from slogen.formats.pyrra.documents import File, Resource, file_of
from slogen.formats.pyrra.indicators import indicator_of, metric_of
from slogen.formats.pyrra.metadata import Identity, identity_of
from slogen.formats.pyrra.tiers import spelled, tiers_of
from slogen.formats.yaml.faults import in_reading_order, unreported
from slogen.formats.yaml.nodes import Node
from slogen.model import SLO, Service, Settings
from slogen.naming import ratio_rate
from slogen.source import Origin, Position, read_from
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from slogen.formats.format import Document
    from slogen.formats.pyrra.spec import SLOSpec
    from slogen.model import Severity

_COUNTS = ("_total", "_count")


@attrs.frozen(kw_only=True)
class _Part:
    """An SLO that lacks its service.

    Attributes:
        resource: What the file says.
        identity: Its names, its owner and its labels.
        indicator: Its indicator.
        alerting: Its alerts.
    """

    resource: Resource
    identity: Identity
    indicator: Indicator
    alerting: Alerting

    def slo(self, service: Service) -> SLO:
        """Return the SLO.

        Raises:
            InvalidValue: If an argument of it is outside of what is allowed.
        """
        words = Settings(severities=self.alerting.words, origin=None)
        is_shared = words.severities == service.settings.severities
        identity, spec = self.identity, self.resource.spec
        with read_from(_Places(self.resource)):
            return SLO(
                service=service,
                name=identity.name,
                objective=spec.target,
                window=spec.window,
                sli=self.indicator.sli,
                group_by=self.indicator.group_by,
                alerts=self.alerting.policy,
                description=spec.description,
                labels=identity.info,
                owner=identity.owner or service.owner,
                runbook=identity.runbook,
                settings=None if is_shared or not self.alerting.words else words,
            )


@attrs.frozen(eq=False)
class _Places:
    """Where the arguments of an SLO stand: some in its metadata, most below its spec."""

    resource: Resource

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of what an argument was made of."""
        name = (argument or "").partition(".")[0]
        spec, metadata = self.resource.spec, self.resource.metadata
        origins: Mapping[str, tuple[Origin | None, str]] = {
            "labels": (metadata.origin, "labels"),
            "objective": (spec.origin, "target"),
            "window": (spec.origin, "window"),
            "sli": (spec.origin, "indicator"),
            "group_by": (spec.indicator.kind.origin, "grouping"),
            "alerts": (spec.origin, "alerting"),
            "description": (spec.origin, "description"),
        }
        origin, key = origins.get(name, (metadata.origin, "name"))
        return origin.position(key) if origin is not None else None


def read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of files; those of one service share it, in whichever files they stand."""
    files = [file_of(document) for document in documents]
    parts = {file.document.resolved: tuple(_parts(file)) for file in files}
    services = dict(_services(part for own in parts.values() for part in own))
    slos = {file.document.resolved: tuple(_slos(file, parts, services)) for file in files}
    return Contents(
        slos=slos,
        faults=[fault for file in files for fault in in_reading_order(file.faults)],
        findings=[finding for file in files for finding in _of_builds(file)],
        differences=[note for file in files for note in file.findings if note.entry is DIFFERS],
    )


def _of_builds(file: File) -> Iterator[Diagnostic]:
    """Yield what every command says about a file; of what differs, how much that is."""
    yield from (finding for finding in file.findings if finding.entry is not DIFFERS)
    if amount := sum(finding.entry is DIFFERS for finding in file.findings):
        place = file.resources[0].metadata.origin if file.resources else None
        found = f"Pyrra's SLOs mean something else in {amount} points"
        remedy = "`slogen convert` lists them"
        yield Diagnostic(entry=DIFFERS, found=found, remedy=remedy, origin=place)


def _parts(file: File) -> Iterator[_Part]:
    """Yield the SLOs of a file that nothing is wrong with so far, and enter what is said."""
    for resource in file.resources:
        identity = identity_of(resource.metadata)
        notes = identity.notes
        spec = resource.spec
        indicator: Indicator | None = None
        try:
            indicator = indicator_of(spec.indicator.kind, notes)
        except InputError as fault:
            file.faults += unreported(fault)
        try:
            alerting = alerting_of(
                spec, resource.metadata, identity.alerts, identity.annotations, notes
            )
        except InvalidValue as fault:
            file.faults += unreported(fault)
            continue
        if indicator is None:
            continue
        _say_of_series(spec, notes)
        _say_what_is_left_out(spec, notes)
        file.findings += notes.said
        yield _Part(resource=resource, identity=identity, indicator=indicator, alerting=alerting)


def _services(parts: Iterable[_Part]) -> Iterator[tuple[str, Service]]:
    """Yield services by their names, with what all of their SLOs say alike."""
    by_name: dict[str, list[_Part]] = {}
    for part in parts:
        by_name.setdefault(part.identity.service, []).append(part)
    for name, own in by_name.items():
        owners = {part.identity.owner for part in own}
        words = {tuple(sorted(part.alerting.words.items())) for part in own}
        shared: dict[Severity, str] = dict(words.pop()) if len(words) == 1 else {}
        with read_from(_Places(own[0].resource)):
            yield (
                name,
                Service(
                    name,
                    owner=owners.pop() if len(owners) == 1 else "",
                    settings=Settings(severities=shared),
                ),
            )


def _slos(
    file: File, parts: Mapping[Path, Sequence[_Part]], services: Mapping[str, Service]
) -> Iterator[SLO]:
    for part in parts[file.document.resolved]:
        try:
            yield part.slo(services[part.identity.service])
        except InputError as fault:
            file.faults += unreported(fault)


def _say_of_series(spec: SLOSpec, notes: Notes) -> None:
    """Say which series take the places of Pyrra's."""
    metric = metric_of(spec.indicator.kind)
    base = metric
    for suffix in _COUNTS:
        base = base.removesuffix(suffix)
    whole = "count" if spec.indicator.bool_gauge is not None else "increase"
    short = clock(tiers_of(spec.window)[0].short)
    found = (
        f"the series {base}:burnrate{short}, {base}:{whole}{spelled(spec.window)} and their like "
        f"are not recorded; {ratio_rate(Duration('5m'))} and slogen's others are: dashboards have "
        "to change"
    )
    notes.add(DIFFERS, found)


def _say_what_is_left_out(spec: SLOSpec, notes: Notes) -> None:
    if spec.performance_over_accuracy:
        found = (
            "performanceOverAccuracy is left out: slogen reads hours for long windows anyway, and "
            "loses no accuracy by it"
        )
        notes.add(SIMPLIFIED, found, spec.origin, argument="performanceOverAccuracy")
    if isinstance(spec.rule_output, Node):
        found = "ruleOutput is left out: slogen's rules are not split between two rulers"
        remedy = (
            "write the labels of rule files into [target.prometheus-operator] of the project file"
        )
        notes.add(LEFT_OUT, found, spec.rule_output, remedy=remedy)
    if spec.partial_response_strategy not in {"", "abort"}:
        found = f"partial_response_strategy: {spec.partial_response_strategy} is left out"
        remedy = "set partial_response_strategy in [target.thanos] of the project file"
        notes.add(LEFT_OUT, found, spec.origin, argument="partial_response_strategy", remedy=remedy)
