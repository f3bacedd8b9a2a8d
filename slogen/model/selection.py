"""Which SLOs are meant by patterns of their ids."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST_SHOWN = 20


def matching(ids: Iterable[str], patterns: str | Iterable[str]) -> tuple[str, ...]:
    """Return the ids that any of some patterns matches, in their order; all if there is no pattern.

    In a pattern ``*`` stands for any text, ``?`` for a character and ``[ab]`` for one of several.

    >>> matching(["shop-latency", "shop-quality", "mail-latency"], "shop-*")
    ('shop-latency', 'shop-quality')

    Raises:
        InvalidValue: If a pattern matches no id.
    """
    known = tuple(ids)
    chosen = (patterns,) if isinstance(patterns, str) else tuple(patterns)
    for pattern in chosen:
        if not isinstance(pattern, str):
            raise InvalidValue("slos", repr(pattern), "ids, and patterns of ids")
        if not any(fnmatchcase(slo_id, pattern) for slo_id in known):
            raise InvalidValue("slos", f"{quoted(pattern)}, which no id matches", listed(known))
    if not chosen:
        return known
    return tuple(
        slo_id for slo_id in known if any(fnmatchcase(slo_id, pattern) for pattern in chosen)
    )


def listed(ids: Collection[str]) -> str:
    """Return ids for a message: sorted, and of many the first ones."""
    more = len(ids) - _MOST_SHOWN
    shown = ", ".join(sorted(ids)[:_MOST_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
