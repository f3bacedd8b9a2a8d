"""What base series cost, in small."""

from __future__ import annotations

from tests.experiments.load.base_series import table


def test_the_table_says_what_each_way_reads() -> None:
    """Of eight series two rules read two newest samples of 90 s and of 10m; rates read less."""
    _, _, row = table([8], [30])

    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[0:3] == ["30 s", "8", "552"]
    assert cells[4] == "84"
    assert cells[6] == "1,440"
    assert all(float(cell) > 0 for cell in cells[3::2])
