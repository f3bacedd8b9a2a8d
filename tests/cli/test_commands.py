"""The command line: exit codes, what goes to which stream, and what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import slogen
from slogen import api
from slogen.cli.exits import Exit
from tests.cli.running import SLOS, build, process, run, without_notes, write

SUMMARY = "slogen: 1 SLO, 39 rules in out, 2 files written\n"


def test_builds_and_sums_up() -> None:
    """A build writes a file a service, a manifest, and a line on stderr that counts."""
    result = build("slos.py")

    assert result.exit_code == Exit.FINE
    assert without_notes(result.stderr) == f"hello\n{SUMMARY}"
    assert [str(p) for p in Path("out").rglob("*.yaml")] == [
        "out/prometheus/shop-availability.yaml"
    ]


def test_the_summary_counts_what_changed() -> None:
    """A second build changes nothing, and says so."""
    build("slos.py")

    result = build("slos.py")

    assert result.stderr.endswith("slogen: 1 SLO, 39 rules in out, 0 files written\n")


def test_stdout_is_for_artefacts() -> None:
    """What a script prints goes to stderr, so that stdout can be piped."""
    result = build("slos.py")

    assert result.stdout == ""
    assert "hello" in result.stderr


def test_what_programs_of_a_script_print_stays_off_stdout() -> None:
    """A program that a script runs inherits the streams, and must not write into stdout."""
    write("slos.py", old='print("hello")', new='import os; os.system("echo hello")')

    result = process("-m", "slogen", "build", "slos.py", "--out", "out")

    assert result.stdout == b""
    assert result.returncode == Exit.FINE


def test_notes_are_on_stderr() -> None:
    """What slogen changed is told before the summary, with place and code."""
    write("slos.py", objective="90%")

    result = build("slos.py")

    assert result.exit_code == Exit.FINE
    assert result.stderr.split("\n")[1] == (
        "slos.py:6:58: note: shop-availability: the page at 14.4x over 1h is lowered to 9x: with "
        "an objective of 90% it would need an error ratio of 144% [tier-lowered]"
    )


def test_scrape_interval_reaches_the_rules() -> None:
    """The option is how often the fast groups run."""
    result = build("slos.py", "--scrape-interval", "15s")

    assert result.exit_code == Exit.FINE
    assert "interval: 15s" in Path("out/prometheus/shop-availability.yaml").read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("build",),
        ("build", "slos.py"),
        ("build", "--out", "out"),
        ("build", "slos.py", "--out", "slos.py"),
        ("build", "slos.py", "--out", "out", "--nonsense"),
    ],
)
def test_a_wrong_command_line_is_code_2(arguments: tuple[str, ...]) -> None:
    """What is no command is told with the usage."""
    result = run(*arguments)

    assert result.exit_code == Exit.USAGE
    assert "Usage: slogen" in result.stderr
    assert result.stdout == ""
    assert not Path("out").exists()


@pytest.mark.parametrize("value", ["", "x", "30", "7s", "4m", "nan"])
def test_a_wrong_option_is_code_2(value: str) -> None:
    """A value that an option does not take is a wrong command line, and no file is to blame."""
    result = build("slos.py", "--scrape-interval", value)

    assert result.exit_code == Exit.USAGE
    assert "--scrape-interval" in result.stderr
    assert ".py:" not in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 / 0", "bad.py:1:1: error: ZeroDivisionError: division by zero"),
        ("x =", "bad.py:1:4: error: SyntaxError: invalid syntax"),
        ("x = 1", "error: there is no SLO in bad.py"),
        ("import sys; sys.exit(0)", "bad.py:1:13: error: the script called sys.exit(0) instead"),
        (SLOS.replace("OBJECTIVE", "100%"), 'bad.py:6:58: error: SLO.objective is "100%"'),
        (SLOS.replace("OBJECTIVE", "99%"), 'slos.py:6:7: error: two SLOs have the id "shop-avail'),
    ],
)
def test_a_bad_input_is_code_3(text: str, expected: str) -> None:
    """What cannot be compiled is told with its place, and nothing is written."""
    Path("bad.py").write_text(text)

    result = build("bad.py", "slos.py")

    assert result.exit_code == Exit.INPUT
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not Path("out").exists()


def test_a_missing_input_is_code_3() -> None:
    """A path that does not exist is an input without SLOs."""
    result = build("no.py")

    assert result.exit_code == Exit.INPUT
    assert result.stderr == (
        "error: no.py does not exist\n"
        "  allowed: files that end in .py, .yaml, .yml, and folders of such files\n"
    )


def test_a_bad_input_leaves_the_last_build() -> None:
    """Files of an earlier build stay as they are when a later one fails."""
    build("slos.py")
    before = Path("out/prometheus/shop-availability.yaml").read_bytes()
    write("slos.py", objective="0%")

    result = build("slos.py")

    assert result.exit_code == Exit.INPUT
    assert Path("out/prometheus/shop-availability.yaml").read_bytes() == before


def test_a_foreign_file_is_code_4() -> None:
    """A file that slogen did not write stays, and slogen says so."""
    foreign = Path("out/prometheus/shop-availability.yaml")
    foreign.parent.mkdir(parents=True)
    foreign.write_text("groups: []\n")

    result = build("slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert result.stderr == (
        f"hello\nerror: {foreign} was not written by slogen; it stays and nothing is written\n"
        "  remedy: move that file away, or choose another --out\n"
    )
    assert foreign.read_text() == "groups: []\n"


def test_a_disk_that_refuses_is_code_4() -> None:
    """What the file system refuses is told with the path."""
    Path("out").mkdir()
    Path("out/prometheus").write_text("I am a file")

    result = build("slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert "error: cannot write out/prometheus" in result.stderr


@pytest.mark.parametrize("when", ["resolved", "compiled"])
def test_an_interrupt_is_code_130(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends slogen with the code that shells expect, and without a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, when, interrupted)

    result = build("slos.py")

    assert result.exit_code == Exit.INTERRUPTED
    assert result.stderr.endswith("interrupted\n")
    assert not Path("out").exists()


def test_tells_its_version() -> None:
    """The version goes to stdout, for scripts to read."""
    result = run("--version")

    assert result.exit_code == Exit.FINE
    assert result.stdout == f"slogen {slogen.__version__}\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_helps(option: str) -> None:
    """Help names the commands and every exit code."""
    result = run(option)

    assert result.exit_code == Exit.FINE
    assert re.search(r"build +Build files from definitions\.", result.stdout)
    assert re.search(r"list +List the SLOs of definitions\.", result.stdout)
    assert all(f"  {code.value}  " in result.stdout for code in Exit)
    assert "--scrape-interval DURATION" in run("build", option).stdout


def test_the_version_is_told_without_loading_the_model() -> None:
    """``--version`` imports neither the model nor the parser: a hook pays for imports each time."""
    code = "main(['--version'], standalone_mode=False)\nprint(*sys.modules)"

    result = process("-c", f"import sys\nfrom slogen.cli import main\n{code}")

    modules = set(result.stdout.decode().split())
    assert "slogen.cli" in modules
    assert not modules & {"attrs", "promql_parser", "slogen.model", "slogen.api"}


def test_two_builds_are_byte_identical(folder: Path) -> None:
    """Neither the place nor the seed of hashes nor the language shows in what is written."""
    script = str(folder / "slos.py")

    first = process(
        "-m", "slogen", "build", "slos.py", "--out", "first", PYTHONHASHSEED="1", LC_ALL="C"
    )
    second = process(
        "-m", "slogen", "build", script, "--out", "second", PYTHONHASHSEED="2", PYTHONUTF8="1"
    )

    assert (first.returncode, second.returncode) == (0, 0)
    one, other = (
        Path(out, "prometheus/shop-availability.yaml").read_bytes() for out in ("first", "second")
    )
    assert one == other
    assert str(folder).encode() not in one


def test_runs_as_a_module() -> None:
    """``python -m slogen`` is the command line, its code the process's."""
    result = process("-m", "slogen", "build", "no.py", "--out", "out")

    assert result.returncode == Exit.INPUT
    assert result.stdout == b""
    assert result.stderr.startswith(b"error: no.py does not exist")
