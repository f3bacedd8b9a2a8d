"""Drawing dashboards: which ones, in which sizes and colours, and what the pages report."""

from __future__ import annotations

import json
import subprocess
import tempfile
import urllib.parse
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Theme = Literal["dark", "light"]
_SECONDS = 1_800
_ROW, _HEAD = 38, 120


class DrawingError(RuntimeError):
    """The browser did not come to its end; the message has its words."""


@attrs.frozen(kw_only=True)
class Drawing:
    """A dashboard as one reader sees it.

    Attributes:
        dashboard: Its JSON.
        theme: Dark or light.
        width: Of the window, in pixels.
        variables: What the reader has chosen, by the variables' names.
        since: The beginning of the range; that of the dashboard if empty.
        has_data: Whether what is chosen has been measured, now and a week ago.
    """

    dashboard: Mapping[str, Any] = attrs.field(hash=False)
    theme: Theme
    width: int
    variables: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    since: str = ""
    has_data: bool = True

    @property
    def name(self) -> str:
        """What its picture is called."""
        chosen = [*self.variables.values()]
        return "-".join([self.dashboard["uid"], *chosen, self.theme, str(self.width)])

    @property
    def height(self) -> int:
        """Of the whole dashboard, in pixels."""
        places = [panel["gridPos"] for panel in self.dashboard["panels"]]
        rows: int = max(place["y"] + place["h"] for place in places)
        return _HEAD + _ROW * rows

    @property
    def query(self) -> str:
        """What the page is asked for; the width is not part of it."""
        asked = {"d": self.dashboard["uid"], "theme": self.theme, "now": END * 1_000}
        asked |= {"from": self.since} if self.since else {}
        asked |= {f"var-{name}": value for name, value in self.variables.items()}
        return urllib.parse.urlencode(asked)

    def shot(self, folder: Path) -> dict[str, Any]:
        """Return what draw.mjs has to know of it."""
        size = {"width": self.width, "height": self.height}
        return {"png": str(folder / f"{self.name}.png"), "size": size}


@attrs.frozen(kw_only=True)
class Drawn:
    """A drawing and what its page reports, see report.ts."""

    drawing: Drawing
    report: Mapping[str, Any] = attrs.field(hash=False)


def draw(
    drawings: Iterable[Drawing], *, address: str, page: Path, chromium: Path, pictures: Path
) -> tuple[Drawn, ...]:
    """Draw dashboards and return the reports of their pages.

    Args:
        drawings: What to draw.
        address: Of the server.
        page: The folder with draw.mjs and its packages.
        chromium: The browser.
        pictures: Where the pictures go.

    Raises:
        DrawingError: The browser or Node.js failed.
    """
    wanted = tuple(drawings)
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="slogen-browser-") as scratch:
        jobs = Path(scratch, "jobs.json")
        jobs.write_text(json.dumps([*_jobs(wanted, address, pictures.resolve())]))
        lines = _run(("node", "draw.mjs", chromium, jobs, Path(scratch, "profile")), page)
    if len(lines) != len(wanted):
        raise DrawingError(f"{len(lines)} reports of {len(wanted)} drawings")
    reports = map(json.loads, lines)
    return tuple(Drawn(drawing=one, report=got) for one, got in zip(wanted, reports, strict=True))


def _jobs(drawings: Iterable[Drawing], address: str, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the jobs of drawings; neighbours that differ in width alone share a page."""
    for query, shots in groupby(drawings, key=lambda one: one.query):
        yield {"url": f"{address}/?{query}", "shots": [one.shot(folder) for one in shots]}


def _run(command: Sequence[str | Path], folder: Path) -> list[str]:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and paths that we made
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise DrawingError(f"not done within {_SECONDS} s") from expired
    if done.returncode:
        raise DrawingError(f"node ended with {done.returncode}:\n{done.stderr[-2_000:]}")
    return done.stdout.splitlines()
