"""How the arguments of model classes are converted and blamed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from slogen.errors import InvalidValue
from slogen.naming import ALERTS, DESCRIBING_LABELS, is_label_name, is_reserved
from slogen.source import caller
from slogen.spelling import did_you_mean
from slogen.templates import check
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


K = TypeVar("K", bound=str)
T = TypeVar("T")

LONGEST_NAME = 120
LONGEST_TEXT = 20_000
"""How many characters a text has at most; files of definitions hold no longer ones either."""
_CONVERT = "convert"
_ANOTHER_NAME = "choose another name"
_IN_THE_SCRAPE = "rename it, for example in the scrape configuration"
_OF_HISTOGRAMS = frozenset({"le", "quantile"})
"""Labels of the parts of a histogram or summary."""
_LABEL_NAME = "letters, digits and _, not a digit first"
_VALUE = re.compile(r"\{\{(?:(?!\{\{)[^}])*(?:\$value|\.Value)\b")
_MAPPING = 'a mapping such as {"team": "core"}'


def blamed(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let what a converter refuses name the class, the argument and its place.

    Every model class hands this to ``attrs.frozen`` as its ``field_transformer``. What a class
    inherits has been through here already.
    """
    return [
        field
        if field.converter is None or isinstance(field.converter, attrs.Converter)
        else _field_blaming(field, field.converter)
        for field in fields
    ]


def _field_blaming(
    field: attrs.Attribute[Any], convert: Callable[[Any], Any]
) -> attrs.Attribute[Any]:
    blaming = _blaming(convert)
    return field.evolve(
        converter=attrs.Converter(blaming, takes_self=True, takes_field=True),
        metadata={**field.metadata, _CONVERT: blaming},
    )


def converted(cls: type, field: attrs.Attribute[Any], value: object) -> Any:  # noqa: ANN401
    """Return what an argument of a class becomes, without making an object of the class.

    Raises:
        InvalidValue: As the class would raise it.
    """
    convert = field.metadata.get(_CONVERT)
    # What `blamed` makes asks an instance for nothing but its class.
    return convert(value, object.__new__(cls), field) if convert else value


def _blaming(convert: Callable[[Any], Any]) -> Callable[[Any, Any, attrs.Attribute[Any]], Any]:
    def converted(value: Any, instance: Any, field: attrs.Attribute[Any]) -> Any:  # noqa: ANN401
        try:
            return convert(value)
        except InvalidValue as fault:
            raise attrs.evolve(
                fault,
                subject=_subject(f"{type(instance).__name__}.{field.name}", fault),
                argument=field.name,
                origin=caller(),
            ) from fault.__cause__

    return converted


def _subject(argument: str, fault: InvalidValue) -> str:
    """Return how the part of an argument is called that a fault is about.

    >>> _subject("A.labels", InvalidValue("label", "5", "a text", path=("page", "team")))
    'A.labels["page"]["team"]'
    >>> _subject("A.labels", InvalidValue("label", "'a-b'", "a_b", path=("a-b",), is_key=True))
    'a key of A.labels'
    """
    keys = fault.path[:-1] if fault.is_key else fault.path
    part = argument + "".join(f"[{key if isinstance(key, int) else quoted(key)}]" for key in keys)
    return f"a key of {part}" if fault.is_key else part


def read_part(
    key: str | int, read: Callable[[Any], T], value: object, *, is_key: bool = False
) -> T:
    """Return what a function makes of a part of an argument.

    Args:
        key: The key of a mapping that leads to the part, or its index in a list.
        read: The function.
        value: What it reads.
        is_key: Whether that is the key itself.

    Raises:
        InvalidValue: What the function refuses, with the way to the part.
    """
    try:
        return read(value)
    except InvalidValue as fault:
        raise attrs.evolve(
            fault, path=(key, *fault.path), is_key=is_key or fault.is_key
        ) from fault.__cause__


def entries(
    value: Mapping[K, Any], read_key: Callable[[Any], K], read_value: Callable[[Any], T]
) -> dict[K, T]:
    """Return a mapping whose keys and values have been read, each for itself.

    Raises:
        InvalidValue: What is refused first, with the way to it.
    """
    return {
        read_part(key, read_key, key, is_key=True): read_part(key, read_value, part)
        for key, part in value.items()
    }


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
        InvalidValue: If it is too long, or holds a line break or another character that does not
            print.
    """
    _check_length(value)
    if not _prints(value):
        raise InvalidValue("text", ascii(value), "one line of printable characters")
    return value


def prose(value: str) -> str:
    """Return a text that may have several lines.

    Raises:
        InvalidValue: If it is too long, or holds a character, other than a line break, that does
            not print.
    """
    _check_length(value)
    if not _prints(value.replace("\n", "")):
        raise InvalidValue("text", ascii(value), "lines of printable characters")
    return value.strip("\n")


def _check_length(value: object) -> None:
    if not isinstance(value, str):
        raise InvalidValue("text", repr(value), "a text")
    if len(value) > LONGEST_TEXT:
        raise InvalidValue("text", f"{len(value)} characters", f"at most {LONGEST_TEXT}")


def _prints(text: str) -> bool:
    """Tell whether a text can be shown; U+FFFD stands for what was lost on the way here."""
    return text.isprintable() and "\ufffd" not in text


def link(value: str) -> str:
    """Return an address that a person can open, or the empty text.

    Raises:
        InvalidValue: If it does not begin with http:// or https://, or holds a space.
    """
    if line(value) and (not value.startswith(("http://", "https://")) or " " in value):
        remedy = "write %20 for a space" if " " in value else ""
        if "{{" in value:
            remedy = (
                "write the whole address: it is no template, because it is the same for all groups"
            )
        allowed = "an address that begins with https:// or http://"
        raise InvalidValue("link", repr(value), allowed, remedy)
    return value


def labels(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return the user's labels as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If a name is no label name or is one that slogen sets, or a value no text.
    """
    named = entries(mapping(value), lambda key: label_name(key, _ANOTHER_NAME), line)
    return MappingProxyType(dict(sorted(named.items())))


