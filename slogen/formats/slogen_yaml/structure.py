"""From nodes of slogen YAML to objects of the model: what is slogen's own about it.

A kind of indicator is a tag, a policy can be a word, and bad events can be said as a part of the
total; the rest is the same for every format.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from slogen.errors import Faults, InputError, InvalidPromQL, InvalidValue
from slogen.formats.slogen_yaml.keys import (
    BASED_ON,
    KINDS,
    LIBRARY,
    NAMINGS,
    PARTS,
    PRESET_SWITCHES,
    PRESETS,
    TAGS,
    key_names,
    keys_of,
)
from slogen.formats.slogen_yaml.misplaced import key_remedy
from slogen.formats.slogen_yaml.values import CONDITIONS
from slogen.formats.yaml.faults import first_of, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, Node, ObjectNode, ScalarNode, UnreadNode
from slogen.formats.yaml.objects import Form, Structurer
from slogen.formats.yaml.refusals import Reported, described, mapping, name_of, wrong
from slogen.formats.yaml.shapes import (
    TEXT,
    Choice,
    Many,
    Nested,
    Switch,
    Table,
    Tables,
    Tagged,
    Texts,
)
from slogen.model import AlertPolicy, Events
from slogen.model.arguments import converted
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.source import read_from
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from slogen.formats.yaml.objects import Key
    from slogen.formats.yaml.shapes import Shape
    from slogen.model import SLI

T = TypeVar("T")

ABOUT_SLIS = f"one of {', '.join(TAGS)}, or the name of an indicator of the service"
ABOUT = {
    "alerts": f"a mapping with {', '.join(key_names(AlertPolicy))}",
    "sli": f"a mapping with one of {', '.join(TAGS)}",
}
"""What may stand behind a key instead of a name."""


def structure(node: Node, cls: type[T]) -> T:
    """Return the object that a node describes.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    return _STRUCTURER.structure(node, cls)


def made_arguments(node: MappingNode, cls: type, keys: Iterable[str]) -> tuple[MappingNode, Faults]:
    """Return a mapping whose values are objects already, where the whole is not complete yet.

    What is wrong with a value is returned beside it, and the value stands for nothing any more.
    """
    form = _form(cls)
    by_name = {key.name: key for key in form.keys}
    made: dict[str, Node] = {}
    faults: list[InputError] = []
    for name in (name for name in keys if name in node):
        try:
            with read_from(node):
                value = _STRUCTURER.argument(form, by_name[name], node[name])
                made[name] = ObjectNode(node[name], value)
        except InputError as fault:
            faults += unreported(fault)
            made[name] = UnreadNode.at(node)
    return node.with_entries(**made), Faults(tuple(faults))


