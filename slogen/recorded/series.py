"""Addresses of recorded series."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from slogen.naming import MISSING_LABEL
from slogen.promql.expr import Aggregation, Series
from slogen.promql.selector import Matcher

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO

COMPLETE_FROM = Decimal("0.95")
"""An hour of which less of the data is there has gaps, of which an alert tells."""


def recorded(slo: ResolvedSLO, metric: str) -> Series:
    """Return a series that slogen recorded for the SLO, selected by what can never be edited.

    That is the id, and the labels that tell one Prometheus from another where the settings have
    some. Whatever else changes must not decide whether yesterday's samples are found.
    """
    edited = (slo.naming.service, slo.naming.name)
    return Series(metric, _matchers(tuple(slo.identity.items()), edited))


def observed(slo: ResolvedSLO, metric: str) -> Series:
    """Return a base series without what is counted for moments that have no data."""
    series = recorded(slo, metric)
    if not slo.counts_missing:
        return series
    return attrs.evolve(series, matchers=(*series.matchers, Matcher(MISSING_LABEL, "=", "")))


def key(slo: ResolvedSLO) -> tuple[str, ...]:
    """Return the labels that tell an SLO's series from those of all others.

    Labels that can be edited, such as the service's name, are not among them.
    """
    edited = (slo.naming.service, slo.naming.name)
    return tuple(label for label in slo.identity if label not in edited)


def latest(slo: ResolvedSLO, metric: str, by: tuple[str, ...]) -> Aggregation:
    """Return the newest sample of a recorded series, one for each group.

    After a rename with a restart, or where two rulers record into one store, there are several
    series of one name for a while: the largest counts, and no rule fails for having two.
    """
    return Aggregation("max", by, recorded(slo, metric))


@lru_cache(maxsize=16)
def _matchers(
    identity: tuple[tuple[str, str], ...], edited: tuple[str, ...]
) -> tuple[Matcher, ...]:
    return tuple(Matcher(label, "=", value) for label, value in identity if label not in edited)
