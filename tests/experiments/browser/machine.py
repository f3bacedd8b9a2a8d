"""What the machine has to have: Node.js with npm, Chromium, and the font of Grafana."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tests.realtools.processes import run

LEAST_NODE = 20
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "fonts-inter")
_INSTALL_SECONDS = 900


class MachineLacksError(RuntimeError):
    """The machine has not what is needed; the message says what, and how to get it."""


def require_node() -> None:
    """Do nothing if there is Node.js, new enough, and npm.

    Raises:
        MachineLacksError: There is none, or an older one.
    """
    said = run("node", "--version", seconds=30).output
    found = re.match(r"v(\d+)\.", said)
    if not found or int(found[1]) < LEAST_NODE:
        raise MachineLacksError(
            f"Node.js {LEAST_NODE} or newer is needed, `node --version` says: {said}. "
            "Install it from https://nodejs.org or your distribution, with npm."
        )
    if not shutil.which("npm"):
        raise MachineLacksError("npm is needed, which comes with Node.js or as a package `npm`.")


def chromium() -> Path:
    """Return Chromium with Grafana's font beside it, installed from Debian's packages if need be.

    Raises:
        MachineLacksError: It is missing, and cannot be installed.
    """
    if not (_on_path() and _has_inter()):
        _install()
    if (found := _on_path()) and _has_inter():
        return found
    raise MachineLacksError(f"{' and '.join(_PACKAGES)} were installed, and still are not found.")


def fonts() -> dict[str, Path]:
    """Return the files of the fonts that pages ask for; monospace is the machine's own."""
    asked = {"regular": "Inter:regular", "medium": "Inter:medium", "mono": "monospace"}
    found = {
        style: run("fc-match", "--format=%{file}", pattern, seconds=60).output
        for style, pattern in asked.items()
    }
    return {style: Path(file) for style, file in found.items()}


def _on_path() -> Path | None:
    found = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    return Path(found) if found else None


def _has_inter() -> bool:
    """Whether text has the widths that it has in Grafana, without which no cut label is found."""
    return "Inter" in run("fc-list", ":family=Inter", "family", seconds=60).output


def _install() -> None:
    wanted = " ".join(_PACKAGES)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MachineLacksError(
            f"Chromium and the font Inter are needed. On Debian: `apt-get install {wanted}` as "
            f"root. Looked for {', '.join(_CHROMIUMS)} on PATH, and for Inter with fc-list."
        )
    run("apt-get", "update", seconds=_INSTALL_SECONDS)
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *_PACKAGES, "fontconfig")
    outcome = run(*command, seconds=_INSTALL_SECONDS)
    if outcome.code:
        raise MachineLacksError(f"apt-get install {wanted} failed:\n{outcome.output[-2_000:]}")
