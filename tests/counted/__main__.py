"""Print what both lines of Prometheus, and vmalert, count: `python -m tests.counted`."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.counted import live, victoria
from tests.counted.comparing import table

if TYPE_CHECKING:
    from collections.abc import Iterable


def main() -> None:
    """Let the minutes pass on all at once, and print one table each."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor() as executor:
        folder = Path(name)
        lines = {line: executor.submit(live.run, line, folder / line) for line in ("2", "3")}
        of_victoria = executor.submit(victoria.run, folder / "victoria")
        for line, future in lines.items():
            seen = future.result()
            _say(table(seen.counts, line, seen.restarted))
        restarted, counts = of_victoria.result()
        _say(table(counts, "vmalert", restarted))


def _say(lines: Iterable[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
