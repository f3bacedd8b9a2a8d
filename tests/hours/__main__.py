"""Print what stories show: `python -m tests.hours`, or with the names of some of them."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.hours import stories
from tests.hours.seen import HEADER, table
from tests.hours.servers import on_prometheus, on_vmalert


def main() -> None:
    """Let all stories happen at once, and print one table."""
    names = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(20) as executor:
        folder = Path(temporary)
        futures = {
            f"{story.__name__}, {line}": executor.submit(
                on_prometheus, story, line, folder / f"{story.__name__}-{line}"
            )
            for story in stories.ALL
            for line in ("2", "3")
            if not names or story.__name__ in names
        }
        late = stories.with_a_late_ruler
        if not names or late.__name__ in names:
            futures[f"{late.__name__}, vmalert"] = executor.submit(on_vmalert, late, folder / "vm")
        rows = (row for name, future in futures.items() for row in table(name, future.result()))
        sys.stdout.write("\n".join((*HEADER, *rows)) + "\n")


if __name__ == "__main__":
    main()
