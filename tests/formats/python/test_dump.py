"""A script that is dumped loads back equal, and reads as a person would have written it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from slogen.api import load
from slogen.errors import InputError
from slogen.formats.python.code import WIDTH
from slogen.formats.python.dump import dump
from slogen.formats.slogen_yaml.dump import dump as as_yaml
from tests import golden_cases
from tests.formats.slogen_yaml import models

if TYPE_CHECKING:
    from pathlib import Path

    from slogen import SLO

NOT_LOADED = {"build", "transcript.txt", "alerts.txt"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder to write to."""
    return tmp_path_factory.mktemp("scripts")


@settings(max_examples=50)
@given(models.slos())
def test_a_script_loads_back_equal(folder: Path, slos: tuple[SLO, ...]) -> None:
    """All that the model can say is said, in the order in which it came."""
    script = folder / "drawn.py"
    script.write_text(dump(slos), "utf-8")

    assert tuple(load(script)) == slos


def _loaded(path: Path) -> tuple[SLO, ...]:
    """Return the SLOs of a file of a golden case; none where it is there to be refused."""
    try:
        return tuple(load(path))
    except InputError:
        return ()


@pytest.mark.parametrize("name", golden_cases.case_names())
def test_every_golden_case_goes_there_and_back(name: str, folder: Path) -> None:
    """From its own format to a script, and from there to slogen YAML, nothing changes."""
    parts = [
        part
        for part in sorted((golden_cases.FOLDER / name).iterdir())
        if part.name not in NOT_LOADED
    ]
    script, definitions = folder / f"{name}.py", folder / f"{name}.yaml"
    for slos in filter(None, [_loaded(golden_cases.FOLDER / name), *map(_loaded, parts)]):
        script.write_text(dump(slos), "utf-8")
        definitions.write_text(as_yaml(load(script)), "utf-8")

        assert tuple(load(script)) == slos
        assert set(load(definitions)) == set(slos)


@pytest.mark.parametrize("example", ["erp", "erp-yaml", "kinds"])
def test_a_script_needs_no_formatter_and_no_linter(example: str, folder: Path) -> None:
    """A formatter changes nothing in it; no name is unused, missing or taken."""
    script = folder / f"{example.replace('-', '_')}.py"
    script.write_text(dump(load(golden_cases.ROOT / "docs" / "examples" / example)), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    formats = [*ruff, "format", "--isolated", f"--line-length={WIDTH}", "--check", str(script)]
    lints = [*ruff, "check", "--isolated", "--select=E4,F,I,A,N", str(script)]

    for command in (formats, lints):
        done = subprocess.run(  # noqa: S603 (the command is written here)
            command, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_what_is_shared_is_said_once() -> None:
    """A total, a policy and a service that several SLOs have stand at the top, with names."""
    text = dump(load(golden_cases.FOLDER / "sloth-python" / "slos.yaml"))

    assert text.count("Service(") == text.count("AlertPolicy(") == text.count("Selector(") == 1
    assert "bad=http_requests.where('code=~\"5..\"')" in text
