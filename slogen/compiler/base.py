"""The base series: what all other rules of an SLO are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.compiler.sli import events_and_errors

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule


def base_series(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record events and errors per second.

    slo:sli_events:rate, slo:sli_errors:rate: the two expressions of `slogen.compiler.sli`
    """
    events, errors = events_and_errors(slo)
    return (
        record(slo, naming.EVENTS_RATE, events),
        record(slo, naming.ERRORS_RATE, errors),
    )
