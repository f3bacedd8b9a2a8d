"""The page, bundled from Grafana's own packages into a folder that git ignores.

`@grafana/prometheus` is AGPL-3.0: it is fetched where the check runs, and never passed on.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.realtools.debian import locked
from tests.realtools.processes import Outcome, run

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE = Path(__file__).parent / "page"
_PACKAGES = ("package.json", "package-lock.json")
_INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
_BUILD = ("node", "build.mjs")
_ATTEMPTS = 2
_SECONDS = 900


class BundleError(RuntimeError):
    """npm or esbuild failed; the message has its words."""


def bundled(folder: Path) -> Path:
    """Return the folder of the bundled page, which is made anew where anything has changed.

    Args:
        folder: Where the packages (800 MB) and the page's sources go.

    Raises:
        BundleError: npm failed twice, or esbuild did.
    """
    www = folder / "www"
    with locked(folder):
        packages = folder / "installed"
        if _said(packages) != (wanted := _digest(SOURCE / name for name in _PACKAGES)):
            _copy(_PACKAGES, folder)
            _install(folder)
            packages.write_text(wanted)
        built = folder / "built"
        sources = [*sorted(path for path in SOURCE.rglob("*") if path.is_file())]
        if _said(built) != (wanted := _digest(sources)):
            built.unlink(missing_ok=True)
            shutil.rmtree(folder / "src", ignore_errors=True)
            _copy((path.relative_to(SOURCE) for path in sources), folder)
            _checked(run(*_BUILD, seconds=_SECONDS, folder=folder))
            built.write_text(wanted)
    return www


def _install(folder: Path) -> None:
    """Install once more if need be: a registry may fail to answer one of 600 requests."""
    (folder / "installed").unlink(missing_ok=True)
    for _ in range(_ATTEMPTS):
        outcome = run(*_INSTALL, seconds=_SECONDS, folder=folder)
        if outcome.code == 0:
            return
    _checked(outcome)


def _checked(outcome: Outcome) -> None:
    if outcome.code:
        raise BundleError(outcome.output[-2_000:])


def _copy(names: Iterable[str | Path], folder: Path) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / name, folder / name)


def _said(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()
