"""The coverage-guided fuzzer of the loader.

`python -m tests.experiments.fuzz [--seconds N] [--runs N]`

It begins with the corpus that is committed, and with what it found in earlier runs, keeps what it
finds in a folder of its own, and ends with a table of figures; with exit code 1 if slogen has no
answer to an input.
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

from slogen.formats.slogen_yaml.keys import key_names
from slogen.model import SLO, AlertPolicy, Events, Latency, Service, Settings, Tier, TimeSlices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
_CLASSES = (SLO, AlertPolicy, Events, Latency, Service, Settings, Tier, TimeSlices)
_WORDS = ("apiVersion: slogen/v1", "services:", "slos:", "policies:", "defaults:", "inherits:")
_LONGEST_INPUT = 4_096
_LONG_ENOUGH = 600
_MOST_PROCESSES = 20
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


@attrs.frozen
class Folders:
    """What is kept from one run to the next."""

    corpus: Path
    crashes: Path
    words: Path

    @classmethod
    def below(cls, folder: Path) -> Folders:
        """Return what is kept in a folder; what had no answer is tried again."""
        folders = cls(folder / "corpus", folder / "crashes", folder / "words.dict")
        folders.corpus.mkdir(parents=True, exist_ok=True)
        folders.crashes.mkdir(exist_ok=True)
        folders.words.write_text(_dictionary())
        for path in _inputs(folders.crashes):
            path.rename(folders.corpus / path.name)
        return folders


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzer and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiments.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, help="how long  [600, unless --runs is given]")
    parser.add_argument("--runs", type=int, help="how many executions")
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"), help="where findings are kept")
    given = parser.parse_args(arguments)
    seconds = given.seconds or (None if given.runs else _LONG_ENOUGH)
    began = perf_counter()
    folders = Folders.below(given.keep)
    figures = _runs(folders, seconds, given.runs)
    return _told(figures, perf_counter() - began, folders.crashes)


def _runs(folders: Folders, seconds: float | None, runs: int | None) -> tuple[Figures, ...]:
    """Run libFuzzer until time or executions are used up; what ends a process begins another."""
    began, figures = perf_counter(), [Figures()]
    for _ in range(_MOST_PROCESSES):
        done = sum(one.executions for one in figures)
        left = None if runs is None else runs - done
        time_left = None if seconds is None else round(seconds - (perf_counter() - began))
        if any(rest is not None and rest <= 0 for rest in (left, time_left)):
            break
        options = (f"-max_total_time={time_left or 0}", f"-runs={left or -1}")
        code, log = _process(options, folders)
        figures.append(Figures.of(log))
        if not code:
            break
        if not figures[-1].executions:
            raise SystemExit(log)
    return tuple(figures)


def _process(options: Iterable[str], folders: Folders) -> tuple[int, str]:
    """Run libFuzzer once, and return its exit code and what it printed."""
    command = (
        *(sys.executable, "-m", "tests.experiments.fuzz.target", str(folders.crashes), *options),
        f"-max_len={_LONGEST_INPUT}",
        f"-timeout={_SLOWEST}",
        f"-rss_limit_mb={_MOST_MEMORY}",
        f"-dict={folders.words}",
        f"-artifact_prefix={folders.crashes}/",
        *map(str, (folders.corpus, HERE / "corpus")),
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


def _inputs(crashes: Path) -> list[Path]:
    """Return the inputs in a folder that holds what was said about them, too."""
    return sorted(path for path in crashes.iterdir() if path.suffix != ".txt")


def _dictionary() -> str:
    """Return the keys of slogen YAML in the form of libFuzzer's dictionaries."""
    keys = {f"{key}: " for cls in _CLASSES for key in key_names(cls)} | set(_WORDS)
    return "".join(f'"{key}"\n' for key in sorted(keys))


def _told(figures: tuple[Figures, ...], seconds: float, crashes: Path) -> int:
    """Print the table."""
    executions = sum(one.executions for one in figures)
    kept = _inputs(crashes)
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
