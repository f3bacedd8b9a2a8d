"""The proofs of SLOs whose settings are a pairwise matrix: `python -m tests.experiments.matrix`.

Exits with 1 if fresh rules fail their own proof.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from slogen import build
from slogen.trial import find, proven
from tests.experiments.matrix.slos import slos
from tests.realtools.packages import find as find_package

if TYPE_CHECKING:
    from slogen.trial import SLOVerdict


def main() -> int:
    """Print a line for each SLO and return the exit code."""
    tool, failed = find(str(find_package("promtool", "3"))), 0
    for verdict in proven(build(list(slos())).built, tool):
        failed += not verdict.passed
        sys.stdout.write(_line(verdict))
        sys.stdout.flush()
    return int(failed > 0)


def _line(verdict: SLOVerdict) -> str:
    failing = [one.scenario.name for one in verdict.scenarios if not one.passed]
    words = f"FAIL: {'; '.join(failing)}" if failing else f"ok, {len(verdict.scenarios)} scenarios"
    return f"{verdict.slo_id}: {words}\n"


if __name__ == "__main__":
    sys.exit(main())
