"""What the page about lint shows is what slogen does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.cli import main
from slogen.codes import CODES
from slogen.formats import load_project, read_project
from slogen.lint.settings import read_settings
from tests.cli.running import run
from tests.golden_cases import ROOT

if TYPE_CHECKING:
    import pytest

PAGE = (ROOT / "docs" / "reference" / "lint.md").read_text("utf-8")
DEFINITIONS = """\
apiVersion: slogen/v1
services:
  - name: shop
    owner: on  # duty
    runbook: https://runbooks.example.com/shop
    slos:
      - name: orders
        objective: 90%
        window: 30d
        sli:
          up: {gauge: up}
"""


def blocks(kind: str) -> list[str]:
    """Return the blocks of a kind in the page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_tables_are_right(tmp_path: Path) -> None:
    """Each piece of a project file is read without a fault, one behind the other."""
    file = tmp_path / "slogen.toml"
    file.write_text("\n".join(blocks("toml")))
    project, faults = read_project(file)

    settings = read_settings(project.tables["lint"], CODES, tmp_path, faults)

    assert faults == []
    assert set(settings.severities) == {"events-estimated", "tier-lowered"}
    assert len(settings.exceptions) == 1
    assert load_project(file) == project


def test_the_transcript_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings, the count and the explanation are those of a run."""
    monkeypatch.chdir(tmp_path)
    Path("slos").mkdir()
    Path("slos/shop.yaml").write_text(DEFINITIONS)
    found, explained = run("lint", "slos"), run("lint", "--explain", "tier-lowered")

    first, _, second = blocks("console")[0].partition("$ slogen lint --explain tier-lowered\n")

    assert first == f"$ slogen lint slos\n{found.stdout}{found.stderr}"
    assert explained.stdout.startswith(second.removesuffix("...\n"))


def test_every_option_has_its_row() -> None:
    """The table lists the options that the command has, and no other."""
    rows = [row for row in PAGE.splitlines() if row.startswith("| `--")]
    listed = {name for row in rows for name in re.findall(r"--[a-z-]+", row.split("|")[1])}
    options = {option for each in main.commands["lint"].params for option in each.opts}

    assert listed == {option for option in options if option.startswith("--")}
