"""``slogen test``: each SLO put to the proof by promtool."""

from __future__ import annotations

import json
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs
import pytest

from slogen.cli.exits import Exit
from slogen.live import http
from slogen.live.replay import extra
from slogen.proof import prove
from slogen.targets import promtool_tests
from slogen.trial import promtool, proving
from slogen.trial.promtool import Runs
from tests.cli.running import files, process, project, run, without_notes, write, write_more
from tests.realtools import packages
from tests.trial.faking import fake_promtool, program

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.proof import Proof
    from slogen.rules import SLORules

pytestmark = pytest.mark.usefixtures("scratch")

LINES = ["2", "3"]
GARBAGE = 'print("\\x1b[1mhello"); sys.exit(0)'


@pytest.mark.parametrize("line", LINES)
def test_proves_with_the_real_promtool(line: str, scratch: Path) -> None:
    """Each tier fires when it was predicted to, nothing fails, and nothing is left."""
    before = files(".")

    result = run("test", "slos.py", "--promtool", str(packages.find("promtool", line)))

    assert result.exit_code == Exit.FINE, result.output
    head, columns, *rows = result.stdout.splitlines()
    assert head.startswith("ok    shop-availability  ")
    assert " ".join(columns.split()) == "TIER ERRORS EVERY FIRES AFTER SEEN RESOLVES AFTER SEEN"
    assert {row.split()[0] for row in rows} == {"SLOBurnRatePage", "SLOBurnRateTicket"}
    assert "never" not in result.stdout
    assert without_notes(result.stderr).startswith("hello\n1 SLO, ")
    assert f" 0 failed, promtool {line}." in result.stderr
    assert (list(scratch.iterdir()), files(".")) == ([], before)


def wrongly_proven(slo: ResolvedSLO, rules: SLORules) -> Proof:
    """Return the first scenario about an alert, which expects it to stay quiet, and the next."""
    proof = prove(slo, rules)
    part = next(part for part in proof.parts if any(one.detection for one in part.scenarios))
    place = next(place for place, one in enumerate(part.scenarios) if one.detection)
    scenario, following = part.scenarios[place : place + 2]
    checks = tuple(attrs.evolve(check, samples=()) for check in scenario.checks)
    wrong = attrs.evolve(scenario, checks=checks)
    return attrs.evolve(proof, parts=(attrs.evolve(part, scenarios=(wrong, following)),))


