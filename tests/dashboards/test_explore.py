"""Links to Explore and on top of a dashboard lead to what they say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from slogen import (
    SLO,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    TimeSlices,
    Up,
)
from slogen.dashboards import boards
from slogen.dashboards.explore import explore_link, raw_queries
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import migrated
from slogen.plan import ResolvedSLO, resolve
from slogen.promql.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.model import SLI

REQUESTS = Selector('http_requests_total{job="shop $5 (a&b)"}')
HISTOGRAM = "http_request_duration_seconds"


def resolved(sli: SLI, **more: Any) -> ResolvedSLO:  # noqa: ANN401 (of an SLO)
    """Return an SLO with an SLI, as dashboards take it."""
    service = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/a$b")
    (slo,) = resolve(
        SLO(service=service, name="a", objective="99%", window="7d", sli=sli, **more), Settings()
    )
    return slo


KINDS: dict[str, tuple[SLI, tuple[str, ...]]] = {
    "events": (
        Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
        (
            'sum(rate(http_requests_total{job="shop $5 (a&b)"}[5m]))',
            'sum(rate(http_requests_total{job="shop $5 (a&b)",code=~"5.."}[5m]))',
        ),
    ),
    "free query": (
        Events(
            total="sum(rate(requests_total[$window]))", bad="sum(rate(failures_total[$window]))"
        ),
        ("sum(rate(requests_total[5m]))", "sum(rate(failures_total[5m]))"),
    ),
    "latency": (
        Latency(histogram=HISTOGRAM, under="200ms"),
        (f"sum by (le) (rate({HISTOGRAM}_bucket[5m]))",),
    ),
    "native": (
        Latency(histogram=HISTOGRAM, under="200ms", native=True),
        (f"sum(rate({HISTOGRAM}[5m]))",),
    ),
    "ratio": (ErrorRatio(query="avg(failure_ratio)"), ("avg(failure_ratio)",)),
    "slices": (TimeSlices(query="max(age_seconds)", good_when="<= 300"), ("max(age_seconds)",)),
    "up": (Up(gauge='up{job="shop"}'), ('up{job="shop"}',)),
}


@pytest.mark.parametrize(("sli", "expected"), KINDS.values(), ids=KINDS)
def test_explore_asks_what_the_sli_is_made_of(sli: SLI, expected: tuple[str, ...]) -> None:
    """Counters as events a second, buckets each for itself, everything else as it stands."""
    found = raw_queries(resolved(sli))

    assert found == expected
    assert all(parse(query) for query in found)


@pytest.mark.parametrize("sli", [sli for sli, _ in KINDS.values()], ids=KINDS)
def test_a_link_to_explore_survives_markdown_and_grafana(sli: SLI) -> None:
    """No variable is in it but those that Grafana shall replace, and nothing that ends a link."""
    link = explore_link(resolved(sli))

    values = {"${datasource}": "uid", "${__from}": "1", "${__to}": "2"}
    for name, value in values.items():
        link = link.replace(name, value)
    panes = json.loads(parse_qs(urlsplit(link).query)["panes"][0])
    assert not set("$()[] ") & set(link)
    assert tuple(each["expr"] for each in panes["slo"]["queries"]) == raw_queries(resolved(sli))
    assert panes["slo"]["range"] == {"from": "1", "to": "2"}


def links(*slos: ResolvedSLO) -> list[Mapping[str, Any]]:
    """Return the links on top of the dashboard of the service."""
    made = {board.uid: migrated(dashboard(board)) for board in boards(slos)}
    found: list[Mapping[str, Any]] = made["slo-shop"]["links"]
    return found


def test_links_on_top_lead_to_overview_team_and_runbook() -> None:
    """Dashboards keep the range and the data source; a runbook opens beside it, unreplaced."""
    found = links(resolved(KINDS["events"][0]))

    assert [(one["title"], one["type"], one["url"], one["keepTime"]) for one in found[:3]] == [
        ("SLO overview", "link", "/d/slogen-overview", True),
        ("SLOs of team-shop", "link", "/d/slogen-team-team-shop", True),
        ("Runbook", "link", "https://runbooks.example.com/a%24b", False),
    ]
    assert [one["includeVars"] for one in found[:3]] == [True, True, False]
    assert found[3]["type"] == "dashboards"


def test_several_runbooks_are_numbered() -> None:
    """Each has a link of its own, three at most."""
    slos = (
        resolved(KINDS["up"][0], id=f"a{number}", runbook=f"https://example.com/{number}")
        for number in range(5)
    )
    titles = [one["title"] for one in links(*slos)]

    assert titles[2:5] == ["Runbook 1", "Runbook 2", "Runbook 3"]
