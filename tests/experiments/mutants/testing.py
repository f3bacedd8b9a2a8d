"""Which test of the suite kills a mutant: the quick ones of the room first."""

from __future__ import annotations

import re
import sys
from pathlib import PurePosixPath
from time import perf_counter
from typing import TYPE_CHECKING

from tests.experiments.mutants.commands import run

if TYPE_CHECKING:
    from pathlib import Path

_PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no")
_FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\[\n]+?(?:\[.+?\])?)(?: - .*)?$", re.MULTILINE)
"""The id of a test, whose parameters may hold what stands between ids and messages."""
_SECONDS, _MOST_SECONDS = 150, 1800
_SLOWER = 3
"""How many times as long as a clean copy a mutant may take, before it counts as killed."""
_TARGETS = ("yaml_text", "prometheus", "json_ir", "files", "built")
_PROOFS = (
    *("counting", "drawing", "hourly", "kinds", "matching", "notation", "paces", "query_offset"),
    *("sampling", "texts", "turns"),
)
_ROOMS = {
    "compiler": ("tests/compiler", "slogen/compiler"),
    "plan": ("tests/plan", "slogen/plan"),
    "model": ("tests/model", "slogen/model"),
    "checks": ("tests/checks", "slogen/checks"),
    "promql": ("tests/promql", "slogen/promql"),
    "targets": (*(f"tests/targets/test_{one}.py" for one in _TARGETS), "slogen/targets"),
    "proof": (*(f"tests/proof/test_{one}.py" for one in _PROOFS), "slogen/proof"),
}
_GOLDEN = ("tests/test_golden.py", "-k", "test_a_case")
_HAND_EDITS = "tests/proof/test_hand_edits.py"
_GOLDEN_PROOFS = ("tests/test_golden.py", "-k", "test_a_case and promtool-tests")
_QUICK = ("-m", "not hypothesis")
_DRAWN = ("-m", "hypothesis")
_NOTHING_RAN = 5
TOO_SLOW = "took too long"


class CleanFailsError(Exception):
    """Without any mutant something fails, so that nothing could be told of mutants."""


class Tests:
    """The suite, of which only those tests count that a clean copy passes."""

    def __init__(self, clean: Path) -> None:
        """Take a clean copy."""
        self._clean = clean
        self._seconds: dict[tuple[str, ...], float] = {}
        self.red: set[str] = set()

    def killer(self, copy: Path, file: str) -> str:
        """Return the first quick test that fails in a copy whose module was changed; else nothing.

        Raises:
            CleanFailsError: If tests cannot be run in a clean copy either.
        """
        return self._first(copy, rungs(copy, file))

    def late_killer(self, copy: Path, file: str) -> str:
        """Return the first of those that take long and seldom fail, as `killer` does."""
        return self._first(copy, late_rungs(copy, file))

    def _first(self, copy: Path, chosen: tuple[tuple[str, ...], ...]) -> str:
        return next(filter(None, (self._failed(copy, rung) for rung in chosen)), "")

    def _failed(self, copy: Path, rung: tuple[str, ...]) -> str:
        while True:
            without = [f"--deselect={one}" for one in sorted(self.red)]
            seconds = self._seconds.get(rung, _SECONDS)
            code, output = run(*_PYTEST, *rung, *without, folder=copy, seconds=seconds)
            if code in (0, _NOTHING_RAN):
                return ""
            if code is None:
                if rung in self._seconds:
                    return TOO_SLOW
                self._seconds[rung] = self._patience(rung)
            elif not (found := _FAILED.search(output)):
                return self._without_a_test(rung, code)
            elif self._passes_clean(found[1]):
                return found[1]
            elif found[1] in self.red:
                raise CleanFailsError(f"cannot be read without any mutant: {found[1]}")
            else:
                self.red.add(found[1])

    def _patience(self, rung: tuple[str, ...]) -> float:
        """Return how many seconds tests may take: a clean copy is slow on a busy machine, too."""
        began = perf_counter()
        run(*_PYTEST, *rung, folder=self._clean, seconds=_MOST_SECONDS)
        return max(_SECONDS, _SLOWER * (perf_counter() - began))

    def _without_a_test(self, rung: tuple[str, ...], code: int) -> str:
        """Return what is said if pytest itself ends, which it does not in a clean copy."""
        command = (*_PYTEST, *rung, "--collect-only")
        if run(*command, folder=self._clean, seconds=_MOST_SECONDS)[0] == code:
            raise CleanFailsError(f"pytest ends with {code} without any mutant: {' '.join(rung)}")
        return f"pytest ended with {code}"

    def _passes_clean(self, test: str) -> bool:
        path = test.partition("::")[0]
        if path == test:  # The module could not even be read.
            return run(*_PYTEST, path, folder=self._clean, seconds=_SECONDS)[0] == 0
        return run(*_PYTEST, test, folder=self._clean, seconds=_SECONDS)[0] == 0


def rungs(copy: Path, file: str) -> tuple[tuple[str, ...], ...]:
    """Return what is run one after the other for a module: what fails soonest comes first.

    These are golden files, tests of the module itself, and quick ones of its room.
    """
    module = PurePosixPath(file)
    beside = PurePosixPath("tests", *module.parts[1:-1], f"test_{module.stem}.py")
    tests = dict.fromkeys((f"tests/test_{module.stem}.py", str(beside)))
    itself = (*(path for path in tests if (copy / path).exists()), file)
    first = [_GOLDEN_PROOFS] if _room(file) == "proof" else []
    return (*first, _GOLDEN, (*itself, *_QUICK), (*_own(copy, file), *_QUICK))


def late_rungs(copy: Path, file: str) -> tuple[tuple[str, ...], ...]:
    """Return what is run where nothing else fails.

    These are tests that draw what they ask, quick ones of other rooms, and for a module of proofs
    the edits that they have to see, which take minutes.
    """
    room = _room(file)
    others = [path for name, paths in _ROOMS.items() if name != room for path in paths]
    edits = [(_HAND_EDITS,)] if room == "proof" else []
    return ((*_own(copy, file), *_DRAWN), (*others, *_QUICK), *edits)


def _room(file: str) -> str:
    return PurePosixPath(file).with_suffix("").parts[1]


def _own(copy: Path, file: str) -> tuple[str, ...]:
    """Return where the tests of a module's room are."""
    room = _room(file)
    usual = (f"tests/{room}", f"tests/test_{room}.py", f"slogen/{room}", f"slogen/{room}.py")
    return tuple(path for path in _ROOMS.get(room, usual) if (copy / path).exists())
