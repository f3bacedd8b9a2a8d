"""What is wrong with the keys of a mapping, and with several things at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from slogen.errors import MissingKey, UnknownKey
from slogen.formats.definitions.shapes import Choice, Plain, Told
from slogen.formats.definitions.words import KINDS, keys_of, words_of
from slogen.formats.spelling import did_you_mean, nearest
from slogen.formats.yaml_reading import MOST_FAULTS
from slogen.model import AlertPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.errors import InputError
    from slogen.formats.yaml_nodes import Mapping

ABOUT_SLIS = f"one of {', '.join(KINDS)}, or the name of an indicator of the service"


ABOUT = {
    "alerts": f"a mapping with {', '.join(keys_of(AlertPolicy))}",
    "sli": f"a mapping with one of {', '.join(KINDS)}",
}
"""What may stand behind a key instead of a name."""


def told(fault: InputError) -> Iterator[InputError]:
    """Return the faults that one consists of, without those that were told elsewhere."""
    return (one for one in fault.each() if not isinstance(one, Told))


def first_of(faults: Iterable[InputError]) -> tuple[InputError, ...]:
    """Return as many faults as are told of one file."""
    return tuple(itertools.islice(faults, MOST_FAULTS))


def unknown_keys(node: Mapping, known: Iterable[str]) -> Iterator[UnknownKey]:
    """Return the faults of keys that mean nothing."""
    names = sorted(known)
    for key in node.keys():  # noqa: SIM118 (a node is no dict)
        if key not in names:
            yield UnknownKey(
                key or '""',
                "no key that slogen knows here",
                ", ".join(names),
                did_you_mean(key, names),
                origin=node.key_position(key),
            )


def missing(node: Mapping, key: str, allowed: str, remedy: str = "") -> MissingKey:
    """Return the fault of a key that is not there, and say what may stand behind it."""
    return MissingKey(key, "missing", allowed, remedy, origin=node)


def lost_keys(node: Mapping, keys: Iterable[str], cls: type) -> Iterator[MissingKey]:
    """Return the faults of keys that a class needs, unless something explains where they are."""
    return (missing(node, key, _expected(cls, key)) for key in keys if not _is_lost(node, key, cls))


def _is_lost(node: Mapping, key: str, cls: type) -> bool:
    """Tell whether a key is not there because of something that is told anyway."""
    known = keys_of(cls)
    every = (one for one in node.entries if one not in known)
    strangers = itertools.islice(every, MOST_FAULTS)  # of more, no fault is told
    return not node.is_whole or any(nearest(one, known) == key for one in strangers)


def _expected(cls: type, key: str) -> str:
    """Return what may stand behind a key of a class."""
    (shape,) = (word.shape for word in words_of(cls) if word.key == key)
    if isinstance(shape, Plain):
        return shape.allowed
    return ", ".join(map(str, shape.words)) if isinstance(shape, Choice) else ABOUT_SLIS
