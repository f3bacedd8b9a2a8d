"""How the arguments of model classes are converted and blamed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import attrs

from slogen.errors import InvalidValue
from slogen.naming import is_label_name, is_reserved
from slogen.source import caller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


LONGEST_NAME = 120


def blamed(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let what a converter refuses name the class, the argument and its place.

    Every model class hands this to ``attrs.frozen`` as its ``field_transformer``.
    """
    return [
        field.evolve(converter=_blaming(cast("Callable[[Any], Any]", field.converter)))
        if field.converter
        else field
        for field in fields
    ]


def _blaming(convert: Callable[[Any], Any]) -> attrs.Converter[Any, Any]:
    def converted(value: Any, instance: Any, field: attrs.Attribute[Any]) -> Any:  # noqa: ANN401
        try:
            return convert(value)
        except InvalidValue as fault:
            raise attrs.evolve(
                fault,
                subject=f"{type(instance).__name__}.{field.name}",
                argument=field.name,
                origin=caller(),
            ) from fault.__cause__

    return attrs.Converter(converted, takes_self=True, takes_field=True)


def name(value: str) -> str:
    """Return a name that can be a label's value and shown on one line.

    Raises:
        InvalidValue: If it is empty, longer than 120 characters, begins or ends with a space, or
            holds a character that does not print.
    """
    if not isinstance(value, str):
        raise InvalidValue("name", repr(value), "a text")
    if not value or value.strip() != value or len(value) > LONGEST_NAME:
        raise InvalidValue(
            "name", repr(value), f"1 to {LONGEST_NAME} characters, no space at either end"
        )
    return line(value)


def line(value: str) -> str:
    """Return a text of one line.

    Raises:
        InvalidValue: If it holds a line break or another character that does not print.
    """
    if not isinstance(value, str):
        raise InvalidValue("text", repr(value), "a text")
    if not value.isprintable():
        raise InvalidValue("text", ascii(value), "one line of characters that print")
    return value


def prose(value: str) -> str:
    """Return a text that may have several lines.

    Raises:
        InvalidValue: If it holds a character, other than a line break, that does not print.
    """
    if not isinstance(value, str):
        raise InvalidValue("text", repr(value), "a text")
    if not value.replace("\n", "").isprintable():
        raise InvalidValue("text", ascii(value), "lines of characters that print")
    return value.strip("\n")


def link(value: str) -> str:
    """Return an address that a person can open, or the empty text.

    Raises:
        InvalidValue: If it does not begin with http:// or https://, or holds a space.
    """
    if line(value) and (not value.startswith(("http://", "https://")) or " " in value):
        raise InvalidValue("link", repr(value), "an address that begins with https:// or http://")
    return value


def labels(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return the user's labels as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If a name is no label name or is one that slogen sets, or a value no text.
    """
    try:
        pairs = sorted(dict(value).items())
    except (TypeError, ValueError):
        raise InvalidValue("labels", repr(value), 'a mapping such as {"team": "core"}') from None
    return MappingProxyType({label_name(key): line(text) for key, text in pairs})


def label_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return label names as a tuple; one name may stand alone.

    Raises:
        InvalidValue: If one is no label name, is one that slogen sets, or stands there twice.
    """
    names = tuple(label_name(item) for item in ((value,) if isinstance(value, str) else value))
    if len(set(names)) < len(names):
        raise InvalidValue("labels", repr(names), "each label once")
    return names


def label_name(value: str) -> str:
    """Return a label name that a user may choose.

    Raises:
        InvalidValue: If it is no label name, or one that slogen, an alert or a histogram sets.
    """
    if not isinstance(value, str) or not is_label_name(value):
        raise InvalidValue("label", repr(value), "letters, digits and _, not a digit first")
    if is_reserved(value):
        raise InvalidValue(
            "label",
            f'"{value}"',
            "a label that neither slogen nor an alert sets",
            "rename it, for example in the scrape configuration",
        )
    return value
