"""Prints the seconds of processor time a rule, where each SLO is compiled and written alone."""

from __future__ import annotations

import os
import sys

from slogen import Settings
from slogen.compiler import compile_slo
from slogen.compiler.sharing import Compiled
from slogen.plan import resolve
from slogen.targets.built import Built
from slogen.targets.prometheus import Prometheus
from tests.experiments.bench.slos import slos

COUNT = 100


def main() -> None:
    """Compile and write, and print what a rule took."""
    resolved = resolve(slos(COUNT), Settings())
    before = _seconds()
    built = [Built(slo, Compiled.alone(compile_slo(slo))) for slo in resolved]
    for one in built:
        for file in Prometheus().render((one,), "single"):
            assert file.text
    rules = sum(sum(one.compiled.sizes) for one in built)
    sys.stdout.write(str((_seconds() - before) / rules))


def _seconds() -> float:
    times = os.times()
    return times.user + times.system


if __name__ == "__main__":
    main()
