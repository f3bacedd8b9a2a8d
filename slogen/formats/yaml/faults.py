"""What is wrong with the keys of a mapping, and with several things at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from slogen.errors import MissingKey, UnknownKey
from slogen.formats.yaml.reading import MOST_FAULTS
from slogen.formats.yaml.refusals import Reported
from slogen.spelling import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from slogen.errors import InputError
    from slogen.formats.yaml.nodes import MappingNode


def unreported(fault: InputError) -> Iterator[InputError]:
    """Return the faults that one consists of, without those that were reported elsewhere."""
    return (single for single in fault.each() if not isinstance(single, Reported))


def in_reading_order(faults: Iterable[InputError]) -> list[InputError]:
    """Return the faults of a file in the order in which they stand there."""

    def place(fault: InputError) -> tuple[int, int]:
        at = fault.position
        return (at.line, at.column) if at else (0, 0)

    return sorted(faults, key=place)


def first_of(faults: Iterable[InputError]) -> tuple[InputError, ...]:
    """Return as many faults as are reported of one file."""
    return tuple(itertools.islice(faults, MOST_FAULTS))


def unknown_keys(
    node: MappingNode,
    known: Iterable[str],
    remedy_of: Callable[[str, Sequence[str]], str] = did_you_mean,
) -> Iterator[UnknownKey]:
    """Return the faults of keys that mean nothing.

    Args:
        node: What has the keys.
        known: The keys that mean something there.
        remedy_of: What says what to do about a key that is none of the known ones.
    """
    names = sorted(known)
    for key in node.keys():  # noqa: SIM118 (a node is no dict)
        if key not in names:
            yield UnknownKey(
                key or '""',
                "no key that slogen knows here",
                ", ".join(names),
                remedy_of(key, names),
                origin=node.key_position(key),
            )


def missing(node: MappingNode, key: str, allowed: str, remedy: str = "") -> MissingKey:
    """Return the fault of a key that is not there, and say what may stand behind it."""
    return MissingKey(key, "missing", allowed, remedy, origin=node)


def is_explained(node: MappingNode, key: str, known: tuple[str, ...]) -> bool:
    """Tell whether a key is not there because of something that is reported anyway."""
    every = (name for name in node.entries if name not in known)
    strangers = itertools.islice(every, MOST_FAULTS)  # of more, no fault is reported
    return not node.is_whole or any(nearest(name, known) == key for name in strangers)
