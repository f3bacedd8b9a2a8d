"""From nodes to objects, by cattrs: an object of a class, or all that is wrong with it.

Each argument is read for itself, so that all faults of an object are reported together; what
several arguments say together is checked by the class, once each is right. A format says in a
`Form` which keys a class has there. Where a class has an argument ``origin``, made by
`slogen.source.caller`, the object knows its place in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from slogen.errors import Faults, InputError, InvalidValue, MissingKey
from slogen.formats.yaml.faults import first_of, is_explained, missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, Node, ObjectNode, UnreadNode
from slogen.formats.yaml.refusals import Reported, mapping, name_of, sequence
from slogen.formats.yaml.shapes import (
    Choice,
    Count,
    Many,
    Nested,
    Plain,
    Shape,
    Switch,
    Tagged,
    Texts,
)
from slogen.source import read_from
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from slogen.errors import MissingKey as Missing

T = TypeVar("T")
Read = Callable[["Key", Node], object]
"""A function from a key and what stands behind it to an argument."""


@attrs.frozen
class Key:
    """A key of a class.

    Attributes:
        name: As it stands in the file.
        argument: As it is called in Python.
        shape: What stands behind it.
        is_required: Whether it has to be there.
        description: What it means.
        default: What it is where it is not there, as the file would say it; None if no value does.
    """

    name: str
    argument: str
    shape: Shape
    is_required: bool
    description: str = ""
    default: str | int | None = None


@attrs.frozen(kw_only=True)
class Form:
    """How a format writes the arguments of a class.

    Attributes:
        keys: The keys of the class.
        read: What reads an argument; what its shape says, unless given.
        aliases: Keys that can stand in the place of others, by these.
        others: Keys that the format has read before.
        prepare: What puts arguments in the place of aliases.
        expected: What may stand behind a key that no plain shape describes, by its name.
        remedy_of: What says what to do about a key that is none of the known ones.
    """

    keys: tuple[Key, ...]
    read: Read | None = None
    aliases: Mapping[str, str] = attrs.field(factory=dict)
    others: tuple[str, ...] = ()
    prepare: Callable[[MappingNode], MappingNode] | None = None
    expected: Mapping[str, str] = attrs.field(factory=dict)
    remedy_of: Callable[[str, Sequence[str]], str] = did_you_mean

    @property
    def names(self) -> tuple[str, ...]:
        """Every key that may stand in a mapping of this form."""
        return (*(key.name for key in self.keys), *self.aliases.values(), *self.others)

    @classmethod
    def of(cls, made: type, shapes: Mapping[str, Shape]) -> Form:
        """Return the form of an attrs class whose keys are its arguments, by their shapes."""
        fields = attrs.fields_dict(made)
        return cls(
            keys=tuple(
                Key(
                    name=name,
                    argument=name,
                    shape=shape,
                    is_required=fields[name].default is attrs.NOTHING,
                )
                for name, shape in shapes.items()
            )
        )


class Structurer:
    """Makes objects of nodes, in the forms of a format."""

    def __init__(self, form_of: Callable[[type], Form]) -> None:
        """Take what gives the form of a class."""
        self._form_of = form_of
        self._converter = Converter(forbid_extra_keys=True)
        self._functions: dict[type, Callable[[Any, Any], Any]] = {}

    def structure(self, node: Node, cls: type[T]) -> T:
        """Return the object that a node describes.

        Raises:
            InputError: Whatever is wrong with it, all faults together.
        """
        form = self._form_of(cls)
        mapped = mapping(node, f"a mapping with {', '.join(form.names)}")
        prepared: Any = form.prepare(mapped) if form.prepare else mapped
        with read_from(mapped):
            try:
                made: T = self._function(cls, form)(prepared, cls)
            except ClassValidationError as group:
                raise Faults(first_of(_faults(group, mapped, form))) from group
        return made

    def argument(self, form: Form, key: Key, node: Node) -> object:
        """Return an argument that stands behind a key.

        Raises:
            InputError: Whatever is wrong with it, all faults together.
        """
        if isinstance(node, UnreadNode):
            raise Reported
        if isinstance(node, ObjectNode):
            return node.value
        return form.read(key, node) if form.read else self.value(key.shape, node)

    def value(self, shape: Shape, node: Node) -> object:
        """Return what a shape reads."""
        match shape:
            case Nested():
                return self.structure(node, shape.cls)
            case Many():
                return self.each(node, shape.cls)
            case Tagged():
                raise TypeError("what a tag stands for is known to the format alone")
            case _:
                return shape.read(node)

    def each(self, node: Node, cls: type[T]) -> tuple[T, ...]:
        """Return the objects that a list describes.

        Raises:
            InputError: Whatever is wrong with them, all faults together.
        """
        items = sequence(node)
        made: list[T] = []

        def faults() -> Iterator[InputError]:
            for item in items:
                try:
                    made.append(self.structure(item, cls))
                except InputError as fault:
                    yield from unreported(fault)

        if found := first_of(faults()):
            raise Faults(found)
        return tuple(made)

    def _function(self, cls: type, form: Form) -> Callable[[Any, Any], Any]:
        """Return the function of cattrs from a mapping of nodes to an object."""
        if cls not in self._functions:
            arguments: dict[str, Any] = {
                key.argument: override(rename=key.name, struct_hook=self._hook(form, key))
                for key in form.keys
            }
            fields = attrs.fields_dict(cls)
            hidden = set(fields) - set(arguments) - {"origin"}
            arguments |= {name: override(struct_hook=_value_of) for name in hidden}
            if "origin" in fields:
                arguments["origin"] = override(omit=True)
            self._functions[cls] = make_dict_structure_fn(cls, self._converter, **arguments)
        return self._functions[cls]

    def _hook(self, form: Form, key: Key) -> Callable[[Any, Any], Any]:
        return lambda node, _: self.argument(form, key, node)


def _value_of(node: ObjectNode, _: object) -> object:
    return node.value


def _faults(group: ClassValidationError, node: MappingNode, form: Form) -> Iterator[InputError]:
    """Yield what cattrs collected as faults of slogen's own."""
    lacking = [key.name for key in form.keys if key.is_required and key.name not in node]
    yield from _lost_keys(node, lacking, form)
    for error in group.exceptions:
        if isinstance(error, InvalidValue) and error.origin is node:
            fault = _of_key(error, node, form)
            if fault.subject not in lacking:
                yield fault
        elif isinstance(error, InputError):
            yield from unreported(error)
        elif isinstance(error, ForbiddenExtraKeysError):
            yield from unknown_keys(node, form.names, form.remedy_of)
        elif not isinstance(error, KeyError) or error.args[0] not in lacking:
            raise error


