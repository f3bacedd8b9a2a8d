"""A series that is renamed on one side only is seen, panel by panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import naming
from tests.dashboards.renaming import SERIES, built, empty_panels, renamed

if TYPE_CHECKING:
    from tests.realtools.server import PrometheusServer

WITH_FALLBACK = {"TIME_TO_EXHAUSTION", "ERRORS_OPEN"}
"""Series whose absence means something else: nothing is overspent, or hours hold everything."""
FOR_RULES_ALONE = {"PERIOD_BURN_RATE"}
"""Read only where a window of 6h is longer than the SLO's own."""


def test_no_panel_is_empty_as_long_as_names_agree(server: PrometheusServer) -> None:
    """Where there is data every panel shows some."""
    assert list(empty_panels(server, built())) == []


@pytest.mark.parametrize("constant", sorted(set(SERIES) - WITH_FALLBACK - FOR_RULES_ALONE))
def test_panels_of_a_renamed_series_go_empty(constant: str, server: PrometheusServer) -> None:
    """Each series that dashboards read has panels that say so when its name is another."""
    with renamed(constant):
        dashboards = built()
        empty = set(empty_panels(server, dashboards))
        reading = {
            (one["uid"], panel["title"])
            for one in dashboards
            for panel in one["panels"]
            for target in panel.get("targets", ())
            if getattr(naming, constant) in target["expr"]
        }

    assert empty <= reading
    assert bool(empty) == bool(reading)
