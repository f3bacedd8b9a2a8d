"""Colours and lines follow from the SLOs' own tiers, and missing data has a colour of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from slogen import SLO, AlertPolicy, Events, Service, Settings, Tier
from slogen.dashboards.limits import burn_steps, burn_words, paging_lines
from slogen.plan import ResolvedSLO, resolve
from slogen.units import Duration
from tests.dashboards.asking import curve, queries, values_of
from tests.dashboards.near import shown
from tests.truth.arithmetic import HOUR
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.realtools.server import PrometheusServer

    Dashboards = Mapping[str, Mapping[str, Any]]

SLI = Events(total="requests_total", bad="failures_total")


def slo(name: str, window: str = "30d", *tiers: Tier) -> ResolvedSLO:
    """Return an SLO with tiers of its own, or with those of the preset."""
    alerts = AlertPolicy(tiers=tiers) if tiers else AlertPolicy()
    given = SLO(
        service=Service("shop"), name=name, objective="99%", window=window, sli=SLI, alerts=alerts
    )
    (found,) = resolve(given, Settings())
    return found


PRESET = slo("preset")
OWN = slo(
    "own", "30d", Tier("page", long="1h", burn_rate="3"), Tier("ticket", long="6h", burn_rate="2")
)
SUSTAINABLE = slo("one", "30d", Tier("page", long="1d", burn_rate="1"))
TICKETS = slo("tickets", "30d", Tier("ticket", long="1d", burn_rate="2"))
COLORS = [
    ((PRESET,), (("green", None), ("yellow", 1), ("orange", 6), ("red", 14.4))),
    ((OWN,), (("green", None), ("yellow", 1), ("red", 3))),
    ((SUSTAINABLE,), (("green", None), ("yellow", 1))),
    ((TICKETS,), (("green", None), ("yellow", 1))),
    ((PRESET, OWN), (("green", None), ("yellow", 1), ("orange", 3), ("red", 14.4))),
    ((OWN, TICKETS), (("green", None), ("yellow", 1), ("red", 3))),
]


@pytest.mark.parametrize(("slos", "steps"), COLORS)
def test_colours_of_burn_rates_are_those_of_the_tiers(
    slos: tuple[ResolvedSLO, ...], steps: tuple[tuple[str, float | None], ...]
) -> None:
    """Orange begins where the first of the SLOs pages, red where all do that page."""
    assert burn_steps(slos) == steps
    assert burn_words(steps).startswith("green below 1, yellow from 1")


def test_the_overview_has_a_line_for_each_tier_that_pages() -> None:
    """By burn rate and long window, with how many SLOs have it; tickets have none."""
    hour, six = Duration("1h"), Duration("6h")

    found = paging_lines((PRESET, slo("another"), OWN))

    assert {(str(rate), long): amount for (rate, long), amount in found.items()} == {
        ("3", hour): 1,
        ("6", six): 2,
        ("14.4", hour): 2,
    }


def colored(dashboards: Dashboards) -> Iterator[tuple[str, str, list[Mapping[str, Any]]]]:
    """Yield the mappings of all columns and numbers whose colours follow from their values."""
    for uid, board in dashboards.items():
        for panel in board["panels"]:
            name = f"{uid}: {panel['title']}"
            config = panel.get("fieldConfig", {"defaults": {}, "overrides": []})
            if panel["type"] == "stat" and config["defaults"]["noValue"] == "No data":
                yield name, "", config["defaults"]["mappings"]
            for override in config["overrides"] if panel["type"] == "table" else ():
                has = {each["id"]: each["value"] for each in override["properties"]}
                if "thresholds" in has:
                    yield name, override["matcher"]["options"], has["mappings"]


def test_a_missing_value_is_purple_wherever_values_have_colours(dashboards: Dashboards) -> None:
    """Grafana would give it the colour of the lowest step: green of burn rates, red of budgets."""
    found = list(colored(dashboards))

    assert len(found) > 100
    assert [
        (name, column)
        for name, column, mappings in found
        if not any(
            each["type"] == "special"
            and each["options"]["match"] == "null+nan"
            and each["options"]["result"]["color"] == "purple"
            for each in mappings
        )
    ] == []


def test_no_number_is_the_last_one_of_a_curve(dashboards: Dashboards) -> None:
    """A number that is asked for over a range would be the one of two hours ago."""
    numbers = [
        target
        for board in dashboards.values()
        for panel in board["panels"]
        if panel["type"] in {"stat", "bargauge", "piechart"}
        for target in panel["targets"]
    ]

    assert all(target["instant"] for target in numbers)


def test_burn_states_are_purple_while_nothing_is_recorded(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """A silent, an unborn and a young SLO have a strip that says so; others burn as they do."""
    board = dashboards["slogen-overview"]
    (one,) = (each for each in queries(board, values_of(board)) if each.panel == "Burn states")

    strips = {
        series["metric"]["slo_id"]: float(series["values"][-1][1])
        for series in curve(server, one, END)
    }

    assert {slo for slo, value in strips.items() if value == -1} == {
        "silent-availability",
        "unborn-availability",
    }
    assert len(strips) == 6


def test_a_short_alert_is_seen_in_a_long_range(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """A strip looks at all of its step, and tells pages from tickets."""
    board = dashboards["slo-burning"]
    values = values_of(board, slo="burning-availability") | {"__interval": "6h"}
    (one,) = (each for each in queries(board, values) if each.panel == "Alert history")
    asked = f"({one.expr}) and on () vector(1)"

    seen = server.query(asked, END + 5 * HOUR)

    assert "[6h]" in one.expr
    assert {labels["alert"]: value for labels, value in seen if value} == {
        "Fast": 3,
        "SLOBurnRateTicket": 2,
        "SLOObjectiveViolated": 2,
    }


def test_tickets_mark_no_chart_unless_they_are_asked_for(dashboards: Dashboards) -> None:
    """A ticket lasts for days: its mark would tint every chart of its service."""
    marks = dashboards["slo-burning"]["annotations"]["list"][1:]

    assert {one["name"]: one["enable"] for one in marks} == {"Pages": True, "Tickets": False}


def test_an_exhausted_budget_says_when_it_is_healthy_again(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """After four bad hours, of which 1.8 may stay in a window of a day: in 22.2 hours."""
    ((_, seconds),) = shown(
        server, dashboards, "slo-burning", "Back above 25 % in", "A", slo="burning-freshness"
    )

    assert seconds == pytest.approx(22.2 * HOUR, abs=HOUR)


def test_nothing_is_called_value(dashboards: Dashboards) -> None:
    """Every curve has a name of its own, also of what nobody owns."""
    legends = [
        (panel["title"], target["legendFormat"])
        for board in dashboards.values()
        for panel in board["panels"]
        if panel["type"] in {"timeseries", "bargauge", "piechart", "state-timeline"}
        for target in panel["targets"]
    ]
    report = dashboards["slogen-report"]
    (by_team,) = (p for p in report["panels"] if p["title"] == "Average budget left by team")

    assert [title for title, legend in legends if legend == "__auto"] == []
    assert '"no team"' in by_team["targets"][0]["expr"]
