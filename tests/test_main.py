"""``python -m slogen``, as a process of its own."""

from __future__ import annotations

import subprocess
import sys

from slogen import __version__


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
