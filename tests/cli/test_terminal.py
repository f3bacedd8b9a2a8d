"""What is different on a terminal: colours, the size of the screen, progress."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import slogen
from slogen.cli import asking
from slogen.cli.asking import Progress
from tests.live.world import AT, ERP, troubled_erp

if TYPE_CHECKING:
    import pytest

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command prints on a terminal of 80 columns and 14 lines."""
    ours, theirs = pty.openpty()
    settings = {"COLUMNS": "80", "LINES": "14", "TERM": "xterm", **environment}
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    root = str(Path(slogen.__path__[0]).parent)
    with subprocess.Popen(  # noqa: S603 (slogen itself)
        [sys.executable, "-m", "slogen", *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**clean, "PYTHONPATH": root, **settings},
    ) as process:
        os.close(theirs)
        text = b""
        while piece := _read(ours):
            text += piece
        os.close(ours)
    assert process.returncode == 0, text
    return text.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """Return what a terminal shows next; nothing where its other end is closed."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def test_the_screen_has_colours_and_fits() -> None:
    """States have colours, no line is longer than the screen, and there is room for six SLOs."""
    with troubled_erp().serving() as stub:
        options = ("--prometheus", stub.url, "--at", f"{AT:%Y-%m-%dT%H:%M}")
        text = on_terminal("status", str(ERP), *options)
        plain = on_terminal("status", str(ERP), *options, NO_COLOR="1")
    lines = _COLOUR.sub("", text).splitlines()

    assert "\x1b[91mexhausted\x1b[0m" in text
    assert "\x1b" not in plain
    assert plain.splitlines() == lines
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 14
    assert any(line.startswith("and 8 more: ") for line in lines)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """Say that somebody is watching."""
        return True


def test_progress_is_shown_when_it_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick answers write nothing; later ones one line, which is empty in the end."""
    stream = _Terminal()
    progress = Progress(stream)
    progress.step()
    quick = stream.getvalue()
    monkeypatch.setattr(asking, "_SECONDS_BEFORE_PROGRESS", -1.0)
    progress.step()
    progress.close()

    assert quick == ""
    assert "slogen: 2 answers from Prometheus" in stream.getvalue()
    assert stream.getvalue().endswith("\r")


def test_progress_is_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of a pipeline has no lines that are written over."""
    monkeypatch.setattr(asking, "_SECONDS_BEFORE_PROGRESS", -1.0)
    stream = io.StringIO()
    progress = Progress(stream)
    progress.step()
    progress.close()

    assert stream.getvalue() == ""
