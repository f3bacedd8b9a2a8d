"""From the bytes of a YAML file to a tree of nodes, or to all that is wrong with it.

The events come from libyaml through ruamel.yaml; what slogen does not read is refused here: tags,
and whatever would take more time or memory than a file is worth; merge keys and several documents,
too, unless the files are another tool's.
"""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING, Any

import attrs
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from slogen.diagnostics import Diagnostic, Fix, reason_of
from slogen.errors import DuplicateKey, InputError, InvalidYAML, UnreadableFile
from slogen.formats.codes import YAML_DIALECT
from slogen.formats.encoding import decoded
from slogen.formats.yaml.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Source,
    UnreadNode,
)
from slogen.formats.yaml.scalars import kind_of, older_meaning
from slogen.formats.yaml.syntax import syntax_fault, template_fault
from slogen.source import shown
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LARGEST_FILE = 10 * 2**20
"""How many bytes are read; 10,000 definitions are about 8 MB."""
MOST_NODES = 500_000
MOST_REPEATED = 10
"""How many times as large as it is written a file may be, once its aliases are followed."""
DEEPEST = 32
LONGEST_TEXT = 50_000
"""How many characters a text may have; no query may be half as long."""
MOST_FAULTS = 100
"""How many faults of a file are told, and how many findings."""

_UNREADABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_SMALL = 10_000
_MERGE = "<<"
_STANDARD_TAGS = "tag:yaml.org,2002:"


