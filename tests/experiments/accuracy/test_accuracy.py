"""The measurement itself, in small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.experiments.accuracy.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator


def _rows(text: str, heading: str) -> Iterator[list[str]]:
    """Yield the cells of the first table after a heading."""
    table = text.partition(heading)[2].partition("| --- ")[2].partition("\n\n")[0]
    for line in table.splitlines()[1:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def test_windows_are_true_and_cost_the_same_for_any_number_of_series(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Long windows are within 2 % where the mean of ratios is not, and read what they always do."""
    main(["--series", "2,8", "--days", "3.2"])

    text = capsys.readouterr().out
    worst = {row[0]: row[2:4] for row in _rows(text, "At worst")}
    assert float(worst["3d"][0].rstrip("%")) < 2 < float(worst["3d"][1].rstrip("%"))
    fewer, more = _rows(text, "by the number of raw series")
    assert (fewer[0], more[0]) == ("2", "8")
    assert fewer[1:] == more[1:]
    assert "Not reached: 30d" in text


@pytest.mark.parametrize("arguments", [["--series", "7"], ["--days", "1"]])
def test_sizes_that_cannot_be_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a pod, and less time than the windows that are compared, end with an error."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert arguments[0] in capsys.readouterr().err
