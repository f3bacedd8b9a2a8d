"""Which test of the suite kills a mutant: the quick ones of the room first."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tests.experiments.mutants.commands import run

if TYPE_CHECKING:
    from pathlib import Path

_PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
_SECONDS = 150
_TARGETS = ("yaml_text", "prometheus", "json_ir", "files", "built")
_PROOFS = ("drawing", "hourly", "kinds", "matching", "sampling")
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
_QUICK = ("-m", "not hypothesis")
_DRAWN = ("-m", "hypothesis")
_NOTHING_RAN = 5
TOO_SLOW = "took too long"


class Tests:
    """The suite, of which only those tests count that a clean copy passes."""

    def __init__(self, clean: Path) -> None:
        """Take a clean copy."""
        self._clean = clean
        self.red: set[str] = set()

    def killer(self, copy: Path, file: str) -> str:
        """Return the first test that fails in a copy whose module was patched; else nothing."""
        room = file.split("/")[1].removesuffix(".py")
        own = _ROOMS.get(room, (f"tests/test_{room}.py", f"slogen/{room}.py"))
        others = [path for name, paths in _ROOMS.items() if name != room for path in paths]
        rungs = ((*own, *_QUICK), _GOLDEN, (*own, *_DRAWN), (*others, *_QUICK))
        return next(filter(None, (self._failed(copy, rung) for rung in rungs)), "")

    def _failed(self, copy: Path, rung: tuple[str, ...]) -> str:
        while True:
            without = [f"--deselect={one}" for one in sorted(self.red)]
            code, output = run(*_PYTEST, *rung, *without, folder=copy, seconds=_SECONDS)
            if code in (0, _NOTHING_RAN):
                return ""
            if code is None:
                return TOO_SLOW
            if not (found := _FAILED.search(output)):
                return f"pytest ended with {code}"
            if self._passes_clean(found[1]):
                return found[1]
            self.red.add(found[1])

    def _passes_clean(self, test: str) -> bool:
        path = test.partition("::")[0]
        if path == test:  # The module could not even be read.
            return run(*_PYTEST, path, folder=self._clean, seconds=_SECONDS)[0] == 0
        return run(*_PYTEST, test, folder=self._clean, seconds=_SECONDS)[0] == 0
