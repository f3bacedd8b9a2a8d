"""Print the log of an incident on both lines of Prometheus: `python -m tests.pipeline`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.pipeline.story import run
from tests.realtools.packages import find
from tests.realtools.tools import version_of


def main() -> None:
    """Let the incident happen twice."""
    for line in ("2", "3"):
        tools = ", ".join(
            f"{t} {version_of(find(t, line))}" for t in ("prometheus", "alertmanager")
        )
        sys.stdout.write(f"{tools}\n")
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"{run(line, Path(folder)).log}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
