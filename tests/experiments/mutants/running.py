"""Mutants, each applied to a copy of the checkout: what kills it."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING

import attrs

from tests.experiments.mutants import checkout
from tests.experiments.mutants.mutant import Mutant
from tests.experiments.mutants.proving import Proofs, Proved, build
from tests.experiments.mutants.testing import CleanFailsError, Tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@attrs.frozen(kw_only=True)
class Fate:
    """What became of a mutant.

    Attributes:
        mutant: The mutant.
        test: The first test of the suite that failed, or the empty text. Those that take long are
            asked only where no proof sees the mutant.
        proved: What promtool said about its rules and proofs; None if it was not asked.
    """

    mutant: Mutant
    test: str
    proved: Proved | None

    @property
    def survived(self) -> bool:
        """Whether nothing has noticed."""
        return not self.test and not (self.proved and self.proved.killers)


class Laboratory:
    """Copies of the checkout, as many as there are workers, and a clean one."""

    def __init__(self, folder: Path, jobs: int, *, behaviour: bool, slow: bool) -> None:
        """Make the copies below a folder.

        Args:
            folder: The folder.
            jobs: How many copies there are for mutants.
            behaviour: Whether promtool is asked about mutants that a test of the suite kills, too.
            slow: Whether it runs tests that take a minute each, too.

        Raises:
            CleanFailsError: If slogen fails its own proofs.
        """
        self._jobs, self._behaviour = jobs, behaviour
        clean = checkout.copy(folder / "clean")
        if fault := build(clean, folder / "clean-build"):
            raise CleanFailsError(fault)
        self._proofs = Proofs(folder / "clean-build", slow=slow)
        if red := self._proofs.red():
            raise CleanFailsError(f"slogen fails without any mutant: {', '.join(red)}")
        self._tests = Tests(clean)
        self._copies: Queue[Path] = Queue()
        for number in range(jobs):
            self._copies.put(checkout.copy(folder / f"copy-{number}"))

    def fates(self, mutants: Sequence[Mutant]) -> Iterator[Fate]:
        """Yield what becomes of mutants, in their order."""
        with ThreadPoolExecutor(self._jobs) as pool:
            yield from pool.map(self._fate, mutants, range(len(mutants)))

    @property
    def red(self) -> set[str]:
        """The tests that fail without any mutant, and were left out."""
        return self._tests.red

    def _fate(self, mutant: Mutant, number: int) -> Fate:
        copy = self._copies.get()
        out = copy.with_name(f"{copy.name}-build")
        try:
            with checkout.patched(copy, mutant, number):
                test = self._tests.killer(copy, mutant.file)
                proved = None if test and not self._behaviour else self._proved(copy, out)
                if not test and not (proved and proved.killers):
                    test = self._tests.late_killer(copy, mutant.file)
            return Fate(mutant=mutant, test=test, proved=proved)
        finally:
            shutil.rmtree(out, ignore_errors=True)
            self._copies.put(copy)

    def _proved(self, copy: Path, out: Path) -> Proved:
        """Let a copy build, and promtool run the proofs of what it built."""
        if fault := build(copy, out):
            return Proved(changed=True, killers=(fault,))
        return self._proofs.killed(out)


@contextmanager
def laboratory(jobs: int, *, behaviour: bool, slow: bool) -> Iterator[Laboratory]:
    """Open a laboratory in a temporary folder, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="slogen-mutants-") as folder:
        yield Laboratory(Path(folder), jobs, behaviour=behaviour, slow=slow)
