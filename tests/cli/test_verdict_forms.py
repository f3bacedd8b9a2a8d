"""``slogen test --slo`` and ``--format``: some SLOs alone, and verdicts for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slogen import build, load
from slogen.cli.exits import Exit
from slogen.cli.verdict_forms import as_errors, as_json
from slogen.errors import InvalidValue, ToolMissing
from slogen.trial import Tool
from slogen.trial.promtool import Outcome
from tests.cli.running import run, write, write_more
from tests.golden_cases import ROOT
from tests.realtools import packages
from tests.trial.faking import fake_promtool
from tests.trial.proofs import failed, probed, slo_verdict, told

TOOL = Tool(ROOT / "promtool", "9.8.7")
PASSED = failed(*probed())
WRONG = failed(*probed(), told(0, "check 1", "{} 2E+00", "{} 1E+00"))
CRASHED = Outcome(2, "hello\n", "bye\n")


def document(text: str) -> dict[str, Any]:
    """Return the JSON of verdicts."""
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_whole_document() -> None:
    """The shape that the reference describes: times in seconds, nothing for what is not known."""
    found = document(as_json([slo_verdict(WRONG, CRASHED)], TOOL))

    assert (found["version"], found["promtool"]) == (1, "9.8.7")
    (slo,) = found["slos"]
    assert (slo["id"], slo["passed"], slo["remarks"]) == ("shop-availability", False, [])
    alert, quiet, *undecided = slo["scenarios"]
    assert alert == {
        "name": "a page fires",
        "verdict": "failed",
        "reason": None,
        "alert": {
            "name": "SLOBurnRatePage",
            "burn_rate": 14.4,
            "long": "1h",
            "short": "5m",
            "error_ratio": 0.0152,
            "evaluated_every": 60.0,
            "fires_after": {"earliest": 1799.5, "latest": 1979.001, "seen": 1800.0},
            "resolves_after": {"earliest": 0.001, "latest": 750.0, "seen": 660.0},
        },
        "failures": [
            {
                "meaning": "after 33m",
                "expr": "ALERTS",
                "alert": None,
                "at": 7200.0,
                "expected": "{} 1E+00",
                "got": "{} 2E+00",
                "error": None,
            }
        ],
    }
    assert quiet == {
        "name": "sums add up",
        "verdict": "passed",
        "reason": None,
        "alert": None,
        "failures": [],
    }
    assert [one["verdict"] for one in undecided] == ["undecided", "undecided"]
    assert {one["reason"] for one in undecided} == {"it ended with code 2"}


def test_an_alert_that_never_fired_has_no_time() -> None:
    """Nothing was seen, so nothing is said."""
    silent = failed(*probed(first="-1E+00", last="-1E+00"))

    found = document(as_json([slo_verdict(silent)], TOOL))

    alert = found["slos"][0]["scenarios"][0]["alert"]
    assert (alert["fires_after"]["seen"], alert["resolves_after"]["seen"]) == (None, None)


def test_errors_are_those_of_scenarios_and_files() -> None:
    """A scenario that failed and a file without a verdict are an error each, at the definition."""
    origin = load("slos.py")[0].origin

    found = list(as_errors(slo_verdict(PASSED, WRONG, CRASHED), origin))

    assert [(one.code, one.message) for one in found] == [
        ("proof-failed", "shop-availability: a page fires"),
        (
            "proof-undecided",
            "shop-availability: no verdict from promtool: it ended with code 2",
        ),
    ]
    assert found[0].details == ("after 33m: ALERTS at 2h", "expected: {} 1", "got:      {} 2")
    assert found[1].details == ("hello", "bye")
    assert {str(one.position) for one in found} == {"slos.py:6:7"}


def test_json_is_all_there_is_on_stdout() -> None:
    """A program reads stdout, and notes are JSON on stderr, as for ``slogen build``."""
    write("slos.py", objective="90%")

    result = run("test", "slos.py", "--format", "json", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.FINE
    assert [slo["passed"] for slo in document(result.stdout)["slos"]] == [True]
    notes = document(result.stderr.removeprefix("hello\n"))["diagnostics"]
    assert {note["code"] for note in notes} == {"tier-lowered", "low-traffic"}


def test_errors_are_json_where_verdicts_are() -> None:
    """A definition that is wrong is told as JSON."""
    write("slos.py", objective="100%")

    result = run("test", "slos.py", "--format", "json", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.INPUT
    assert result.stdout == ""
    assert document(result.stderr.removeprefix("hello\n"))["diagnostics"][0]["line"] == 6


def test_github_marks_the_definition() -> None:
    """What failed is a command on stderr; people read stdout as ever."""
    path = fake_promtool('print("odd"); sys.exit(0)')

    result = run("test", "slos.py", "--format", "github", "--promtool", str(path))

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith("FAIL  shop-availability  ")
    commands = [line for line in result.stderr.splitlines() if line.startswith("::error")]
    assert commands
    assert all(line.startswith("::error file=slos.py,line=6,col=7,endColumn=") for line in commands)
    head = "title=slogen proof-undecided::shop-availability: no verdict"
    assert all(head in line for line in commands)


def test_some_slos_are_proven_alone() -> None:
    """The others are not run, and what there is to say about them is not said."""
    write("slos.py", objective="90%")
    write_more("quality", "latency")
    arguments = ("test", "slos.py", "quality.py", "latency.py", "--promtool", str(fake_promtool()))

    result = run(*arguments, "--slo", "*-quality", "--slo", "shop-l*")

    assert result.exit_code == Exit.FINE
    assert [row.split()[1] for row in result.stdout.splitlines() if row.startswith("ok")] == [
        "shop-quality",
        "shop-latency",
    ]
    assert "tier-lowered" not in result.stderr
    assert "2 SLOs, " in result.stderr


def test_an_slo_that_does_not_exist_is_code_2() -> None:
    """Nothing is proven where a pattern matches nothing."""
    result = run("test", "slos.py", "--slo", "shp-*", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.USAGE
    assert result.stdout == ""
    assert result.stderr.endswith(
        'Error: --slo is "shp-*", which no id matches\nThere are: shop-availability\n'
    )


def test_python_gets_the_verdicts() -> None:
    """`RuleSet.test` runs the real promtool, and says when each alert fired."""
    write_more("quality")
    rules = build(load("slos.py", "quality.py"))

    (verdict,) = rules.test(str(packages.find("promtool", "3")), slos="shop-q*")

    assert (verdict.slo_id, verdict.passed, verdict.failed) == ("shop-quality", True, 0)
    assert len(verdict.scenarios) > len(verdict.observations) > 0
    assert all(
        one.fires is not None
        and one.predicted.fires.earliest.seconds <= one.fires <= one.predicted.fires.latest.seconds
        for one in verdict.observations
    )


def test_python_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that matches nothing, and a promtool that is not there."""
    rules = build(load("slos.py"))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(InvalidValue, match=r'^slos is "x", which no id matches'):
        rules.test(slos=["x"])
    with pytest.raises(ToolMissing, match=r"^promtool was not found"):
        rules.test()
