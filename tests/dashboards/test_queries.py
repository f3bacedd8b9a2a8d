"""Every query is asked of a real Prometheus, and what comes back is what the traffic says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from slogen.dashboards.colors import STATE_NO_DATA, STATE_OK, STATE_PAGE
from tests.dashboards import truth
from tests.dashboards.asking import Answer, answer, choices, filled, queries, values_of, variables
from tests.dashboards.near import near, shown
from tests.truth.arithmetic import DAY, HOUR, MINUTE
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.realtools.server import PrometheusServer

    Dashboards = Mapping[str, Mapping[str, Any]]

SLOS = {
    "slo-calm": ("calm-availability",),
    "slo-burning": ("burning-availability", "burning-freshness"),
    "slo-silent": ("silent-availability",),
    "slo-young": ("young-availability",),
    "slo-unborn": ("unborn-availability",),
}
EVERYTHING = ("slogen-overview", "slogen-report", "slogen-team-team-a", "slogen-team-team-b")
VIEWS = [
    *(pytest.param(uid, {}, id=uid) for uid in EVERYTHING),
    *(pytest.param(uid, {"slo": slo}, id=slo) for uid, ids in SLOS.items() for slo in ids),
]
NOW = {
    *(("Burn 1h", "A"), ("Exhausted in", "A"), ("Spent at (UTC)", "A")),
    *(("This incident has cost", "A"), ("SLI against the objective", "A")),
    *(("Good and bad", "A"), ("Good and bad", "B")),
}
"""What has no value while nothing is recorded: neither a number nor a line at 0 or 100 %."""
EVER = {
    *(("Budget left", "A"), ("Left to spend", "A"), ("SLI", "A"), ("Measured for", "A")),
    *(("Back above 25 % in", "A"), ("Error budget", "A"), ("Burn rate by window", "A")),
    *(("Tiers", "B"), ("Tiers", "C"), ("Budget spent by day", "A")),
}
"""What has no value where nothing was ever recorded, besides."""
BEFORE = {("SLI against the objective", "C"), ("Error budget", "B")}
"""What has no value where nothing was recorded a week before."""
COSTLY_HOURS = {("The ten costliest hours", "A")}
"""What is asked for each hour of a range, and so has no value for the hour that begins now."""
EMPTY = {
    "silent-availability": NOW,
    "young-availability": BEFORE,
    "unborn-availability": NOW | EVER | BEFORE,
}


@pytest.mark.parametrize(("uid", "chosen"), VIEWS)
def test_every_query_gives_series_where_there_is_data(
    uid: str, chosen: dict[str, str], server: PrometheusServer, dashboards: Dashboards
) -> None:
    """No query is refused, and only those are empty that have nothing to say."""
    asked = list(queries(dashboards[uid], values_of(dashboards[uid], **chosen)))

    empty = {(one.panel, one.ref) for one in asked if not answer(server, one, END)}

    expected = EMPTY.get(chosen.get("slo", ""), set())
    assert empty == (COSTLY_HOURS if uid == "slogen-report" else expected)


@pytest.mark.parametrize(("uid", "chosen"), VIEWS)
def test_every_mark_is_answered(
    uid: str, chosen: dict[str, str], server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The queries of annotations are PromQL that Prometheus takes."""
    values = values_of(dashboards[uid], **chosen)
    marks = dashboards[uid]["annotations"]["list"][1:]

    for mark in marks:
        server.query(filled(mark["expr"], values), END)


