"""The documents of Sloth's files, as they stand there, with all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Document
from slogen.formats.imported.notes import LEFT_OUT, Notes
from slogen.formats.sloth import is_sloth
from slogen.formats.sloth.spec import (
    ALERT_WINDOWS,
    API_VERSION,
    SERVICE_LEVEL,
    SLOS,
    VERSION,
    ServiceSpec,
    SLOSpec,
    WindowsSpec,
    structurer,
)
from slogen.formats.sloth.windows import Tiers, tiers_of, usual
from slogen.formats.yaml.faults import missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, ScalarNode
from slogen.formats.yaml.refusals import described, mapping, sequence, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.formats.yaml.nodes import Node
    from slogen.formats.yaml.objects import Structurer

_KINDS = f"{SERVICE_LEVEL} or {ALERT_WINDOWS}"
_RESOURCE_KEYS = ("apiVersion", "kind", "metadata", "spec", "status")

_SHARED = "x-"
"""How keys begin that say nothing themselves: what they hold has anchors, for aliases."""


@attrs.frozen
class ServiceSLOs:
    """A service with its SLOs; what is wrong is among the faults of the file.

    Attributes:
        service: The service; None where something is wrong with it.
        slos: The SLOs that nothing is wrong with so far.
    """

    service: ServiceSpec | None
    slos: tuple[SLOSpec, ...]


@attrs.define
class File:
    """What a file holds.

    Attributes:
        document: The file.
        services: Its services with their SLOs.
        tiers: The tiers that it says for SLOs of some period, with their places.
        faults: What is wrong with it.
        findings: What there is to say about it.
    """

    document: Document
    services: list[ServiceSLOs] = attrs.field(factory=list)
    tiers: list[tuple[Tiers, MappingNode]] = attrs.field(factory=list)
    faults: list[InputError] = attrs.field(factory=list)
    findings: list[Diagnostic] = attrs.field(factory=list)

    @property
    def is_only_windows(self) -> bool:
        """Whether it has no SLOs because it is there for other files."""
        return bool(self.tiers) and not self.services


def file_of(document: Document) -> File:
    """Return what a file holds."""
    reading = document.documents
    file = File(document, faults=list(reading.faults), findings=list(reading.findings))
    roots = [root for root in (reading.root, *reading.others) if not _is_nothing(root)]
    for root in roots:
        try:
            _take(root, file)
        except InputError as fault:
            file.faults += unreported(fault)
    return file


def tiers_of_all(files: Iterable[File]) -> Tiers:
    """Return the tiers that SLOs of some files have; a second set of them is a fault."""
    given = [(tiers, node, file) for file in files for tiers, node in file.tiers]
    if not given:
        return usual()
    first = given[0][0]
    for tiers, node, file in given[1:]:
        if tiers != first:
            fault = InvalidValue(
                "sloPeriod",
                f"{tiers.period} beside the AlertWindows for {first.period}",
                "one AlertWindows for all files that are read together",
                "leave this one out, or build its SLOs apart from the others",
                origin=node,
                argument="spec",
            )
            file.faults.append(fault)
    return first


def _is_nothing(root: Node | None) -> bool:
    return root is None or (isinstance(root, ScalarNode) and root.kind == "null")


def _take(root: Node | None, file: File) -> None:
    """Enter what a document says.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    if not isinstance(root, MappingNode):
        assert root is not None  # noqa: S101 (what is nothing was left out)
        raise wrong(root, f"a document with version: {VERSION}, or a resource of {API_VERSION}")
    if not is_sloth(root):
        notes = Notes()
        kind = root.get("kind")
        name = kind.text if isinstance(kind, ScalarNode) else "something else"
        notes.add(LEFT_OUT, f"a document is not read: it is {name}, and not Sloth's", root)
        file.findings += notes.said
    elif "version" in root:
        _expect(root, "version", VERSION)
        shared = [key for key, _ in root.items() if key.startswith(_SHARED)]
        _take_service(root.without("version", *shared), structurer(is_resource=False), file)
    else:
        _take_resource(root, file)


def _take_resource(root: MappingNode, file: File) -> None:
    _expect(root, "apiVersion", API_VERSION)
    kind, spec = root.get("kind"), root.get("spec")
    file.faults += unknown_keys(root, _RESOURCE_KEYS)
    name = kind.text if isinstance(kind, ScalarNode) else ""
    if name not in {SERVICE_LEVEL, ALERT_WINDOWS}:
        found = described(kind) if kind else "missing"
        raise InvalidValue("kind", found, _KINDS, origin=kind or root)
    if spec is None:
        raise missing(root, "spec", "a mapping")
    structurer_ = structurer(is_resource=True)
    if name == SERVICE_LEVEL:
        _take_service(mapping(spec, "a mapping"), structurer_, file)
    else:
        file.tiers.append((tiers_of(structurer_.structure(spec, WindowsSpec)), root))


def _take_service(node: MappingNode, structurer_: Structurer, file: File) -> None:
    """Enter a service, each of whose SLOs is read for itself."""
    service: ServiceSpec | None = None
    slos: list[SLOSpec] = []
    try:
        service = structurer_.structure(node.without(SLOS), ServiceSpec)
    except InputError as fault:
        file.faults += unreported(fault)
    try:
        items = sequence(node[SLOS]).items if SLOS in node else []
    except InputError as fault:
        file.faults += unreported(fault)
        items = []
    for item in items:
        try:
            slos.append(structurer_.structure(item, SLOSpec))
        except InputError as fault:
            file.faults += unreported(fault)
    if SLOS not in node and node.is_whole:
        file.faults.append(missing(node, SLOS, "a list of SLOs"))
    file.services.append(ServiceSLOs(service, tuple(slos)))


def _expect(root: MappingNode, key: str, value: str) -> None:
    node = root[key]
    if not isinstance(node, ScalarNode) or node.text != value:
        remedy = f"write {value}, the version that this slogen reads"
        raise InvalidValue(key, described(node), value, remedy, origin=node)
