"""From the ERP's ConfigMaps to SLOs, with a warning for each contradiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InputError
from slogen.formats.erp.indicators import meant
from slogen.formats.erp.spec import file_of
from slogen.formats.format import Contents
from slogen.formats.imported.notes import LEFT_OUT, Notes
from slogen.formats.yaml.faults import in_reading_order, unreported
from slogen.model import SLO
from slogen.source import read_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from slogen.formats.erp.indicators import Meant
    from slogen.formats.erp.spec import File, Indicator, Objective
    from slogen.formats.format import Document


def read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of files; objectives find the indicators of all of them."""
    files = [file_of(document) for document in documents]
    indicators = {key: found for file in files for key, found in file.indicators.items()}
    used: set[tuple[str, str]] = set()
    slos = {file.document.resolved: tuple(_slos(file, indicators, used)) for file in files}
    for file in files:
        _warn_of_unused(file, used)
    return Contents(
        slos=slos,
        faults=[fault for file in files for fault in in_reading_order(file.faults)],
        findings=[finding for file in files for finding in file.findings],
        supporting=frozenset(
            file.document.resolved for file in files if file.indicators and not file.objectives
        ),
    )


def _slos(
    file: File, indicators: Mapping[tuple[str, str], Indicator], used: set[tuple[str, str]]
) -> Iterator[SLO]:
    """Yield the SLOs of a file, and note which indicators they are about."""
    for slo_id, spec in file.objectives.items():
        notes = Notes(slo_id)
        try:
            found = meant(spec, indicators, notes)
            used.add((spec.service, found.name))
            yield _slo(slo_id, spec, found)
        except InputError as fault:
            file.faults += unreported(fault)
        file.findings += notes.said


def _slo(slo_id: str, spec: Objective, found: Meant) -> SLO:
    """Return an SLO; its id is the ERP's own.

    Raises:
        InvalidValue: If an argument of it is outside of what is allowed.
    """
    assert spec.origin is not None  # noqa: S101 (it was read from a file)
    with read_from(spec.origin):
        return SLO(
            id=slo_id,
            service=spec.service,
            name=found.name or slo_id,
            objective=found.ratio,
            window=spec.time_window,
            sli=found.sli,
            description=spec.description,
        )


def _warn_of_unused(file: File, used: Collection[tuple[str, str]]) -> None:
    """Say which indicators have no objective: nothing is built of them."""
    for (service, name), indicator in file.indicators.items():
        if (service, name) not in used:
            notes = Notes()
            found = f"the indicator {name} of {service} has no objective: nothing is built of it"
            remedy = "write an objective for it, or leave it to dashboards"
            notes.add(LEFT_OUT, found, indicator.origin, remedy=remedy)
            file.findings += notes.said
