"""What may stand behind a key of slogen YAML: how it is read, and how JSON Schema says it.

The kinds of shapes are a closed union; every argument of the model has one of them. The schema of
a shape accepts all that the shape reads, and more only where a value is out of a range.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs

from slogen.diagnostics import Fix
from slogen.errors import InputError, InvalidValue, WrongType
from slogen.formats.yaml.nodes import (
    MappingNode,
    Node,
    ObjectNode,
    ScalarNode,
    SequenceNode,
    UnreadNode,
)
from slogen.formats.yaml.scalars import ScalarKind
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

JSON = dict[str, Any]

_LONGEST_SHOWN = 60
_MOST_LISTED = 20
_LONGEST_NUMBER = 15
_LABEL_NAME = "^[a-zA-Z_][a-zA-Z0-9_]*$"
_KINDS = {"int": "the number", "float": "the number", "bool": "the truth value"}

_OLDER_WORDS = {
    **dict.fromkeys(("yes", "on", "y"), "true"),
    **dict.fromkeys(("no", "off", "n"), "false"),
}


class Reported(InputError):
    """What is wrong here has been reported elsewhere."""


@attrs.frozen
class Plain:
    """A text, or a number, which is read as the text that was written.

    Attributes:
        kinds: What YAML may take it for.
        allowed: What may stand there, for messages.
        unit: What to say to a number that lacks a unit.
        title: What JSON Schema calls it; a text of which there is no more to say has none.
        pattern: What every text that is accepted matches.
        bounds: Between what every number that is accepted lies, in words of JSON Schema.
    """

    kinds: tuple[ScalarKind, ...]
    allowed: str
    unit: str = ""
    title: str = ""
    pattern: str = ""
    bounds: tuple[tuple[str, int], ...] = ()

    def read(self, node: Node) -> str:
        """Return the text."""
        scalar = _scalar(node, self.allowed)
        if scalar.kind in self.kinds:
            return scalar.text
        is_number = scalar.kind in {"int", "float"}
        remedy = self.unit.format(scalar.text) if is_number and self.unit else ""
        raise wrong(node, self.allowed, remedy or f"quote it: {quoted(scalar.text)}")

    def schema(self) -> JSON:
        """Return the schema of such a value, or a reference to its definition."""
        return _reference(self.title) if self.title else {"type": "string"}

    def definition(self) -> JSON:
        """Return the schema that the title stands for."""
        return {
            "title": self.title,
            "description": f"{self.allowed[0].upper()}{self.allowed[1:]}.",
            "type": ["string", "number"] if "int" in self.kinds else "string",
            "pattern": self.pattern,
            **dict(self.bounds),
        }


TEXT = Plain(("text",), "a text")


@attrs.frozen
class Count:
    """A whole number of 1 and more."""

    def read(self, node: Node) -> int:
        """Return the number; the model refuses one that is too small."""
        allowed = "a whole number"
        scalar = _scalar(node, allowed)
        if scalar.kind not in {"int", "float"} or scalar.text.lower().endswith((".inf", ".nan")):
            raise wrong(node, allowed)
        if len(scalar.text) > _LONGEST_NUMBER:
            allowed = f"a whole number of at most {_LONGEST_NUMBER} characters"
            raise InvalidValue(name_of(node), described(node), allowed, origin=node)
        base = {"0x": 16, "0o": 8}.get(scalar.text[:2])
        number = int(scalar.text, base) if base else float(scalar.text)
        if number % 1:  # also what is too large for a float
            raise wrong(node, allowed)
        return int(number)

    def schema(self) -> JSON:
        """Return the schema of a whole number."""
        return {"type": "integer", "minimum": 1}


@attrs.frozen
class Switch:
    """True or false.

    Attributes:
        allowed: What may stand there, for messages.
    """

    allowed: str = "true or false"

    def read(self, node: Node) -> bool:
        """Return the truth value."""
        scalar = _scalar(node, self.allowed)
        if scalar.kind != "bool":
            word = _OLDER_WORDS.get(scalar.text.lower(), "")
            fix = Fix(scalar.text, word) if word and scalar.is_verbatim else None
            raise wrong(node, self.allowed, f"write {word}" if word else "", fix)
        return scalar.text.lower() == "true"

    def schema(self) -> JSON:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


@attrs.frozen
class Choice:
    """One of a few words."""

    words: tuple[str | bool, ...]

    def read(self, node: Node) -> str:
        """Return the word; the model refuses one that is none of them."""
        return str(TEXT.read(node))

    def schema(self) -> JSON:
        """Return the schema of the words."""
        return {"enum": list(self.words)}


@attrs.frozen
class Texts:
    """A list of texts; one may stand alone."""

    def read(self, node: Node) -> tuple[str, ...]:
        """Return the texts."""
        return tuple(TEXT.read(item) for item in self.items(node))

    def singles(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Return lists of one text each, with their places."""
        return ((item, item) for item in self.items(node))

    def items(self, node: Node) -> Iterator[Node]:
        """Return the nodes that make up the list."""
        if isinstance(node, SequenceNode):
            yield from node
        elif isinstance(node, ScalarNode):
            yield node
        else:
            raise wrong(node, "a list of texts")

    def schema(self) -> JSON:
        """Return the schema of one text or a list of them."""
        text = TEXT.schema()
        return {"anyOf": [text, {"type": "array", "items": text}]}


