"""Errors and notes have the same content for people, for programs and for GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slogen.cli import main
from slogen.cli.diagnostics import rendered
from slogen.cli.exits import Exit
from slogen.errors import OutputError, ScriptFailed
from slogen.source import Position

A_SELECTOR = 'a metric and matchers, such as http_requests_total{service="api",code!="404"}'
NO_BUDGET = '100 % leaves no error budget: write a lower objective, such as "99.99%"'
WRONG = """\
apiVersion: slogen/v1
services:
  - name: shop
    slos:
      - name: a
        objective: 100%
        window: 30d
        sli:
          up: {gauge: "up{"}
"""
NOTED = """\
apiVersion: slogen/v1
services:
  - name: off
    slos:
      - name: a
        objective: 99%
        window: 30d
        sli:
          up: {gauge: up}
"""


def build(text: str, *options: str) -> Result:
    """Return what comes of building a file of slogen YAML."""
    Path("slos.yaml").write_text(text, encoding="utf-8")
    command = ["build", "slos.yaml", "--out", "out", *options]
    return CliRunner().invoke(main, command, prog_name="slogen")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def test_faults_are_one_json_document() -> None:
    """Stderr is a document with all faults, their places, codes and remedies, and nothing else."""
    result = build(WRONG, "--format", "json")

    content = json.loads(result.stderr)
    assert result.exit_code == Exit.INPUT
    assert result.stdout == ""
    assert content["version"] == 1
    assert content["diagnostics"] == [
        {
            "severity": "error",
            "code": "invalid-value",
            "file": "slos.yaml",
            "line": 6,
            "column": 20,
            "end_column": 24,
            "path": "$.services[0].slos[0].objective",
            "slo": None,
            "argument": "objective",
            "message": 'objective is "100%"',
            "allowed": 'more than 0 % and less than 100 %, such as "99.9%"',
            "remedy": NO_BUDGET,
            "details": [
                'allowed: more than 0 % and less than 100 %, such as "99.9%"',
                f"remedy: {NO_BUDGET}",
            ],
        },
        {
            "severity": "error",
            "code": "invalid-promql",
            "file": "slos.yaml",
            "line": 9,
            "column": 26,
            "end_column": 27,
            "path": "$.services[0].slos[0].sli.up.gauge",
            "slo": None,
            "argument": "gauge",
            "message": "gauge is 'up{': not PromQL: unexpected end of input inside braces",
            "allowed": A_SELECTOR,
            "remedy": "close the brace with }",
            "details": [f"allowed: {A_SELECTOR}", "remedy: close the brace with }"],
        },
    ]


def test_notes_are_json_too() -> None:
    """A build that worked prints its notes, and no summary that a program would stumble over."""
    result = build(NOTED, "--format", "json")

    (note,) = json.loads(result.stderr)["diagnostics"]
    assert result.exit_code == Exit.FINE
    assert (note["severity"], note["code"], note["line"]) == ("note", "yaml-dialect", 3)


def test_no_diagnostic_is_a_document_without_any() -> None:
    """A program can tell that all is well from that nothing was printed."""
    result = build(NOTED.replace("off", "shop"), "--format", "json")

    assert json.loads(result.stderr) == {"version": 1, "diagnostics": []}


def test_an_error_of_writing_is_the_document() -> None:
    """Where a build ends with an error after it has compiled, stderr is one document still."""
    Path("out/prometheus").mkdir(parents=True)
    Path("out/prometheus/off-a.yaml").write_text("mine")

    result = build(NOTED, "--format", "json")

    (error,) = json.loads(result.stderr)["diagnostics"]
    assert result.exit_code == Exit.UNDECIDED
    assert error["code"] == "foreign-file"


def test_stale_output_leaves_stderr_to_the_document() -> None:
    """With ``--check`` what changes is on stdout, and stderr is one document."""
    result = build(NOTED, "--format", "json", "--check")

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith("added: ")
    assert len(json.loads(result.stderr)["diagnostics"]) == 1


def test_github_marks_the_lines() -> None:
    """Every fault is a command of GitHub Actions, on one line."""
    result = build(WRONG, "--format", "github")

    first, second = result.stderr.splitlines()
    assert first == (
        "::error file=slos.yaml,line=6,col=20,endColumn=24,title=slogen invalid-value"
        '::objective is "100%25"%0A'
        'allowed: more than 0 %25 and less than 100 %25, such as "99.9%25"%0A'
        'remedy: 100 %25 leaves no error budget: write a lower objective, such as "99.99%25"'
    )
    assert second.startswith("::error file=slos.yaml,line=9,col=26,endColumn=27,title=")


def test_github_takes_notes_as_notices() -> None:
    """What does not stop a build is a notice."""
    result = build(NOTED, "--format", "github")

    assert result.stderr.startswith("::notice file=slos.yaml,line=3,col=11,endColumn=14,title=")


def test_an_error_without_a_place_has_none() -> None:
    """What is about no file has neither line nor path."""
    (one,) = json.loads(rendered(OutputError("disk is full").diagnostics, "json"))["diagnostics"]

    assert (one["code"], one["file"], one["line"], one["path"]) == ("output", None, None, None)
    assert rendered(OutputError("x").diagnostics, "github") == "::error title=slogen output::x\n"


def test_names_cannot_break_a_command_of_github() -> None:
    """Commas and colons of a file's name are escaped, and line feeds everywhere."""
    fault = ScriptFailed("one\r\ntwo", Position("a,b:c%.yaml", 1, 2))

    assert rendered(fault.diagnostics, "github") == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=slogen script-failed::one%0Atwo\n"
    )


def test_nothing_to_say_prints_nothing() -> None:
    """Without diagnostics text and GitHub's form are empty."""
    assert rendered((), "text") == rendered((), "github") == ""
