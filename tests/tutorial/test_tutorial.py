"""The tutorial leads from an empty folder to a page and a dashboard, as it is written."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from tests.golden_cases import ROOT
from tests.realtools.packages import find
from tests.tutorial.following import File, Step, follow, read

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")


def _free_port() -> str:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return str(asked.getsockname()[1])


def test_the_tutorial_is_followed(tmp_path: Path) -> None:
    """Each file is written, each command run, with real tools; only the ports are other ones."""
    page = PAGE.replace("8000", _free_port()).replace("9090", _free_port())
    tools = (find("promtool", "3"), find("prometheus", "3"), Path(sys.executable))
    path = os.pathsep.join((*(str(tool.parent) for tool in tools), os.environ["PATH"]))
    foreign = ("COVERAGE_", "SLOGEN_", "PYTHONPATH")
    own = {name: text for name, text in os.environ.items() if not name.startswith(foreign)}

    follow(page, tmp_path, own | {"PATH": path, "no_proxy": "localhost", "NO_COLOR": "1"})

    dashboards = list((tmp_path / "build" / "grafana").rglob("*.json"))
    assert len(dashboards) == 4
    assert all(json.loads(file.read_text())["panels"] for file in dashboards)


def test_the_page_is_read_in_order() -> None:
    """Files come before the commands that need them."""
    steps = list(read(PAGE))

    assert [step.path for step in steps if isinstance(step, File)] == [
        "shop.py",
        "prometheus.yml",
        "slos/shop.yaml",
        "slogen.toml",
    ]
    assert sum(isinstance(step, Step) for step in steps) == PAGE.count("\n$ ")


def test_what_is_printed_is_compared(tmp_path: Path) -> None:
    """Another output than the page shows is found; three dots stand for any text."""
    right = "```console\n$ echo one two\none ...\n```\n"

    follow(right, tmp_path, {})
    with pytest.raises(AssertionError, match="prints\none two\n\nand not\nthree"):
        follow(right.replace("one ...", "three"), tmp_path, {})


def test_a_block_without_a_name_is_refused() -> None:
    """Nothing on the page is left out."""
    with pytest.raises(ValueError, match="a block of yaml has no name"):
        list(read("```yaml\na: 1\n```\n"))
