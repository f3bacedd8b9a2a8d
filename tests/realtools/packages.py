"""Where the real tools are: named by a variable, on PATH, in the cache, or in Debian's archive."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import SkipTest

import attrs

from tests.realtools.debian import locked, unpack
from tests.realtools.errors import NotHereError, ToolMissing, variable
from tests.realtools.processes import COMMAND_MISSING, run
from tests.realtools.tools import TOOLS, Edition, version_of

WITHOUT = "SLOGEN_WITHOUT_TOOLS"
"""The variable by which ``nox -s quick`` leaves out every test that asks for a real tool."""
CACHE = Path(__file__).resolve().parents[2] / ".tools"


def find(tool: str, line: str, *, cache: Path = CACHE) -> Path:
    """Return the path of a real tool's binary, unpacked from Debian's package if need be.

    Args:
        tool: A key of `TOOLS`.
        line: Prometheus' major version, "2" or "3"; of the other tools the version of that time.
        cache: The folder that holds a folder with unpacked packages for each line.

    Raises:
        SkipTest: The environment asks to do without: `WITHOUT` is set.
        ToolMissing: No place has it.
        ValueError: There is no such tool, or it has no such line.
    """
    if os.environ.get(WITHOUT):
        raise SkipTest(f"{tool} is needed, and {WITHOUT} is set")
    if tool not in TOOLS or line not in TOOLS[tool].editions:
        known = ", ".join(f"{name} {'/'.join(each.editions)}" for name, each in TOOLS.items())
        raise ValueError(f"{tool} of line {line} is unknown; known: {known}")
    search = _Search(tool=tool, line=line, cache=cache / line)
    tried: list[str] = []
    for place in (search.named, search.on_path, search.cached, search.from_debian):
        try:
            return place()
        except NotHereError as reason:
            tried.append(str(reason))
    raise ToolMissing(tool, line, tried)


@attrs.frozen(kw_only=True)
class _Search:
    """The places that can hold one tool of one line; each returns a path or says why not."""

    tool: str
    line: str
    cache: Path

    @property
    def edition(self) -> Edition:
        return TOOLS[self.tool].editions[self.line]

    def named(self) -> Path:
        """Look into the folder that the environment names; a wrong version there is an error."""
        name = variable(self.line)
        folder = os.environ.get(name)
        if not folder:
            raise NotHereError(f"{name} is not set")
        binary = next(self._binaries_in(Path(folder).absolute()), None)
        if binary is None:
            raise NotHereError(f"{name} names {folder}, which holds no {self.tool}")
        version = version_of(binary)
        if version and not self.edition.accepts(version):
            raise ToolMissing(self.tool, self.line, [f"{name} names {binary}, which is {version}"])
        return binary

    def on_path(self) -> Path:
        """Look along PATH; a binary that does not print its version is not taken."""
        found = [Path(each) for each in map(shutil.which, TOOLS[self.tool].binaries) if each]
        for binary in found:
            if self.edition.accepts(version_of(binary)):
                return binary
        versions = ", ".join(f"{each} {version_of(each)}".strip() for each in found)
        raise NotHereError(f"PATH has {versions or 'no ' + self.tool}")

    def cached(self) -> Path:
        """Look into the packages that were unpacked before."""
        for package in sorted(self.cache.glob(f"{self.edition.package}_*"), reverse=True):
            for binary in self._binaries_in(package / "usr" / "bin"):
                return binary
        raise NotHereError(f"the cache {self.cache} does not hold the package")

    def from_debian(self) -> Path:
        """Unpack Debian's package into the cache, unless another process just did."""
        with locked(self.cache):
            try:
                return self.cached()
            except NotHereError:
                unpack(self.edition, self.line, self.cache)
        binary = self.cached()
        started = run(binary, "--version", seconds=30)
        if started.code == COMMAND_MISSING:
            raise NotHereError(f"Debian's {binary.name} does not start here: {started.output}")
        return binary

    def _binaries_in(self, folder: Path) -> Iterator[Path]:
        candidates = (folder / name for name in TOOLS[self.tool].binaries)
        return (binary for binary in candidates if os.access(binary, os.X_OK))
