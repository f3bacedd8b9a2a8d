"""Shells complete commands, options, targets, codes and forms, as the docs say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from slogen.cli import main
from slogen.codes import CODES
from slogen.targets import TARGETS
from tests.golden_cases import ROOT

SHELLS = ("bash", "zsh", "fish")
_PAGE = (ROOT / "docs" / "reference" / "project.md").read_text()
SETUP = {
    shell: line.replace("\\|", "|")  # as Markdown has it in a table
    for shell, line in re.findall(r"^\| (bash|zsh|fish) \| `([^`]*)` \|", _PAGE, re.MULTILINE)
}
"""What the docs let somebody write into a start-up file."""


def process(*command: str, **variables: str) -> str:
    """Return what a command prints, where ``slogen`` is on PATH."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(  # noqa: S603 (slogen, and shells)
        command,
        env={**os.environ, "PATH": path, **variables},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def completed(shell: str, typed: str) -> list[str]:
    """Return what slogen offers to a shell for a line whose last word is not finished."""
    words = typed.split(" ")
    # fish gives the word itself, the others its number.
    place = words[-1] if shell == "fish" else str(len(words) - 1)
    said = process(
        "slogen", _SLOGEN_COMPLETE=f"{shell}_complete", COMP_WORDS=typed, COMP_CWORD=place
    )
    if shell == "zsh":
        return said.splitlines()[1::3]
    return [re.split("[,\t]", line)[1] for line in said.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("slogen ", sorted(main.commands)),
        ("slogen li", ["lint", "list"]),
        ("slogen build --ch", ["--check"]),
        ("slogen build --target gra", [name for name in TARGETS if name.startswith("gra")]),
        ("slogen lint --explain tier", [c.name for c in CODES if c.name.startswith("tier")]),
        ("slogen lint --format sa", ["sarif"]),
        ("slogen list --format ", ["table", "json", "yaml"]),
    ],
)
def test_a_shell_is_offered_what_can_be_typed(shell: str, typed: str, expected: list[str]) -> None:
    """Each shell asks in its own way, and has the same answer."""
    assert completed(shell, typed) == expected


def test_codes_are_completed_one_by_one() -> None:
    """Behind a comma the next code begins."""
    offered = completed("zsh", "slogen lint --select yaml-dialect,missing-o")

    assert offered == ["yaml-dialect,missing-owner"]


@pytest.mark.parametrize("shell", SHELLS)
def test_paths_are_left_to_the_shell(shell: str) -> None:
    """It knows its files better than slogen."""
    said = process(
        "slogen",
        _SLOGEN_COMPLETE=f"{shell}_complete",
        COMP_WORDS="slogen build slo",
        COMP_CWORD="slo" if shell == "fish" else "2",
    )

    assert said.split()[0].startswith("file")


def test_the_docs_name_each_shell() -> None:
    """A line for a start-up file, each."""
    assert tuple(SETUP) == SHELLS


def test_bash_completes() -> None:
    """After the line of the docs bash itself finds a command and a target."""
    script = f"""
        {SETUP["bash"]}
        complete -p slogen
        COMP_WORDS=(slogen build --target json); COMP_CWORD=3
        _slogen_completion slogen
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """

    listed, offered = process("bash", "--norc", "-ec", script).splitlines()

    assert "-F _slogen_completion slogen" in listed
    assert offered == "json"


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not here")
def test_fish_completes() -> None:
    """After the line of the docs fish itself finds the commands."""
    said = process("fish", "--no-config", "-c", f"{SETUP['fish']}; complete -C 'slogen li'")

    assert [line.split("\t")[0] for line in said.splitlines()] == ["lint", "list"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not here")
def test_zsh_knows_who_completes() -> None:
    """After the lines of the docs zsh asks slogen."""
    script = f"autoload -U compinit; compinit -D; {SETUP['zsh']}; print $_comps[slogen]"

    assert process("zsh", "-fc", script).strip() == "_slogen_completion"