def _lost_keys(node: MappingNode, lacking: list[str], form: Form) -> Iterator[Missing]:
    """Yield the faults of keys that are needed, unless something explains where they are."""
    for name in lacking:
        if not is_explained(node, name, form.names):
            yield missing(node, name, _expected(name, form))


def _expected(name: str, form: Form) -> str:
    """Return what may stand behind a key."""
    if name in form.expected:
        return form.expected[name]
    (shape,) = (key.shape for key in form.keys if key.name == name)
    match shape:
        case Plain() | Switch() | Count():
            return shape.allowed
        case Choice():
            return ", ".join(map(str, shape.words))
        case Many() | Texts():
            return "a list"
        case _:
            return "a mapping"


def _of_key(fault: InvalidValue, node: MappingNode, form: Form) -> InvalidValue:
    """Return a fault that speaks of a key, where the class itself speaks of an argument."""
    name = fault.subject.partition(".")[2]
    argument = fault.argument or name
    if not argument:
        return attrs.evolve(fault, subject=name_of(node))
    key = argument.rstrip("_")
    written = [name for name in (key, form.aliases.get(key, key)) if name in node]
    if not written:
        return MissingKey(key, "missing", fault.allowed, origin=node)
    subject = written[0] if name in {"", argument} else name.rstrip("_")
    return attrs.evolve(fault, subject=subject, argument=argument)
