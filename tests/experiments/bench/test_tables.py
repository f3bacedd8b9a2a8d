"""The tables of the benchmarks hold what was measured."""

from __future__ import annotations

import attrs

from tests.experiments.bench import tables
from tests.experiments.bench.command import Cost
from tests.experiments.bench.dashboards import DashboardCost
from tests.experiments.bench.starting import Import
from tests.experiments.bench.targets import TargetCost


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a table's rows, and its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    return [line.strip("| ").split(" | ") for line in lines]


def test_each_row_has_as_many_cells_as_the_head() -> None:
    """A number that moves to another column says something else."""
    one = {"rules": 400, "bytes": 2e6, "seconds": 0.5, "peak": 50, "json": 0.1, "making": 0.2}
    cost = Cost(seconds=2.0, mebibytes=40.0, rules=1_000)
    made = DashboardCost(
        name="10 of one service", files=2, seconds={"JSON": 0.25}, sizes=(2_000, 3_000)
    )
    target = TargetCost("mimir", slos=100, files=10, megabytes=2.5, seconds=0.2)
    texts = (
        tables.builds({100: {**one, "whole": 0.9}}),
        tables.commands({1_000: cost}, Cost(seconds=0.0, mebibytes=9.0, rules=0), 3e-4),
        tables.sloth({1_000: cost}),
        tables.parts({100: {"parts": {"compile": 3.0, "write": 1.0}, "collecting": 0.4}}),
        tables.definitions(
            {100: {"bytes": 1e6, "dumping": 1, "reading": 1, "making": 1, "building": 2}}
        ),
        tables.proofs({"docs/examples/erp": {"2": 58.2, "3": 36.4}}),
        tables.dashboards([made]),
        tables.targets({100: [target], 1_000: [attrs.evolve(target, slos=1_000)]}),
    )

    for text in texts:
        head, *rows = rows_of(text)
        assert rows
        assert {len(row) for row in rows} == {len(head)}


def test_a_target_is_measured_per_slo() -> None:
    """The last count decides: 1,000 SLOs in two seconds are 2 ms each."""
    target = TargetCost("mimir", slos=1_000, files=10, megabytes=2.5, seconds=2.0)

    (_, row) = rows_of(tables.targets({1_000: [target]}))

    assert row == ["`mimir`", "2.00", "2.00", "10", "2.5"]


def test_a_build_is_set_beside_json() -> None:
    """100 SLOs in half a second are 5 ms each, and five times the time of json.dumps."""
    one = {"rules": 400, "bytes": 2e6, "seconds": 0.5, "peak": 50, "json": 0.1, "making": 0.2}

    (head, row) = rows_of(tables.builds({100: {**one, "whole": 0.9}}))

    said = dict(zip(head, row, strict=True))
    assert (said["ms per SLO"], said["ratio"]) == ("5.00", "5x")


def test_a_start_is_told_in_bare_interpreters() -> None:
    """The first command is the interpreter alone."""
    text = tables.starts({"python": 10.0, "slogen": 35.0}, [Import("click", own=2.0, whole=9.0)])

    assert rows_of(text)[1:3] == [["`python`", "10", "1.0x"], ["`slogen`", "35", "3.5x"]]
    assert ["`click`", "2.0", "9.0"] in rows_of(text)


def test_what_is_not_here_is_said() -> None:
    """Sloth is measured where somebody has installed it."""
    assert tables.sloth({}) == "`sloth` is not on PATH, and not measured.\n"
