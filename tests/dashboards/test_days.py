"""Budget spent by day: each bar at its own day, today's too, beside what a day may spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboards import truth
from tests.dashboards.asking import curve, queries, values_of
from tests.dashboards.near import near, shown
from tests.truth.arithmetic import DAY
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.realtools.server import PrometheusServer

    Dashboards = Mapping[str, Mapping[str, Any]]

SLO = {"slo": "burning-availability"}
TODAY = -(END % DAY)
"""The midnight before now, relative to now."""


def bars(server: PrometheusServer, dashboards: Dashboards) -> dict[str, dict[int, float]]:
    """Return the height of each bar by tenant and by where it stands, relative to now."""
    asked = queries(dashboards["slo-burning"], values_of(dashboards["slo-burning"], **SLO))
    (one,) = (each for each in asked if (each.panel, each.ref) == ("Budget spent by day", "A"))
    return {
        series["metric"]["tenant"]: {
            round(time) - END: float(value) for time, value in series["values"]
        }
        for series in curve(server, one, END)
    }


@pytest.mark.parametrize("known", [truth.ACME, truth.BOLT, truth.COLD], ids=lambda one: one.group)
def test_a_bar_stands_at_its_own_day(
    known: truth.Known, server: PrometheusServer, dashboards: Dashboards
) -> None:
    """From midnight to midnight, bad events over those that the whole window allows."""
    whole = known.budget * known.events(-known.period)
    days = range(TODAY - 8 * DAY, TODAY + 1, DAY)

    found = bars(server, dashboards)[known.group]

    assert {day: found[day] for day in days} == {
        day: near(known.bad(day, min(day + DAY, 0)) / whole, 0.02) for day in days
    }


def test_today_is_counted_until_now(server: PrometheusServer, dashboards: Dashboards) -> None:
    """What no hour holds yet belongs to today, and all days together are what was spent."""
    found = bars(server, dashboards)[truth.ACME.group]

    whole = truth.ACME.budget * truth.ACME.events(-truth.ACME.period)
    assert found[TODAY] == near(truth.ACME.bad(TODAY) / whole, 0.015)


def test_the_line_is_what_a_day_may_spend(server: PrometheusServer, dashboards: Dashboards) -> None:
    """A seventh of the budget for a window of seven days, all of it for one of a day."""
    lines = [
        shown(server, dashboards, "slo-burning", "Budget spent by day", "B", slo=slo)
        for slo in ("burning-availability", "burning-freshness")
    ]

    assert [value for ((_, value),) in lines] == [near(1 / 7), near(1)]


def test_bars_begin_at_their_midnight(dashboards: Dashboards) -> None:
    """A bar stands to the right of the midnight that it was asked for."""
    panels = dashboards["slo-calm"]["panels"]
    (panel,) = (one for one in panels if one["title"] == "Budget spent by day")

    assert panel["fieldConfig"]["defaults"]["custom"]["barAlignment"] == 1
