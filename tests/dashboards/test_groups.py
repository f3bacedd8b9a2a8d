"""With groups, all numbers that stand together are about one group, and its name stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from slogen import Events, build, model
from slogen.dashboards.colors import STATE_NO_DATA, STATE_OK, STATE_PAGE
from slogen.dashboards.migration import migrated
from slogen.live import BudgetPolicy
from tests.dashboards import truth, worlds
from tests.dashboards.asking import Answer, answer, queries, values_of
from tests.dashboards.near import near, shown
from tests.truth.arithmetic import DAY, HOUR
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.realtools.server import PrometheusServer

    Dashboards = Mapping[str, Mapping[str, Any]]

SLO = {"slo": "burning-availability"}
HEALTHY, BURNING, SILENT = "bolt", "acme", "cold"
NUMBERS = {
    HEALTHY: {
        "State": STATE_OK,
        "Burn 1h": truth.BOLT.burn(HOUR),
        "Exhausted in": -1,
        "Budget left": truth.BOLT.left(),
        "Left to spend": truth.BOLT.to_spend,
        "SLI": 1 - truth.BOLT.ratio(7 * DAY),
        "Target": 0.95,
        "Measured for": 7 * DAY,
        "Spent at (UTC)": -1,
        "This incident has cost": -1,
        "Back above 25 % in": -1,
        "May we deploy": 0,
    },
    BURNING: {
        "State": STATE_PAGE,
        "Burn 1h": truth.ACME.burn(HOUR),
        "Exhausted in": truth.ACME.lasts,
        "Budget left": truth.ACME.left(),
        "Left to spend": truth.ACME.to_spend,
        "SLI": 1 - truth.ACME.ratio(7 * DAY),
        "Target": 0.95,
        "Measured for": 7 * DAY,
        "Spent at (UTC)": (END + truth.ACME.lasts) * 1_000,
        "This incident has cost": truth.ACME.cost,
        "Back above 25 % in": -1,
        "May we deploy": 2,
    },
    SILENT: {
        "State": STATE_NO_DATA,
        "Budget left": truth.COLD.left(),
        "Left to spend": truth.COLD.to_spend,
        "SLI": 1 - truth.COLD.ratio(7 * DAY),
        "Target": 0.95,
        "Measured for": 7 * DAY,
        "Back above 25 % in": -1,
        "May we deploy": 1,
    },
}
"""What each panel on top says while one tenant is chosen; of a silent one, the others nothing."""


def on_top(server: PrometheusServer, dashboards: Dashboards, **chosen: str) -> dict[str, Answer]:
    """Return what the two lines of numbers say."""
    asked = queries(dashboards["slo-burning"], values_of(dashboards["slo-burning"], **chosen))
    return {one.panel: answer(server, one, END) for one in asked if one.panel in NUMBERS[HEALTHY]}


@pytest.mark.parametrize("tenant", NUMBERS)
def test_numbers_are_those_of_the_chosen_group(
    tenant: str, server: PrometheusServer, dashboards: Dashboards
) -> None:
    """A healthy, a burning and a silent tenant each have their own numbers, and no others."""
    found = on_top(server, dashboards, **SLO, by_tenant=tenant)

    numbers = {panel: values[0][1] for panel, values in found.items() if values}
    assert numbers == {panel: near(value, 0.02) for panel, value in NUMBERS[tenant].items()}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"freeze_below": truth.BOLT.left() - 0.01, "approve_below": 0.99}, 3),
        ({"freeze_below": truth.BOLT.left() + 0.01}, 2),
        ({"approve_below": truth.BOLT.left() - 0.01}, 0),
    ],
)
def test_a_deployment_follows_the_budget_policy(
    policy: dict[str, Any], expected: int, server: PrometheusServer
) -> None:
    """Less than its limits ask for needs an approval, or is a no; more than that is a yes."""
    made = worlds.rules().dashboards(BudgetPolicy(**policy))
    board = migrated(made["team-b/slo-burning"])
    values = values_of(board, **SLO, by_tenant=HEALTHY)
    (asked,) = (one for one in queries(board, values) if one.panel == "May we deploy")

    assert [value for _, value in answer(server, asked, END)] == [expected]


def test_numbers_of_all_groups_are_those_of_the_worst(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Without a choice every number is about the tenant that pages, and the line names it."""
    found = on_top(server, dashboards, **SLO)
    (name,) = shown(server, dashboards, "slo-burning", "Worst group", "A", **SLO)

    numbers = {panel: values[0][1] for panel, values in found.items() if values}
    assert numbers == {panel: near(value, 0.02) for panel, value in NUMBERS[BURNING].items()}
    assert name[0]["tenant"] == BURNING


def test_how_many_groups_burn_is_said(server: PrometheusServer, dashboards: Dashboards) -> None:
    """One of three tenants burns faster than sustainable; of the healthy one alone, none."""
    (all_of_them,) = shown(server, dashboards, "slo-burning", "Groups that burn", "A", **SLO)
    chosen = SLO | {"by_tenant": HEALTHY}
    (one,) = shown(server, dashboards, "slo-burning", "Groups that burn", "A", **chosen)

    assert all_of_them[0]["burning_groups"] == "1 of 3"
    assert one[0]["burning_groups"] == "0 of 1"


