"""Where tools are looked for, in which order, and what a fruitless search says."""

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from tests.realtools.errors import ToolMissing
from tests.realtools.packages import find
from tests.realtools.processes import TIMED_OUT, run
from tests.realtools.sources import deb822_for, one_line_for
from tests.realtools.waiting import until

DEB822 = """\
# The archive itself.
Types: deb deb-src
URIs: http://archive.invalid/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc=

Types: deb
URIs: http://archive.invalid/debian-security
Suites: trixie-security
Components: main

Types: deb
URIs: http://vendor.invalid/debian
Suites: trixie
Components: stable

Enabled: no
Types: deb
URIs: http://archive.invalid/old
Suites: trixie
Components: main
"""

ONE_LINE = """\
# deb http://archive.invalid/old trixie main
deb [arch=amd64 signed-by=key.gpg] http://archive.invalid/debian trixie main contrib # archive
deb-src http://archive.invalid/debian trixie main
deb http://other.invalid/debian stable main
deb http://archive.invalid/debian trixie-updates main
deb http://vendor.invalid/debian trixie stable
deb http://vendor.invalid/flat ./
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Take away PATH and the variables, and return a folder for a cache that does not exist."""
    for line in ("2", "3"):
        monkeypatch.delenv(f"SLOGEN_TOOLS_{line}", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    return tmp_path / "cache"


def fake(folder: Path, name: str, version: str) -> Path:
    """Write a program that prints a version, and return its path."""
    binary = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    binary.write_text(f"#!/bin/sh\necho '{name}, version {version}'\n")
    binary.chmod(0o755)
    return binary


def archive(folder: Path, suite: str, *versions: str) -> None:
    """Add a suite to a Debian archive, with packages of a prometheus that prints its version."""
    index = ""
    for version in versions:
        package = folder / "work" / version
        fake(package / "usr" / "bin", "prometheus", version)
        control = (
            f"Package: prometheus\nVersion: {version}-1\nArchitecture: all\n"
            "Maintainer: Nobody <nobody@example.invalid>\nDescription: a fake\n"
        )
        (package / "DEBIAN").mkdir()
        (package / "DEBIAN" / "control").write_text(control)
        deb = folder / f"{version}.deb"
        assert run("dpkg-deb", "--build", package, deb, seconds=30).code == 0
        digest = hashlib.sha256(deb.read_bytes()).hexdigest()
        index += f"{control}Filename: {deb.name}\nSize: {deb.stat().st_size}\nSHA256: {digest}\n\n"
    lists = folder / "dists" / suite / "main" / "binary-all"
    lists.mkdir(parents=True)
    (lists / "Packages").write_text(index)
    (folder / "dists" / suite / "Release").write_text(
        f"Suite: {suite}\nArchitectures: all\nComponents: main\nSHA256:\n"
        f" {hashlib.sha256(index.encode()).hexdigest()} {len(index)} main/binary-all/Packages\n"
    )


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Point apt to an archive in a folder, instead of the machine's sources; return the folder."""
    if shutil.which("apt-get") is None:
        pytest.skip("what is tested here is the work with apt")
    folder = tmp_path / "archive"
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "archive.sources").write_text(
        f"Types: deb\nURIs: file:{folder}\nSuites: trixie\nComponents: main\nTrusted: yes\n"
    )
    configuration = tmp_path / "apt.conf"
    configuration.write_text(
        f'Dir::Etc::sourcelist "{tmp_path}/none";\nDir::Etc::sourceparts "{sources}";\n'
    )
    monkeypatch.setenv("APT_CONFIG", str(configuration))
    return folder


def test_deb822_sources_change_their_suites() -> None:
    """Of the stanzas only the archive's own stays, with other suites and nothing but packages."""
    rewritten = deb822_for(DEB822, ("testing", "sid"))

    assert rewritten == (
        "types: deb\n"
        "uris: http://archive.invalid/debian\n"
        "suites: testing sid\n"
        "components: main\n"
        "signed-by: \n"
        " -----BEGIN PGP PUBLIC KEY BLOCK-----\n"
        " .\n"
        " abc=\n"
        "targets: Packages\n"
    )


def test_one_line_sources_change_their_suites() -> None:
    """Of the entries those of a whole archive stay, once for each suite, with their options."""
    rewritten = one_line_for(ONE_LINE, ("testing", "sid"))

    assert rewritten == (
        "deb [arch=amd64 signed-by=key.gpg target=Packages] "
        "http://archive.invalid/debian testing main\n"
        "deb [arch=amd64 signed-by=key.gpg target=Packages] "
        "http://archive.invalid/debian sid main\n"
        "deb [target=Packages] http://other.invalid/debian testing main\n"
        "deb [target=Packages] http://other.invalid/debian sid main\n"
    )


