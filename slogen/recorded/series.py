"""Addresses of recorded series."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from slogen.promql.expr import Series
from slogen.promql.selector import Matcher

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO


def recorded(slo: ResolvedSLO, metric: str) -> Series:
    """Return a series that slogen recorded for the SLO, selected by what can never be edited.

    That is the id, and the labels that tell one Prometheus from another where the settings have
    some. Whatever else changes must not decide whether yesterday's samples are found.
    """
    edited = (slo.naming.service, slo.naming.name)
    return Series(metric, _matchers(tuple(slo.identity.items()), edited))


@lru_cache(maxsize=16)
def _matchers(
    identity: tuple[tuple[str, str], ...], edited: tuple[str, ...]
) -> tuple[Matcher, ...]:
    return tuple(Matcher(label, "=", value) for label, value in identity if label not in edited)
