"""Each golden case gives its files, and what holds for all generated files holds for them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from slogen.rules import AlertingRule, RecordingRule, Rule, RuleGroup
from tests import golden_cases
from tests.realtools import promtool
from tests.rule_files import metrics, read_groups

if TYPE_CHECKING:
    from pathlib import Path

CASES = golden_cases.case_names()
RULE_FILES = sorted(golden_cases.FOLDER.glob("*/build/prometheus/*.yaml"))
_FLOAT_NOISE = re.compile(r"\d\.\d{10}|\d[eE]-?\d")


@pytest.mark.parametrize("name", CASES)
def test_a_case_prints_and_writes_what_its_folder_says(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The transcript and all files are equal, none is missing and none is left over."""
    outcome = golden_cases.run(name, tmp_path / "build")
    if request.config.getoption("--rewrite-goldens"):
        golden_cases.rewrite(name, outcome)

    assert outcome == golden_cases.expected(name)


def test_cases_hold_nothing_but_their_parts() -> None:
    """Every file of golden/ is an input, a transcript or an expected file."""
    strangers = [
        path
        for path in golden_cases.FOLDER.rglob("*")
        if path.is_file()
        and path not in RULE_FILES
        and path.name not in {"slos.py", "transcript.txt", "alerts.txt"}
        and path.suffix != ".yaml"
        and path.parent.parent == golden_cases.FOLDER
    ]

    assert strangers == []


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """Another hash seed, locale and time zone do not change a byte."""
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Asia/Kathmandu"}
    command = [sys.executable, "-m", "slogen", "build", "docs/examples/erp", "--out", str(tmp_path)]
    subprocess.run(  # noqa: S603 (the command is written here)
        command, check=True, env=environment, cwd=golden_cases.ROOT, capture_output=True
    )

    assert golden_cases.files_below(tmp_path) == golden_cases.expected("erp").files


@pytest.mark.parametrize("line", ["2", "3"])
def test_promtool_accepts_every_file(line: str) -> None:
    """Prometheus' own checker finds neither an error nor anything to advise against.

    ``query_offset`` is newer than Prometheus 2.42, and refused where rules have to run there.
    """
    files = [file for file in RULE_FILES if line == "3" or "query_offset" not in file.read_text()]

    output = promtool.check_rules(line, files)

    assert output.count("SUCCESS") == len(files)


@pytest.fixture(params=RULE_FILES, ids=lambda path: f"{path.parts[-4]}/{path.stem}")
def groups(request: pytest.FixtureRequest) -> tuple[RuleGroup, ...]:
    """Return the groups of a golden rule file."""
    return read_groups(request.param.read_text())


def _rules(groups: tuple[RuleGroup, ...]) -> list[Rule]:
    return [rule for group in groups for rule in group.rules]


def test_every_series_that_is_read_is_recorded(groups: tuple[RuleGroup, ...]) -> None:
    """No rule reads a slogen series that the same SLO does not record."""
    for slo_id in {group.name.split(":")[1] for group in groups}:
        rules = _rules(tuple(g for g in groups if g.name.split(":")[1] == slo_id))
        recorded = {rule.record for rule in rules if isinstance(rule, RecordingRule)}
        read = {name for rule in rules for name in metrics(rule.expr) if name.startswith("slo:")}

        assert read <= recorded


def test_alert_templates_ask_for_recorded_series(groups: tuple[RuleGroup, ...]) -> None:
    """What an annotation queries is a series that a rule records."""
    rules = _rules(groups)
    recorded = {rule.record for rule in rules if isinstance(rule, RecordingRule)}
    texts = [
        text
        for rule in rules
        if isinstance(rule, AlertingRule)
        for text in rule.annotations.values()
    ]
    asked = {name for text in texts for name in re.findall(r"(slo:[\w:]+)\{", text)}

    assert asked <= recorded


def test_no_number_shows_the_noise_of_floats(groups: tuple[RuleGroup, ...]) -> None:
    """Numbers are printed as a person writes them."""
    noisy = [rule.expr for rule in _rules(groups) if _FLOAT_NOISE.search(rule.expr)]

    assert noisy == []


def test_groups_are_small_enough_for_every_ruler(groups: tuple[RuleGroup, ...]) -> None:
    """Mimir takes 20 rules a group unless told otherwise."""
    assert max(len(group.rules) for group in groups) <= 20