@attrs.frozen
class Table:
    """Names with a text each, such as labels.

    Attributes:
        names: The names that may stand there; those of labels unless given.
    """

    names: tuple[str, ...] = ()

    def read(self, node: Node) -> dict[str, str]:
        """Return the texts by name."""
        return {key: TEXT.read(value) for key, value in self._entries(node).items()}

    def singles(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Return tables of one name each, with the places of their texts."""
        table = self._entries(node)
        for key, value in table.items():
            yield table.only(key), value

    def _entries(self, node: Node) -> MappingNode:
        return mapping(node, "names with a text each")

    def schema(self) -> JSON:
        """Return the schema of names with texts."""
        if self.names:
            named = {
                name: {"description": f"What stands for `{name}`.", **TEXT.schema()}
                for name in self.names
            }
            return {"type": "object", "properties": named, "additionalProperties": False}
        return {
            "type": "object",
            "propertyNames": {"pattern": _LABEL_NAME},
            "additionalProperties": TEXT.schema(),
        }


@attrs.frozen
class Tables:
    """A few names, with names and texts each: labels by severity.

    Attributes:
        names: The outer names.
    """

    names: tuple[str, ...]

    def read(self, node: Node) -> dict[str, dict[str, str]]:
        """Return the tables by name."""
        return {key: Table().read(value) for key, value in self._entries(node).items()}

    def singles(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Return tables of one text each, with the places of the texts."""
        outer = self._entries(node)
        for key, value in outer.items():
            if key not in self.names or not isinstance(value, MappingNode):
                yield outer.only(key), value
                continue
            for inner, place in Table().singles(value):
                yield outer.with_entries(**{key: inner}).only(key), place

    def _entries(self, node: Node) -> MappingNode:
        return mapping(node, f"a mapping with {', '.join(self.names)}")

    def schema(self) -> JSON:
        """Return the schema of the names with a table each."""
        named = {
            name: {"description": f"Labels for the severity `{name}`.", **Table().schema()}
            for name in self.names
        }
        return {"type": "object", "properties": named, "additionalProperties": False}


@attrs.frozen
class Nested:
    """The arguments of another class of the model.

    Attributes:
        cls: The class.
        words: What may stand there instead: a preset's name, true or false.
        is_named: Whether the name of one that is defined elsewhere may stand there, too.
        instead: What to write for true or false, where neither may stand there.
    """

    cls: type
    words: tuple[str, ...] | tuple[bool, ...] = ()
    is_named: bool = False
    instead: str = ""

    def schema(self) -> JSON:
        """Return the schema of the class, of a word, or of a name."""
        whole = _reference(self.cls.__name__)
        if not self.words:
            return whole
        is_switch = self.words == (True, False)
        word = Switch().schema() if is_switch else Choice(self.words).schema()
        name = [TEXT.schema()] if self.is_named else []
        return {"anyOf": [word, *name, whole]}


@attrs.frozen
class Tagged:
    """One of several classes, whose tag is the only key; or the name of one defined elsewhere.

    Attributes:
        title: What the classes have in common.
    """

    title: str

    def schema(self) -> JSON:
        """Return the schema of a name, or of a class with its tag."""
        return {"anyOf": [TEXT.schema(), _reference(self.title)]}


@attrs.frozen
class Many:
    """A list of objects of a class."""

    cls: type

    def schema(self) -> JSON:
        """Return the schema of the list."""
        return {"type": "array", "items": _reference(self.cls.__name__)}


Shape = Plain | Count | Switch | Choice | Texts | Table | Tables | Nested | Tagged | Many


def wrong(node: Node, allowed: str, remedy: str = "", fix: Fix | None = None) -> InputError:
    """Return the fault of a node that is of another kind than what is needed."""
    if isinstance(node, UnreadNode):
        return Reported()
    is_nothing = isinstance(node, ScalarNode) and node.kind == "null"
    remedy = "write a value, or remove the key" if is_nothing else remedy
    return WrongType(name_of(node), described(node), allowed, remedy, origin=node, fix=fix)


def mapping(node: Node, allowed: str, remedy: str = "") -> MappingNode:
    """Return a node that has to be a mapping.

    Raises:
        WrongType: If it is not.
    """
    if not isinstance(node, MappingNode):
        raise wrong(node, allowed, remedy)
    return node


def listed(names: Iterable[str]) -> str:
    """Return names for a message: the first of many.

    >>> listed(["page", "ticket"])
    'page, ticket'
    """
    first = list(itertools.islice(dict.fromkeys(names), _MOST_LISTED + 1))
    return ", ".join(first[:_MOST_LISTED]) + (", ..." if len(first) > _MOST_LISTED else "")


def name_of(node: Node) -> str:
    """Return how a node is called in messages: its key, or the list's with the index."""
    if isinstance(node.key, str):
        return node.key or "the file"
    return f"{name_of(node.parent)}[{node.key}]" if node.parent else f"[{node.key}]"


def described(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if not isinstance(node, ScalarNode) or isinstance(node, ObjectNode):
        return "another value"
    if node.kind == "null":
        return "nothing (null)"
    text = node.text if len(node.text) <= _LONGEST_SHOWN else f"{node.text[:_LONGEST_SHOWN]}..."
    return f"{_KINDS[node.kind]} {text}" if node.kind in _KINDS else f"the text {quoted(text)}"


def _reference(title: str) -> JSON:
    return {"$ref": f"#/$defs/{title}"}


def _scalar(node: Node, allowed: str) -> ScalarNode:
    if not isinstance(node, ScalarNode):
        raise wrong(node, allowed)
    return node
