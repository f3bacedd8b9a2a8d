"""What the documentation shows is what happens."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests import golden_cases
from tests.dashboards.checker import faults

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DOCS = golden_cases.ROOT / "docs" / "dashboards.md"


def test_the_how_to_writes_a_panel_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scripts of the how-to run one after the other, and their panels have no fault."""
    script = "".join(re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL))
    monkeypatch.chdir(golden_cases.ROOT)
    exec(script.replace('"build"', repr(str(tmp_path))), {})  # noqa: S102 (our own documentation)

    boards = [json.loads(file.read_text()) for file in (tmp_path / "grafana").rglob("*.json")]
    (api,) = (one for one in boards if one["uid"] == "slo-backend-api")
    chart, table = api["panels"][-2:]
    (rows,) = table["targets"]
    assert (chart["title"], table["title"]) == ("Restarts", "Requests by instance")
    assert (rows["instant"], rows["range"], rows["format"]) == (True, False, "table")
    assert table["transformations"][0]["options"]["excludeByName"] == {"Time": True}
    assert faults(boards) == []


def test_every_panel_is_explained() -> None:
    """The page names each panel of the example's dashboards, and all of its pictures exist."""
    text = DOCS.read_text()
    boards = (
        json.loads(file.read_text())
        for file in (golden_cases.FOLDER / "erp-grafana").rglob("*.json")
    )
    titles = {panel["title"] for board in boards for panel in board["panels"]}
    tables = {"All SLOs", "All of them", "Objectives", "SLOs"}
    charts = {"Objectives met over time", "Average budget left by team"}

    assert {title for title in titles - tables - charts if title not in text} == set()
    for picture in re.findall(r"\]\((pictures/\S+)\)", text):
        assert (DOCS.parent / picture).is_file()
