"""How long SLOs take to be proven: ``slogen test`` as a user starts it, with a real promtool."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.golden_cases import ROOT
from tests.realtools.packages import find

_MANY = 100
_SCRIPT = f"from tests.experiments.bench.slos import slos\n\nmany = slos({_MANY})\n"


def proofs() -> dict[str, dict[str, float]]:
    """Return the seconds that each proof takes, by what is proven and the version of promtool."""
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder, "many.py")
        many.write_text(_SCRIPT)
        inputs = {"the ERP": ROOT / "docs" / "examples" / "erp", f"{_MANY} SLOs": many}
        return {
            name: {line: _seconds(path, line) for line in ("2", "3")}
            for name, path in inputs.items()
        }


def _seconds(path: Path, line: str) -> float:
    command = (sys.executable, "-m", "slogen", "test", path, "--promtool", find("promtool", line))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 (as above)
    return perf_counter() - began
