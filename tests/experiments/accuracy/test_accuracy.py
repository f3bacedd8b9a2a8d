"""The session itself, in small, and the part of the docs that it writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.experiments import marked
from tests.experiments.accuracy import history, report
from tests.experiments.accuracy.__main__ import SESSION, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = f"# Page\n<!-- nox -s {SESSION} begins -->\nold\n<!-- nox -s {SESSION} ends -->\nthe rest\n"


def _tables(text: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield each table as its lines of cells, without the line below the head."""
    for lines in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        cells = [tuple(re.split(r" *\| *", line.strip("| \n"))) for line in lines.splitlines()]
        yield [cells[0], *cells[2:]]


def _worst(rows: list[tuple[str, ...]], window: str, column: int) -> float:
    (row,) = (row for row in rows if row[0] == window)
    return float(row[column].split(", ")[-1].removesuffix(" %").replace(",", ""))


def test_numbers_are_near_the_truth_and_are_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A day is true of its own time where the mean of ratios is not; the page gets all tables."""
    page = tmp_path / "page.md"
    page.write_text(PAGE)

    main(["--series", "4", "--days", "1", "--before", "2", "--write"], page)

    text = capsys.readouterr().out
    tables = [*_tables(text)]
    _, ratios, few, own, _, _, costs = tables
    assert [table[0] for table in tables] == [*report.HEADS]
    assert len(few) > 1
    assert _worst(own, "1d", 3) < 1 < _worst(ratios, "1d", 5)
    assert 100 < float(costs[1][1]) < float(costs[1][3].replace(",", ""))
    assert page.read_text() == PAGE.replace("old\n", text)


@pytest.mark.parametrize(
    "arguments",
    [["--series", "7"], ["--series", "2"], ["--days", "0"], ["--days", "31", "--before", "30"]],
)
def test_sizes_that_cannot_be_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a pod, one pod, no day, and more days than the scenario has, end with an error."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert arguments[-2] in capsys.readouterr().err


def test_the_docs_have_what_the_session_prints() -> None:
    """The section of docs/measured.md has all tables, full rows, all windows, and both sizes."""
    section = marked.section(marked.MEASURED.read_text("utf-8"), SESSION)

    tables = [*_tables(section)]
    assert [table[0] for table in tables] == [*report.HEADS]
    assert all(len(row) == len(table[0]) and all(row) for table in tables for row in table)
    for table in (tables[1], tables[3]):
        sizes = {(window, size) for window in history.WINDOWS for size in ("8", "100")}
        assert {row[:2] for row in table[1:]} == sizes
    assert [*re.findall(r"^- (\w+), \d", section, re.MULTILINE)] == [*history.WINDOWS]
