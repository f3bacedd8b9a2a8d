"""The registry of codes is whole, and the page about it and the exit codes is made from it."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from slogen import checks, errors
from slogen.cli import main
from slogen.codes import CODES
from slogen.exits import Exit
from tests import golden_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from slogen.diagnostics import Code
    from slogen.errors import SlogenError

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "diagnostics.md"
SHARED = {"__init__", "alert_templates", "check", "reading", "given"}
"""Modules beside the checks that several of them use."""
_NOTES = """\
A note says what was done differently, or what could be in better order. Those about owners,
runbooks, descriptions and exceptions come from [`slogen lint`](lint.md) alone."""
_HEADS = {
    "error": ("Errors", "An error stops a build; nothing is written.", "an error because"),
    "warning": (
        "Warnings",
        "A warning says what may harm. The build is fine.",
        "a warning because",
    ),
    "note": ("Notes", _NOTES, "a note because"),
}
_INTRODUCTION = """\
# Diagnostics and exit codes

Everything that slogen says about definitions is a diagnostic: an error, a warning or a note. Each
diagnostic has a code that never changes, and points at the argument or key that it is about. It
says what was found, what is allowed, and what to do.

With `--format json` stderr is one document: `version` (1) and `diagnostics`. Each diagnostic has
`severity` (`error`, `warning` or `note`), `code`, `file`, `line` and `column` (from 1),
`end_column`, the `path` in a file of data, `slo` (an id), `argument`, `message`, `allowed`,
`remedy`, and `details`, which are all lines below the message. An unknown value is `null`. With
`--format github` errors, warnings and notes are annotations of a pull request.

In Python, `RuleSet.findings` has the warnings and notes as objects.
`RuleSet.findings_for(targets)` has those about what targets make of the rules, and
`RuleSet.findings_of(changes)` the warnings about what a build does to the history of SLOs.
`SlogenError.diagnostics` has the errors.

[`slogen lint`](lint.md) shows diagnostics without building, and a project can choose which of them
count. `slogen lint --explain CODE` prints the text of this page about a code.
"""


def _tree(error: type[SlogenError]) -> Iterator[type[SlogenError]]:
    yield error
    for derived in error.__subclasses__():
        yield from _tree(derived)


def _section(code: Code) -> Iterator[str]:
    """Yield what `slogen lint --explain` says about a code, where there is more than its row."""
    if code.why or code.remedy:
        yield f"### `{code.name}`\n"
        yield from (f"{textwrap.fill(text, 104)}\n" for text in (code.why, code.remedy) if text)


def _page() -> str:
    lines = [_INTRODUCTION]
    for severity, (head, meaning, because) in _HEADS.items():
        lines += [
            f"## {head}\n",
            f"{meaning}\n",
            f"| code | {because} | exit code |",
            "| --- | --- | ---: |",
        ]
        lines += [
            f"| `{code.name}` | {code.meaning} | {code.exit.value} |"
            for code in CODES
            if code.severity == severity
        ]
        lines.append("")
        lines += [line for code in CODES if code.severity == severity for line in _section(code)]
    lines += ["## Exit codes\n", "| code | meaning |", "| ---: | --- |"]
    lines += [f"| {code.value} | {code.meaning} |" for code in Exit]
    return "\n".join(lines) + "\n"


def test_the_page_is_made_from_the_registry(request: pytest.FixtureRequest) -> None:
    """The kept page lists every code and every exit code, and no other."""
    if request.config.getoption("--rewrite-goldens"):
        PAGE.write_text(_page(), "utf-8")

    assert PAGE.read_text("utf-8") == _page()


def test_every_error_is_registered() -> None:
    """Whatever slogen raises has a code of the registry."""
    assert {error.entry for error in _tree(errors.SlogenError)} <= set(CODES)


def test_every_check_is_registered() -> None:
    """The codes of all checks are listed, each once, and those of errors stop a build."""
    codes = checks.CODES

    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(CODES)
    assert {code.exit for code in codes if code.severity == "error"} == {Exit.INPUT}
    assert {code.exit for code in codes if code.severity != "error"} == {Exit.FINE}


def test_every_warning_and_note_says_why_it_matters() -> None:
    """What `slogen lint --explain` prints is more than the meaning: of checks, of errors, too."""
    codes = {*checks.CODES, *(code for code in CODES if code.severity != "error")}

    assert [code.name for code in codes if not code.why.endswith(".")] == []


def test_every_check_has_its_module_and_its_test() -> None:
    """A check that is not listed, or has no test, fails by name."""
    folder = Path(checks.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - SHARED
    tests = {path.stem for path in (Path(__file__).parent / "checks").glob("test_*.py")}

    assert modules == {code.name.replace("-", "_") for code in checks.CODES}
    assert {f"test_{module}" for module in modules} == tests


def test_every_check_finds_something_in_a_golden_case() -> None:
    """What lint says about each code, and where, is kept."""
    cases = (golden_cases.FOLDER / name for name in ("lint-one-of-each", "lint-given"))
    transcripts = "".join((case / "transcript.txt").read_text() for case in cases)
    found = set(re.findall(r": (error|warning|note): .* \[([a-z-]+)\]$", transcripts, re.MULTILINE))

    assert found >= {(code.severity, code.name) for code in checks.CODES}


def test_a_name_stands_for_one_code() -> None:
    """Names are words with hyphens, and no two codes share one."""
    names = [code.name for code in CODES]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_an_error_has_an_exit_code_of_its_own() -> None:
    """Only errors end a command with something else than 0; with 1 only proofs that failed."""
    stopping = {code.exit for code in CODES if code.severity == "error"}
    of_findings = {code.name for code in CODES if code.exit == Exit.FINDINGS}

    assert stopping == {Exit.FINDINGS, Exit.INPUT, Exit.UNDECIDED}
    assert of_findings == {"proof-failed", "proof-undecided"}


def test_the_help_lists_the_exit_codes() -> None:
    """``slogen --help`` has the same table as the docs."""
    text = CliRunner().invoke(main, ["--help"]).stdout

    assert all(re.search(rf"^ +{code.value} +", text, re.MULTILINE) for code in Exit)
    assert all(code.meaning[:40] in text for code in Exit)
