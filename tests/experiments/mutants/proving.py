"""Which behaviour kills a mutant: proofs made by a clean slogen, run on the mutant's rules."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.experiments.mutants.building import RULES_ARE_THERE, hand_written
from tests.experiments.mutants.commands import run
from tests.experiments.mutants.scenarios import failed
from tests.realtools.packages import find

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILD_SECONDS, _PROMTOOL_SECONDS = 60, 120
_LINE = "3"
_SLOW = "events"
_FOLDERS = re.compile(r"/\S*/")
_MOST_SHOWN = 120


@attrs.frozen(kw_only=True)
class Proved:
    """What promtool said about a mutant.

    Attributes:
        changed: Whether any rule or proof is another.
        killers: The scenarios that failed, of the first file in which some did.
    """

    changed: bool
    killers: tuple[str, ...] = ()


def build(copy: Path, out: Path) -> str:
    """Let the slogen of a copy write rules and proofs; return why there are no rules, if so."""
    command = (sys.executable, "-m", "tests.experiments.mutants.building", out)
    code, output = run(*command, folder=copy, seconds=_BUILD_SECONDS)
    if code == 0 or (out / RULES_ARE_THERE).exists():
        return ""
    return "the build takes too long" if code is None else f"the build fails: {_last(output)}"


def _last(output: str) -> str:
    lines = [line for line in output.splitlines() if line and not line.startswith(" ")]
    return lines[-1] if lines else "without a word"


class Proofs:
    """What a clean slogen makes, which all mutants are held against."""

    def __init__(self, clean: Path, *, slow: bool) -> None:
        """Take what a clean slogen has built, and whether to run the slow hand-written tests."""
        self._clean = clean
        tests = (test for path in hand_written() for test in path.parent.glob("*.test.yaml"))
        written = sorted(tests, key=lambda test: (_is_slow(test), test.stat().st_size))
        self._written = [path for path in written if slow or not _is_slow(path)]
        self._promtool = find("promtool", _LINE)

    def red(self) -> list[str]:
        """Return the files of tests that fail without any mutant."""
        tests = [self._clean / path for path in self._generated()]
        tests += [self._hand_written(self._clean, path) for path in self._written]
        return [f"{path.parent.name}/{path.name}" for path in tests if self._failures(path)]

    def killed(self, out: Path) -> Proved:
        """Return which scenarios the rules below ``out`` fail."""
        changed = False
        for test in self._tests(out):
            changed = True
            if failed := self._failures(test):
                return Proved(changed=True, killers=failed)
        return Proved(changed=changed)

    def _tests(self, out: Path) -> Iterator[Path]:
        """Yield files of tests, laid beside the mutant's rules; the quick ones first."""
        for path in self._generated():
            if self._differs(out, path):
                yield out / path
        for path in self._written:
            rules = Path(path.parent.name) / "build" / "prometheus"
            names = {
                one.name for folder in (out, self._clean) for one in (folder / rules).iterdir()
            }
            if any(self._is_other(out, rules / name) for name in names):
                yield self._hand_written(out, path)

    def _generated(self) -> list[Path]:
        """Return the files of proofs below the folder of a build."""
        folder = self._clean / "generated" / "promtool-tests"
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_size)
        return [path.relative_to(self._clean) for path in files]

    def _differs(self, out: Path, test: Path) -> bool:
        """Tell whether a proof or its rules differ; a proof is clean where its rules are not."""
        rules = test.parent.parent / "prometheus" / f"{test.name.rsplit('.', 2)[0]}.yaml"
        if self._is_other(out, rules):
            (out / test).parent.mkdir(exist_ok=True)
            shutil.copy(self._clean / test, out / test)
            return True
        return self._is_other(out, test)

    def _is_other(self, out: Path, file: Path) -> bool:
        one, other = out / file, self._clean / file
        return not one.exists() or not other.exists() or one.read_text() != other.read_text()

    def _hand_written(self, out: Path, path: Path) -> Path:
        target = out / path.parent.name / path.name
        shutil.copy(path, target)
        return target

    def _failures(self, test: Path) -> tuple[str, ...]:
        """Return the scenarios of a file that fail, or what else is wrong."""
        if not test.exists():
            return (f"{test.name} is not made",)
        command = (self._promtool, "test", "rules", test)
        code, output = run(*command, folder=test.parent, seconds=_PROMTOOL_SECONDS)
        if code == 0 and "SUCCESS" in output:
            return ()
        if code is None:
            return (f"{test.name} takes too long",)
        return failed(test.read_text(), output) or (f"{test.name}: {_reason(output)}",)


def _is_slow(test: Path) -> bool:
    return test.parent.name == _SLOW


def _reason(output: str) -> str:
    """Return the first thing that promtool says, without the folders that it says it of."""
    lines = (_FOLDERS.sub("", line).strip() for line in output.splitlines()[1:])
    return next((line[:_MOST_SHOWN] for line in lines if line.strip(":")), "refused")
