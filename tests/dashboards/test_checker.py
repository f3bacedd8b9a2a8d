"""The generated dashboards have no fault, and the checker finds those that they could have."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slogen import SLO, Events, Selector, Service, Settings, TimeSlices, build
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import migrated
from slogen.naming import Naming
from tests import golden_cases
from tests.dashboards.checker import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOLDEN = sorted(path for path in golden_cases.FOLDER.glob("*/build/grafana*") if path.is_dir())
REQUESTS = Selector("http_requests_total")
KINDS: list[Events | TimeSlices] = [
    Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    TimeSlices(query="rate(x[$window])", good_when="> 1"),
]


def _prints(text: str) -> bool:
    return bool(text) and text.isprintable()


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60)


def read(file: Path) -> Any:  # noqa: ANN401 (JSON)
    """Return the dashboard of a file, whichever way it is wrapped."""
    if file.suffix == ".json":
        return json.loads(file.read_text())
    content = yaml.safe_load(file.read_text())
    if content["kind"] == "ConfigMap":
        (text,) = content["data"].values()
        return json.loads(text)
    return json.loads(content["spec"]["json"])


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.parent.parent.name)
def test_golden_dashboards_have_no_fault(folder: Path) -> None:
    """Structure, places, queries, links and keys are right in all of them."""
    files = [file for file in folder.rglob("*/*") if file.is_file()]

    assert files
    assert faults(map(read, files)) == []


def test_all_ways_hand_over_the_same_dashboards() -> None:
    """ConfigMaps and resources hold what the JSON files hold."""
    ways = [
        sorted(
            json.dumps(read(file))
            for file in (golden_cases.FOLDER / case / "build").rglob("*/*/*")
            if file.is_file()
        )
        for case in ("erp-grafana", "erp-grafana-configmap", "erp-grafana-operator")
    ]

    assert ways[0] == ways[1] == ways[2]


@st.composite
def slo_sets(draw: st.DrawFn) -> list[SLO]:
    """Return SLOs of services, owners and kinds of any name."""
    names = draw(
        st.lists(NAMES.map(str.strip).filter(_prints), min_size=1, max_size=4, unique=True)
    )
    return [
        SLO(
            service=Service(name, owner=draw(st.sampled_from(["", "team", name]))),
            name=draw(st.sampled_from(["availability", "$slo", "a | b"])),
            id=f"{number}-{name}",
            objective=draw(st.sampled_from(["99%", "99.999%", "80%"])),
            window=draw(st.sampled_from(["3h", "1d", "7d", "30d"])),
            group_by=draw(st.sampled_from([(), ("tenant",), ("service", "window")])),
            description=draw(st.sampled_from(["", "See ${datasource}", name])),
            sli=draw(st.sampled_from(KINDS)),
        )
        for number, name in enumerate(names)
    ]


@given(
    slo_sets(),
    st.sampled_from([None, Naming.sloth()]),
    st.sampled_from([{}, {"environment": "prod"}]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_slos_make_dashboards_without_fault(
    slos: list[SLO], naming: Naming | None, identity: dict[str, str]
) -> None:
    """Odd names, groups, labels of Sloth and identities break neither structure nor links."""
    resolved = build(slos, Settings(naming=naming, identity=identity)).slos

    made = [migrated(dashboard(board)) for board in boards(resolved)]

    assert faults(made) == []


def _changed(change: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
    slo = SLO(
        service="shop",
        name="availability",
        objective="99%",
        window="7d",
        sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    )
    made = [migrated(dashboard(board)) for board in boards(build(slo).slos)]
    change(copied := copy.deepcopy(made[0]))
    return [copied, *made[1:]]


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "an unknown key": (lambda d: d.update(style="dark"), "does not know .style"),
    "an old schema": (lambda d: d.update(schemaVersion=12), "schema"),
    "a long uid": (lambda d: d.update(uid="x" * 41), "uid"),
    "ids twice": (lambda d: d["panels"][1].update(id=1), "two panels have one id"),
    "an overlap": (lambda d: d["panels"][1]["gridPos"].update(x=1), "overlap"),
    "an edge": (lambda d: d["panels"][0]["gridPos"].update(x=23), "edge"),
    "heights": (lambda d: d["panels"][0]["gridPos"].update(h=3), "differ in height"),
    "a variable": (lambda d: d["panels"][0].update(title="$nothing"), "$nothing is no variable"),
    "a source": (lambda d: d["panels"][0].update(datasource={"uid": "Prom"}), "data source is"),
    "no description": (lambda d: d["panels"][0].update(description=""), "no description"),
    "a foreign panel": (lambda d: d["panels"][0].update(type="graph"), "no panel 'graph'"),
    "an empty query": (lambda d: d["panels"][0]["targets"][0].update(expr=" "), "is empty"),
    "a dead link": (
        lambda d: d["panels"][0].update(links=[{"title": "x", "url": "/d/no?${__url_time_range}"}]),
        "leads to no dashboard",
    ),
    "thresholds": (
        lambda d: d["panels"][0]["fieldConfig"]["defaults"]["thresholds"]["steps"].reverse(),
        "no lowest step",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_checker_finds(name: str) -> None:
    """Each kind of fault is found where it is made on purpose."""
    change, words = BROKEN[name]

    found = faults(_changed(change))

    assert any(words in fault for fault in found), found
