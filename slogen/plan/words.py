"""An SLO in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from slogen.model import ErrorRatio, Events, Latency, TimeSlices, Up
from slogen.units import number

if TYPE_CHECKING:
    from slogen.model import SLO


def bad_words(slo: SLO) -> str:
    """Say what counts as bad."""
    match slo.sli:
        case Events(bad=None) as sli:
            return f"{sli.total} without {sli.good}"
        case Events() as sli:
            return f"{sli.bad} of {sli.total}"
        case Latency() as sli:
            return f"{sli.histogram} above {number(sli.bound)} {sli.unit}"
        case ErrorRatio() as sli:
            return f"the ratio {sli.query}"
        case TimeSlices() as sli:
            return f"times when not {sli.query} {sli.good_when}"
        case Up() as sli:
            return f"times when {sli.gauge} is 0"
        case unknown:
            assert_never(unknown)