def mapping(value: Mapping[K, str]) -> Mapping[K, str]:
    """Return a mapping.

    Raises:
        InvalidValue: If it is none, or has keys that are no texts.
    """
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InvalidValue("mapping", repr(value), _MAPPING)
    return value


def info_labels(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return labels for the info series as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: As `labels`, or if slogen describes the SLO by a label of that name.
    """
    chosen = labels(value)
    if taken := [label for label in chosen if label in DESCRIBING_LABELS]:
        raise InvalidValue(
            "label",
            f'"{taken[0]}"',
            f"other labels than {', '.join(DESCRIBING_LABELS)}",
            path=(taken[0],),
            is_key=True,
        )
    return chosen


def label_templates(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return labels whose values are templates, as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If a name is no label name or is one that slogen sets, or a value is no
            template, or changes with the value of the alert.
    """
    return MappingProxyType(entries(labels(value), str, _steady))


def _steady(text: str) -> str:
    if _VALUE.search(text):
        raise InvalidValue(
            "label",
            repr(text),
            "a template without $value",
            "put it into an annotation: each value of a label makes another alert, "
            "which starts to wait again",
        )
    return _template(text)


def annotation_templates(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return annotations, whose values are templates, as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If a name is no annotation's name, or a value is no template.
    """
    named = entries(mapping(value), _annotation_name, lambda text: _template(prose(text)))
    return MappingProxyType(dict(sorted(named.items())))


def _annotation_name(key: str) -> str:
    if not is_label_name(key):
        raise InvalidValue("annotation", repr(key), _LABEL_NAME, _renamed(key, is_data=False))
    return key


def _template(text: str) -> str:
    check(text)
    return text


def alert_name(value: str) -> str:
    """Return the name of one of slogen's own alerts.

    Raises:
        InvalidValue: If slogen has no such alert.
    """
    if value not in ALERTS:
        remedy = did_you_mean(value, ALERTS)
        raise InvalidValue("alert", repr(value), ", ".join(sorted(ALERTS)), remedy)
    return value


def label_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return label names as a tuple; one name may stand alone.

    Raises:
        InvalidValue: If one is no label name, is one that slogen sets, or stands there twice.
    """
    if not isinstance(value, str | list | tuple):
        raise InvalidValue("labels", repr(value), "a list or a tuple of label names")
    if isinstance(value, str):
        return (label_name(value),)
    names = tuple(read_part(index, label_name, item) for index, item in enumerate(value))
    if len(set(names)) < len(names):
        raise InvalidValue("labels", ", ".join(names), "each label once")
    return names


def _renamed(value: object, *, is_data: bool) -> str:
    """Return a label's name that is allowed instead of one that is not.

    >>> _renamed("cost-centre", is_data=False), _renamed("tenant, region", is_data=True)
    ('write "cost_centre"', 'write a list: ["tenant", "region"]')
    """
    names = [name.strip() for name in value.split(",")] if isinstance(value, str) else []
    if is_data and len(names) > 1 and all(map(is_label_name, names)):
        return f"write a list: [{', '.join(map(quoted, names))}]"
    name = re.sub(r"[.\- /]", "_", names[0]) if len(names) == 1 else ""
    if not is_label_name(name):
        return ""
    if not is_data:
        return f"write {quoted(name)}"
    relabelled = f'label_replace(..., "{name}", "$1", "{value}", "(.*)")'
    return (
        f"write {quoted(name)}, as Prometheus stores it unless UTF-8 names are on; if they are, "
        f"write queries with {relabelled}"
    )


def label_name(value: str, remedy: str = _IN_THE_SCRAPE) -> str:
    """Return a label name that a user may choose; the remedy says how to choose another one.

    Raises:
        InvalidValue: If it is no label name, or one that slogen, an alert or a histogram sets.
    """
    if not isinstance(value, str) or not is_label_name(value):
        raise InvalidValue(
            "label", repr(value), _LABEL_NAME, _renamed(value, is_data=remedy is _IN_THE_SCRAPE)
        )
    if is_reserved(value):
        is_histogram = value in _OF_HISTOGRAMS
        raise InvalidValue(
            "label",
            f'"{value}"',
            "a label that neither slogen nor an alert sets",
            "leave it out: its values are parts of one distribution" if is_histogram else remedy,
        )
    return value
