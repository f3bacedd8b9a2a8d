"""What resources of Kubernetes have in common: their metadata, as YAML, and what is allowed in it.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.targets.yaml_text import block, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LABEL = r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"
_NAME = r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
_NAMESPACE = re.compile(_LABEL)
_KEY = re.compile(rf"(?:(?=[^/]{{1,253}}/){_LABEL}(?:\.{_LABEL})*/)?{_NAME}")
_VALUE = re.compile(rf"(?:{_NAME})?")
_LARGEST_ANNOTATIONS = 256 * 1024
_NAMED = "of A-Z, a-z, 0-9, -, _ and ., with a letter or a digit at both ends"


def namespace_name(value: str) -> str:
    """Return the name of a namespace, or the empty text.

    Raises:
        InvalidValue: If Kubernetes would not take it.
    """
    if arguments.line(value) and not _NAMESPACE.fullmatch(value):
        allowed = "at most 63 of a-z, 0-9 and -, with a letter or a digit at both ends"
        raise InvalidValue("namespace", repr(value), allowed)
    return value


def resource_labels(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return labels of a resource as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If Kubernetes would not take a name or a value.
    """
    return _named(value, _label_value)


def resource_annotations(value: Mapping[str, str]) -> Mapping[str, str]:
    """Return annotations of a resource as a read-only mapping, sorted by name.

    Raises:
        InvalidValue: If Kubernetes would not take a name or all of them together, or a value is no
            text.
    """
    named = _named(value, arguments.prose)
    size = sum(len(part.encode()) for pair in named.items() for part in pair)
    if size > _LARGEST_ANNOTATIONS:
        allowed = f"at most {_LARGEST_ANNOTATIONS:,} bytes of names and values together"
        raise InvalidValue("annotations", f"{size:,} bytes", allowed)
    return named


def _named(value: Mapping[str, str], read: Callable[[str], str]) -> Mapping[str, str]:
    """Return what a function makes of the values, where Kubernetes takes the names."""
    named = arguments.entries(arguments.mapping(value), _name, read)
    return MappingProxyType(dict(sorted(named.items())))


def _name(key: str) -> str:
    if not _KEY.fullmatch(key):
        allowed = f"at most 63 {_NAMED}; a domain and a slash may stand before them"
        raise InvalidValue("name", repr(key), allowed)
    return key


def _label_value(text: str) -> str:
    if not isinstance(text, str) or not _VALUE.fullmatch(text):
        raise InvalidValue("label", repr(text), f"a text of at most 63 {_NAMED}")
    return text


def switch(value: bool) -> bool:  # noqa: FBT001 (what an option is converted by)
    """Return what switches something on or off.

    Raises:
        InvalidValue: If it does neither.
    """
    if not isinstance(value, bool):
        raise InvalidValue("switch", repr(value), "true or false, without quotes")
    return value


def metadata(
    name: str,
    namespace: str,
    labels: Mapping[str, str],
    annotations: Mapping[str, str],
) -> Iterator[str]:
    """Yield the lines of a resource's ``metadata``; what is empty is left out."""
    yield "metadata:"
    yield f"  name: {name}"
    if namespace:
        yield f"  namespace: {scalar(namespace)}"
    yield from mapping("labels", labels, 2)
    yield from mapping("annotations", annotations, 2)


def mapping(key: str, values: Mapping[str, str], indent: int) -> Iterator[str]:
    """Yield the lines of a mapping of texts under a key; none if it is empty."""
    margin = " " * indent
    if values:
        yield f"{margin}{key}:"
    for name, value in values.items():
        yield f"{margin}  {scalar(name)}: {block(value, indent + 4)}"
