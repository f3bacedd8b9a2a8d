"""Golden cases: folders in ``golden/`` with a command, and what it must print and write.

The first line of ``transcript.txt`` is the command, the rest is what it prints on stdout and on
stderr, and its exit code; the files that it must write stand below ``build/``.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

import attrs
from click.testing import CliRunner

from slogen.cli import main

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "golden"


@attrs.frozen
class Outcome:
    """What a command printed and wrote; paths are relative to the output folder."""

    transcript: str
    files: Mapping[str, str]


def case_names() -> list[str]:
    """Return the names of all cases, found by listing the folder."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def expected(name: str) -> Outcome:
    """Return what stands in a case's folder."""
    return Outcome((FOLDER / name / "transcript.txt").read_text(), files_below(_build(name)))


def run(name: str, out: Path) -> Outcome:
    """Run a case's command; if it ends with ``build``, writing below ``out`` instead."""
    prompt, _, _ = (FOLDER / name / "transcript.txt").read_text().partition("\n")
    arguments = shlex.split(prompt.removeprefix("$ slogen "))
    if arguments[-1] == "build":
        arguments[-1] = str(out)
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        result = CliRunner().invoke(main, arguments, prog_name="slogen")
    finally:
        os.chdir(here)
    # The relative path first: where it climbs to the root it ends with the absolute one.
    printed = f"{result.stdout}{result.stderr}"
    printed = printed.replace(os.path.relpath(out, ROOT), "build").replace(str(out), "build")
    return Outcome(f"{prompt}\n{printed}exit {result.exit_code}\n", files_below(out))


def rewrite(name: str, outcome: Outcome) -> None:
    """Make a case's folder say what its command did."""
    (FOLDER / name / "transcript.txt").write_text(outcome.transcript)
    build = _build(name)
    for path in sorted(build.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    for file, text in outcome.files.items():
        (build / file).parent.mkdir(parents=True, exist_ok=True)
        (build / file).write_text(text)


def files_below(folder: Path) -> dict[str, str]:
    """Return all files of a folder by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _build(name: str) -> Path:
    return FOLDER / name / "build"
