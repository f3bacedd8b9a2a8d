"""Running commands in a folder of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

import slogen
from slogen.cli import main

if TYPE_CHECKING:
    from click.testing import Result

SLOS = """\
from slogen import SLO, Events, Selector

print("hello")
requests = Selector('requests{job="shop"}')
sli = Events(total=requests, bad=requests.where('code=~"5.."'))
slo = SLO(service="shop", name="availability", objective="OBJECTIVE", window="30d", sli=sli)
"""


def write(name: str, objective: str = "99.9%", old: str = "", new: str = "") -> None:
    """Write a script with one SLO."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(SLOS.replace("OBJECTIVE", objective).replace(old, new))


def write_more(*names: str) -> None:
    """Write a script with an SLO for each name."""
    for name in names:
        write(f"{name}.py", old='name="availability"', new=f'name="{name}"')


def project(text: str, name: str = "slogen.toml") -> Path:
    """Write a project file."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
    return Path(name).absolute()


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, arguments, prog_name="slogen")


def build(*arguments: str) -> Result:
    """Run ``slogen build`` into the folder ``out``."""
    return run("build", *arguments, "--out", "out")


def without_notes(stderr: str) -> str:
    """Return what a command prints for people, but for the notes on SLOs with little traffic."""
    lines = stderr.splitlines(keepends=True)
    return "".join(line for line in lines if not line.endswith(" [low-traffic]\n"))


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python as a process of its own, with this slogen."""
    root = str(Path(slogen.__path__[0]).parent)
    return subprocess.run(  # noqa: S603 (slogen itself)
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": root, **environment},
    )


def files(folder: str = "out") -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }
