"""``slogen build``: what is written, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from slogen.targets import TARGETS
from tests.cli.running import build, files, run, write

UNTRUSTED = "from pathlib import Path; Path('executed').touch()"


def test_writes_rules_for_prometheus_unless_told_otherwise() -> None:
    """The default target is what most people have."""
    build("slos.py")

    assert list(files()) == ["prometheus/shop-availability.yaml", "slogen.manifest"]


def test_writes_another_target() -> None:
    """A target that is named is written instead of the default one."""
    result = build("slos.py", "--target", "json")

    assert result.exit_code == Exit.FINE
    assert list(files()) == ["json/shop-availability.json", "slogen.manifest"]
    assert (
        json.loads(files()["json/shop-availability.json"])["slos"][0]["id"] == "shop-availability"
    )


def test_writes_several_targets() -> None:
    """The option can be given several times, and the summary counts all files."""
    result = build("slos.py", "--target", "json", "--target", "prometheus", "--target", "json")

    assert list(files()) == [
        "json/shop-availability.json",
        "prometheus/shop-availability.yaml",
        "slogen.manifest",
    ]
    assert result.stderr.endswith("slogen: 1 SLO, 39 rules in out, 3 files written\n")


@pytest.mark.parametrize("target", ["grafan", "", "Prometheus", "../json", "prometheus,json"])
def test_an_unknown_target_is_code_2(target: str) -> None:
    """What is no target is told with those that there are, before a script is run."""
    Path("slos.py").write_text(UNTRUSTED)

    result = build("slos.py", "--target", "json", "--target", target)

    assert result.exit_code == Exit.USAGE
    assert f"no target {target!r}; allowed: {', '.join(TARGETS)}" in result.stderr
    assert not Path("out").exists()
    assert not Path("executed").exists()


def test_an_unknown_layout_is_code_2() -> None:
    """What is no layout is told with those that there are."""
    result = build("slos.py", "--layout", "services")

    assert result.exit_code == Exit.USAGE
    assert "'services' is not one of 'slo', 'service', 'single'" in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("slo", ["shop-availability.yaml", "shop-quality.yaml"]),
        ("service", ["shop.yaml"]),
        ("single", ["slogen.yaml"]),
    ],
)
def test_a_layout_decides_the_files(layout: str, expected: list[str]) -> None:
    """A file holds one SLO, the SLOs of a service, or all."""
    write("more.py", old='name="availability"', new='name="quality"')

    build("slos.py", "more.py", "--layout", layout)

    assert [path.name for path in sorted(Path("out/prometheus").iterdir())] == expected


def test_another_layout_replaces_the_files() -> None:
    """What the layout before has left goes, and the summary says so."""
    build("slos.py")

    result = build("slos.py", "--layout", "service")

    assert list(files()) == ["prometheus/shop.yaml", "slogen.manifest"]
    assert result.stderr.endswith("39 rules in out, 2 files written, 1 removed\n")


def test_files_of_removed_slos_go() -> None:
    """What no SLO stands behind any more has no file."""
    write("more.py", old='service="shop"', new='service="api"')
    build("slos.py", "more.py")

    build("more.py", "--prune")

    assert list(files()) == ["prometheus/api-availability.yaml", "slogen.manifest"]


def test_a_build_of_one_target_leaves_the_others() -> None:
    """The files of a target that is not built stay as they are."""
    build("slos.py", "--target", "json")
    before = files()["json/shop-availability.json"]
    write("slos.py", objective="99%")

    build("slos.py", "--target", "prometheus")

    assert files()["json/shop-availability.json"] == before


@pytest.mark.parametrize("out", [".", "deep/er/out", "./out/", "../out"])
def test_writes_into_any_folder(out: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that are missing are made, and the summary names the folder as one would type it."""
    write("here/slos.py")
    monkeypatch.chdir(folder / "here")

    result = run("build", "slos.py", "--out", out)

    assert result.exit_code == Exit.FINE
    assert Path(out, "prometheus/shop-availability.yaml").is_file()
    assert f" in {Path(out)}, 2 files written" in result.stderr


@pytest.mark.parametrize("command", ["build", "list"])
def test_no_script_is_run_that_is_not_trusted(command: str) -> None:
    """With --no-scripts a script is an input that is refused, and nothing of it is executed."""
    Path("bad.py").write_text(UNTRUSTED)
    out = ["--out", "out"] if command == "build" else []

    result = run(command, "bad.py", "--no-scripts", *out)

    assert result.exit_code == Exit.INPUT
    assert result.stderr == (
        "error: bad.py is Python, and scripts are not allowed\n"
        "  remedy: leave out --no-scripts if you trust whoever wrote it\n"
    )
    assert not Path("executed").exists()
    assert not Path("out").exists()


def test_no_script_of_a_folder_is_run_that_is_not_trusted() -> None:
    """Neither are the scripts of a folder, nor their helpers."""
    Path("folder").mkdir()
    for name in ("_helper.py", "__init__.py", "slos.py"):
        Path("folder", name).write_text(UNTRUSTED)

    result = build("folder", "--no-scripts")

    assert result.exit_code == Exit.INPUT
    assert not Path("executed").exists()


def test_trusting_nobody_does_not_hide_what_else_is_wrong() -> None:
    """All paths are told in one run."""
    result = build("slos.py", "no.py", "--no-scripts")

    assert result.exit_code == Exit.INPUT
    assert "error: slos.py is Python, and scripts are not allowed" in result.stderr
    assert "error: no.py does not exist" in result.stderr


def test_a_name_that_is_too_long_is_code_4() -> None:
    """What the file system cannot take is told with a remedy, and nothing is written."""
    write("slos.py", old='service="shop"', new=f'service="{"é" * 60}"')

    result = build("slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert (
        "is too long for the name of a file\n  remedy: shorten it, or choose another layout\n"
        in result.stderr
    )
    assert not Path("out").exists()


def test_names_that_clash_are_code_4() -> None:
    """SLOs whose ids differ in case alone are told before a file is written."""
    write("more.py", old='service="shop"', new='service="Shop"')

    result = build("slos.py", "more.py")

    assert result.exit_code == Exit.UNDECIDED
    assert "error: prometheus/" in result.stderr
    assert "are one file where a file system ignores case" in result.stderr
    assert not Path("out/prometheus").exists()
