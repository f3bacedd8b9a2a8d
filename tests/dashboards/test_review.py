"""The report: what a range did to each SLO, service and team, beside the range before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboards import truth
from tests.dashboards.asking import curve, queries, values_of
from tests.dashboards.near import near, shown
from tests.truth.arithmetic import DAY, HOUR
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.realtools.server import PrometheusServer

    Dashboards = Mapping[str, Mapping[str, Any]]

REPORT = "slogen-report"
UNTIL = -HOUR
"""The end of the last hour that is recorded: the range is a day, and ends now."""
SINCE = -DAY
KNOWN = {
    "burning-availability": truth.ACME,
    "calm-availability": truth.CALM,
    "silent-availability": truth.SILENT,
}


def ratio(known: truth.Known, since: int = SINCE, until: int = UNTIL) -> float:
    """Return bad events over events between two moments."""
    return known.bad(since, until) / known.events(since, until)


def by_slo(found: list[tuple[dict[str, str], float]]) -> dict[str, float]:
    """Return the values of the SLOs whose traffic is counted."""
    values = {labels["slo_id"]: value for labels, value in found}
    return {slo: values[slo] for slo in KNOWN}


def test_an_slo_is_judged_by_the_range(server: PrometheusServer, dashboards: Dashboards) -> None:
    """The worst group's share of good events in the day decides, and says what was spent."""
    met, good, good_before, spent = (
        by_slo(shown(server, dashboards, REPORT, "Objectives", ref)) for ref in "ABCD"
    )

    assert met == {
        "burning-availability": 0, "calm-availability": 1, "silent-availability": 1
    }  # fmt: skip
    assert good == {slo: near(1 - ratio(known), 0.001) for slo, known in KNOWN.items()}
    assert good_before == {
        slo: near(1 - ratio(known, SINCE - DAY, UNTIL - DAY), 0.001) for slo, known in KNOWN.items()
    }
    assert spent == {slo: near(ratio(known) / known.budget, 0.06) for slo, known in KNOWN.items()}


SCORES = {
    "A": {"burning": 2, "calm": 1, "silent": 1, "young": 1, "unborn": 1},
    "B": {"burning": 0, "calm": 1, "silent": 1},
    "C": {"burning": 2, "calm": 0, "silent": 0},
    "D": {"burning": 0, "calm": 0, "silent": 0, "young": 1, "unborn": 1},
    "F": {"burning": 2, "calm": 0, "silent": 0, "young": 0, "unborn": 0},
}


@pytest.mark.parametrize(("ref", "expected"), SCORES.items())
def test_the_scorecard_counts_slos(
    ref: str, expected: dict[str, float], server: PrometheusServer, dashboards: Dashboards
) -> None:
    """SLOs, met, missed, not measured and pages, by team and service.

    The young SLO has no whole hour yet: it is not measured.
    """
    found = shown(server, dashboards, REPORT, "Scorecard", ref)

    sums: dict[str, float] = {}
    for labels, value in found:
        service = labels["slo_service"]
        sums[service] = sums.get(service, 0) + value
    assert sums == expected


def test_the_scorecard_says_what_changed(server: PrometheusServer, dashboards: Dashboards) -> None:
    """Both SLOs of the burning service met their objective the day before, and miss it now."""
    found = shown(server, dashboards, REPORT, "Scorecard", "G")
    changes = [(labels["slo_service"], value) for labels, value in found]

    assert sorted(changes) == [("burning", -1), ("burning", -1), ("calm", 0), ("silent", 0)]


def test_numbers_of_the_report(server: PrometheusServer, dashboards: Dashboards) -> None:
    """Of four SLOs with whole hours two met their objective, of all of them the day before."""

    def number(panel: str) -> float:
        ((_, value),) = shown(server, dashboards, REPORT, panel, "A")
        return value

    assert number("Objectives met") == 1 / 2
    assert number("The range before") == 1
    assert number("Not measured") == 2
    assert number("Pages") == 2


def test_totals_weigh_each_event_alike(server: PrometheusServer, dashboards: Dashboards) -> None:
    """All events of all SLOs that count some; a state that is watched counts none."""
    all_known = (truth.CALM, truth.ACME, truth.BOLT, truth.COLD, truth.SILENT)
    bad = sum(known.bad(SINCE, UNTIL) for known in all_known)
    every = sum(known.events(SINCE, UNTIL) for known in all_known)

    ((_, events),) = shown(server, dashboards, REPORT, "Events", "A")
    ((_, bad_events),) = shown(server, dashboards, REPORT, "Bad events", "A")
    ((_, good),) = shown(server, dashboards, REPORT, "Good of all events", "A")

    assert events == near(every, 0.002)
    assert bad_events == near(bad, 0.005)
    assert good == near(1 - bad / every, 0.001)


def test_the_costliest_hours_are_those_of_the_incident(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Each whole hour of the incident cost 14,400 bad events, and stands where it began."""
    asked = queries(dashboards[REPORT], values_of(dashboards[REPORT]))
    (one,) = (each for each in asked if each.panel == "The ten costliest hours")
    whole = truth.ACME.budget * truth.ACME.events(-truth.ACME.period)

    found = {
        round(time) - END: float(value)
        for series in curve(server, one, END, 24)
        if series["metric"].get("tenant") == "acme"
        for time, value in series["values"]
    }

    assert found == {
        hour: near(truth.ACME.bad(hour, hour + HOUR) / whole, 0.03)
        for hour in range(-5 * HOUR, -HOUR, HOUR)
    }
