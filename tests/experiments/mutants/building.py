"""What a slogen makes of the mutants' SLOs: `python -m tests.experiments.mutants.building OUT`.

It runs in a checkout whose slogen may be a mutant. Proofs come last, and are not missed where there
are none: rules are held against those of a clean slogen.
"""

from __future__ import annotations

import sys
from pathlib import Path

from slogen import build, load

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
HAND_WRITTEN = ("proof/*/slos.py", "cases/*/slos.yaml")
"""Definitions that have promtool tests beside them, below the tests."""
RULES_ARE_THERE = "rules-are-there"


def hand_written() -> list[Path]:
    """Return the definitions that have tests of their rules, written by hand, beside them."""
    return sorted(path for pattern in HAND_WRITTEN for path in TESTS.glob(pattern))


def main(out: Path) -> None:
    """Write rules and proofs below ``out``, and rules for the tests that were written by hand."""
    built = build(load(HERE / "slos.py"))
    built.write(out / "generated")
    for definitions in hand_written():
        build(load(definitions)).write(out / definitions.parent.name / "build", layout="service")
    (out / RULES_ARE_THERE).touch()
    built.write(out / "generated", ("prometheus", "promtool-tests"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