@attrs.frozen
class Reading:
    """What came out of a file.

    Attributes:
        root: The tree; None where there is none.
        faults: What is wrong, in the order of the file.
        findings: What other readers of YAML would read differently.
        others: The trees of further documents, where a format has several in a file.
    """

    root: Node | None
    faults: tuple[InputError, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    others: tuple[Node, ...] = ()


def read_file(path: Path, *, several: bool = False) -> Reading:
    """Read a file; whatever is in it or wrong with it.

    Args:
        path: The file.
        several: Whether more documents than one may stand in it, and merge keys, as other tools
            read them.
    """
    file = name_of_file(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = f"cannot be read: {reason_of(error)}"
        return Reading(None, (UnreadableFile(file, reason),))
    return read(content, file, several=several)


def name_of_file(path: Path) -> str:
    """Return how a file is called in messages: without the steps up and down of what inherits."""
    return shown(os.path.normpath(path))


def read(content: bytes, file: str, *, several: bool = False) -> Reading:
    """Read what a file holds; the arguments are those of `read_file`."""
    if len(content) > LARGEST_FILE:
        allowed = f"is larger than {LARGEST_FILE // 2**20} MiB, the most that is read"
        return Reading(None, (UnreadableFile(file, allowed, "split it into several files"),))
    try:
        text = decoded(content, file, InvalidYAML)
    except InputError as fault:
        return Reading(None, (fault,))
    source = Source(file, text)
    if strangers := tuple(itertools.islice(_strangers(source), MOST_FAULTS)):
        return Reading(None, strangers)
    return read_source(source, several=several)


def read_source(source: Source, *, several: bool = False) -> Reading:
    """Read a text whose places are those of a file; the arguments are those of `read_file`."""
    return _Builder(source, several=several).built()


def _strangers(source: Source) -> Iterator[InputError]:
    """Find characters that no YAML file may hold."""
    for match in _UNREADABLE.finditer(source.text):
        reason = f"not YAML: the character U+{ord(match[0]):04X} cannot stand in a file"
        yield InvalidYAML(reason, source.position(*match.span()), "remove it")


class _Stop(Exception):
    """Nothing that follows can be read."""


class _Builder:
    """A tree that grows with each event of the parser."""

    def __init__(self, source: Source, *, several: bool) -> None:
        self.source = source
        self.several = several
        self.before: list[Node] = []
        self.faults: list[InputError] = []
        self.findings: list[Diagnostic] = []
        self.root: Node | None = None
        self.open: list[MappingNode | SequenceNode] = []
        self.keys: list[ScalarNode | None] = []
        self.anchors: dict[str, Node] = {}
        self.merged: list[tuple[MappingNode, Node]] = []
        self.repeated = 0
        self.count = 0
        self.documents = 0

    def built(self) -> Reading:
        yaml = YAML(typ="safe")
        try:
            for event in yaml.parse(self.source.text):
                if handle := _HANDLERS.get(type(event).__name__):
                    handle(self, event)
        except _Stop:
            self.root = None if self.open else self.root
        except YAMLError as error:
            self.root = None
            self.faults.append(syntax_fault(error, self.source))
        if self.root is not None:
            self.before.append(self.root)
        first = self.before[0] if self.before else None
        return Reading(first, tuple(self.faults), tuple(self.findings), tuple(self.before[1:]))

    def _refuse(self, event: Any, reason: str, remedy: str) -> None:  # noqa: ANN401 (ruamel has no types)
        begin, end = event.start_mark.index, event.end_mark.index
        place = self.source.position(begin, max(end, begin + 1))
        self.faults.append(InvalidYAML(reason, place, remedy))
        if len(self.faults) >= MOST_FAULTS:
            raise _Stop

    def document(self, event: Any) -> None:  # noqa: ANN401
        self.documents += 1
        if self.documents > 1 and self.several:
            self._set_apart()
        elif self.documents > 1:
            self._refuse(
                event,
                "a second document begins here",
                "one document a file: move it to a file of its own",
            )
            raise _Stop
        if event.version or event.tags:
            self._refuse(event, "directives are not read", "remove the lines that begin with %")

    def _set_apart(self) -> None:
        """Keep the document that has ended; what it named means nothing in the next one."""
        if self.root is not None:
            self.before.append(self.root)
        self.root = None
        self.anchors.clear()

    def scalar(self, event: Any) -> None:  # noqa: ANN401
        text = event.value[:LONGEST_TEXT]
        if text != event.value:
            self._refuse(event, f"longer than {LONGEST_TEXT} characters", "nothing needs that many")
        is_plain = event.implicit[0]
        self._check_tag(event)
        kind = kind_of(text) if is_plain else "text"
        begin, end = event.start_mark.index, event.end_mark.index
        node = ScalarNode(self.source, begin, max(end, begin + 1), text, kind)
        if is_plain:
            self._compare(node)
        self._add(node, event)

    def _compare(self, node: ScalarNode) -> None:
        """Note what PyYAML would read differently."""
        is_told = node.text == _MERGE or len(self.findings) >= MOST_FAULTS
        if not is_told and (meaning := older_meaning(node.text)):
            now = {"text": "a text", "int": "a number", "float": "a number"}[node.kind]
            message = (
                f"{node.text} is {now} in YAML 1.2, and {meaning} for readers of YAML 1.1: "
                f"write {quoted(node.text)}"
            )
            place = self.source.position(node.begin, node.end)
            self.findings.append(
                Diagnostic(entry=YAML_DIALECT, found=message, origin=place, fix=_quotes(node))
            )

    def sequence(self, event: Any) -> None:  # noqa: ANN401
        self._check_tag(event)
        self._begin(SequenceNode(self.source, event.start_mark.index, event.end_mark.index), event)

    def mapping(self, event: Any) -> None:  # noqa: ANN401
        self._check_tag(event)
        self._begin(MappingNode(self.source, event.start_mark.index, event.end_mark.index), event)

    def _begin(self, node: MappingNode | SequenceNode, event: Any) -> None:  # noqa: ANN401
        node.end = max(node.end, node.begin + 1)
        if len(self.open) >= DEEPEST:
            self._refuse(event, f"nested deeper than {DEEPEST} levels", "nothing needs that many")
            raise _Stop
        self._add(node, event)
        self.open.append(node)
        self.keys.append(None)

    def end(self, _: Any) -> None:  # noqa: ANN401
        node = self.open.pop()
        self.keys.pop()
        if isinstance(node, MappingNode) and node.keys_at and node.source.text[node.begin] != "{":
            node.end = next(iter(node.keys_at.values()))[1]
        if isinstance(node, MappingNode):
            self._merge(node)
        parts = node.entries.values() if isinstance(node, MappingNode) else node.items
        node.size = 1 + sum(part.size for part in parts)
        self._check_size(node, node.size)

    def _check_size(self, node: Node, size: int) -> None:
        """Stop where aliases or merge keys repeat too much."""
        if size > max(_SMALL, MOST_REPEATED * self.count):
            reason = f"its aliases make the file more than {MOST_REPEATED} times as large"
            remedy = "name a policy or an indicator and refer to it by its name"
            place = self.source.position(node.begin, node.end)
            self.faults.append(InvalidYAML(reason, place, remedy))
            self.root = None
            raise _Stop

    def _merge(self, mapping: MappingNode) -> None:
        """Enter what merge keys share with a mapping; its own keys win, then the first ones."""
        while self.merged and self.merged[-1][0] is mapping:
            _, shared = self.merged.pop()
            for part in shared.items if isinstance(shared, SequenceNode) else (shared,):
                if isinstance(part, MappingNode):
                    self.repeated += len(part.entries)
                    self._check_size(mapping, self.repeated)
                    mapping.is_whole &= part.is_whole
                    mapping.entries = {**part.entries, **mapping.entries}
                    mapping.keys_at = {**part.keys_at, **mapping.keys_at}
                    continue
                mapping.is_whole = False
                if not isinstance(part, UnreadNode):
                    place = part.source.position(part.begin, part.end)
                    remedy = "write an alias of a mapping, such as <<: *name"
                    self.faults.append(InvalidYAML("<< is no mapping", place, remedy))

    def alias(self, event: Any) -> None:  # noqa: ANN401
        node = self.anchors.get(event.anchor)
        if node is None:
            self._refuse(
                event, f"there is no anchor &{event.anchor} above", "write the anchor before it"
            )
        elif any(node is one for one in self.open):
            self._refuse(event, f"the alias *{event.anchor} holds itself", "write it out")
            node = None
        place = (self.source, event.start_mark.index, event.end_mark.index)
        if node is None:
            node = UnreadNode(*place)
        elif isinstance(node, ScalarNode) and self._is_key_next:
            node = ScalarNode(*place, node.text, node.kind)  # each mapping has keys of its own
        self._add(node, None)

    @property
    def _is_key_next(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], MappingNode) and self.keys[-1] is None

    def _check_tag(self, event: Any) -> None:  # noqa: ANN401
        if event.tag is not None:
            tag = event.tag.replace(_STANDARD_TAGS, "!!")
            self._refuse(event, f"the tag {tag} is not read", "remove it; quotes make a text")

    def _add(self, node: Node, event: Any) -> None:  # noqa: ANN401
        self.count += 1
        if self.count > MOST_NODES:
            self.faults.append(
                InvalidYAML(
                    f"more than {MOST_NODES} values in one file",
                    node.position(),
                    "split it into several files",
                )
            )
            raise _Stop
        if event is not None and event.anchor is not None:
            self.anchors[event.anchor] = node
        if not self.open:
            self.root = node
        elif isinstance(container := self.open[-1], SequenceNode):
            _settle(node, container, len(container.items))
            container.items.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = self._key(node)
        else:
            self._enter(container, self.keys[-1], node)
            self.keys[-1] = None

    def _key(self, node: Node) -> ScalarNode:
        if isinstance(node, ScalarNode):
            return node
        place = node.source.position(node.begin, node.end)
        self.faults.append(
            template_fault(self.source, node.begin)
            or InvalidYAML("a key has to be a text", place, "write `name: value`")
        )
        raise _Stop

    def _enter(self, mapping: MappingNode, key: ScalarNode, node: Node) -> None:
        if key.text == _MERGE and key.kind == "text" and self.several:
            self.merged.append((mapping, node))
        elif key.text == _MERGE and key.kind == "text":
            place = self.source.position(key.begin, key.end)
            mapping.is_whole = False
            remedy = "write what they share below defaults, or give a policy or an indicator a name"
            self.faults.append(InvalidYAML("merge keys (<<) are not read", place, remedy))
        elif key.text in mapping:
            place = self.source.position(key.begin, key.end)
            first = self.source.position(*mapping.keys_at[key.text])
            self.faults.append(DuplicateKey(key.text, first, place))
        else:
            _settle(node, mapping, key.text)
            mapping.entries[key.text] = node
            mapping.keys_at[key.text] = (key.begin, key.end)
        if len(self.faults) >= MOST_FAULTS:
            raise _Stop


def _quotes(node: ScalarNode) -> Fix | None:
    """Return the quotes that make a plain text one for every reader.

    A number is left to whoever wrote it: between quotes it is none.
    """
    is_safe = node.kind == "text" and node.is_verbatim
    return Fix(node.text, f'"{node.text}"') if is_safe else None


def _settle(node: Node, parent: Node, key: str | int) -> None:
    """Let a node know where it stands; what an alias repeats stands where it was written."""
    if node.parent is None:
        node.parent, node.key = parent, key


_HANDLERS: dict[str, Callable[[_Builder, Any], None]] = {
    "DocumentStartEvent": _Builder.document,
    "ScalarEvent": _Builder.scalar,
    "SequenceStartEvent": _Builder.sequence,
    "MappingStartEvent": _Builder.mapping,
    "SequenceEndEvent": _Builder.end,
    "MappingEndEvent": _Builder.end,
    "AliasEvent": _Builder.alias,
}
