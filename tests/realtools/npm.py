"""A file of a package of npm, fetched once into the cache of the real tools."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from unittest import SkipTest

import attrs

from tests.realtools.debian import locked
from tests.realtools.packages import CACHE, WITHOUT
from tests.realtools.processes import run

_SECONDS = 120
_PACK = ("npm", "pack", "--silent", "--ignore-scripts")


class NpmError(RuntimeError):
    """npm failed, or gave another archive than was asked for; the message has its words."""


@attrs.frozen
class Package:
    """A package of one version.

    Attributes:
        name: Its name and version, as npm takes them.
        sha256: The digest of its archive.
    """

    name: str
    sha256: str


SARIF = Package(
    "@microsoft/jest-sarif@1.0.0-beta.0",
    "748e2c3d1a842e7bb258416685c7ea3a0da40005b72267b2052c2856d48ad102",
)
"""It ships the JSON schema of SARIF 2.1.0 (MIT)."""
SARIF_SCHEMA = "lib/schemas/sarif-2.1.0-rtm.5.json"


def file_of(package: Package, path: str) -> Path:
    """Return a file of a package.

    Raises:
        SkipTest: The environment asks to do without, or has no npm and is not that of CI.
        NpmError: The package cannot be fetched, or is not the one that was meant.
    """
    if os.environ.get(WITHOUT):
        raise SkipTest(f"{package.name} is needed, and {WITHOUT} is set")
    folder = CACHE / "npm" / package.sha256
    with locked(CACHE / "npm"):
        if not folder.is_dir():
            if not shutil.which("npm") and not os.environ.get("CI"):
                raise SkipTest(f"{package.name} is needed, and there is no npm")
            _fetch(package, folder)
    return folder / "package" / path


def _fetch(package: Package, folder: Path) -> None:
    """Unpack an archive into a folder, which appears whole or not at all."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpacking-") as scratch:
        outcome = run(*_PACK, package.name, seconds=_SECONDS, folder=Path(scratch))
        archives = list(Path(scratch).glob("*.tgz"))
        if outcome.code or not archives:
            raise NpmError(f"npm pack {package.name} failed: {outcome.output[-2_000:]}")
        digest = hashlib.sha256(archives[0].read_bytes()).hexdigest()
        if digest != package.sha256:
            raise NpmError(f"{package.name} has the digest {digest}, not {package.sha256}")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(Path(scratch, "whole"), filter="data")
        Path(scratch, "whole").rename(folder)
