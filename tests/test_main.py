"""``python -m slogen``, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from slogen import __version__

if TYPE_CHECKING:
    from pathlib import Path


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-X", "importtime", "-m", "slogen", *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (this interpreter)


def test_says_its_version_without_the_command_line() -> None:
    """The version is what scripts ask for: it does not wait for click to be imported."""
    done = _run("--version")

    assert done.stdout == f"slogen {__version__}\n"
    assert "click" not in done.stderr


def test_is_the_command_line() -> None:
    """Whatever else is asked, the command line answers, and the version beside another option."""
    assert _run("--help").stdout.startswith("Usage: ")
    assert _run("--version", "--help").stdout == f"slogen {__version__}\n"


def test_without_docstrings_the_schema_says_what_it_lacks() -> None:
    """``python -OO`` takes the descriptions away: no schema is better than one without them."""
    command = (sys.executable, "-OO", "-m", "slogen", "schema")
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (this interpreter)

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "error: the schema would lack what its keys mean: Python runs without docstrings\n"
        "  found: the option -OO, or PYTHONOPTIMIZE=2\n"
        "  remedy: run slogen schema without it\n"
    )


def test_without_docstrings_definitions_are_built(tmp_path: Path) -> None:
    """Entries of the library are read, too, whose arguments are described in docstrings."""
    definitions = tmp_path / "slos.yaml"
    definitions.write_text(
        "apiVersion: slogen/v1\n"
        "services:\n"
        "  - name: shop\n"
        "    slos:\n"
        "      - name: nightly\n"
        "        objective: 99%\n"
        "        window: 30d\n"
        "        sli: {library: {cronjob_age: {namespace: a, cronjob: b, within: 26h}}}\n"
    )
    command = (
        sys.executable,
        "-OO",
        "-m",
        "slogen",
        "build",
        definitions,
        "--out",
        tmp_path / "out",
    )
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (this interpreter)

    assert done.returncode == 0, done.stderr