def test_an_slo_without_groups_says_so(server: PrometheusServer, dashboards: Dashboards) -> None:
    """Beside one with groups it has no worst group, and none that burn."""
    alone = {"slo": "burning-freshness"}
    (name,) = shown(server, dashboards, "slo-burning", "Worst group", "A", **alone)
    (count,) = shown(server, dashboards, "slo-burning", "Groups that burn", "A", **alone)

    assert name[0]["tenant"] == "no groups"
    assert count[0]["burning_groups"] == "no groups"


COLUMNS: Mapping[str, dict[str, float]] = {
    "A": {BURNING: STATE_PAGE, SILENT: STATE_NO_DATA, HEALTHY: STATE_OK},
    "B": {BURNING: truth.ACME.burn(HOUR), HEALTHY: truth.BOLT.burn(HOUR)},
    "C": {
        BURNING: truth.ACME.burn(6 * HOUR),
        HEALTHY: truth.BOLT.burn(6 * HOUR),
        SILENT: truth.COLD.burn(6 * HOUR),
    },
    "D": {BURNING: truth.ACME.lasts, HEALTHY: -1},
    "E": {
        BURNING: truth.ACME.left(),
        HEALTHY: truth.BOLT.left(),
        SILENT: truth.COLD.left(),
    },
    "F": {
        BURNING: truth.ACME.bad(-HOUR) / (truth.ACME.bad(-HOUR) + truth.BOLT.bad(-HOUR)),
        HEALTHY: truth.BOLT.bad(-HOUR) / (truth.ACME.bad(-HOUR) + truth.BOLT.bad(-HOUR)),
    },
    "G": dict.fromkeys((BURNING, HEALTHY, SILENT), 7 * DAY),
}


@pytest.mark.parametrize(("ref", "expected"), COLUMNS.items())
def test_the_table_of_groups_shows_the_truth(
    ref: str, expected: dict[str, float], server: PrometheusServer, dashboards: Dashboards
) -> None:
    """Each tenant has a row with what its traffic says."""
    found = shown(server, dashboards, "slo-burning", "Groups", ref, **SLO)

    assert {labels["tenant"]: value for labels, value in found} == {
        tenant: near(value, 0.03) for tenant, value in expected.items()
    }


def test_an_slo_without_groups_is_one_row_of_their_table(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The other SLO of the service has its own state and numbers there, and no name."""
    found = {
        ref: shown(server, dashboards, "slo-burning", "Groups", ref, slo="burning-freshness")
        for ref in COLUMNS
    }
    ((state,),) = (values for ref, values in found.items() if ref == "A")

    assert {len(values) for values in found.values()} == {1}
    assert state == ({"slo_id": "burning-freshness"}, STATE_PAGE)
    assert found["F"][0][1] == 1


def test_a_row_of_the_overview_names_its_worst_group(
    server: PrometheusServer, dashboards: Dashboards
) -> None:
    """The SLO with tenants says which one is worst and how many burn; the others say nothing."""
    names = shown(server, dashboards, "slogen-overview", "All SLOs", "B")
    counts = shown(server, dashboards, "slogen-overview", "All SLOs", "C")

    assert {labels["slo_id"]: labels.get("group", "") for labels, _ in names} == {
        "burning-availability": BURNING,
        "burning-freshness": "",
        "calm-availability": "",
        "silent-availability": "",
        "young-availability": "",
    }
    assert [(labels["slo_id"], labels["burning_groups"]) for labels, _ in counts] == [
        ("burning-availability", "1 of 3")
    ]


def test_a_click_on_a_group_chooses_it(dashboards: Dashboards) -> None:
    """The name of a tenant leads to the same dashboard with that tenant chosen."""
    (panel,) = (one for one in dashboards["slo-burning"]["panels"] if one["title"] == "Groups")
    (tenant,) = (
        one for one in panel["fieldConfig"]["overrides"] if one["matcher"]["options"] == "tenant"
    )
    (links,) = (one["value"] for one in tenant["properties"] if one["id"] == "links")

    assert links[0]["url"].startswith("/d/slo-burning?${slo:queryparam}&")
    assert "&var-by_tenant=${__data.fields.tenant:percentencode}&" in links[0]["url"]


def test_a_click_chooses_only_what_each_row_has() -> None:
    """Where two SLOs of a service have other groups, a link leaves out what one of them lacks."""
    events = Events(total="a_total", bad="b_total")
    one, other = (
        model.SLO(
            service="s", name=name, objective="99%", window="30d", sli=events, group_by=labels
        )
        for name, labels in (("one", ["tenant"]), ("other", ["tenant", "region"]))
    )
    (text,) = (file.text for file in build([one, other]).render("grafana") if "slo-s" in file.path)

    urls = re.findall(r'"url": "(/d/slo-s\?[^"]*by_tenant=[^"]*)"', text)

    assert urls
    assert not any("by_region" in url for url in urls)


def test_an_alert_about_all_groups_is_seen_while_one_is_chosen(dashboards: Dashboards) -> None:
    """Alerts without the label of the groups are matched too."""
    asked = queries(
        dashboards["slo-burning"], values_of(dashboards["slo-burning"], **SLO, by_tenant=HEALTHY)
    )
    (history,) = (one for one in asked if one.panel == "Alert history")

    assert f'tenant=~"{HEALTHY}|"' in history.expr
