"""From nodes of YAML to objects of the model, by cattrs.

Each argument is read and converted for itself, so that all faults of an object are told together;
what several arguments say together is checked by the class, once each is right.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from slogen.errors import Faults, InputError, InvalidPromQL, InvalidValue, MissingKey
from slogen.formats.definitions.faults import (
    ABOUT_SLIS,
    first_of,
    lost_keys,
    told,
    unknown_keys,
)
from slogen.formats.definitions.scalars import CONDITIONS
from slogen.formats.definitions.shapes import (
    TEXT,
    Choice,
    Many,
    Nested,
    Switch,
    Table,
    Tagged,
    Texts,
    Told,
    described,
    mapping,
    name_of,
    wrong,
)
from slogen.formats.definitions.words import (
    KINDS,
    NAMINGS,
    PARTS,
    PRESETS,
    keys_of,
    required_keys,
    words_of,
)
from slogen.formats.spelling import did_you_mean
from slogen.formats.yaml_nodes import Broken, Made, Mapping, Node, Scalar, Sequence
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier
from slogen.model.arguments import converted
from slogen.promql.selector import Selector
from slogen.source import read_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from slogen.formats.definitions.shapes import Shape
    from slogen.formats.definitions.words import Word
    from slogen.model import SLI
    from slogen.promql.query import Query

T = TypeVar("T")


def structure(node: Node, cls: type[T]) -> T:
    """Return the object that a node describes.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    return _converter().structure(node, cls)


def made_arguments(node: Mapping, cls: type, keys: Iterable[str]) -> tuple[Mapping, Faults]:
    """Return a mapping whose values are made already, where an object is not complete yet.

    What is wrong with a value is returned beside it, and the value stands for nothing any more.
    """
    words = {word.key: word for word in words_of(cls)}
    made: dict[str, Node] = {}
    faults: list[InputError] = []
    for key in (key for key in keys if key in node):
        try:
            with read_from(node):
                made[key] = Made(node[key], _argument(cls, words[key])(node[key], None))
        except InputError as fault:
            faults += told(fault)
            made[key] = Broken.at(node)
    return node.with_entries(**made), Faults(tuple(faults))


def indicator(node: Node) -> SLI:
    """Return the indicator that a node describes: a mapping with its kind as the only key.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    tagged = mapping(node, ABOUT_SLIS)
    tags = list(tagged.keys())
    if faults := first_of(unknown_keys(tagged, KINDS)):
        raise Faults(faults)
    if len(tags) != 1:
        found = f"of {len(tags)} kinds" if tags else "without a kind"
        raise InvalidValue(name_of(node), found, ABOUT_SLIS, origin=tagged)
    made: SLI = structure(tagged[tags[0]], KINDS[tags[0]])
    return made


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for cls in (SLO, Service, Settings, AlertPolicy, Alert, Tier, *KINDS.values()):
        converter.register_structure_hook(cls, _hook(cls, converter))
    return converter


def _hook(cls: type, converter: Converter) -> Callable[[Any, Any], Any]:
    """Return the function from a node to an object of a class."""
    words = words_of(cls)
    arguments: dict[str, Any] = {
        word.argument: override(rename=word.key, struct_hook=_argument(cls, word)) for word in words
    }
    hidden = {field.name for field in attrs.fields(cls)} - set(arguments) - {"origin"}
    arguments |= {name: override(struct_hook=_made) for name in hidden}
    make: Any = make_dict_structure_fn(cls, converter, origin=override(omit=True), **arguments)

    def hook(node: Any, _: Any) -> Any:  # noqa: ANN401 (as cattrs calls it)
        mapped = mapping(node, f"a mapping with {', '.join(keys_of(cls))}")
        prepared: Any = _prepared(mapped, cls)
        with read_from(mapped):
            try:
                return make(prepared, cls)
            except ClassValidationError as group:
                raise Faults(first_of(_faults(group, mapped, cls))) from group

    return hook


def _made(node: Made, _: object) -> object:
    return node.value


def _faults(group: ClassValidationError, node: Mapping, cls: type) -> Iterator[InputError]:
    """Yield what cattrs collected as faults of slogen's own."""
    required = required_keys(cls)
    lacking = [key for key in required if key not in node]
    yield from lost_keys(node, lacking, cls)
    for error in group.exceptions:
        if isinstance(error, InvalidValue) and error.origin is node:
            fault = _of_key(error, node)
            if fault.subject not in lacking:
                yield fault
        elif isinstance(error, InputError):
            yield from told(error)
        elif isinstance(error, ForbiddenExtraKeysError):
            yield from unknown_keys(node, keys_of(cls))
        elif not isinstance(error, KeyError) or error.args[0] not in lacking:
            raise error


def _of_key(fault: InvalidValue, node: Mapping) -> InvalidValue:
    """Return a fault that speaks of a key, where the class itself speaks of an argument."""
    name = fault.subject.partition(".")[2]
    argument = fault.argument or name
    if not argument:
        return attrs.evolve(fault, subject=name_of(node))
    key = argument.rstrip("_")
    written = [name for name in (key, PARTS.get(key, key)) if name in node]
    if not written:
        return MissingKey(key, "missing", fault.allowed, origin=node)
    subject = written[0] if name in {"", argument} else name.rstrip("_")
    return attrs.evolve(fault, subject=subject, argument=argument)