@pytest.mark.parametrize("line", LINES)
def test_a_proof_that_fails_is_code_1(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was expected is shown beside what came out, and the table all the same."""
    monkeypatch.setattr(promtool_tests, "prove", wrongly_proven)
    write_more("quality")

    result = run(
        *("test", "quality.py", "slos.py"),
        *("--promtool", str(packages.find("promtool", line)), "--junit", "report.xml"),
    )

    assert result.exit_code == Exit.FINDINGS
    heads = [row for row in result.stdout.splitlines() if not row.startswith(" ")]
    assert [head.split()[:2] for head in heads] == [
        ["FAIL", "shop-quality"],
        ["FAIL", "shop-availability"],
    ]
    assert all(head.endswith(" 2 scenarios, 1 failed") for head in heads)
    assert "FIRES AFTER" in result.stdout
    assert result.stdout.count("      scenario: SLOBurnRatePage 14.4x over ") == 2
    assert result.stdout.count("          expected: nothing\n") == 4
    assert result.stdout.count("          got:      {") == 4
    assert result.stdout.count('slo_id="shop-quality"') == 4
    assert " 2 failed, promtool " in result.stderr
    suites = ET.parse("report.xml").getroot()  # noqa: S314 (our own)
    assert [(suite.get("name"), suite.get("failures")) for suite in suites] == [
        ("shop-quality", "1"),
        ("shop-availability", "1"),
    ]
    assert len(list(suites.iter("failure"))) == 2


@pytest.mark.parametrize("line", LINES)
def test_rules_that_promtool_does_not_read_are_no_proof(line: str) -> None:
    """There is no verdict on them, and all that promtool said is shown."""
    spoil = 'if [ "$1" = test ]; then echo groups: 5 > rules.yaml; fi'
    path = program(f'#!/bin/sh\n{spoil}\nexec {packages.find("promtool", line)} "$@"\n')

    result = run("test", "slos.py", "--promtool", str(path))

    assert result.exit_code == Exit.FINDINGS
    assert " scenarios without a verdict from promtool: it printed 'rules.yaml: " in result.stdout
    assert "        |   FAILED:\n        | rules.yaml: " in result.stdout


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (GARBAGE, "", "it printed no verdict that slogen knows"),
        ("", 'print("done", file=sys.stderr)', "it printed 'done'"),
        ("sys.exit(0)", "", "it printed no verdict that slogen knows"),
        ("sys.exit(1)", "", "it printed ''"),
        ("sys.exit(2)", "", "it ended with code 2"),
        ("import os; os.abort()", "", "it was ended by SIGABRT"),
        ("import time; time.sleep(60)", "", "it was stopped after 1s"),
        ('print("  SUCCESS"); sys.exit(0)', "", "it did not tell how a scenario ended, "),
    ],
)
def test_a_promtool_without_a_verdict_is_code_1(
    before: str, after: str, reason: str, monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> None:
    """One that crashes, hangs, or says anything else than promtool does, has proven nothing."""
    bounded = 1 if "sleep" in before else 600
    monkeypatch.setattr(proving, "Runs", lambda: Runs(seconds=bounded))
    path = fake_promtool(before, after)

    result = run("test", "slos.py", "--promtool", str(path))

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith("FAIL  shop-availability  ")
    assert f" without a verdict from promtool: {reason}" in result.stdout
    assert "\x1b" not in result.stdout
    assert "Traceback" not in result.output
    assert list(scratch.iterdir()) == []


def test_what_promtool_printed_is_shown() -> None:
    """Its words are all there is to go by."""
    path = fake_promtool(GARBAGE)

    assert "  | \\x1b[1mhello\n" in run("test", "slos.py", "--promtool", str(path)).stdout


def test_without_promtool_it_is_code_4(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with what helps, before a script is run."""
    monkeypatch.setenv("PATH", "")

    result = run("test", "slos.py", "--junit", "report.xml")

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout == ""
    assert result.stderr.startswith(
        "error: promtool was not found\n  found: no 'promtool' on PATH\n  remedy: install it: "
    )
    assert not Path("report.xml").exists()


def test_a_promtool_that_is_none_is_code_4() -> None:
    """Something else of that name is told."""
    path = program("#!/bin/sh\necho hello\n")

    result = run("test", "slos.py", "--promtool", str(path))

    assert result.exit_code == Exit.UNDECIDED
    assert f"found: {path}, which does not tell the version of a promtool\n" in result.stderr


def test_promtool_is_looked_for_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody names one."""
    monkeypatch.setenv("PATH", str(fake_promtool().parent))

    result = run("test", "slos.py")

    assert result.exit_code == Exit.FINE
    assert ", 0 failed, promtool 9.8.7, " in result.stderr


def test_the_project_file_names_promtool(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is run from wherever one stands, and the paths and settings of the project count."""
    fake_promtool(name="tools/promtool")
    project('paths = "slos.py"\npromtool = "tools/promtool"\nalert_names = {SLOBurnRatePage = "P"}')
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")

    result = run("test")

    assert result.exit_code == Exit.FINE, result.output
    assert "      P 14.4x over 1h/5m " in result.stdout


def test_the_command_line_names_another_promtool() -> None:
    """It wins over the project file."""
    path = fake_promtool()
    project('paths = "slos.py"\npromtool = "./none"')

    assert run("test").exit_code == Exit.UNDECIDED
    assert run("test", "--promtool", str(path)).exit_code == Exit.FINE


def test_a_project_file_can_be_named() -> None:
    """As for ``slogen build``."""
    fake_promtool(name="conf/promtool")
    write("conf/slos.py")
    project('paths = "slos.py"\npromtool = "./promtool"', "conf/x.toml")

    assert run("test", "--project", "conf/x.toml").exit_code == Exit.FINE


def test_the_scrape_interval_counts() -> None:
    """The rules that are proven are those that would be built."""
    path = fake_promtool('print(Path("rules.yaml").read_text()); sys.exit(9)')

    result = run("test", "slos.py", "--scrape-interval", "15s", "--promtool", str(path))

    assert "interval: 15s" in result.stdout


def test_scripts_can_be_refused() -> None:
    """As for ``slogen build``."""
    result = run("test", "slos.py", "--no-scripts", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.INPUT
    assert "hello" not in result.output


def test_a_bad_input_is_code_3() -> None:
    """What cannot be compiled cannot be proven."""
    write("slos.py", objective="100%")

    result = run("test", "slos.py", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.INPUT
    assert 'slos.py:6:58: error: SLO.objective is "100%"' in result.stderr
    assert result.stdout == ""


def test_findings_are_on_stderr() -> None:
    """What slogen changed is told, and stdout holds what came out alone."""
    write("slos.py", objective="90%")

    result = run("test", "slos.py", "--promtool", str(fake_promtool()))

    assert result.exit_code == Exit.FINE
    assert "[tier-lowered]" in result.stderr
    assert result.stdout.startswith("ok    shop-availability  ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--junit", "none/report.xml"),
        ("--junit", "fake"),
        ("--out", "out"),
        ("--scrape-interval", "7s"),
    ],
)
def test_a_wrong_command_line_is_code_2(arguments: tuple[str, ...]) -> None:
    """A folder that does not exist is told before anything runs."""
    path = fake_promtool()

    result = run("test", "slos.py", "--promtool", str(path), *arguments)

    assert result.exit_code == Exit.USAGE
    assert "Usage: slogen test" in result.stderr
    assert "hello" not in result.output


def test_without_paths_it_is_code_2() -> None:
    """Where nothing says what to prove."""
    assert run("test").exit_code == Exit.USAGE


def test_a_report_is_the_only_file_that_is_written(scratch: Path) -> None:
    """Everything else is gone."""
    path = fake_promtool()
    before = files(".")

    result = run("test", "slos.py", "--promtool", str(path), "--junit", "report.xml")

    assert result.exit_code == Exit.FINE
    assert files(".").keys() - before.keys() == {"report.xml"}
    assert list(scratch.iterdir()) == []
    suite = ET.parse("report.xml").getroot()[0]  # noqa: S314 (our own)
    assert (suite.get("name"), suite.get("failures"), suite.get("errors")) == (
        "shop-availability",
        "0",
        "0",
    )


@pytest.mark.parametrize("is_found", [False, True])
def test_what_cannot_be_written_is_code_4(
    is_found: bool,  # noqa: FBT001 (a parameter of a test)
    monkeypatch: pytest.MonkeyPatch,
    scratch: Path,
) -> None:
    """Where there is no room for temporary files, nothing is proven."""
    path = fake_promtool()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch / "none"))
    if is_found:
        tool = promtool.Tool(path, "9.8.7")
        monkeypatch.setattr(promtool, "find", lambda _: tool)

    result = run("test", "slos.py", "--promtool", str(path))

    assert result.exit_code == Exit.UNDECIDED
    assert f"error: cannot write {scratch}/none" in result.stderr


