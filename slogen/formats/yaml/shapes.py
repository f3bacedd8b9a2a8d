"""What may stand behind a key of slogen YAML: how it is read, and how JSON Schema says it.

The kinds of shapes are a closed union; every argument of the model has one of them. The schema of
a shape accepts all that the shape reads, and more only where a value is out of a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from slogen.diagnostics import Fix
from slogen.errors import InvalidValue
from slogen.formats.yaml.nodes import (
    MappingNode,
    Node,
    ScalarNode,
)
from slogen.formats.yaml.refusals import (
    described,
    listed,
    mapping,
    name_of,
    scalar_node,
    sequence,
    wrong,
)
from slogen.formats.yaml.scalars import ScalarKind
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = dict[str, Any]

_LONGEST_NUMBER = 15
_LABEL_NAME = "^[a-zA-Z_][a-zA-Z0-9_]*$"

_OLDER_WORDS = {
    **dict.fromkeys(("yes", "on", "y"), "true"),
    **dict.fromkeys(("no", "off", "n"), "false"),
}


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
        in_braces: Whether PromQL writes it within braces, which are left out here.
        is_prose: Whether every text is accepted, so that quotes make a text of anything.
    """

    kinds: tuple[ScalarKind, ...]
    allowed: str
    unit: str = ""
    title: str = ""
    pattern: str = ""
    bounds: tuple[tuple[str, int], ...] = ()
    in_braces: bool = False
    is_prose: bool = False

    def read(self, node: Node) -> str:
        """Return the text."""
        scalar = scalar_node(node, self.allowed, in_braces=self.in_braces)
        if scalar.kind in self.kinds:
            return scalar.text
        raise wrong(node, self.allowed, self._remedy(scalar))

    def _remedy(self, scalar: ScalarNode) -> str:
        """Return what to write instead of a number or a truth value, if that would be accepted."""
        if scalar.kind in {"int", "float"} and self.unit:
            return self.unit.format(scalar.text)
        is_accepted = self.is_prose or (self.pattern and re.search(self.pattern, scalar.text))
        return f"quote it: {quoted(scalar.text)}" if is_accepted else ""

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


TEXT = Plain(("text",), "a text", is_prose=True)


@attrs.frozen
class Count:
    """A whole number of at least 1.

    Attributes:
        allowed: What may stand there, for messages.
    """

    allowed: str = "a whole number of at least 1, such as 3"

    def read(self, node: Node) -> int:
        """Return the number; the model refuses one that is too small."""
        allowed = self.allowed
        scalar = scalar_node(node, allowed)
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
        scalar = scalar_node(node, self.allowed)
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
    """One of a few words.

    Attributes:
        words: The words.
        switches: The words that stand for true and false to whoever writes these.
    """

    words: tuple[str | bool, ...]
    switches: tuple[str, str] | tuple[()] = ()

    def read(self, node: Node) -> str:
        """Return the word; the model refuses one that is none of them."""
        allowed = listed(map(str, self.words))
        scalar = scalar_node(node, allowed)
        if scalar.kind == "text":
            return scalar.text
        if scalar.kind == "bool" and self.switches:
            word = self.switches[scalar.text.lower() == "false"]
            raise wrong(node, allowed, f"write {word}")
        raise wrong(node, allowed)

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
        if isinstance(node, ScalarNode):
            yield node
        else:
            yield from sequence(node, "a list of texts")

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


def _reference(title: str) -> JSON:
    return {"$ref": f"#/$defs/{title}"}
