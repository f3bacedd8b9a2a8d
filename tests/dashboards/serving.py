"""Serve the past of the three services: ``python -m tests.dashboards.serving FOLDER``.

It prints the address of a Prometheus, and the moment that is now in it, and runs until it is
interrupted. The folder keeps the time series for the next time.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path

from tests.dashboards import worlds
from tests.realtools.backfill import Past
from tests.truth.scenario import END


def main() -> None:
    """Make the world below the folder unless it is there, and serve it."""
    folder = Path(sys.argv[1])
    if not (folder / "made").exists():
        worlds.world("3", folder)
        (folder / "made").touch()
    with Past(line="3", folder=folder).serving() as server, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"{server.address} at {END}\n")
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main()
