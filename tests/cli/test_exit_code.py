"""``slogen build --exit-code``: a hook fails where the output was not that of the definitions."""

from __future__ import annotations

import json
from pathlib import Path

from slogen.cli.exits import Exit
from tests.cli.running import build, files, without_notes, write


def test_a_build_that_wrote_is_code_1() -> None:
    """The files are written all the same, and the last line says what to do."""
    result = build("slos.py", "--exit-code")

    assert result.exit_code == Exit.FINDINGS
    assert list(files()) == ["prometheus/shop-availability.yaml", "slogen.manifest"]
    assert without_notes(result.stderr) == (
        "hello\n"
        "slogen: 1 SLO, 39 rules in out, 2 files written\n"
        "slogen: out was not up to date; it is now: add it to the commit\n"
    )


def test_a_build_that_wrote_nothing_is_code_0() -> None:
    """What was up to date is no finding, and nothing more is said."""
    build("slos.py")

    result = build("slos.py", "--exit-code")

    assert result.exit_code == Exit.FINE
    assert result.stderr.endswith("slogen: 1 SLO, 39 rules in out, 0 files written\n")


def test_a_file_that_was_removed_is_code_1() -> None:
    """The rules of an SLO that is gone were stale, too."""
    write("more.py", old='service="shop"', new='service="more"')
    build(".")
    Path("more.py").unlink()

    result = build(".", "--exit-code")

    assert result.exit_code == Exit.FINDINGS
    assert not Path("out/prometheus/more.yaml").exists()


def test_a_wrong_definition_stays_code_3() -> None:
    """An error is not taken for stale output."""
    write("slos.py", objective="100%")

    assert build("slos.py", "--exit-code").exit_code == Exit.INPUT


def test_a_program_reads_one_document() -> None:
    """With --format json stderr has the diagnostics alone."""
    result = build("slos.py", "--exit-code", "--format", "json")

    assert result.exit_code == Exit.FINDINGS
    assert json.loads(result.stderr.removeprefix("hello\n"))["version"] == 1
