"""What somebody could have meant who wrote the name of no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.spelling import did_you_mean
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMON = frozenset({"latency", "requests", "up"})
"""What the names of entries have that says nothing of what they are about."""
_MOST = 6


def entry_remedy(name: str, known: Sequence[str]) -> str:
    """Return what to do about a name that no entry has.

    >>> entry_remedy("envoy_reqests", ["envoy_requests"])
    'did you mean "envoy_requests"?'
    >>> entry_remedy("haproxy", ["envoy_requests"])
    'docs/reference/library.md lists the entries'
    """
    return similar_entries(name, known) or "docs/reference/library.md lists the entries"


def similar_entries(name: str, known: Sequence[str]) -> str:
    """Return which entries could be meant by a name that none has; else nothing.

    >>> similar_entries("postgresql", ["postgres_up", "kafka_lag"])
    'did you mean "postgres_up"?'
    """
    if near := did_you_mean(name, known):
        return near
    said = name.lower().replace("-", "_")
    about = [entry for entry in known if any(part in said for part in _subject(entry))]
    if not 0 < len(about) <= _MOST:
        return ""
    return f"did you mean {' or '.join(map(quoted, about))}?"


def _subject(entry: str) -> set[str]:
    return {part for part in entry.split("_") if part not in _COMMON}