def _argument(cls: type, word: Word) -> Callable[[Any, Any], Any]:
    """Return the function from a node to one argument of a class."""
    field = getattr(attrs.fields(cls), word.argument)

    def convert(value: object) -> Any:  # noqa: ANN401
        return converted(cls, field, value)

    def hook(node: Any, _: Any) -> Any:  # noqa: ANN401 (as cattrs calls it)
        if isinstance(node, Broken):
            raise Told
        if isinstance(node, Made):
            return node.value
        if isinstance(node, _Part):
            return convert(node.selector(word))
        return _read(word.shape, node, convert)

    return hook


def _read(shape: Shape, node: Node, convert: Callable[[object], Any]) -> object:
    """Return what a node is converted to, in the way of its shape."""
    match shape:
        case Table() | Texts():
            return _piece_by_piece(shape, node, convert)
        case Nested() | Many():
            return convert(_nested(shape, node))
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
        raise attrs.evolve(
            fault, remedy=did_you_mean(word, map(str, shape.words))
        ) from fault.__cause__


def _piece_by_piece(shape: Table | Texts, node: Node, convert: Callable[[object], Any]) -> object:
    """Convert the parts of a list or a table each for itself, then all of them together."""

    def faults() -> Iterator[InputError]:
        for piece, place in shape.pieces(node):
            try:
                convert(shape.read(piece))
            except InputError as fault:
                yield from (_at(place, one) for one in told(fault))

    if found := first_of(faults()):
        raise Faults(found)
    return convert(shape.read(node))


def _at(place: Node, fault: InputError) -> InputError:
    """Return a fault of an argument as one of a part of it."""
    if not isinstance(fault, InvalidValue) or fault.argument is None:
        return fault
    key, table = place.key, place.parent
    if isinstance(table, Mapping) and isinstance(key, str) and fault.found in _spellings(key):
        spot = table.key_position(key)
        return attrs.evolve(fault, origin=spot, argument=None, subject=f"a key of {name_of(table)}")
    return attrs.evolve(fault, origin=place, argument=None, subject=name_of(place))


def _spellings(name: str) -> tuple[str, str]:
    return (f'"{name}"', repr(name))


def _nested(shape: Nested | Many, node: Node) -> object:
    """Return an object, or several, that an argument consists of."""
    if isinstance(shape, Many):
        return _many(shape, node)
    if isinstance(node, Scalar) and shape.words == (True, False):
        return Switch(_about(shape)).read(node)
    if isinstance(node, Scalar) and shape.words == tuple(PRESETS):
        return _preset(node)
    mapping(node, _about(shape))
    return structure(node, shape.cls)


def _about(shape: Nested) -> str:
    """Return what may stand where an object is needed."""
    words = [str(word).lower() if isinstance(word, bool) else word for word in shape.words]
    names = ["the name of a policy"] if shape.is_named else []
    whole = f"a mapping with {', '.join(keys_of(shape.cls))}"
    return f"{', '.join([*words, *names])} or {whole}" if words else whole


def _many(shape: Many, node: Node) -> tuple[object, ...]:
    if not isinstance(node, Sequence):
        raise wrong(node, "a list")
    made: list[object] = []

    def faults() -> Iterator[InputError]:
        for item in node:
            try:
                made.append(structure(item, shape.cls))
            except InputError as fault:
                yield from told(fault)

    if found := first_of(faults()):
        raise Faults(found)
    return tuple(made)


def _preset(node: Scalar) -> AlertPolicy:
    name = TEXT.read(node)
    if make := PRESETS.get(name):
        with read_from(node):
            return make()
    allowed = f"{', '.join(PRESETS)}, the name of a policy, or a policy"
    raise InvalidValue(name_of(node), described(node), allowed, origin=node)


class _Part(Node):
    """What ``bad_where`` or ``good_where`` says: a part of the total.

    Attributes:
        where: The conditions.
        events: The mapping that they stand in.
    """

    def __init__(self, where: Node, events: Mapping) -> None:
        super().__init__(where.source, where.begin, where.end)
        self.where = where
        self.events = events

    def selector(self, word: Word) -> Selector:
        """Return the part as a selector.

        Raises:
            InputError: If the conditions are none, or there is no selector that they narrow.
        """
        key = PARTS[word.key]
        if word.key in self.events:
            place = self.events.key_position(key)
            raise InvalidValue(key, f"given beside {word.key}", "one of the two", origin=place)
        conditions = CONDITIONS.read(self.where)
        total = self._total()
        if not isinstance(total, Selector):
            remedy = f"write {word.key} as a query of its own"
            allowed = "conditions on a total that is a selector"
            raise InvalidValue(key, "given beside a query", allowed, remedy, origin=self.where)
        try:
            return total.where(conditions)
        except InvalidPromQL as fault:
            raise attrs.evolve(fault, subject=key, argument=word.key) from fault.__cause__

    def _total(self) -> Selector | Query:
        (word,) = (word for word in words_of(Events) if word.key == "total")
        try:
            total: Selector | Query = _argument(Events, word)(self.events["total"], None)
        except (KeyError, InputError):
            raise Told from None
        return total


def _prepared(node: Mapping, cls: type) -> Mapping:
    """Return a mapping in which every key is an argument of its own."""
    if cls is not Events:
        return node
    wheres = {part: where for part, where in PARTS.items() if where in node}
    parts = {part: _Part(node[where], node) for part, where in wheres.items()}
    return node.without(*wheres.values()).with_entries(**parts)
