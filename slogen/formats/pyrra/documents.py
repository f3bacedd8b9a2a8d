"""The documents of Pyrra's files, as they stand there, with all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue
from slogen.formats.format import Document
from slogen.formats.imported.notes import LEFT_OUT, Notes
from slogen.formats.pyrra import ITEMS, is_pyrra
from slogen.formats.pyrra.spec import API_VERSION, KIND, MetadataSpec, SLOSpec, structurer
from slogen.formats.yaml.faults import missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, ScalarNode
from slogen.formats.yaml.refusals import described, mapping, sequence, wrong

if TYPE_CHECKING:
    from slogen.formats.yaml.nodes import Node

_LIST = f"{KIND}List"
_KEYS = ("apiVersion", "kind", "metadata", "spec", "status")
_OF_KUBERNETES = (
    *("clusterName", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp"),
    *("finalizers", "generateName", "generation", "managedFields", "ownerReferences"),
    *("resourceVersion", "selfLink", "uid"),
)
"""The keys of metadata that Kubernetes writes itself."""


@attrs.frozen
class Resource:
    """An SLO of a file.

    Attributes:
        metadata: What it is known by.
        spec: What it promises.
    """

    metadata: MetadataSpec
    spec: SLOSpec


@attrs.define
class File:
    """What a file holds.

    Attributes:
        document: The file.
        resources: The SLOs that nothing is wrong with so far.
        faults: What is wrong with it.
        findings: What there is to say about it.
    """

    document: Document
    resources: list[Resource] = attrs.field(factory=list)
    faults: list[InputError] = attrs.field(factory=list)
    findings: list[Diagnostic] = attrs.field(factory=list)


def file_of(document: Document) -> File:
    """Return what a file holds."""
    reading = document.documents
    file = File(document, faults=list(reading.faults), findings=list(reading.findings))
    for root in (reading.root, *reading.others):
        if root is not None and not (isinstance(root, ScalarNode) and root.kind == "null"):
            _enter(root, file)
    return file


def _enter(node: Node, file: File) -> None:
    """Enter what a document or an item of a list says, or what is wrong with it."""
    try:
        _take(node, file)
    except InputError as fault:
        file.faults += unreported(fault)


def _take(root: Node, file: File) -> None:
    if not isinstance(root, MappingNode):
        raise wrong(root, f"a resource of {API_VERSION}")
    if not is_pyrra(root):
        notes = Notes()
        kind = root.get("kind")
        name = kind.text if isinstance(kind, ScalarNode) else "something else"
        notes.add(LEFT_OUT, f"a document is not read: it is {name}, and not Pyrra's", root)
        file.findings += notes.said
    elif ITEMS in root:
        for item in sequence(root[ITEMS]):
            _enter(item, file)
    else:
        _take_resource(root, file)


def _take_resource(root: MappingNode, file: File) -> None:
    _expect(root, "apiVersion", API_VERSION)
    kind = root.get("kind")
    if not isinstance(kind, ScalarNode) or kind.text != KIND:
        found = described(kind) if kind else "missing"
        raise InvalidValue("kind", found, f"{KIND}, or {_LIST}", origin=kind or root)
    file.faults += unknown_keys(root, _KEYS)
    metadata, spec = None, None
    try:
        metadata = structurer().structure(_metadata(root), MetadataSpec)
    except InputError as fault:
        file.faults += unreported(fault)
    if "spec" not in root:
        if root.is_whole:
            file.faults.append(missing(root, "spec", "a mapping with target, window, indicator"))
        return
    try:
        spec = structurer().structure(root["spec"], SLOSpec)
    except InputError as fault:
        file.faults += unreported(fault)
    if metadata is not None and spec is not None:
        file.resources.append(Resource(metadata, spec))


def _metadata(root: MappingNode) -> Node:
    if "metadata" not in root:
        raise missing(root, "metadata", "a mapping with a name")
    return mapping(root["metadata"], "a mapping with a name").without(*_OF_KUBERNETES)


def _expect(root: MappingNode, key: str, value: str) -> None:
    node = root[key]
    if not isinstance(node, ScalarNode) or node.text != value:
        remedy = f"write {value}, the version that this slogen reads"
        raise InvalidValue(key, described(node), value, remedy, origin=node)
