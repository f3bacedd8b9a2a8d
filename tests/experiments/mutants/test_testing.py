"""Which tests are run for a mutant, and that only what a clean copy passes can kill it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiments.mutants import testing
from tests.experiments.mutants.table import MUTANTS
from tests.experiments.mutants.testing import TOO_SLOW, CleanFailsError, late_rungs, rungs

ROOT = Path(__file__).parents[3]
MODULE = "slogen/limits.py"
CLEAN, COPY = Path("clean"), Path("copy")
RED, KILLER = "tests/test_limits.py::test_red", "tests/test_limits.py::test_limit"
OF_A_PARAMETER = "tests/test_limits.py::test_limit[sum(1 - x) by [a] ]"


@pytest.mark.parametrize("file", sorted({mutant.file for mutant in MUTANTS}))
def test_what_is_run_exists(file: str) -> None:
    """Pytest refuses a path that is not there, which would look as if the mutant were killed."""
    chosen = (*rungs(ROOT, file), *late_rungs(ROOT, file))
    paths = {word for rung in chosen for word in rung if word.endswith(".py")}

    assert file in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_tests_of_the_module_come_first() -> None:
    """Only golden files come before them; a package's own tests come with the room."""
    assert rungs(ROOT, "slogen/plan/detection.py")[1][:2] == (
        "tests/plan/test_detection.py",
        "slogen/plan/detection.py",
    )
    assert rungs(ROOT, "slogen/units.py")[1][0] == "tests/test_units.py"
    of_a_proof = rungs(ROOT, "slogen/proof/few.py")
    assert [rung[0] for rung in of_a_proof[:2]] == ["tests/test_golden.py"] * 2
    assert late_rungs(ROOT, "slogen/proof/few.py")[-1] == ("tests/proof/test_hand_edits.py",)
    assert "tests/recorded" in rungs(ROOT, "slogen/recorded/hours.py")[2]


@pytest.mark.parametrize("killer", [KILLER, OF_A_PARAMETER])
def test_a_test_kills(killer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first test that fails in the copy is named; a test that always fails is left out."""

    def run(*words: str | Path, folder: Path, seconds: float) -> tuple[int | None, str]:
        assert seconds
        if folder == CLEAN:
            return int(RED in words), ""
        return 1, f"FAILED {killer if f'--deselect={RED}' in words else RED} - assert [1] - 2\n"

    monkeypatch.setattr(testing, "run", run)
    tests = testing.Tests(CLEAN)

    assert tests.killer(COPY, MODULE) == killer
    assert tests.red == {RED}


def test_nothing_kills(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is run passes, or there is nothing to run."""
    codes = iter((0, 5, 0, 5, 0))
    monkeypatch.setattr(testing, "run", lambda *_words, **_more: (next(codes), ""))
    tests = testing.Tests(CLEAN)

    assert (tests.killer(COPY, MODULE), tests.late_killer(COPY, MODULE)) == ("", "")
    assert list(codes) == []


@pytest.mark.parametrize(("needed", "killer"), [(1.0, TOO_SLOW), (300.0, "")])
def test_what_takes_far_longer_is_killed(
    needed: float, killer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mutant may never end; where a clean copy is slow as well, it gets three times as long."""
    moments = iter((0.0, needed))

    def run(*_words: str | Path, folder: Path, seconds: float) -> tuple[int | None, str]:
        is_over = folder == CLEAN or seconds == 3 * 300
        return (0 if is_over else None), ""

    monkeypatch.setattr(testing, "run", run)
    monkeypatch.setattr(testing, "perf_counter", lambda: next(moments, 1000.0))
    monkeypatch.setattr(testing, "rungs", lambda *_, **__: (("tests",),))

    assert testing.Tests(CLEAN).killer(COPY, MODULE) == killer


@pytest.mark.parametrize(("of_clean", "killer"), [(0, "pytest ended with 4"), (4, "")])
def test_what_cannot_be_run_kills_nothing(
    of_clean: int, killer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pytest ends in a clean copy as well, the run is no use."""

    def run(*_words: str | Path, folder: Path, seconds: float) -> tuple[int | None, str]:
        assert seconds
        return (of_clean if folder == CLEAN else 4), "ERROR: usage\n"

    monkeypatch.setattr(testing, "run", run)

    if killer:
        assert testing.Tests(CLEAN).killer(COPY, MODULE) == killer
    else:
        with pytest.raises(CleanFailsError, match=r"^pytest ends with 4 without any mutant: te"):
            testing.Tests(CLEAN).killer(COPY, MODULE)


def test_what_cannot_be_read_kills_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of tests that no copy can read is named, instead of being tried for ever."""
    monkeypatch.setattr(testing, "run", lambda *_words, **_more: (2, "ERROR tests/test_a.py\n"))

    with pytest.raises(CleanFailsError, match=r"^cannot be read without any mutant: tests/test_a"):
        testing.Tests(CLEAN).killer(COPY, MODULE)