@pytest.mark.parametrize(
    "command", [("test",), ("build", "--target", "promtool-tests", "--out", "out")], ids=" ".join
)
def test_a_library_that_is_missing_is_code_4(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told how to get what samples regexes, and nothing is written."""
    named = ("--promtool", str(fake_promtool())) if command == ("test",) else ()

    def not_installed(*_: object) -> None:
        raise ModuleNotFoundError(name="re2")

    monkeypatch.setattr(promtool_tests, "prove", not_installed)

    result = run(*command, *named, "slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert not Path("out", "promtool-tests").exists()
    assert result.stderr.endswith(
        "error: google-re2 was not found\n  found: no such library\n"
        "  remedy: pip install 'google-re2>=1.1' 'rstr>=3.2,<4'\n"
    )


def test_the_remedy_names_what_the_extra_requires() -> None:
    """Packages can be installed by name however slogen itself was, from a checkout too."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]

    extras = project["optional-dependencies"]
    assert list(promtool_tests.PACKAGES.values()) == extras["proof"]
    assert extras["live"] == [http.PACKAGE]
    assert list(extra.PACKAGES) == extras["history"]


def test_runs_as_a_module() -> None:
    """What came out goes to stdout, the rest to stderr, byte for byte the same each time."""
    path = str(fake_promtool())

    first, second = (
        process("-m", "slogen", "test", "slos.py", "--promtool", path, PYTHONHASHSEED=seed)
        for seed in "12"
    )

    assert first.returncode == Exit.FINE
    assert first.stdout.startswith(b"ok    shop-availability  ")
    assert first.stdout == second.stdout
    assert b"\r" not in first.stderr


def test_helps() -> None:
    """Help keeps the lines of the examples."""
    text = run("test", "--help").stdout

    assert "\n  Examples:\n    slogen test\n    slogen test slos/ --promtool " in text
    assert "\n  Examples:\n    slogen build slos/ --out build\n" in run("build", "--help").stdout


TARGETS = """\
paths = "slos.py"
targets = ["prometheus", "mimir", "thanos", "catalogue"]
target.mimir.ruler_evaluation_delay_duration = "2m"
"""


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_ruler_of_the_project_may_be_later(form: str) -> None:
    """Promtool is Prometheus: below the verdicts stands by how much another ruler is later."""
    project(TARGETS)

    result = run("test", "--promtool", str(fake_promtool()), "--format", form)

    assert result.exit_code == Exit.FINE
    assert result.stdout.endswith(
        "\nmimir: On this ruler alerts fire 2m later than promtool shows, which evaluates as "
        "Prometheus does.\n"
    )
    assert result.stdout.count("this ruler") == 1


def test_programs_read_how_late_rulers_are() -> None:
    """Each target that writes rules, with seconds: also one that is not late."""
    project(TARGETS)

    result = run("test", "--promtool", str(fake_promtool()), "--format", "json")

    late = {
        ruler["target"]: [tuple(span.values()) for span in ruler["later"].values()]
        for ruler in json.loads(result.stdout)["rulers"]
    }
    assert late == {"prometheus": [(0, 0)] * 3, "mimir": [(120, 120)] * 3, "thanos": [(0, 0)] * 3}
