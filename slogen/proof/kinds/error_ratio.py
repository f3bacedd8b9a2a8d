"""A query that gives a ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from slogen.model import ErrorRatio
    from slogen.proof.kinds.raw import RawSeries


def series_of_error_ratio(sli: ErrorRatio) -> RawSeries:
    """Return no series: a query is not made up."""
    raise CannotSample(f"an indicator of the kind {sli.kind} counts no events")
