"""What the page about diffs shows is what slogen does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.running import run, write
from tests.golden_cases import ROOT

if TYPE_CHECKING:
    import pytest

PAGE = (ROOT / "docs" / "reference" / "diff.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    """Return the blocks of a kind in the page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def changed_definitions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a build and a definition with another objective in a folder."""
    monkeypatch.chdir(folder)
    write("slos/shop.py", old='print("hello")\n', new="")
    run("build", "slos", "--out", "build")
    write("slos/shop.py", objective="99.95%", old='print("hello")\n', new="")


def test_the_transcript_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The diff and the count are those of a run."""
    changed_definitions(tmp_path, monkeypatch)

    result = run("diff", "build", "slos")

    assert f"$ slogen diff build slos\n{result.stdout}{result.stderr}" == blocks("console")[0]


def test_what_cannot_be_read_is_said_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line about a file that somebody edited is that of a run."""
    changed_definitions(tmp_path, monkeypatch)
    file = Path("build/prometheus/shop-availability.yaml")
    file.write_text(file.read_text().replace("keep_firing_for: 10m", "keep_firing: 10m"))

    assert run("diff", "build", "slos").stdout == blocks("text")[0]


def test_the_script_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way from Python prints the change and the comment."""
    changed_definitions(tmp_path, monkeypatch)

    exec(compile(blocks("python")[0], "page", "exec"), {})  # noqa: S102 (our own page)

    printed = capsys.readouterr().out
    assert printed.startswith("shop-availability changed ['objective']\n### 1 SLO: 1 changed\n")


def test_the_options_are_those_that_there_are() -> None:
    """The page names every option of the command."""
    listed = set(re.findall(r"--[a-z-]+", run("diff", "--help").stdout)) - {"--help"}

    assert {option for option in listed if f"`{option}" not in PAGE} == set()
