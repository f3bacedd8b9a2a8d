"""What TypeScript says about dashboards, by the types of Grafana's own schema package."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.experiments.browser.findings import Finding
from tests.realtools.processes import run

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "wrong type"
_OPTIONS = {
    "noEmit": True,
    "strict": True,
    "skipLibCheck": True,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
}
_COMPLAINT = re.compile(r"boards\.ts\((\d+),\d+\): error (TS\d+: .*)")
_SECONDS = 600
_LONGEST = 300


class TypingError(RuntimeError):
    """tsc did not come to an answer; the message has its words."""


def mistyped(dashboards: Mapping[str, Mapping[str, Any]], page: Path) -> tuple[Finding, ...]:
    """Return where dashboards are not what ``src/typed.ts`` says.

    Args:
        dashboards: Their JSON by uid.
        page: The folder of the page with Grafana's packages.

    Raises:
        TypingError: tsc failed in another way.
    """
    uids = list(dashboards)
    lines = ["import type { Board } from '../src/typed';"]
    lines += [
        f"export const board{number}: Board = {json.dumps(dashboards[uid])};"
        for number, uid in enumerate(uids)
    ]
    with tempfile.TemporaryDirectory(prefix="typed-", dir=page) as folder:
        Path(folder, "boards.ts").write_text("\n".join(lines))
        project = {"compilerOptions": _OPTIONS, "files": ["boards.ts"]}
        Path(folder, "tsconfig.json").write_text(json.dumps(project))
        tsc = page / "node_modules" / ".bin" / "tsc"
        outcome = run(tsc, "-p", folder, seconds=_SECONDS)
    found = tuple(
        Finding(uids[int(line) - 2], "", KIND, words[:_LONGEST])
        for line, words in _COMPLAINT.findall(outcome.output)
    )
    if outcome.code and not found:
        raise TypingError(outcome.output[-2_000:])
    return found
