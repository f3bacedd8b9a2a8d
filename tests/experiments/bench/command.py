"""What ``slogen build`` costs, from its start to its end: processor time and memory.

Seconds on the clock depend on what else the machine does; processor time depends on it less.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import attrs

from tests.golden_cases import ROOT

RUNS = 3
_RULES = re.compile(rb"(\d+) rules")


@attrs.frozen
class Cost:
    """What a command costs; medians, where it ran several times.

    Attributes:
        seconds: Processor time.
        mebibytes: Peak memory.
        rules: How many rules it says that it has written.
    """

    seconds: float
    mebibytes: float
    rules: int


def build(count: int) -> Cost:
    """Return what a build of so many SLOs costs, which a script makes."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "many.py")
        lines = ("from tests.experiments.bench.slos import slos", f"many = slos({count})")
        script.write_text("\n".join(lines))
        options = (str(script), "--out", str(Path(folder, "out")))
        return cost((sys.executable, "-m", "slogen", "build", *options))


def bare() -> Cost:
    """Return what an interpreter costs that does nothing."""
    return cost((sys.executable, "-c", "pass"))


def alone() -> float:
    """Return the seconds of processor time a rule, where each SLO is compiled and written alone."""
    command = (sys.executable, "-m", "tests.experiments.bench.alone")
    runs = [subprocess.check_output(command, env=_environment()) for _ in range(RUNS)]  # noqa: S603 (as above)
    return median(map(float, runs))


def cost(command: tuple[str, ...]) -> Cost:
    """Return what a command costs."""
    runs = [_run(command) for _ in range(RUNS)]
    return Cost(
        median(one.seconds for one in runs),
        median(one.mebibytes for one in runs),
        runs[0].rules,
    )


def _run(command: tuple[str, ...]) -> Cost:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (a tool that is measured)
            command, env=_environment(), stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read()
    assert process.returncode == 0, output.decode()
    found = _RULES.search(output)
    rules = int(found[1]) if found else 0
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, rules)


def _environment() -> dict[str, str]:
    """Return an environment in which byte code is kept, as installed programs have it."""
    own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": str(ROOT)}
