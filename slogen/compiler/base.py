"""The base series: what all other rules of an SLO are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.compiler.sli import kind_of

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule


def base_series(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events, and how many bad ones, there were since the evaluation before.

    slo:sli_events:increase, slo:sli_errors:increase: the two expressions of `slogen.compiler.sli`
    """
    events, errors = kind_of(slo).series(slo, slo.definition.sli)
    return (
        record(slo, naming.EVENTS_INCREASE, events),
        record(slo, naming.ERRORS_INCREASE, errors),
    )
