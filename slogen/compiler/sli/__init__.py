"""Each kind of SLI becomes two series, events and errors; the rest of the compiler asks no kind.

Both say how much there was since the evaluation before. Laws hold for every kind: sums over time
equal what was counted; neither NaN nor Inf is recorded, and a series that has some takes nothing
else with it; a bad series that does not exist yet is 0; both series have samples at the same
instants. In the expressions G stands for the labels of ``group_by``, f for the fast interval, b for
the base range, m for the longest gap and o for the offset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli import error_ratio, events, latency, time_slices, up
from slogen.model import ErrorRatio, Events, Latency, TimeSlices, Up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.compiler.sli.kind import Kind
    from slogen.plan import ResolvedSLO

KINDS: Mapping[type, Kind] = {
    ErrorRatio: error_ratio.KIND,
    Events: events.KIND,
    Latency: latency.KIND,
    TimeSlices: time_slices.KIND,
    Up: up.KIND,
}
"""How each kind is compiled."""


def kind_of(slo: ResolvedSLO) -> Kind:
    """Return how the SLI of an SLO is compiled."""
    return KINDS[type(slo.definition.sli)]
