"""The objects of OpenSLO's files, and the names by which they find each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Document
from slogen.formats.imported.notes import LEFT_OUT, Notes
from slogen.formats.openslo import is_openslo, objects
from slogen.formats.openslo.entries import Entry, Reference, entry_of
from slogen.formats.openslo.forms import faults_of_spec, spec_of
from slogen.formats.openslo.spec import SPECS
from slogen.formats.openslo.versions import VERSIONS, as_v1
from slogen.formats.yaml.faults import unreported
from slogen.formats.yaml.nodes import MappingNode, ScalarNode
from slogen.formats.yaml.refusals import Reported, described, wrong
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slogen.formats.yaml.nodes import Node


@attrs.frozen
class Read:
    """An object with its spec.

    Attributes:
        entry: The object.
        spec: What its spec says; None where something is wrong with it, which was said.
    """

    entry: Entry
    spec: object


@attrs.define
class File:
    """What a file holds.

    Attributes:
        document: The file.
        objects: Its objects that nothing is wrong with, but for their specs.
        faults: What is wrong with it.
        findings: What there is to say about it.
        broken: The kinds and names of objects that something is wrong with, which was said.
    """

    document: Document
    objects: list[Read] = attrs.field(factory=list)
    faults: list[InputError] = attrs.field(factory=list)
    findings: list[Diagnostic] = attrs.field(factory=list)
    broken: set[tuple[str, str]] = attrs.field(factory=set)

    @property
    def slos(self) -> Sequence[Read]:
        """Its SLOs."""
        return [read for read in self.objects if read.entry.kind == "SLO"]


@attrs.define
class Registry:
    """The objects of all files that are read together, by kind and name.

    Attributes:
        objects: The objects.
        used: The kinds and names of those that something named.
        broken: The kinds and names of those that something is wrong with, which was said.
    """

    objects: dict[tuple[str, str], Read] = attrs.field(factory=dict)
    used: set[tuple[str, str]] = attrs.field(factory=set)
    broken: set[tuple[str, str]] = attrs.field(factory=set)

    @classmethod
    def of(cls, files: Iterable[File]) -> Registry:
        """Return the objects of files; a second one of a name is a fault."""
        registry = cls()
        for file in files:
            registry.broken |= file.broken
            for read in tuple(file.objects):
                entry = read.entry
                first = registry.objects.setdefault((entry.kind, entry.name), read)
                if first is not read:
                    file.objects.remove(read)
                    place = first.entry.metadata.position("name")
                    file.faults.append(
                        InvalidValue(
                            "name",
                            f"{entry.name}, as that of the {entry.kind} at {place}",
                            f"a name that no other {entry.kind} has",
                            "rename one of them",
                            origin=entry.metadata,
                            argument="name",
                        )
                    )
        return registry

    def found(self, reference: Entry | Reference) -> Read:
        """Return an object that is named, or that stands there.

        Raises:
            InputError: If there is none of the name, or something is wrong with the spec of what
                stands there.
        """
        if isinstance(reference, Entry):
            return Read(reference, spec_of(reference))
        key = (reference.kind, reference.name)
        self.used.add(key)
        if key not in self.objects and key in self.broken:
            raise Reported
        if key not in self.objects:
            names = sorted(name for kind, name in self.objects if kind == reference.kind)
            remedy = did_you_mean(reference.name, names)
            raise InvalidValue(
                str(reference.node.key) if isinstance(reference.node.key, str) else reference.kind,
                f"{reference.name}, which no file defines",
                f"the name of one {reference.kind} of the files that are read together: "
                + (", ".join(names[:20]) or "there is none"),
                remedy or "give slogen that file as well",
                origin=reference.node,
            )
        found = self.objects[key]
        if found.spec is None:
            raise Reported
        return found


def file_of(document: Document) -> File:
    """Return what a file holds."""
    reading = document.documents
    file = File(document, faults=list(reading.faults), findings=list(reading.findings))
    for root in objects([reading.root, *reading.others]):
        if isinstance(root, ScalarNode) and root.kind == "null":
            continue
        try:
            _take(root, file)
        except InputError as fault:
            file.faults += unreported(fault)
    return file


def _take(root: Node, file: File) -> None:
    """Enter what an object says.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    if not isinstance(root, MappingNode):
        raise wrong(root, f"an object with apiVersion: {VERSIONS[0]} and kind")
    kind = root.get("kind")
    if not is_openslo(root):
        notes = Notes()
        name = kind.text if isinstance(kind, ScalarNode) else "something else"
        notes.add(LEFT_OUT, f"a document is not read: it is {name}, and not OpenSLO's", root)
        file.findings += notes.said
        return
    version = root["apiVersion"]
    if not isinstance(version, ScalarNode) or version.text not in VERSIONS:
        remedy = f"write {VERSIONS[0]}, the version that this slogen reads best"
        raise InvalidValue(
            "apiVersion", described(version), ", ".join(VERSIONS), remedy, origin=version
        )
    name = kind.text if isinstance(kind, ScalarNode) else ""
    if name not in SPECS:
        raise InvalidValue(
            "kind",
            described(kind) if kind else "missing",
            ", ".join(SPECS),
            _meant(name),
            origin=kind or root,
        )
    try:
        entry = entry_of(as_v1(root, version.text, name), name)
    except InputError:
        file.broken.add((name, _name_in(root)))
        file.faults += faults_of_spec(as_v1(root, version.text, name), name)
        raise
    try:
        spec = spec_of(entry)
    except InputError as fault:
        file.faults += unreported(fault)
        spec = None
    file.objects.append(Read(entry, spec))


def _meant(kind: str) -> str:
    """Return the remedy for a kind that is written in another way."""
    same = [known for known in SPECS if known.lower() == kind.lower()]
    return f"write {same[0]}" if same else did_you_mean(kind, SPECS)


def _name_in(root: MappingNode) -> str:
    """Return the name of an object that something is wrong with."""
    metadata = root.get("metadata")
    name = metadata.get("name") if isinstance(metadata, MappingNode) else None
    return name.text if isinstance(name, ScalarNode) else ""
