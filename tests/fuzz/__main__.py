"""The coverage-guided fuzzer of the loader: `python -m tests.fuzz [--seconds N] [--runs N]`.

It begins with the corpus that is committed, keeps what it finds in a folder of its own, and ends
with a table of figures and with exit code 1 if anything went wrong.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import attrs

from slogen.formats.definitions.words import keys_of
from slogen.model import SLO, AlertPolicy, Events, Latency, Service, Settings, Tier, TimeSlices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
_CLASSES = (SLO, AlertPolicy, Events, Latency, Service, Settings, Tier, TimeSlices)
_WORDS = ("apiVersion: slogen/v1", "services:", "slos:", "policies:", "defaults:", "inherits:")
_LONGEST_INPUT = 4_096
_SLOWEST = 20
"""How many seconds an input may take."""
_MOST_MEMORY = 2_048
"""How many MiB the process may take."""
_STEP = re.compile(r"#\d+\s+(?:NEW|REDUCE)|INFO")
_DONE = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)


@attrs.frozen
class Figures:
    """What a run of libFuzzer says about itself."""

    executions: int = 0
    edges: int = 0
    features: int = 0
    corpus: int = 0

    @classmethod
    def of(cls, log: str) -> Figures:
        """Return the last figures in what libFuzzer printed."""
        found = _DONE.findall(log)
        return cls(*map(int, found[-1])) if found else cls()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzer and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="how long; 0: for ever")
    parser.add_argument("--runs", type=int, default=-1, help="how many executions at most")
    parser.add_argument("--seed", type=int, default=0, help="of the first process; 0: any")
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"), help="the folder for findings")
    given = parser.parse_args(arguments)
    found, crashes = given.keep / "corpus", given.keep / "crashes"
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    began = perf_counter()
    figures = _runs(given, found, crashes)
    return _told(figures, perf_counter() - began, crashes)


def _runs(given: argparse.Namespace, found: Path, crashes: Path) -> tuple[Figures, ...]:
    """Run libFuzzer until time or executions are used up; what ends a process begins another."""
    (given.keep / "words.dict").write_text(_dictionary())
    began, figures = perf_counter(), []
    left, seed = given.runs, given.seed
    while left:
        seconds = round(given.seconds - (perf_counter() - began)) if given.seconds else 0
        if given.seconds and seconds <= 0:
            break
        options = (f"-max_total_time={seconds}", f"-runs={left}", f"-seed={seed}")
        code, log = _process(options, given.keep, found, crashes)
        one = Figures.of(log)
        figures.append(one)
        left = max(0, left - one.executions) if left > 0 else left
        seed += bool(seed)
        if not code:
            break
        if not one.executions:
            raise SystemExit(log)
    return tuple(figures)


def _process(options: Iterable[str], keep: Path, found: Path, crashes: Path) -> tuple[int, str]:
    command = (
        *(sys.executable, "-m", "tests.fuzz.target", str(crashes), *options),
        f"-max_len={_LONGEST_INPUT}",
        f"-timeout={_SLOWEST}",
        f"-rss_limit_mb={_MOST_MEMORY}",
        f"-dict={keep / 'words.dict'}",
        f"-artifact_prefix={crashes}/",
        "-use_value_profile=0",
        *map(str, (found, HERE / "corpus")),
    )
    log = []
    with subprocess.Popen(  # noqa: S603 (the command is written here)
        command, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            log.append(line)
            if not _STEP.match(line):
                sys.stderr.write(line)
        code = process.wait()
    return code, "".join(log)


def _dictionary() -> str:
    """Return the keys of slogen YAML in the form of libFuzzer's dictionaries."""
    keys = {f"{key}: " for cls in _CLASSES for key in keys_of(cls)} | set(_WORDS)
    return "".join(f'"{key}"\n' for key in sorted(keys))


def _told(figures: tuple[Figures, ...], seconds: float, crashes: Path) -> int:
    """Print the table."""
    executions = sum(one.executions for one in figures)
    kept = sorted(path for path in crashes.iterdir() if path.suffix != ".txt")
    rows = (
        ("executions", f"{executions:,}"),
        ("executions a second", f"{executions / max(seconds, 1):,.0f}"),
        ("edges of slogen.formats and slogen.model", f"{max(one.edges for one in figures):,}"),
        ("features (edges with how often they are passed)", f"{figures[-1].features:,}"),
        ("inputs that reach something of their own", f"{figures[-1].corpus:,}"),
        ("inputs that slogen does not answer", f"{len(kept)}"),
    )
    sys.stdout.write("| | |\n| --- | ---: |\n")
    sys.stdout.write("".join(f"| {what} | {figure} |\n" for what, figure in rows))
    sys.stdout.write("".join(f"\n{path}" for path in kept) + "\n" * bool(kept))
    return int(bool(kept))


if __name__ == "__main__":
    sys.exit(main())
