"""Print how replays agree with servers that ran the rules: `python -m tests.live.replay`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.live.replay.agreeing import LINES, Compared, compared

if TYPE_CHECKING:
    from collections.abc import Iterable


def main() -> None:
    """Compare, and print a table of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        found = compared(Path(folder))
    sources = [(line, raw) for line in LINES for raw in (False, True)]
    heads = [f"{'raw' if raw else 'recorded'}, {line}" for line, raw in sources]
    lines = [f"| SLO | tier | {' | '.join(heads)} |", "| --- | --- |" + " --- |" * len(heads)]
    for slo, window in dict.fromkeys((each.slo, each.window) for each in found):
        cells = [
            _cell(e for e in found if (e.slo, e.window, e.line, e.is_raw) == (slo, window, *source))
            for source in sources
        ]
        lines.append(f"| {slo} | {window} | {' | '.join(cells)} |")
    sys.stdout.write("\n".join((*lines, "")))


def _cell(found: Iterable[Compared]) -> str:
    (each,) = (one.agreement for one in found)
    return f"{each.same} / {each.only_replayed} / {each.only_recorded}"


if __name__ == "__main__":
    main()
