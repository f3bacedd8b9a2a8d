"""Keys of slogen YAML, or of other tools, that stand where they mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from slogen.formats.slogen_yaml.keys import FILE_KEYS, LIBRARY, SERVICE_KEYS, TAGS, key_names
from slogen.model import SLI, SLO, AlertPolicy, Service, Settings, Tier
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OTHER_WORDS = {
    "target": "objective",
    "goal": "objective",
    "period": "window",
    "indicator": "sli",
    "threshold": "under",
    "errors": "bad",
    "error_query": "bad",
    "total_query": "total",
    "success": "good",
}
"""What other tools call the keys of an SLO and of events."""


def _places() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "a service", tuple(SERVICE_KEYS)
    yield "an SLO", key_names(SLO)
    yield "a service", key_names(Service)
    yield "sli", TAGS
    yield from ((cls.kind, key_names(cls)) for cls in get_args(SLI))
    yield "alerts", key_names(AlertPolicy)
    yield "a tier", key_names(Tier)
    yield "settings", key_names(Settings)
    yield "the file", tuple(FILE_KEYS)


def key_remedy(key: str, known: Sequence[str]) -> str:
    """Return what to do about a key that means nothing beside those that are known.

    >>> key_remedy("events", ["name", "sli"]), key_remedy("target", ["objective"])
    ('events is a key of sli', 'the key is objective')
    """
    if (word := _OTHER_WORDS.get(key)) in known:
        return f"the key is {word}"
    if near := did_you_mean(key, known):
        return near
    from slogen.library import __all__ as entries  # noqa: PLC0415 (start-up)

    if key in entries:
        return f"{key} is an entry of the library: write {LIBRARY}: {{{key}: ...}} in sli"
    place = next((place for place, keys in _places() if key in keys), "")
    return f"{key} is a key of {place}" if place else ""
