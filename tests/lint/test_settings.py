"""The table [lint] of a project file: what it says, and what is wrong with it, at its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from slogen.checks.given import Given
from slogen.codes import CODES
from slogen.formats import read_project
from slogen.lint.exceptions import LintException
from slogen.lint.settings import LintSettings, read_settings
from slogen.units import Duration

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.errors import InputError

GOOD = """\
[[lint.exceptions]]
code = "tier-lowered"
slo = "a"
reason = "known"
"""


def settings_of(text: str, folder: Path, name: str = "slogen.toml") -> LintSettings:
    """Return what a project file says about lint; nothing may be wrong with it."""
    settings, faults = _read(text, folder, name)
    assert faults == []
    return settings


def faults_of(text: str, folder: Path) -> list[str]:
    """Return what is wrong with a project file, with the places in it."""
    _, faults = _read(text, folder, "slogen.toml")
    return [str(fault.diagnostic).removeprefix(f"{folder}/slogen.toml:") for fault in faults]


def _read(text: str, folder: Path, name: str) -> tuple[LintSettings, list[InputError]]:
    file = folder / name
    file.write_text(text, "utf-8")
    project, faults = read_project(file)
    settings = read_settings(project.tables["lint"], CODES, folder, faults)
    return settings, faults


@pytest.mark.parametrize("day", ["2027-03-31", '"2027-03-31"', "'2027-03-31'"])
def test_reads_severities_and_exceptions(tmp_path: Path, day: str) -> None:
    """A day may be TOML's or a text; an exception knows where paths begin."""
    text = (
        f'[lint.severity]\ntier-lowered = "ignore"\nyaml-dialect = "error"\n{GOOD}until = {day}\n'
    )

    settings = settings_of(text, tmp_path)

    assert settings.severities == {"tier-lowered": "ignore", "yaml-dialect": "error"}
    assert settings.exceptions == (
        LintException(
            code="tier-lowered",
            slo="a",
            reason="known",
            until=date(2027, 3, 31),
            folder=tmp_path,
        ),
    )


def test_reads_facts_about_traffic_and_servers(tmp_path: Path) -> None:
    """Events a day, a duration, and labels, of which one may stand alone."""
    text = '[lint]\ntraffic = 500\nretention = "15d"\nexternal_labels = "cluster"\n'

    assert settings_of(text, tmp_path).given == Given(
        traffic=500, retention=Duration("15d"), external_labels=("cluster",)
    )
    assert settings_of("[lint]\n", tmp_path).given == Given()


def test_nothing_is_said_without_a_table(tmp_path: Path) -> None:
    """A project without the table has neither."""
    assert settings_of("", tmp_path) == LintSettings()


def test_reads_pyproject_and_tables_in_one_line(tmp_path: Path) -> None:
    """The table may stand in pyproject.toml, and an array of tables between brackets."""
    text = '[tool.slogen.lint]\nexceptions = [{code = "tier-lowered", slo = "a", reason = "r"}]\n'

    (exception,) = settings_of(text, tmp_path, "pyproject.toml").exceptions

    assert (exception.code, exception.reason, exception.until) == ("tier-lowered", "r", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lint = 5", "1:8: error: lint is 5"),
        ("[lint]\nseverities = {}", "2:1: error: severities is no key that slogen knows"),
        ("[lint]\nseverity = 5", "2:12: error: severity is 5"),
        ('[lint.severity]\ntier-low = "note"', '2:1: error: code is "tier-low"'),
        (
            '[lint.severity]\nunknown-key = "note"',
            '2:1: error: code is "unknown-key", which is an error',
        ),
        ('[lint.severity]\ntier-lowered = "hint"', "2:16: error: tier-lowered is 'hint'"),
        ("[lint.severity]\ntier-lowered = 1", "2:16: error: tier-lowered is 1"),
        ("[lint]\nexceptions = 5", "2:14: error: exceptions is 5"),
        ("[lint]\ntraffic = 0", "2:11: error: traffic is 0"),
        ("[lint]\ntraffic = true", "2:11: error: traffic is true"),
        ('[lint]\ntraffic = "500"', "2:11: error: traffic is '500'"),
        ('[lint]\nretention = "15"', '2:13: error: retention is "15"'),
        ('[lint]\nexternal_labels = ["a-b"]', "2:20: error: external_labels[0] is 'a-b'"),
        ("[lint]\nexceptions = [5]", "2:14: error: exceptions is [5]"),
        ("[lint]\nexceptions = {}", "2:14: error: exceptions is {}"),
        (f"{GOOD}ids = 1", "5:1: error: ids is no key that slogen knows"),
        (GOOD.replace('"tier-lowered"', "5"), "2:8: error: code is 5"),
        (GOOD.replace('"a"', '" "'), "3:7: error: slo is ' '"),
        (GOOD.replace('"known"', "[]"), "4:10: error: reason is []"),
        (GOOD.replace('reason = "known"', ""), "1:8: error: reason is missing"),
        (GOOD.replace('code = "tier-lowered"', ""), "1:8: error: code is missing"),
        (GOOD.replace('slo = "a"', ""), "1:8: error: slo or path is missing"),
        (f"{GOOD}until = 2027-03-31T00:00:00", "5:9: error: until is 2027-03-31 00:00:00"),
        (f'{GOOD}until = "2027-02-30"', "5:9: error: until is '2027-02-30'"),
        (f'{GOOD}until = "20270331"', "5:9: error: until is '20270331'"),
        (f"{GOOD}until = 2027", "5:9: error: until is 2027"),
        (f"{GOOD}{GOOD.replace('reason', 'why')}", "8:1: error: why is no key that slogen knows"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path: Path, text: str, said: str) -> None:
    """Each fault stands at its value or key, with what is allowed."""
    found = faults_of(text, tmp_path)

    assert found[0].startswith(f"{said}\n")
    assert "\n  allowed: " in found[0]


def test_all_that_is_wrong_is_said_together(tmp_path: Path) -> None:
    """Several faults of several tables are one report."""
    text = f'[lint.severity]\nx = "note"\n{GOOD.replace("code", "cod")}'

    assert [fault.partition("\n")[0] for fault in faults_of(text, tmp_path)] == [
        '2:1: error: code is "x"',
        "4:1: error: cod is no key that slogen knows",
        "3:8: error: code is missing",
    ]


def test_says_how_to_hide_a_code_everywhere(tmp_path: Path) -> None:
    """Who wants an exception for all SLOs wants a severity."""
    (fault,) = faults_of(GOOD.replace('slo = "a"', ""), tmp_path)

    assert 'remedy: to hide it everywhere, write tier-lowered = "ignore" below' in fault


def test_a_nearly_right_code_is_guessed(tmp_path: Path) -> None:
    """The nearest code is named."""
    (fault,) = faults_of(GOOD.replace("tier-lowered", "tier-lowerd"), tmp_path)

    assert 'remedy: did you mean "tier-lowered"?' in fault