def test_a_reader_on_another_interval_sees_no_gaps(
    hasty_server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Series are found though the reader's Prometheus looks back for 20 s alone."""
    gaps = {
        (one.panel, one.ref)
        for uid, chosen in (("slogen-overview", {}), ("slo-calm", {"slo": "calm-availability"}))
        for one in queries(dashboards[uid], values_of(dashboards[uid], **chosen))
        if not answer(hasty_server, one, END)
    }

    assert gaps == set()


def test_variables_offer_what_is_recorded(server: PrometheusServer, dashboards: Dashboards) -> None:
    """The filters know teams, services, SLOs, groups and windows."""
    found = {
        uid: {
            one["name"]: choices(server, one, values_of(dashboards[uid], slo=slo), END)
            for one in variables(dashboards[uid])
            if one["type"] == "query"
        }
        for uid, slo in (("slogen-overview", ""), ("slo-burning", "burning-availability"))
    }

    assert found == {
        "slogen-overview": {
            "team": ["team-a", "team-b"],
            "service": ["burning", "calm", "silent", "unborn", "young"],
        },
        "slo-burning": {
            "slo": ["burning-availability", "burning-freshness"],
            "window": ["1h", "30m", "5m", "6h", "7d"],
            "by_tenant": ["acme", "bolt", "cold"],
        },
    }


NUMBERS = [
    ("Paging", 2, 1),
    ("No data", 2, 0),
    ("Spent", 1, 1),
    ("At risk", 0, 0),
    ("Objectives met", 3 / 6, 1 / 2),
    ("Health score", 3 / 6, 1 / 2),
    ("SLOs", 6, 2),
]


@pytest.mark.parametrize(("panel", "everything", "team"), NUMBERS)
def test_the_state_row_counts_slos(
    panel: str, everything: float, team: float, server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Two page, one of them exhausted, two have no data; a team sees its own alone.

    Shares are shares of all SLOs: one without data neither meets its objective nor is healthy.
    """
    of_all = shown(server, dashboards, "slogen-overview", panel, "A")
    of_one_team = shown(server, dashboards, "slogen-overview", panel, "A", team="team-a")

    assert [value for _, value in of_all] == [near(everything)]
    assert [value for _, value in of_one_team] == [near(team)]


def column(answered: Answer) -> dict[str, float]:
    """Return a column of a table by the id of the SLO."""
    return {labels["slo_id"]: value for labels, value in answered}


COLUMNS = {
    "A": {
        "calm-availability": STATE_OK,
        "burning-availability": STATE_PAGE,
        "burning-freshness": STATE_PAGE,
        "silent-availability": STATE_NO_DATA,
        "young-availability": STATE_OK,
        "unborn-availability": STATE_NO_DATA,
    },
    "D": {
        # Of 7.2 bad events an hour this one has counted 8.
        "calm-availability": 8 / truth.CALM.events(-HOUR) / 0.001,
        "burning-availability": truth.ACME.burn(HOUR),
        "burning-freshness": 1 / truth.STALE_BUDGET,
        "young-availability": truth.YOUNG.burn(40 * MINUTE),
    },
    "E": {
        "calm-availability": truth.CALM.burn(6 * HOUR),
        "burning-availability": truth.ACME.burn(6 * HOUR),
        "burning-freshness": 4 / 6 / truth.STALE_BUDGET,
        "silent-availability": truth.SILENT.burn(6 * HOUR),
        "young-availability": truth.YOUNG.burn(40 * MINUTE),
    },
    "F": {
        "calm-availability": -1,
        "burning-availability": truth.ACME.lasts,
        "burning-freshness": 0,
        "young-availability": -1,
    },
    "G": {
        "calm-availability": truth.CALM.left(),
        "burning-availability": truth.ACME.left(),
        "burning-freshness": 1 - truth.STALE_SHARE / truth.STALE_BUDGET,
        "silent-availability": truth.SILENT.left(),
        "young-availability": truth.YOUNG.left(),
    },
    "H": {
        "calm-availability": 7 * DAY,
        "burning-availability": 7 * DAY,
        "burning-freshness": DAY,
        "silent-availability": 7 * DAY,
        "young-availability": 40 * MINUTE,
    },
    "I": {
        "calm-availability": 0.999,
        "burning-availability": 0.95,
        "burning-freshness": 0.9,
        "silent-availability": 0.99,
        "young-availability": 0.99,
        "unborn-availability": 0.99,
    },
}


@pytest.mark.parametrize(("ref", "expected"), COLUMNS.items())
def test_the_table_shows_the_truth(
    ref: str, expected: dict[str, float], server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Each column is what the traffic says, of the worst group where there are groups.

    What is not recorded has no value at all. What a state overspends in four hours is seen up to
    three minutes later.
    """
    found = column(shown(server, dashboards, "slogen-overview", "All SLOs", ref))

    assert found == {name: near(value, 0.06) for name, value in expected.items()}


def test_rows_lead_to_the_dashboard_of_the_service(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The uid in a row is that of a dashboard that was made."""
    rows = shown(server, dashboards, "slogen-overview", "All SLOs", "I")

    assert {labels["uid"] for labels, _ in rows} == SLOS.keys()
    assert {labels["uid"] for labels, _ in rows} <= dashboards.keys()
    assert {labels.get("owner", "") for labels, _ in rows} == {"team-a", "team-b", ""}


def test_the_status_pie_counts_states(server: PrometheusServer, dashboards: Dashboards) -> None:
    """Every SLO is in one state, states without SLOs are 0, and no SLO is left out."""
    found = shown(server, dashboards, "slogen-overview", "Error budget status", "A")

    assert {labels["status"]: value for labels, value in found} == {
        "healthy": 3,
        "warning": 0,
        "critical": 0,
        "exhausted": 1,
        "no data": 2,
    }


def test_violations_are_time_below_the_objective(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The time within a day in which an hour's share of good events missed the objective."""
    found = column(shown(server, dashboards, "slogen-overview", "SLO violations (24h)", "A"))

    assert found == {
        name: pytest.approx(seconds, abs=450) for name, seconds in truth.VIOLATED_FOR.items()
    }


def test_what_is_left_is_events_where_events_are_counted(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The worst group decides how many more events may be bad."""
    (found,) = shown(
        server, dashboards, "slo-burning", "Left to spend", "A", slo="burning-availability"
    )
    (calm,) = shown(server, dashboards, "slo-calm", "Left to spend", "A", slo="calm-availability")

    assert found == ({"what": "bad events"}, near(truth.ACME.to_spend))
    assert calm == ({"what": "bad events"}, near(truth.CALM.to_spend))


def test_what_is_left_is_time_where_a_state_is_watched(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """An overspent budget of time has none left, and speaks of time."""
    (found,) = shown(
        server, dashboards, "slo-burning", "Left to spend", "A", slo="burning-freshness"
    )

    assert found == ({"what": "time"}, 0)


def test_a_week_before_is_a_week_before(server: PrometheusServer, dashboards: Dashboards) -> None:
    """The dotted curve is what was left seven days ago, when the SLO was two days old."""
    (found,) = shown(server, dashboards, "slo-calm", "Error budget", "B", slo="calm-availability")

    assert found[1] == near(truth.CALM.left(-7 * DAY))


def test_lines_stand_at_the_thresholds_of_the_chosen_slo(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """A tier's line is at its own burn rate, and only tiers of the chosen SLO have one."""
    calm = shown(
        server, dashboards, "slo-calm", "Burn rate by window", "tiers", slo="calm-availability"
    )

    assert {labels["tier"]: value for labels, value in calm} == {
        "page above 14.4x (1h and 5m)": 14.4,
        "page above 6x (6h and 30m)": 6,
        "ticket above 2x (1d and 2h)": 2,
    }


def test_burn_rates_have_the_windows_of_the_alerts(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """A curve for each window that a tier looks at, with the burn rate of the worst group."""
    found = shown(
        server, dashboards, "slo-burning", "Burn rate by window", "A", slo="burning-availability"
    )

    assert {labels["window"]: value for labels, value in found} == {
        "5m": near(truth.ACME.burn(300)),
        "30m": near(truth.ACME.burn(1_800)),
        "1h": near(truth.ACME.burn(HOUR)),
        "6h": near(truth.ACME.burn(6 * HOUR)),
    }


def test_spent_in_a_week(server: PrometheusServer, dashboards: Dashboards) -> None:
    """What seven days spent is bad events over those that are allowed."""
    found = column(shown(server, dashboards, "slogen-team-team-b", "Spent in seven days", "A"))

    assert found == {"burning-availability": near(truth.ACME.spent(7 * DAY))}


def test_the_report_averages_what_is_left(server: PrometheusServer, dashboards: Dashboards) -> None:
    """A spent budget counts as 0, and each team has its own mean."""
    found = shown(server, dashboards, "slogen-report", "Average budget left by team", "A")
    means = {labels.get("owner", ""): value for labels, value in found}

    assert means["team-a"] == near(truth.CALM.left() / 2)
    assert means["team-b"] == near(truth.ACME.left())
