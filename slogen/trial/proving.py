"""SLOs put to the proof: each alone, with files of its own, and many at the same time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.proof import Proof
from slogen.targets import promtool_tests
from slogen.targets.output import explained
from slogen.targets.prometheus import Prometheus
from slogen.trial.promtool import Outcome, Runs
from slogen.trial.verdicts import FileVerdict, ScenarioVerdict, SeenTimes, file_verdict, marked

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from slogen.proof import Paced
    from slogen.targets.built import Built
    from slogen.trial.promtool import Tool

_RULES = "rules.yaml"
_LEAD = 4
"""So many SLOs for each core are prepared before the first of them is done."""


@attrs.frozen(kw_only=True)
class SLOVerdict:
    """What came out of the proof of an SLO.

    Attributes:
        slo_id: The SLO.
        remarks: What could not be shown as one would expect, and why.
        files: What came out of each of its files.
    """

    slo_id: str
    remarks: tuple[str, ...]
    files: tuple[FileVerdict, ...]

    @property
    def scenarios(self) -> tuple[ScenarioVerdict, ...]:
        """What came out of each scenario."""
        return tuple(scenario for file in self.files for scenario in file.scenarios)

    @property
    def observations(self) -> tuple[SeenTimes, ...]:
        """When each alert was predicted to fire, and was seen to fire."""
        return tuple(one.observed for one in self.scenarios if one.observed)

    @property
    def failed(self) -> int:
        """How many scenarios did not come out as they should, or were not decided."""
        return sum(not scenario.passed for scenario in self.scenarios)

    @property
    def passed(self) -> bool:
        """Whether something was shown, and all of it is as it should be."""
        return bool(self.scenarios) and not self.failed


def proven(built: tuple[Built, ...], tool: Tool, runs: Runs | None = None) -> Generator[SLOVerdict]:
    """Yield what comes out of each SLO's proof, in their order, as soon as it is known.

    When the generator is closed all runs of promtool have ended, and no file is left.

    Raises:
        OutputError: If temporary files cannot be written.
        ToolMissing: If a library is missing that samples regexes.
    """
    runs, count = runs or Runs(), cores()
    with _scratch() as folder, ThreadPoolExecutor(count) as pool:
        try:
            pending: deque[_Pending] = deque()
            for place, one in enumerate(built):
                proof = promtool_tests.proof_of(one)
                files = _files(folder / str(place), one, proof)
                outcomes = tuple(pool.submit(runs.test, tool, file) for file in files)
                pending.append(_Pending(proof, outcomes))
                while pending and (pending[0].is_done() or len(pending) > _LEAD * count):
                    yield pending.popleft().verdict()
            while pending:
                yield pending.popleft().verdict()
        finally:
            runs.stop()
            pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "process_cpu_count"):  # since Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@attrs.frozen
class _Pending:
    """An SLO whose proof is being run."""

    proof: Proof
    outcomes: tuple[Future[Outcome], ...]

    def is_done(self) -> bool:
        return all(outcome.done() for outcome in self.outcomes)

    def verdict(self) -> SLOVerdict:
        outcomes = tuple(outcome.result() for outcome in self.outcomes)
        return SLOVerdict(
            slo_id=self.proof.slo_id,
            remarks=self.proof.remarks,
            files=tuple(map(file_verdict, self.proof.parts, outcomes)),
        )


def _files(folder: Path, built: Built, proof: Proof) -> tuple[Path, ...]:
    """Write the rules of an SLO and its tests, and return the files of tests."""
    (rules,) = Prometheus(origin=None).render((built,), "slo")
    with explained():
        folder.mkdir()
        (folder / _RULES).write_bytes(rules.text.encode())
        return tuple(_test_file(folder, proof, part) for part in proof.parts)


def _test_file(folder: Path, proof: Proof, part: Paced) -> Path:
    file = folder / f"tests.{part.pace}.yaml"
    file.write_bytes(promtool_tests.text(proof, marked(part), _RULES).encode())
    return file


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    with contextlib.ExitStack() as stack:
        with explained():
            folder = tempfile.TemporaryDirectory(prefix="slogen-test-", ignore_cleanup_errors=True)
            stack.enter_context(folder)
        yield Path(folder.name)
