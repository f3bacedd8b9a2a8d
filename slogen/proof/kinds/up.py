"""A gauge that is 0 or 1."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.proof.kinds.raw import RawStates
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import State

if TYPE_CHECKING:
    from slogen.model import Up


def series_of_up(sli: Up) -> RawStates:
    """Return the gauge: 1 less the part of its targets that is down."""
    metric = sli.gauge.metric
    return RawStates(
        selection=Selection(metric, sli.gauge.matchers),
        make=lambda labels: State(metric=metric, labels=labels, show=lambda ratio: 1 - ratio),
        bad=Decimal(1),
        is_graded=True,
        merge=lambda ratios: sum(ratios, Decimal(0)) / len(ratios),
        is_mean=True,
        beyond=(Decimal(-1), Decimal(2)),
        remark="a gauge between 0 and 1 stands for that part of the targets being up",
    )
