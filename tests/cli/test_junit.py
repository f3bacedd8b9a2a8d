"""What came out, as JUnit XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from slogen.cli import junit
from slogen.errors import OutputError
from slogen.trial.promtool import Outcome
from tests.cli.running import files
from tests.trial.proofs import failed, probed, slo_verdict, told

PASSED = failed(*probed())
ONE_FAILED = failed(*probed(), told(1, "check 0", '{a="\x0b<&\ufffe]]>"} 1E+00'))
UNDECIDED = Outcome(2, "", "panic: \x00\x1b[1m<no> more & memory\n")


def suites(*outcomes: Outcome) -> list[ET.Element]:
    """Return the suites of a document about an SLO for each outcome."""
    verdicts = [slo_verdict(one, slo_id=f"slo-{place}") for place, one in enumerate(outcomes)]
    root = ET.fromstring(junit.text(verdicts))  # noqa: S314 (our own)
    assert root.tag == "testsuites"
    return list(root)


def test_an_slo_is_a_suite_and_a_scenario_a_case() -> None:
    """Each has its name, and a suite counts."""
    first, second = suites(PASSED, PASSED)

    assert first.attrib == {"name": "slo-0", "tests": "2", "failures": "0", "errors": "0"}
    assert [(case.tag, case.attrib, len(case)) for case in second] == [
        ("testcase", {"classname": "slo-1", "name": "a page fires"}, 0),
        ("testcase", {"classname": "slo-1", "name": "sums add up"}, 0),
    ]


def test_a_failure_tells_what_was_expected() -> None:
    """And what was asked, and what came out; what XML cannot write is replaced."""
    (suite,) = suites(ONE_FAILED)
    (failure,) = suite[1]

    assert suite.attrib == {"name": "slo-0", "tests": "2", "failures": "1", "errors": "0"}
    assert len(suite[0]) == 0
    assert (failure.tag, failure.attrib) == (
        "failure",
        {"message": "not before 30m: ALERTS unless x at 1h54m"},
    )
    assert failure.text == (
        "not before 30m: ALERTS unless x at 1h54m\n"
        "expected: nothing\n"
        'got:      {a="\ufffd<&\ufffd]]>"} 1'
    )


def test_what_is_not_decided_is_an_error() -> None:
    """Each scenario without a verdict has the reason, and what promtool printed."""
    (suite,) = suites(UNDECIDED)

    assert suite.attrib == {"name": "slo-0", "tests": "2", "failures": "0", "errors": "2"}
    assert [(case[0].tag, case[0].attrib["message"], case[0].text) for case in suite] == [
        (
            "error",
            "no verdict: it ended with code 2",
            "panic: \ufffd\ufffd[1m<no> more & memory",
        )
    ] * 2


def test_a_suite_says_what_was_not_tested() -> None:
    """Its output is what `slogen test` notes below the SLO, a line each."""
    verdict = attrs.evolve(slo_verdict(PASSED), remarks=("no raw series", "no \x00 texts"))
    ((*_cases, output),) = ET.fromstring(junit.text([verdict]))  # noqa: S314 (our own)

    assert (output.tag, output.text) == ("system-out", "no raw series\nno \ufffd texts")


def test_the_document_says_how_it_is_encoded() -> None:
    """It is UTF-8 wherever it is made."""
    text = junit.text([slo_verdict(PASSED, slo_id="café")])

    assert text.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<testsuites name=")
    assert "café".encode() in text


def test_a_file_is_replaced_in_one_step() -> None:
    """Nothing else is left beside it."""
    Path("out").mkdir()
    Path("out/report.xml").write_text("old")

    junit.write(Path("out/report.xml"), [slo_verdict(PASSED)])

    assert files() == {"report.xml": junit.text([slo_verdict(PASSED)])}


def test_what_cannot_be_written_is_told() -> None:
    """A folder that has gone meanwhile, and one in the file's place; nothing is left."""
    Path("out/report.xml/more").mkdir(parents=True)

    with pytest.raises(OutputError, match=r"^cannot write out/report.xml: Is a directory"):
        junit.write(Path("out/report.xml"), [])
    with pytest.raises(OutputError, match=r"^cannot write none/report.xml: No such file"):
        junit.write(Path("none/report.xml"), [])

    assert files() == {}
