"""Pieces of rules that several passes need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.expr import Expr, Series
from slogen.promql.printer import text
from slogen.promql.selector import Matcher
from slogen.rules import RecordingRule

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO


def identity(slo: ResolvedSLO) -> dict[str, str]:
    """Return the labels that every series of the SLO bears."""
    values = (slo.slo.id, slo.slo.service.name, slo.slo.name)
    return dict(zip(slo.naming.identity, values, strict=True))


def recorded(slo: ResolvedSLO, metric: str) -> Series:
    """Return a series that slogen recorded for the SLO, selected by the id alone.

    Whatever else can be edited must not decide whether yesterday's samples are found.
    """
    return Series(metric, (Matcher(slo.naming.id, "=", slo.slo.id),))


def record(slo: ResolvedSLO, metric: str, expr: Expr, **labels: str) -> RecordingRule:
    """Return the rule that records an expression under the SLO's identity."""
    return RecordingRule(record=metric, expr=text(expr), labels=identity(slo) | labels)
