"""How long it takes until a command has said its first word, beside a bare interpreter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import attrs

RUNS = 15
BUILD = "slogen build (one SLO)"
_IMPORT = re.compile(r"import time: +(\d+) \| +(\d+) \| +(\S+)")
_SCRIPT = """\
from slogen import SLO, Events, Selector, Service

requests = Selector('http_requests_total{service="shop"}')
slo = SLO(
    service=Service("shop", owner="core"),
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
)
"""


@attrs.frozen
class Import:
    """A module that is imported: its own milliseconds, and those with what it imports."""

    module: str
    own: float
    whole: float


def starts() -> dict[str, float]:
    """Return the median milliseconds of each command; the first is the bare interpreter.

    The commands take turns, so that a machine that is busy for a while is busy for all of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(Path(folder))
        for command in commands.values():
            _run(command)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                began = perf_counter()
                _run(command)
                times[name].append(1_000 * (perf_counter() - began))
    return {name: median(found) for name, found in times.items()}


def imports() -> list[Import]:
    """Return what a build of one SLO imports beyond a bare interpreter, the slowest first."""
    with tempfile.TemporaryDirectory() as folder:
        build = _commands(Path(folder))[BUILD]
        bare = {found.module for found in _imports(("-c", "pass"))}
        found = [one for one in _imports(build) if one.module not in bare]
    return sorted(found, key=lambda one: -one.own)


def _commands(folder: Path) -> dict[str, tuple[str, ...]]:
    script, project = folder / "slos.py", folder / "slogen.toml"
    script.write_text(_SCRIPT)
    project.write_text('paths = ["slos.py"]\nout = "out"\n')
    slogen, hook = ("-m", "slogen"), ("--project", str(project))
    # The hooks run behind the build, which leaves them nothing to write.
    return {
        "python -c pass": ("-c", "pass"),
        "slogen --version": (*slogen, "--version"),
        BUILD: (*slogen, "build", str(script), "--out", str(folder / "out")),
        "hook slogen-build (one SLO)": (*slogen, "build", "--exit-code", *hook),
        "hook slogen-lint (one SLO)": (*slogen, "lint", *hook),
    }


def _imports(arguments: tuple[str, ...]) -> list[Import]:
    lines = _IMPORT.findall(_run(("-X", "importtime", *arguments)))
    return [Import(module, int(own) / 1_000, int(whole) / 1_000) for own, whole, module in lines]


def _run(arguments: tuple[str, ...]) -> str:
    """Run Python with byte code allowed, as installed programs have it, and return its stderr."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(  # noqa: S603 (this interpreter, with the arguments above)
        (sys.executable, *arguments), check=True, capture_output=True, text=True, env=environment
    )
    return done.stderr
