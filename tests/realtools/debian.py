"""Debian's packages, unpacked into a folder without root and beside the machine's own apt."""

import fcntl
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.realtools.errors import NotHereError
from tests.realtools.processes import Outcome, run
from tests.realtools.sources import deb822_for, one_line_for
from tests.realtools.tools import Edition

SUITES = {"2": ("bookworm",), "3": ("testing", "sid")}

# Read after the machine's own configuration, whose proxies and credentials stay in force, and whose
# hooks and pins go.
_CONFIGURATION = """\
Dir::State "{root}/";
Dir::State::lists "{root}/lists/";
Dir::State::status "{root}/status";
Dir::Cache "{root}/cache/";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{root}/sources/";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Default-Release "";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""


@attrs.frozen(kw_only=True)
class PrivateApt:
    """An apt whose sources, lists, cache and status live in a folder of its own."""

    root: Path

    def lay_out(self, suites: tuple[str, ...]) -> None:
        """Write the configuration, and the machine's sources turned to the suites."""
        for folder in ("lists/partial", "cache/archives/partial", "sources"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / "status").touch()
        (self.root / "apt.conf").write_text(_CONFIGURATION.format(root=self.root))
        for file in _machine_sources():
            rewrite = deb822_for if file.suffix == ".sources" else one_line_for
            (self.root / "sources" / file.name).write_text(rewrite(file.read_text(), suites))

    def offered(self, edition: Edition) -> list[str]:
        """Return the versions of a package that belong to an edition, newest first.

        A suite that is gone, or does not answer, makes `apt-get update` fail and leaves the lists
        of the other suite; so what counts is what the lists offer.
        """
        package = edition.package
        update = self._run("apt-get", "update", seconds=300)
        rows = self._run("apt-cache", "madison", package, seconds=60).output.splitlines()
        cells = ([cell.strip() for cell in row.split("|")] for row in rows)
        versions = {cell[1] for cell in cells if len(cell) == 3 and cell[0] == package}
        accepted = sorted(filter(edition.accepts, versions), key=_numbers, reverse=True)
        if not accepted:
            offers = ", ".join(sorted(versions)) or "no version at all"
            raise NotHereError(
                f"the apt sources of this machine offer {offers} of {package}; "
                f"apt-get update ended with {update.code}:\n{_indented(update.output)}"
            )
        return accepted

    def download(self, package: str, versions: list[str], folder: Path) -> Path:
        """Return the archive of the first version that can be fetched into the folder."""
        failures: list[str] = []
        for version in versions:
            wanted = f"{package}={version}"
            outcome = self._run("apt-get", "download", wanted, seconds=600, folder=folder)
            archives = list(folder.glob(f"{package}_*.deb"))
            if outcome.code == 0 and archives:
                return archives[0]
            failures.append(outcome.output)
        reasons = _indented("\n".join(failures))
        raise NotHereError(f"apt-get download {package} failed:\n{reasons}")

    def _run(
        self, program: str, *arguments: str, seconds: float, folder: Path | None = None
    ) -> Outcome:
        configuration = f"--config-file={self.root / 'apt.conf'}"
        return run(program, configuration, *arguments, seconds=seconds, folder=folder)


def unpack(edition: Edition, line: str, cache: Path) -> None:
    """Add Debian's newest package of an edition to a line's cache folder.

    The folder `<package>_<version>` appears whole or not at all. A second process waits for the
    first one; it should look into the cache again before it calls.
    """
    with tempfile.TemporaryDirectory(dir=cache, prefix="unpacking-") as scratch:
        apt = PrivateApt(root=Path(scratch, "apt"))
        apt.lay_out(SUITES[line])
        archive = apt.download(edition.package, apt.offered(edition), Path(scratch))
        root = Path(scratch, "package")
        outcome = run("dpkg", "--extract", archive, root, seconds=120)
        if outcome.code:
            raise NotHereError(f"dpkg --extract {archive.name} failed: {outcome.output}")
        root.rename(cache / archive.name.rpartition("_")[0])


@contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Hold a line's cache folder, which is made if need be, against other processes."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _machine_sources() -> list[Path]:
    wanted = ("LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d")
    outcome = run("apt-config", "shell", *wanted, seconds=30)
    places = dict(re.findall(r"^(LIST|PARTS)='(.*)'$", outcome.output, re.MULTILINE))
    if outcome.code or len(places) < 2:
        raise NotHereError(f"Debian's packages need apt: {outcome.output}")
    parts = Path(places["PARTS"])
    files = [Path(places["LIST"]), *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))]
    return [file for file in files if file.is_file()]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _indented(text: str) -> str:
    return "\n".join(f"      {line}" for line in text.splitlines())
