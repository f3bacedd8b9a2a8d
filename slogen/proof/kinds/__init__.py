"""What proofs know of each kind of SLI: the raw series that feed it.

A kind is a module here and a line in the table; the rest of the proof asks no kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen.model import ErrorRatio, Events, Latency, TimeSlices, Up
from slogen.proof.kinds.error_ratio import series_of_error_ratio
from slogen.proof.kinds.events import series_of_events
from slogen.proof.kinds.latency import series_of_latency
from slogen.proof.kinds.time_slices import series_of_time_slices
from slogen.proof.kinds.up import series_of_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.model import SLI
    from slogen.proof.kinds.raw import RawSeries

KINDS: Mapping[type, Callable[[Any], RawSeries]] = {
    ErrorRatio: series_of_error_ratio,
    Events: series_of_events,
    Latency: series_of_latency,
    TimeSlices: series_of_time_slices,
    Up: series_of_up,
}
"""From an SLI of each kind to the raw series that feed it, or a `CannotSample`."""


def raw_series(sli: SLI) -> RawSeries:
    """Return the raw series that feed an SLI.

    Raises:
        CannotSample: If there are none that a test could make up.
    """
    return KINDS[type(sli)](sli)