def indicator(node: Node) -> SLI:
    """Return the indicator that a node describes: a mapping with its kind as the only key.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    tagged = mapping(node, ABOUT_SLIS)
    tags = list(tagged.keys())
    if faults := first_of(unknown_keys(tagged, TAGS, key_remedy)):
        raise Faults(faults)
    if len(tags) != 1:
        found = f"of {len(tags)} kinds" if tags else "without a kind"
        remedy = f"keep one of {', '.join(tags)}: another one is an SLO of its own" if tags else ""
        raise InvalidValue(name_of(node), found, ABOUT_SLIS, remedy, origin=tagged)
    if tags[0] == LIBRARY:
        from slogen.formats.slogen_yaml.library import library_indicator  # noqa: PLC0415 (start-up)

        return library_indicator(tagged[LIBRARY])
    made: SLI = structure(tagged[tags[0]], KINDS[tags[0]])
    return made


@cache
def _form(cls: type) -> Form:
    """Return the form of a class of the model."""

    def read(key: Key, node: Node) -> object:
        return read_argument(cls, key, node)

    return Form(
        keys=keys_of(cls),
        read=read,
        aliases=PARTS if cls is Events else {},
        others=(BASED_ON,) if cls is AlertPolicy else (),
        prepare=_with_parts if cls is Events else None,
        expected={"sli": ABOUT_SLIS},
        remedy_of=key_remedy,
    )


_STRUCTURER = Structurer(_form)


def read_argument(cls: type, key: Key, node: Node) -> object:
    """Return an argument of a class, converted as the class does it."""
    field = getattr(attrs.fields(cls), key.argument)

    def convert(value: object) -> Any:  # noqa: ANN401 (whatever the argument is)
        return converted(cls, field, value)

    if isinstance(node, _PartNode):
        return convert(node.selector(key))
    return _read(key.shape, node, convert)


def _read(shape: Shape, node: Node, convert: Callable[[object], Any]) -> object:
    """Return what a node is converted to, in the way of its shape."""
    match shape:
        case Table() | Tables() | Texts():
            return _item_by_item(shape, node, convert)
        case Nested():
            return convert(_nested(shape, node))
        case Many():
            return convert(_STRUCTURER.each(node, shape.cls))
        case Tagged():
            return convert(indicator(node))
        case Choice():
            return _chosen(shape, node, convert)
        case _:
            return convert(shape.read(node))


def _chosen(shape: Choice, node: Node, convert: Callable[[object], Any]) -> object:
    """Convert one of a few words, and tell which one could be meant."""
    word = shape.read(node)
    try:
        return convert(NAMINGS.get(word, word) if shape.words == tuple(NAMINGS) else word)
    except InvalidValue as fault:
        near = did_you_mean(word, map(str, shape.words))
        raise attrs.evolve(fault, remedy=near or fault.remedy) from fault.__cause__


def _item_by_item(
    shape: Table | Tables | Texts, node: Node, convert: Callable[[object], Any]
) -> object:
    """Convert the parts of a list or a table each for itself, then all of them together."""

    def faults() -> Iterator[InputError]:
        for item, place in shape.singles(node):
            try:
                convert(shape.read(item))
            except InputError as fault:
                yield from (_at(place, single) for single in unreported(fault))

    if found := first_of(faults()):
        raise Faults(found)
    return convert(shape.read(node))


def _at(place: Node, fault: InputError) -> InputError:
    """Return a fault of an argument as one of a part of it."""
    if not isinstance(fault, InvalidValue) or fault.argument is None:
        return fault
    key, table = place.key, place.parent
    if isinstance(table, MappingNode) and isinstance(key, str) and fault.is_key:
        spot = table.key_position(key)
        return attrs.evolve(fault, origin=spot, argument=None, subject=f"a key of {name_of(table)}")
    return attrs.evolve(fault, origin=place, argument=None, subject=name_of(place))


def _nested(shape: Nested, node: Node) -> object:
    """Return an object that an argument consists of, or what a word stands for."""
    if isinstance(node, ScalarNode) and shape.words == (True, False):
        return Switch(_about(shape)).read(node)
    if isinstance(node, ScalarNode) and shape.words == tuple(PRESETS):
        return _preset(node)
    is_truth_value = isinstance(node, ScalarNode) and node.kind == "bool"
    mapping(node, _about(shape), shape.instead if is_truth_value else "")
    return structure(node, shape.cls)


def _about(shape: Nested) -> str:
    """Return what may stand where an object is needed."""
    words = [str(word).lower() if isinstance(word, bool) else word for word in shape.words]
    names = ["the name of a policy"] if shape.is_named else []
    whole = f"a mapping with {', '.join(key_names(shape.cls))}"
    return f"{', '.join([*words, *names])} or {whole}" if words else whole


def _preset(node: ScalarNode) -> AlertPolicy:
    allowed = f"{', '.join(PRESETS)}, the name of a policy, or a policy"
    if node.kind == "bool":
        word = PRESET_SWITCHES[node.text.lower() == "false"]
        raise wrong(node, allowed, f"write {word}")
    name = TEXT.read(node)
    if make := PRESETS.get(name):
        with read_from(node):
            return make()
    raise InvalidValue(name_of(node), described(node), allowed, origin=node)


class _PartNode(Node):
    """What ``bad_where`` or ``good_where`` says: a part of the total.

    Attributes:
        where: The conditions.
        events: The mapping that they stand in.
    """

    def __init__(self, where: Node, events: MappingNode) -> None:
        super().__init__(where.source, where.begin, where.end)
        self.where = where
        self.events = events

    def selector(self, key: Key) -> Selector:
        """Return the part as a selector.

        Raises:
            InputError: If the conditions are none, or there is no selector that they narrow.
        """
        written = PARTS[key.name]
        if key.name in self.events:
            place = self.events.key_position(written)
            found = f"given beside {key.name}"
            raise InvalidValue(written, found, "one of the two", origin=place)
        conditions = CONDITIONS.read(self.where)
        total = self._total()
        if not isinstance(total, Selector):
            remedy = f"write {key.name} as a query of its own"
            allowed = "conditions on a total that is a selector"
            raise InvalidValue(written, "given beside a query", allowed, remedy, origin=self.where)
        try:
            return total.where(conditions)
        except InvalidPromQL as fault:
            raise attrs.evolve(fault, subject=written, argument=key.name) from fault.__cause__

    def _total(self) -> Selector | Query:
        (key,) = (key for key in keys_of(Events) if key.name == "total")
        try:
            total = _STRUCTURER.argument(_form(Events), key, self.events["total"])
        except (KeyError, InputError):
            raise Reported from None
        assert isinstance(total, Selector | Query)  # noqa: S101 (as the class has it)
        return total


def _with_parts(node: MappingNode) -> MappingNode:
    """Return a mapping of events in which every key is an argument of its own."""
    wheres = {part: where for part, where in PARTS.items() if where in node}
    parts = {part: _PartNode(node[where], node) for part, where in wheres.items()}
    return node.without(*wheres.values()).with_entries(**parts)
