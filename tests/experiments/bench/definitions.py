"""How long YAML takes to be written and read.

`python -m tests.experiments.bench.definitions 1000`
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from slogen import build, load
from slogen.formats import dump
from slogen.formats.yaml.reading import read
from tests.experiments.bench.slos import slos

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def main() -> None:
    """Print what was measured, as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.bench.definitions", description=__doc__
    )
    parser.add_argument("count", type=int)
    sys.stdout.write(json.dumps(_measured(parser.parse_args().count)))


def _measured(count: int) -> dict[str, float]:
    made = slos(count)
    text, dumping = _timed(lambda: dump(made))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "slos.yaml")
        file.write_text(text)
        content = file.read_bytes()
        _, reading = _timed(lambda: read(content, "slos.yaml"))
        loaded, loading = _timed(lambda: load(file))
        _, building = _timed(lambda: build(loaded).write(Path(folder, "build")))
    assert tuple(loaded) == made
    return {
        "bytes": len(content),
        "dumping": dumping,
        "reading": reading,
        "making": loading - reading,
        "building": building,
    }


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    """Return what a function gives, and its seconds: the first time, as a command has it."""
    began = perf_counter()
    given = function()
    return given, perf_counter() - began


if __name__ == "__main__":
    main()
