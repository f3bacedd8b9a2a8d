"""Each kind of SLI becomes two series, events and errors; the rest of the compiler asks no kind.

Three laws hold for every kind: neither NaN nor Inf is recorded; a bad series that does not exist
yet is 0; both series have samples at the same instants. In the expressions G stands for the labels
of ``group_by``, b for the base range, and T for the expression of the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen.compiler.sli.error_ratio import error_ratio
from slogen.compiler.sli.events import events
from slogen.compiler.sli.latency import latency
from slogen.compiler.sli.time_slices import time_slices
from slogen.compiler.sli.up import up
from slogen.model import ErrorRatio, Events, Latency, TimeSlices, Up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

    Compile = Callable[[ResolvedSLO, Any], tuple[Expr, Expr]]

KINDS: Mapping[type, Compile] = {
    ErrorRatio: error_ratio,
    Events: events,
    Latency: latency,
    TimeSlices: time_slices,
    Up: up,
}
"""How each kind becomes the expressions of its events and of its errors."""


def events_and_errors(slo: ResolvedSLO) -> tuple[Expr, Expr]:
    """Return the expressions of the events' rate and the errors' rate of an SLO."""
    sli = slo.definition.sli
    return KINDS[type(sli)](slo, sli)
