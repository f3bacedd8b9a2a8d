"""YAML as a tree of nodes that know where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from slogen.source import Position

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator, KeysView

    from slogen.formats.yaml.scalars import ScalarKind

SUFFIXES = (".yaml", ".yml")
"""How the names of files end that hold YAML."""

_BREAK = re.compile(r"\r\n|\r|\n")
_LONGEST_REST = 200
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Source:
    """A file's text, and where its lines begin.

    Attributes:
        file: The path, as it is shown to people.
        text: What the file holds, without a byte order mark.
    """

    def __init__(self, file: str, text: str) -> None:
        """Take what has been read already."""
        self.file = file
        self.text = text
        self._kept: dict[tuple[int, int], str] = {}

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in _BREAK.finditer(self.text)))

    def position(self, begin: int, end: int | None = None, path: str = "") -> Position:
        """Return the place of what stands from one index to another."""
        begin = min(begin, len(self.text))
        if end is not None:
            # libyaml counts the end of the last line, even where the file has none.
            end = begin + max(1, len(self.text[begin:end].rstrip("\r\n")))
        first = bisect_right(self._starts, begin)
        last = first if end is None else max(first, bisect_right(self._starts, max(begin, end - 1)))
        start = self._starts[first - 1]
        one_line = end if first == last else None
        return Position(
            self.file,
            first,
            begin - start + 1,
            None if one_line is None else one_line - start + 1,
            path=path,
            source=self._lines(first, last),
        )

    def rest_of_line(self, begin: int) -> str:
        """Return what stands from an index to the end of its line, without a comment."""
        line = _BREAK.split(self.text[begin : begin + _LONGEST_REST], maxsplit=1)[0]
        return line.partition(" #")[0].rstrip(" \t,")

    def _lines(self, first: int, last: int) -> str:
        """Return lines, counted from 1, with a line feed between them.

        They are kept: a file may be one long line, with a hundred faults in it.
        """
        if (first, last) not in self._kept:
            starts = self._starts
            end = starts[last] if last < len(starts) else len(self.text)
            lines = _BREAK.sub("\n", self.text[starts[first - 1] : end]).removesuffix("\n")
            self._kept[first, last] = lines
        return self._kept[first, last]


class Node:
    """A value in a YAML file. Nodes are origins: what is made from one stands where it does.

    Attributes:
        source: The file.
        begin: The index of its first character.
        end: The index behind its last one; of a mapping or a list, that of its first part.
        parent: The mapping or list that it stands in; of what an alias repeats, the first one.
        key: Its key or index there.
        size: How many nodes it consists of, with all that aliases repeat.
    """

    def __init__(self, source: Source, begin: int, end: int) -> None:
        """Take the place; the reader says later what the node stands in."""
        self.source = source
        self.begin = begin
        self.end = end
        self.parent: Node | None = None
        self.key: str | int = ""
        self.size = 1

    @property
    def path(self) -> str:
        """The way to it from the top, such as ``$.services[0].name``."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            steps.append(step(node.key))
            node = node.parent
        return "$" + "".join(reversed(steps))

    def position(self, argument: str | None = None) -> Position:  # noqa: ARG002 (only mappings have arguments)
        """Return the place of this node."""
        return self.source.position(self.begin, self.end, self.path)


class ScalarNode(Node):
    """A text, a number, a truth value or nothing.

    Attributes:
        text: As it was written; of what is quoted, what is meant.
        kind: What YAML 1.2 takes it for.
    """

    def __init__(self, source: Source, begin: int, end: int, text: str, kind: ScalarKind) -> None:
        """Take a text and what it is."""
        super().__init__(source, begin, end)
        self.text = text
        self.kind = kind

    @property
    def is_verbatim(self) -> bool:
        """Whether its text is all that stands at its place: neither quotes nor an anchor."""
        return self.source.text[self.begin : self.end] == self.text


class UnreadNode(Node):
    """Something that could not be read, which has been told already."""

    @classmethod
    def at(cls, node: Node) -> UnreadNode:
        """Return what stands for a node that could not be read."""
        return cls(node.source, node.begin, node.end)


class ObjectNode(Node):
    """A value that stands for an object that has been made already.

    Attributes:
        value: The object.
    """

    def __init__(self, near: Node, value: object) -> None:
        """Take an object, and the node whose place stands for it."""
        super().__init__(near.source, near.begin, near.end)
        self.parent, self.key = near.parent, near.key
        self.value = value


class SequenceNode(Node):
    """A list.

    Attributes:
        items: What it holds.
    """

    def __init__(self, source: Source, begin: int, end: int) -> None:
        """Begin an empty list."""
        super().__init__(source, begin, end)
        self.items: list[Node] = []

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


class MappingNode(Node):
    """Keys with their values; an origin whose arguments are its keys.

    Attributes:
        entries: What it holds, by key.
        keys_at: Where each key begins and ends.
        is_whole: Whether all that was to stand in it could be read.
    """

    def __init__(self, source: Source, begin: int, end: int) -> None:
        """Begin an empty mapping."""
        super().__init__(source, begin, end)
        self.entries: dict[str, Node] = {}
        self.keys_at: dict[str, tuple[int, int]] = {}
        self.is_whole = True

    def __getitem__(self, key: str) -> Node:
        return self.entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def get(self, key: str) -> Node | None:
        """Return the value of a key; None if it does not have it."""
        return self.entries.get(key)

    def keys(self) -> KeysView[str]:
        """Return the keys in their order."""
        return self.entries.keys()

    def items(self) -> ItemsView[str, Node]:
        """Return the keys with their values, in their order."""
        return self.entries.items()

    def position(self, argument: str | None = None) -> Position:
        """Return the place of an argument's value, or that of the mapping if it does not say it.

        In ``labels.team`` the argument of an argument is meant.
        """
        first, _, rest = (argument or "").partition(".")
        for name in (first.rstrip("_"), f"{first}_where") if first else ():
            if (node := self.get(name)) is not None:
                return node.position(rest)
        return super().position()

    def key_position(self, key: str) -> Position:
        """Return the place of a key itself."""
        return self.source.position(*self.keys_at[key], f"{self.path}{step(key)}")

    def with_entries(self, **nodes: Node) -> MappingNode:
        """Return this mapping with other values for some keys."""
        return self._evolved({**self.entries, **nodes})

    def without(self, *keys: str) -> MappingNode:
        """Return this mapping without some keys."""
        return self._evolved({key: node for key, node in self.items() if key not in keys})

    def only(self, key: str) -> MappingNode:
        """Return this mapping with one of its keys."""
        return self._evolved({key: self.entries[key]})

    def over(self, other: MappingNode) -> MappingNode:
        """Return this mapping, with what it does not have taken from another one."""
        return self._evolved({**other.entries, **self.entries})

    def _evolved(self, entries: dict[str, Node]) -> MappingNode:
        made = MappingNode(self.source, self.begin, self.end)
        made.parent, made.key, made.size = self.parent, self.key, self.size
        made.entries, made.keys_at, made.is_whole = entries, self.keys_at, self.is_whole
        return made


def step(key: str | int) -> str:
    """Return a step of a path.

    >>> step("name"), step(0), step("a b")
    ('.name', '[0]', "['a b']")
    """
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{key!r}]"
