"""A query whose value is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from slogen.model import TimeSlices
    from slogen.proof.kinds.raw import RawSeries


def series_of_time_slices(sli: TimeSlices) -> RawSeries:
    """Return no series: a query is not made up."""
    raise CannotSample(f"an indicator of the kind {sli.kind} counts no events")
