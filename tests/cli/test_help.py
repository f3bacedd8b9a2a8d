"""What the help of each command says to somebody who is new is true."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from slogen import load
from slogen.cli import main
from slogen.cli.exits import Exit
from tests.cli.running import run
from tests.golden_cases import ROOT

COMMANDS = [(), *((name,) for name in main.commands)]


def help_of(*command: str) -> str:
    """Return the help of a command."""
    return run(*command, "--help").stdout


def indented_block(text: str, after: str) -> str:
    """Return the block that is indented more than the line with a text before it."""
    _, _, rest = text.partition(f"{after}\n")
    return textwrap.dedent(rest.lstrip("\n").partition("\n\n")[0]) + "\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "slogen")
def test_a_command_says_where_the_docs_are(command: tuple[str, ...]) -> None:
    """Each page that it names is there."""
    pages = re.findall(r"\b(?:docs/[\w/]+|README)\.md\b", " ".join(help_of(*command).split()))

    assert pages
    assert [page for page in pages if not (ROOT / page).is_file()] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "slogen")
def test_a_line_fits_a_terminal(command: tuple[str, ...]) -> None:
    """No line of any help is broken where somebody has a usual window."""
    assert max(map(len, help_of(*command).splitlines())) <= 90


def test_the_list_of_commands_says_each_in_full() -> None:
    """Nothing that a command is for is cut off."""
    assert "..." not in help_of().partition("\nCommands:")[2]


def test_the_first_example_can_be_built() -> None:
    """Who copies it from the help and types the command has rules."""
    said = help_of()
    Path("slos").mkdir()
    Path("slos/shop.yaml").write_text(indented_block(said, "This is slos/shop.yaml:"))
    _, *typed = indented_block(said, "And build its rules:").split()

    result = run(*typed)

    assert result.exit_code == Exit.FINE
    assert Path("build/prometheus/shop-availability.yaml").is_file()


def test_the_help_of_build_teaches_the_range_of_a_query() -> None:
    """Its example of `$window` loads, as the events of an SLO."""
    sides = indented_block(help_of("build"), "fills in:")
    first = indented_block(help_of(), "This is slos/shop.yaml:")
    before, _, _ = first.partition("total:")
    depth = len(before.rpartition("\n")[2])
    Path("cache.yaml").write_text(before + textwrap.indent(sides, " " * depth).lstrip())

    (slo,) = load("cache.yaml")
    assert "$window" in str(slo.sli)
