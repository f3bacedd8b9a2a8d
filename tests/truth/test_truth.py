"""Slogen's recorded numbers against the truth, on real Prometheus of both lines."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen.naming import (
    BUDGET_REMAINING,
    COVERAGE,
    EVENTS_HOUR,
    EVENTS_OPEN,
    EVENTS_SUM,
    RATIO_PERIOD,
)
from tests.truth.comparing import faults
from tests.truth.scenarios import ALL, MONTH, OUTAGE, OWNER_EDITED, RENAMED, TENANTS
from tests.truth.world import Found, world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.truth.scenario import Scenario

    Worlds = Callable[[str], dict[tuple[str, int], Found]]

pytestmark = pytest.mark.long

CASES = [
    pytest.param(line, scenario, moment, id=f"{line}-{scenario.name}{moment}")
    for line in ("3", "2")
    for scenario in ALL
    if line == "3" or scenario.both_lines
    for moment in scenario.moments
]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """Return what makes the TSDB of a line when it is first asked for, once for all processes."""
    made: dict[str, dict[tuple[str, int], Found]] = {}
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def of(line: str) -> dict[tuple[str, int], Found]:
        if line not in made:
            made[line] = _made(line, folder / f"truth-{line}")
        return made[line]

    return of


def _made(line: str, folder: Path) -> dict[tuple[str, int], Found]:
    """Return what is in the TSDB of a line; it is made by the process that comes first."""
    folder.mkdir(exist_ok=True)
    result = folder / "found.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            chosen = [each for each in ALL if line == "3" or each.both_lines]
            found = world(line, folder, chosen)
            shutil.rmtree(folder / "data")
            result.write_bytes(pickle.dumps(found))
    read: dict[tuple[str, int], Found] = pickle.loads(result.read_bytes())  # noqa: S301 - our own
    return read


@pytest.mark.parametrize(("line", "scenario", "moment"), CASES)
def test_recorded_numbers_are_true(
    worlds: Worlds, line: str, scenario: Scenario, moment: int
) -> None:
    """Ratios, coverage, budget, status and alerts are what independent arithmetic says."""
    assert faults(worlds(line)[scenario.name, moment]) == []


def test_a_rename_changes_the_name_and_nothing_else(worlds: Worlds) -> None:
    """Before an edit all series bear the old name of the service, after it the new one."""
    services = {
        moment: {
            sample.labels["slo_service"]
            for samples in worlds("3")[RENAMED.name, moment].samples.values()
            for sample in samples
        }
        for moment in RENAMED.moments
    }

    assert list(services.values()) == [{"an-old-name"}, {"renamed"}, {"renamed"}]


def test_an_owner_stands_on_the_info_series_alone(worlds: Worlds) -> None:
    """After an edit the info series names the other team, and no other series names any."""
    found = [worlds("3")[OWNER_EDITED.name, moment].samples for moment in OWNER_EDITED.moments]
    owners = [[info.labels["owner"] for info in samples["slo_info"]] for samples in found]
    others = {
        label
        for samples in found
        for name, of_name in samples.items()
        for sample in of_name
        for label in sample.labels
        if name != "slo_info"
    }

    assert owners == [["team-before"], ["team-shop"], ["team-shop"]]
    assert others == {"__name__", "slo_id", "slo_service", "slo_name", "slo_hour", "status"}


def test_a_new_tenant_has_the_budget_of_its_own_age(worlds: Worlds) -> None:
    """Of 26 hours with twenty times the budget a new tenant pays for 26 hours, not for a week."""
    found = worlds("3")[TENANTS.name, 0]
    coverage = found.of(COVERAGE, "new")
    left = found.of(BUDGET_REMAINING, "new")

    assert coverage
    assert left
    assert coverage.value == pytest.approx(26 / (7 * 24), rel=0.001)
    assert left.value == pytest.approx(1 - 20 * 26 / (7 * 24), abs=0.005)


def test_a_group_that_went_is_stale_for_six_hours_only(worlds: Worlds) -> None:
    """A group that is gone for two days is not told of any more, and the others are not stale."""
    stale = worlds("3")[TENANTS.name, 0].firing["SLODataStale", "", ""]

    assert stale == []


def test_the_comparison_finds_what_is_wrong(worlds: Worlds) -> None:
    """An alert too few is a fault, and so is any of these numbers that is a little higher."""
    found = worlds("3")[MONTH.name, 0]
    outage = worlds("3")[OUTAGE.name, 0]
    silent = attrs.evolve(outage, firing={alert: [] for alert in outage.firing})

    for name in (RATIO_PERIOD, EVENTS_SUM, EVENTS_OPEN, EVENTS_HOUR, COVERAGE):
        assert faults(_higher(found, name)) != [], name
    assert any("alerts" in fault for fault in faults(silent))


def _higher(found: Found, name: str) -> Found:
    """Return what would be found if a number were a thousandth higher, or events of an hour 5 %.

    An hour ends with a scrape that may be 75 s old.
    """
    (sample,) = found.samples[name]
    part = 1.05 if name in {EVENTS_SUM, EVENTS_OPEN} else 1.001
    higher = attrs.evolve(sample, value=sample.value * part)
    return attrs.evolve(found, samples={**found.samples, name: [higher]})
