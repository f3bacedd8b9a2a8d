"""SLOs as OpenSLO's files: what is read again is equal, or its differences are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Tier,
    TimeSlices,
    Up,
    load,
)
from slogen.cli import main
from slogen.errors import InputError
from slogen.formats.loading import load_paths
from slogen.formats.openslo.dump import dump, lost
from tests import golden_cases
from tests.formats.slogen_yaml import models

if TYPE_CHECKING:
    from pathlib import Path

REQUESTS = Selector('requests_total{job="shop"}')
SHOP = Service(
    "shop",
    owner="team-shop",
    tier="gold",
    description="Sells things",
    runbook="https://runbooks.example/shop",
    labels={"costs": "eu"},
)
AVAILABILITY = SLO(
    service=SHOP,
    name="availability",
    objective="99.9%",
    window="28d",
    sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    alerts=AlertPolicy.none(),
)
OTHER_TOOLS = ("other tools do not know", "other tools send none")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file to dump to."""
    return tmp_path_factory.mktemp("dump") / "slos.yaml"


def again(file: Path, *slos: SLO) -> tuple[SLO, ...]:
    """Return SLOs that were written and read."""
    file.write_text(dump(slos), "utf-8")
    return tuple(load(file))


def differing(*slos: SLO) -> dict[str, list[str]]:
    """Return what a file cannot hold, by SLO."""
    found: dict[str, list[str]] = {slo.id: [] for slo in slos}
    for slo_id, said in lost(slos):
        if not said.endswith(OTHER_TOOLS):
            found[slo_id].append(said)
    return found


HELD = [
    {},
    {"name": "tickets", "alerts": AlertPolicy.tickets_only()},
    {"alerts": AlertPolicy.standard(), "id": "shop-since-2020"},
    {"description": "Orders\nare taken", "owner": "others", "labels": {"journey": "buy"}},
    {"runbook": "https://runbooks.example/orders"},
    {"sli": Events(total=REQUESTS, good=REQUESTS.where('code=~"2..|3.."'))},
    {"sli": Events(total=REQUESTS, bad="failures_total"), "group_by": ("region",)},
    {"sli": Latency(histogram='rpc_duration_seconds{job="a"}', under="250ms")},
    {"sli": Latency(histogram="rpc_ms", under="250ms"), "group_by": ("method", "zone")},
    {"sli": Up(gauge='up{job="a"}')},
    {"sli": ErrorRatio(query="error_ratio"), "group_by": ("region",)},
    {"sli": TimeSlices(query="time() - max(updated)", good_when="<= 300")},
    {"sli": TimeSlices(query="temperature", good_when="> -5.5"), "objective": "99.123456%"},
    {
        "alerts": AlertPolicy(
            tiers=[
                Tier("page", long="1h", burn_rate=14.4, for_="2m"),
                Tier("info", long="3d", burn_rate=1, labels={"notification_target": "a,b"}),
            ],
            exhausted=False,
        )
    },
    {
        "alerts": AlertPolicy(
            tiers=[Tier("ticket", long="90m", burn_rate=2)],
            preset="pages_only",
            stale=False,
        )
    },
]


@pytest.mark.parametrize("changes", HELD, ids="-".join)
def test_what_openslo_holds_is_read_equal(file: Path, changes: dict[str, object]) -> None:
    """Nothing is lost, and nothing is said to be."""
    slo = attrs.evolve(AVAILABILITY, **changes)  # type: ignore[arg-type]
    if "id" not in changes:
        slo = attrs.evolve(slo, id=f"shop-{slo.name}")

    assert again(file, slo) == (slo,)
    assert differing(slo) == {slo.id: []}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"alerts": AlertPolicy(low=True)}, ["alerts.low: true is not kept"]),
        (
            {"sli": Up(gauge="up", when_missing="bad")},
            ["sli.up.when_missing: bad is not kept"],
        ),
        (
            {"sli": TimeSlices(query="up", good_when="== 1")},
            [
                "sli.time_slices.query: up becomes (up) == bool 1",
                'sli.time_slices.good_when: == 1 becomes ">= 1"',
            ],
        ),
    ],
)
def test_what_openslo_cannot_hold_is_said(changes: dict[str, object], said: list[str]) -> None:
    """Each value that is read otherwise is listed with both."""
    slo = attrs.evolve(AVAILABILITY, **changes)  # type: ignore[arg-type]

    found = differing(slo)[slo.id]
    assert [text for text in found if not text.startswith("alerts: ")] == said


