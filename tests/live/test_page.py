"""The page about status, report and gate says what the commands do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.cli import main
from slogen.live.connection import readers_in
from slogen.model.budget_policy import POLICY_READERS
from tests.cli.running import run
from tests.live.world import AT, ERP, troubled_erp

if TYPE_CHECKING:
    from tests.live.stub import Stub

REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference"
PAGE = (REFERENCE / "live.md").read_text("utf-8")
SERVER = "https://prometheus.example.com"


def block(language: str, containing: str) -> str:
    """Return the block of the page that holds a text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    (found,) = [text for text in blocks if containing in text]
    return str(found)


def section_of(command: str) -> str:
    """Return the part of the page that is about a command."""
    return PAGE.partition(f"## `slogen {command}")[2].partition("\n## ")[0]


def printed(stub: Stub, command: str, *arguments: str) -> str:
    """Return what a command prints about the ERP on a bad day."""
    result = run(command, str(ERP), "--prometheus", stub.url, *arguments)
    return result.stdout.replace(stub.url, SERVER)


def test_the_screen_is_what_is_printed() -> None:
    """The example is the ERP on a bad day, line by line."""
    with troubled_erp().serving() as stub:
        screen = printed(stub, "status", "--at", f"{AT:%Y-%m-%dT%H:%M}")

    assert block("console", "$ slogen status") == f"$ slogen status\n{screen}"


def test_the_decision_is_what_is_printed() -> None:
    """The example is the ERP's database, but for when its budget recovers."""
    with troubled_erp().serving() as stub:
        decision = printed(stub, "gate", "--service", "database")
    found = re.sub(r"until [-\d]+ [\d:]+ UTC", "until 2026-12-26 16:30 UTC", decision)

    assert block("console", "$ slogen gate") == (
        f"$ slogen gate --service database\n{found}$ echo $?\n1\n"
    )


@pytest.mark.parametrize("command", ["status", "report", "gate"])
def test_every_option_is_on_the_page(command: str) -> None:
    """Whoever reads the page knows all options, and the page has none that is gone."""
    section = section_of(command)
    if command == "report":
        section += section_of("status")
    listed = set(re.findall(r"`(--[a-z-]+)", section)) - {"--watch"}
    options = {option for each in main.commands[command].params for option in each.opts}

    assert listed == {option for option in options if option.startswith("--")} - {"--watch"}


def test_the_tables_have_every_key() -> None:
    """A key of [live] and of [budget_policy] stands on the page, and is read."""
    live = tomllib.loads(block("toml", "[live]"))["live"]
    policy = tomllib.loads(block("toml", "[budget_policy]"))["budget_policy"]
    readers = readers_in(Path())

    assert set(live) == set(readers)
    assert set(policy) == set(POLICY_READERS)
    assert all(readers[key](value) for key, value in live.items())