def test_variable_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A binary in the folder that the variable names wins over one on PATH."""
    named = fake(tmp_path / "named", "promtool", "2.53.1")
    fake(tmp_path / "empty", "promtool", "2.42.0")
    monkeypatch.setenv("SLOGEN_TOOLS_2", str(named.parent))

    assert find("promtool", "2", cache=bare) == named


def test_variable_with_the_wrong_line_is_an_error(
    bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A binary of another line in the named folder is not passed over in silence."""
    named = fake(tmp_path / "named", "promtool", "2.53.1")
    monkeypatch.setenv("SLOGEN_TOOLS_3", str(named.parent))

    with pytest.raises(ToolMissing, match=r"SLOGEN_TOOLS_3 names .*promtool, which is 2\.53\.1"):
        find("promtool", "3", cache=bare)


def test_path_counts_by_version(bare: Path, tmp_path: Path) -> None:
    """A binary on PATH serves the line of its version only, under upstream's name as well."""
    on_path = fake(tmp_path / "empty", "alertmanager", "0.28.1")

    assert find("alertmanager", "3", cache=bare) == on_path
    with pytest.raises(ToolMissing, match=r"PATH has .*alertmanager 0\.28\.1"):
        find("alertmanager", "2", cache=bare)


def test_cache_needs_neither_apt_nor_network(bare: Path) -> None:
    """An unpacked package is used as it is."""
    cached = fake(bare / "3" / "promtool_3.5.3-1" / "usr" / "bin", "promtool", "3.5.3")

    assert find("promtool", "3", cache=bare) == cached


def test_search_without_result_says_what_was_tried(bare: Path) -> None:
    """Each place has its reason, and the variable is named as the remedy."""
    with pytest.raises(
        ToolMissing,
        match=r"(?s)^prometheus of line 3 is not to be had\. Tried:\n"
        r"  - SLOGEN_TOOLS_3 is not set\n"
        r"  - PATH has no prometheus\n"
        r"  - the cache .* does not hold the package\n"
        r"  - Debian's packages need apt: apt-config: No such file or directory\n"
        r"To help, let SLOGEN_TOOLS_3 name a folder that holds the binary\.$",
    ):
        find("prometheus", "3", cache=bare)


@pytest.mark.parametrize(("tool", "line"), [("vmalert", "2"), ("promtol", "3")])
def test_unknown_tools_are_mistakes(tool: str, line: str) -> None:
    """A tool or a line that does not exist is the caller's fault, not the machine's."""
    with pytest.raises(ValueError, match=f"{tool} of line {line} is unknown; known: prometheus"):
        find(tool, line)


def test_debian_gives_the_newest_of_the_line(debian: Path, tmp_path: Path) -> None:
    """Of what testing and sid offer, the newest 3.x is unpacked, and nothing else stays behind."""
    archive(debian, "testing", "3.9.2")
    archive(debian, "sid", "3.10.0", "4.0.0")

    binary = find("prometheus", "3", cache=tmp_path / "cache")

    assert binary == tmp_path / "cache" / "3" / "prometheus_3.10.0-1" / "usr" / "bin" / "prometheus"
    assert sorted(each.name for each in (tmp_path / "cache" / "3").iterdir()) == [
        "lock",
        "prometheus_3.10.0-1",
    ]


def test_debian_may_lack_a_suite(debian: Path, tmp_path: Path) -> None:
    """The other suite is used if one is gone."""
    archive(debian, "testing", "3.9.2")

    binary = find("prometheus", "3", cache=tmp_path / "cache")

    assert "prometheus_3.9.2-1" in binary.parts


def test_debian_may_have_moved_on(debian: Path, tmp_path: Path) -> None:
    """The versions on offer are named if none of them belongs to the line."""
    archive(debian, "sid", "4.0.0")

    with pytest.raises(ToolMissing, match=r"apt sources of this machine offer 4\.0\.0-1 of prom"):
        find("prometheus", "3", cache=tmp_path / "cache")


def test_debian_may_have_lost_an_archive_file(debian: Path, tmp_path: Path) -> None:
    """The second newest version is used if the newest cannot be fetched."""
    archive(debian, "testing", "3.9.2")
    archive(debian, "sid", "3.10.0")
    (debian / "3.10.0.deb").unlink()

    binary = find("prometheus", "3", cache=tmp_path / "cache")

    assert "prometheus_3.9.2-1" in binary.parts


def test_commands_are_bounded(tmp_path: Path) -> None:
    """A command that takes too long ends, and its outcome has the output so far."""
    script = tmp_path / "slow"
    script.write_text("#!/bin/sh\necho started\nexec sleep 60\n")
    script.chmod(0o755)

    outcome = run(script, seconds=0.5)

    assert outcome.code == TIMED_OUT
    assert outcome.output == f"started\n{script}: stopped after 0.5 s"


def test_waiting_is_bounded() -> None:
    """A probe that never comes true ends in an error with its last answer."""
    began = time.monotonic()

    with pytest.raises(TimeoutError, match=r"still \[\] after 0\.1 s"):
        until(list[int], seconds=0.1)
    assert time.monotonic() - began < 5
