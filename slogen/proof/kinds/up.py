"""A gauge that is 0 or 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from slogen.model import Up
    from slogen.proof.kinds.raw import RawSeries


def series_of_up(sli: Up) -> RawSeries:
    """Return no series: a gauge is not made up."""
    raise CannotSample(f"an indicator of the kind {sli.kind} counts no events")
