"""The objects of OpenSLO: their kinds, names, labels and annotations, and names of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import attrs

from slogen.errors import InputError, InvalidValue, raise_all
from slogen.formats.yaml.faults import missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from slogen.formats.yaml.refusals import described, mapping
from slogen.formats.yaml.shapes import TEXT, Plain

_KEYS = ("apiVersion", "kind", "metadata", "spec")
_METADATA = ("annotations", "displayName", "labels", "name", "namespace")
_WORD = Plain(("text", "int", "float", "bool"), "a text", is_prose=True)


@attrs.frozen
class Entry:
    """An object, or one that stands within another.

    Attributes:
        kind: What it is.
        name: What others call it.
        display_name: What people call it.
        labels: Its labels; of a list, all of its texts.
        annotations: Its annotations.
        spec: What else it says; not read yet.
        node: Where it stands.
    """

    kind: str
    name: str
    display_name: str
    labels: Mapping[str, tuple[str, ...]] = attrs.field(hash=False)
    annotations: Mapping[str, str] = attrs.field(hash=False)
    spec: MappingNode = attrs.field(eq=False)
    node: MappingNode = attrs.field(eq=False)

    @property
    def metadata(self) -> MappingNode:
        """Where its name stands."""
        found = self.node["metadata"]
        assert isinstance(found, MappingNode)  # noqa: S101 (it was read)
        return found


@attrs.frozen
class Reference:
    """The name of an object that stands elsewhere.

    Attributes:
        kind: What it is.
        name: What it is called.
        node: Where the name stands.
    """

    kind: str
    name: str
    node: Node = attrs.field(eq=False)


def entry_of(node: Node, kind: str) -> Entry:
    """Return an object of a kind; what its spec says is not read.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    root = mapping(node, f"{kind} with metadata and spec")
    faults: list[InputError] = [*unknown_keys(root, _KEYS)]
    said = root.get("kind")
    if said is not None and not (isinstance(said, ScalarNode) and said.text == kind):
        faults.append(InvalidValue("kind", described(said), kind, origin=said))
    faults += [
        missing(root, key, "a mapping")
        for key in ("metadata", "spec")
        if key not in root and root.is_whole
    ]

    def read(call: Callable[[], object]) -> object:
        try:
            return call()
        except InputError as fault:
            faults.extend(unreported(fault))
            return None

    spec, metadata = root.get("spec"), root.get("metadata")
    body = read(lambda: mapping(spec, "a mapping")) if spec is not None else None
    head = read(lambda: mapping(metadata, "a mapping with name")) if metadata is not None else None
    said_of_it: dict[str, Any] = {}
    if isinstance(head, MappingNode):
        faults += unknown_keys(head, _METADATA)
        if "name" not in head and head.is_whole:
            faults.append(missing(head, "name", "a text"))
        for key, take in _READERS.items():
            if key in head:
                said_of_it[key] = read(partial(take, head[key]))
    raise_all(faults)
    assert isinstance(body, MappingNode)  # noqa: S101 (it was read)
    return Entry(
        kind=kind,
        name=said_of_it["name"],
        display_name=said_of_it.get("displayName", ""),
        labels=said_of_it.get("labels", {}),
        annotations=said_of_it.get("annotations", {}),
        spec=body,
        node=root,
    )


def inline_or_reference(node: Node, kind: str, key: str) -> Entry | Reference:
    """Return an object that stands in a list, or its name.

    Args:
        node: What stands there.
        kind: The kind of the object.
        key: The key of a name.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    if isinstance(node, ScalarNode) and node.kind == "text":
        return Reference(kind, node.text, node)
    root = mapping(node, f"{key}, or {kind} with metadata and spec")
    if key not in root:
        return entry_of(root, kind)
    raise_all([*unknown_keys(root, [key])])
    return Reference(kind, TEXT.read(root[key]), root[key])


def _name(node: Node) -> str:
    text = TEXT.read(node)
    if not text:
        raise InvalidValue("name", "empty", "a text", origin=node)
    return text


def _labels(node: Node) -> dict[str, tuple[str, ...]]:
    table = mapping(node, "names with a text, or a list of texts, each")
    return {
        key: tuple(map(_WORD.read, value))
        if isinstance(value, SequenceNode)
        else (_WORD.read(value),)
        for key, value in table.items()
    }


def _texts(node: Node) -> dict[str, str]:
    table = mapping(node, "names with a text each")
    return {key: _WORD.read(value) for key, value in table.items()}


_READERS: Mapping[str, Callable[[Node], object]] = {
    "name": _name,
    "displayName": TEXT.read,
    "labels": _labels,
    "annotations": _texts,
}
"""What reads the values of metadata."""
