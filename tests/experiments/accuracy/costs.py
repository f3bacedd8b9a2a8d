"""How many samples all rules and alerts read, as a server says, and the raw way beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tests.experiments.accuracy import history
from tests.experiments.load.samples import samples_a_second
from tests.truth.arithmetic import LONGEST_FAST, SECONDS

if TYPE_CHECKING:
    from tests.realtools.server import PrometheusServer

_FAST, _SLOW = 30, 60
"""Seconds between two evaluations of a window up to 6h, and of a longer one."""


@attrs.frozen(kw_only=True)
class Cost:
    """Samples a second.

    Attributes:
        asked: What a server says that all rules and alerts read.
        counted: The same from the expressions alone (`tests.experiments.load.samples`).
        raw: What a server says of the windows' raw ratios, evaluated as often as slogen's.
    """

    asked: float
    counted: float
    raw: float


def cost(server: PrometheusServer, series: int, windows: tuple[str, ...]) -> Cost:
    """Return what is read for each second at the end of the past."""
    asked = sum(
        _samples(server, rule.expr) / (group.interval.milliseconds / 1_000)
        for group in history.groups()
        for rule in group.rules
    )
    raw = sum(
        _samples(server, history.ratio(history.RAW, window))
        / (_FAST if SECONDS[window] <= LONGEST_FAST else _SLOW)
        for window in windows
    )
    counted = sum(samples_a_second(history.PERIOD, series, "1m").values())
    return Cost(asked=asked, counted=counted, raw=raw)


def _samples(server: PrometheusServer, expr: str) -> int:
    data = server.get("/api/v1/query", query=expr, time=history.END, stats="all")
    samples: int = data["stats"]["samples"]["totalQueryableSamples"]
    return samples