def test_names_of_several_services_are_told_apart(file: Path) -> None:
    """OpenSLO has one name for all; slogen has one for each service."""
    other = attrs.evolve(AVAILABILITY, service=Service("cart"), id="cart-availability", owner="")
    other = attrs.evolve(other, runbook="")

    assert again(file, AVAILABILITY, other) == (AVAILABILITY, other)
    assert dump((AVAILABILITY, other)) == dump((AVAILABILITY, other))


def test_what_other_tools_do_not_know_is_said() -> None:
    """A query with slogen's window, and alerts that an annotation alone says."""
    slo = attrs.evolve(AVAILABILITY, sli=Up(gauge="up"), alerts=AlertPolicy.standard())

    assert [said.endswith(OTHER_TOOLS) for _, said in lost([slo])] == [True, True]


@pytest.mark.parametrize("name", golden_cases.case_names())
def test_every_golden_case_is_equal_or_listed(name: str, file: Path) -> None:
    """An SLO is read again as it was exactly where nothing is listed for it."""
    try:
        slos = tuple(load(golden_cases.FOLDER / name))
    except InputError:
        return
    if len({slo.id for slo in slos}) < len(slos):
        return
    file.write_text(dump(slos), "utf-8")
    found = {slo.id: slo for slo in load_paths([file]).slos}
    said = differing(*slos)

    assert [slo.id for slo in slos if (found.get(slo.id) == slo) == bool(said[slo.id])] == []


@pytest.mark.parametrize(
    "name",
    [name for name in golden_cases.case_names() if name.startswith(("openslo-", "erp"))],
)
def test_openslo_and_the_erp_go_there_and_back(name: str, file: Path) -> None:
    """What came from OpenSLO is held by it, but for what its alerts had no word for."""
    try:
        slos = tuple(load(golden_cases.FOLDER / name))
    except InputError:
        return

    again_ = again(file, *slos) if slos else ()
    assert [slo.id for slo in again_] == [slo.id for slo in slos]
    assert [slo.sli for slo in again_] == [slo.sli for slo in slos]
    assert [slo.objective for slo in again_] == [slo.objective for slo in slos]


@settings(max_examples=50, deadline=None)
@given(models.slos())
def test_whatever_the_model_says_is_written_and_listed(file: Path, slos: tuple[SLO, ...]) -> None:
    """Every SLO that differs is listed, and what is written is YAML."""
    file.write_text(dump(slos), "utf-8")
    documents = list(yaml.safe_load_all(file.read_text("utf-8")))
    found = {slo.id: slo for slo in load_paths([file]).slos}
    said = differing(*slos)

    assert [document["kind"] for document in documents].count("SLO") == len(slos)
    assert all(said[slo.id] or found[slo.id] == slo for slo in slos)


def test_the_command_writes_openslo(tmp_path: Path) -> None:
    """The objects go to stdout, what they cannot hold to stderr."""
    source = str(golden_cases.FOLDER / "own-tiers")
    result = CliRunner().invoke(main, ["convert", source, "--to", "openslo"])
    written = tmp_path / "slos.yaml"
    written.write_text(result.stdout, "utf-8")

    assert result.exit_code == 0
    assert load(written)[0].id == "shop-availability"
    assert "keep_firing_for: 5m is not kept" in result.stderr
