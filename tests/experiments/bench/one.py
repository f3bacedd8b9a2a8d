"""One measurement, in a process of its own.

`python -m tests.experiments.bench.one 1000 [--parts]`
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections import deque
from pathlib import Path
from pkgutil import resolve_name
from time import perf_counter
from typing import TYPE_CHECKING

from slogen.api import build
from tests.experiments.bench.clock import Clock
from tests.experiments.bench.slos import slos

if TYPE_CHECKING:
    from slogen.rule_set import RuleSet

PARTS = (
    ("slogen.api", "resolve", "planning"),
    ("slogen.compiler.sharing", "stand_ins", "finding shapes"),
    ("slogen.compiler.sharing", "with_stand_ins", "finding shapes"),
    ("slogen.compiler.sharing", "compile_slo", "compiling"),
    ("slogen.compiler.shapes", "text", "printing"),
    ("slogen.compiler.template_queries", "text", "printing"),
    ("slogen.compiler", "parse", "checking"),
    ("slogen.targets.rule_files", "rule_file", "YAML"),
)
"""Functions by the module or class in which they are looked up, and the part that their time is."""


def main() -> None:
    """Print what was measured, as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.bench.one", description=__doc__
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--parts", action="store_true", help="time the parts, which costs a little")
    parser.add_argument("--began", type=float, help="perf_counter() when the process was started")
    arguments = parser.parse_args()
    measured = _parts if arguments.parts else _whole
    with tempfile.TemporaryDirectory() as folder:
        found = measured(arguments.count, Path(folder), arguments.began or perf_counter())
    sys.stdout.write(json.dumps(found))


def _whole(count: int, out: Path, began: float) -> dict[str, object]:
    making = perf_counter()
    made = slos(count)
    building = perf_counter()
    built = build(made)
    _written(built, out)
    done = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    structure = [json.loads(file.text) for file in built.render("json")]
    dumping = perf_counter()
    json.dumps(structure)
    dumped = perf_counter()
    groups = [group for file in structure for slo in file["slos"] for group in slo["groups"]]
    return {
        "starting": making - began,
        "making": building - making,
        "seconds": done - building,
        "whole": done - began,
        "peak": peak,
        "json": dumped - dumping,
        "rules": sum(len(group["rules"]) for group in groups),
        "bytes": sum(file.stat().st_size for file in out.rglob("*") if file.is_file()),
    }


def _written(rules: RuleSet, out: Path) -> None:
    """Write files as the command line does, and keep none."""
    deque(rules.write_each(out), maxlen=0)


def _parts(count: int, out: Path, _: float) -> dict[str, object]:
    made = slos(count)
    clock = Clock()
    for name, function, part in PARTS:
        owner = resolve_name(name)
        setattr(owner, function, clock.timed(part, getattr(owner, function)))
    write = clock.timed("files", _written)
    write(build(made), out)
    clock.stop()
    return {"parts": clock.seconds, "collecting": clock.collecting}


if __name__ == "__main__":
    main()
