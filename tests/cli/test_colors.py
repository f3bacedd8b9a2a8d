"""Colours are for people: they follow ``NO_COLOR``, ``FORCE_COLOR`` and what a terminal is."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import slogen
from slogen.cli import colors
from tests.cli.running import build, process, run, write

_COLOR = re.compile(r"\x1b\[[\d;]*m")
RED_ERROR = "\x1b[31m\x1b[1merror\x1b[0m:"
COMMANDS = [
    ("build", "bad.py", "--out", "out"),
    ("build", "slos.py", "--out", "out"),
    ("build", "slos.py", "--out", "out", "--check"),
    ("lint", "slos.py"),
    ("lint", "--explain", "invalid-value"),
    ("diff", "slos.py", "bad.py"),
    ("explain", "slos.py"),
    ("list", "slos.py"),
    ("list", "bad.py"),
    ("test", "bad.py"),
    ("schema",),
    ("--help",),
    ("nonsense",),
]


@pytest.fixture(autouse=True)
def bad() -> None:
    """Have a script whose objective cannot be, too."""
    write("bad.py", objective="100%")


def on_a_terminal(*arguments: str, **variables: str) -> str:
    """Return what a command writes on a terminal, both streams together."""
    root = str(Path(slogen.__path__[0]).parent)
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 (slogen itself)
        [sys.executable, "-m", "slogen", *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": root, "TERM": "xterm", **variables},
    ):
        os.close(theirs)
        written = _all_of(ours)
    return written.decode().replace("\r\n", "\n")


def _all_of(terminal: int) -> bytes:
    """Read until nobody can write any more, which Linux says with an error."""
    with open(terminal, "rb", buffering=0) as stream:
        written = b""
        while True:
            try:
                part = stream.read(1 << 16)
            except OSError:
                return written
            if not part:
                return written
            written += part


@pytest.mark.parametrize(
    ("variables", "has_colors"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_a_terminal_has_colors_unless_they_are_refused(
    variables: dict[str, str], *, has_colors: bool
) -> None:
    """The word that says how bad it is has one, and nothing else."""
    said = on_a_terminal("build", "bad.py", "--out", "out", **variables)

    assert _COLOR.sub("", said).startswith("hello\nbad.py:6:58: error: SLO.objective is")
    assert (RED_ERROR in said) == has_colors
    assert bool(_COLOR.search(said)) == has_colors


@pytest.mark.parametrize(
    ("variables", "has_colors"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"TERM": "x"}, False)]
)
def test_what_is_no_terminal_has_colors_if_they_are_asked_for(
    variables: dict[str, str], *, has_colors: bool
) -> None:
    """A pipe and a file have none, but a CI whose log shows them can ask."""
    done = process("-m", "slogen", "build", "bad.py", "--out", "out", **variables)

    assert (RED_ERROR.encode() in done.stderr) == has_colors


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_has_colors_where_they_are_refused(command: tuple[str, ...]) -> None:
    """On a terminal, too."""
    assert "\x1b" not in on_a_terminal(*command, NO_COLOR="1")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_colors_change_no_character(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without them the text is the same."""
    plain = run(*command)
    monkeypatch.setenv("FORCE_COLOR", "1")
    shutil.rmtree("out", ignore_errors=True)
    colored = run(*command)

    assert _COLOR.sub("", colored.stdout) == plain.stdout
    assert _COLOR.sub("", colored.stderr) == plain.stderr


@pytest.mark.parametrize("word", ["error", "warning", "note"])
def test_each_severity_has_a_color(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note and a warning are told apart from an error at first sight."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    said = run("lint", "slos.py", "--retention", "1d").stdout + run("lint", "bad.py").stdout

    assert re.search(rf"\x1b\[3\dm\x1b\[1m{word}\x1b\[0m: ", said)


def test_each_verdict_has_a_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is seen at first sight; a word of a report that looks like it is left alone."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    said = colors.with_colored_verdicts("ok    a\n      ok then\nFAIL  b\nokay\n", sys.stdout)

    assert said == (
        "\x1b[32m\x1b[1mok\x1b[0m    a\n      ok then\n\x1b[31m\x1b[1mFAIL\x1b[0m  b\nokay\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        ("build", "bad.py", "--out", "out", "--format", "json"),
        ("build", "bad.py", "--out", "out", "--format", "github"),
        ("lint", "slos.py", "--format", "json"),
        ("lint", "slos.py", "--format", "github"),
        ("lint", "slos.py", "--format", "sarif"),
        ("list", "slos.py", "--format", "json"),
        ("list", "slos.py", "--format", "yaml"),
    ],
    ids=" ".join,
)
def test_programs_read_no_colors(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a form for programs has no use for them, whatever the environment says."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    result = run(*command)

    assert "\x1b" not in result.stdout + result.stderr


def test_files_have_no_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is built is the same in any environment."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    build("slos.py")

    assert "\x1b" not in Path("out/prometheus/shop-availability.yaml").read_text()
