"""promtool: where it is, how it is run, and what it prints about a file of tests.

It was written from what promtool 2.42 and 3.5 print. What it does not know it does not pass over:
a proof must not pass because its verdict could not be read.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import ToolMissing
from slogen.targets.output import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "promtool"
_REMEDIES = (
    "install it: apt install prometheus, from Debian trixie on apt install promtool,",
    "or download it from https://prometheus.io/download/;",
    'or name it with --promtool FILE, or with promtool = "..." in slogen.toml',
)
_VERSION = re.compile(r"promtool, version (\d+\.\d+\.\d+\S*)")
_VERSION_SECONDS = 30
_TEST_SECONDS = 600
# Garbage is collected less often, which saves a quarter of the time; and as many runs as there are
# cores need no more than two each.
_ENVIRONMENT = {"GOGC": "400", "GOMAXPROCS": "2"}

_VERDICTS = {
    0: (re.compile(r"(?:Unit Testing: .*)?\s*  SUCCESS\s*"), ""),
    1: (re.compile(r"(?:Unit Testing: .*)?\s*"), "  FAILED:"),
}
"""What stdout holds, and the first line of stderr, by the exit code."""
_NAME_OF_TEST = re.compile(r"    name: (.*),")
_HEAD = re.compile(r'    expr: (?P<expr>"(?:[^"\\]|\\.)*"), time: \w+,(?: err: (?P<error>.*))?')
_ALERT_HEAD = re.compile(r"    alertname: (?P<alert>.*), time: \w+, ")
_ALERTS_EXPECTED, _ALERTS_GOT = "        exp:", "        got:"
_LABELS_OF_ALERT = re.compile(r"              (Labels:\{.*\})")
_TEXTS_OF_ALERT = re.compile(r"              (Annotations:\{.*\}),?")
_EXPECTED = re.compile(r"        exp: (.+)")
_GOT = re.compile(r"        got: (.+)")


class Unreadable(Exception):
    """What promtool printed is not known to be a verdict; the message says what is odd."""


@attrs.frozen
class Tool:
    """A promtool that can be run.

    Attributes:
        path: An absolute path.
        version: Such as ``3.5.3``.
    """

    path: Path
    version: str


@attrs.frozen
class Outcome:
    """How a run of promtool ended.

    Attributes:
        ending: The exit code; in words if it did not come to an end by itself.
        stdout: What it printed.
        stderr: What it printed there.
    """

    ending: int | str
    stdout: str
    stderr: str


@attrs.frozen
class Mismatch:
    """An expression that did not give what the test file expects, or alerts that did not.

    Attributes:
        expr: The expression as promtool prints it: a string of Go in double quotes; empty for
            alerts.
        expected: The samples that were expected, or the alerts that did not fire so; ``nil`` for
            none.
        got: Those that came out.
        error: What is wrong with the expression, if it could not be asked.
        alert: The name of the alerts; empty for an expression.
        test: The name of the test that asks for the alerts.
    """

    expr: str
    expected: str = ""
    got: str = ""
    error: str = ""
    alert: str = ""
    test: str = ""


def find(named: str | None) -> Tool:
    """Return a promtool by its path, or by a name that PATH is searched for.

    Raises:
        ToolMissing: If there is none, or it does not tell its version.
        OutputError: If what it prints cannot be kept.
    """
    path = _path(named or _NAME)
    outcome = Runs(_VERSION_SECONDS).run(path, "--version")
    version = _VERSION.match(outcome.stdout) or _VERSION.match(outcome.stderr)
    if outcome.ending != 0 or not version:
        raise _missing(f"{path}, which does not tell the version of a promtool")
    return Tool(path, version[1])


def _path(name: str) -> Path:
    found = shutil.which(name)
    if not found:
        is_bare = Path(name).name == name
        raise _missing(f"no {name!r} on PATH" if is_bare else f"no program at {name!r}")
    return Path(found).absolute()


def _missing(reason: str) -> ToolMissing:
    return ToolMissing(_NAME, reason, _REMEDIES)


class Runs:
    """Runs of programs at the same time, each bounded, that can be stopped all at once."""

    def __init__(self, seconds: float = _TEST_SECONDS) -> None:
        """Bound each run to so many seconds."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._is_stopped = False

    def test(self, tool: Tool, file: Path) -> Outcome:
        """Run a file of tests.

        Raises:
            OutputError: If what promtool prints cannot be kept.
        """
        # In the file's folder, so that promtool takes no part of a path for a pattern.
        return self.run(tool.path, "test", "rules", file.name, folder=file.parent)

    def run(self, path: Path, *arguments: str, folder: Path | None = None) -> Outcome:
        """Run a program to its end.

        Raises:
            OutputError: If what it prints cannot be kept.
        """
        # Files instead of pipes, which the program's own programs would hold open.
        with explained(), tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            ending = self._ending((str(path), *arguments), folder, stdout, stderr)
            return Outcome(ending, _text(stdout), _text(stderr))

    def stop(self) -> None:
        """End all runs, and let none begin."""
        with self._lock:
            self._is_stopped = True
            for process in self._running:
                _kill(process)

    def _ending(
        self,
        command: tuple[str, ...],
        folder: Path | None,
        stdout: IO[bytes],
        stderr: IO[bytes],
    ) -> int | str:
        try:
            process = self._begun(command, folder, stdout, stderr)
        except OSError as error:
            return f"it cannot be run: {reason_of(error)}"
        if process is None:
            return "it was stopped"
        try:
            code = process.wait(self._seconds)
        except subprocess.TimeoutExpired:
            return f"it was stopped after {self._seconds:g}s"
        finally:
            _kill(process)
            process.wait()
            with self._lock:
                self._running.discard(process)
        return code if code >= 0 else f"it was ended by {_signal(-code)}"

    def _begun(
        self,
        command: tuple[str, ...],
        folder: Path | None,
        stdout: IO[bytes],
        stderr: IO[bytes],
    ) -> subprocess.Popen[bytes] | None:
        """Return a process that `stop` knows; None if none is to begin any more."""
        with self._lock:
            if self._is_stopped:
                return None
            process = subprocess.Popen(  # noqa: S603 (the user names the program; no shell)
                command,
                cwd=folder,
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
            self._running.add(process)
            return process


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it has not ended yet, and those that it has started."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:  # Windows
            process.kill()


def _signal(number: int) -> str:
    return next((each.name for each in signal.Signals if each == number), f"signal {number}")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def mismatches(outcome: Outcome) -> tuple[Mismatch, ...]:
    """Return the expressions that did not give what a file of tests expects.

    Raises:
        Unreadable: If promtool did not come to a verdict, or printed anything besides.
    """
    if isinstance(outcome.ending, str):
        raise Unreadable(outcome.ending)
    if outcome.ending not in _VERDICTS:
        raise Unreadable(f"it ended with code {outcome.ending}")
    stdout, head = _VERDICTS[outcome.ending]
    if not stdout.fullmatch(outcome.stdout):
        raise Unreadable("it printed no verdict that slogen knows")
    lines = outcome.stderr.removesuffix("\n").split("\n")
    if lines[0] != head:
        raise Unreadable(f"it printed {lines[0]!r}")
    return tuple(_mismatches(iter(lines[1:])))


def _mismatches(lines: Iterator[str]) -> Iterator[Mismatch]:
    test = ""
    for line in lines:
        if name := _NAME_OF_TEST.fullmatch(line):
            test = name[1]
            continue
        if alert := _ALERT_HEAD.fullmatch(line):
            yield _of_alerts(alert["alert"], test, lines)
            continue
        match = _HEAD.fullmatch(line)
        if not match:
            raise Unreadable(f"it printed {line!r}")
        if match["error"] is not None:
            yield Mismatch(match["expr"], error=match["error"])
        else:
            expected, got = _value(_EXPECTED, lines), _value(_GOT, lines)
            yield Mismatch(match["expr"], expected=expected, got=got)


def _of_alerts(name: str, test: str, lines: Iterator[str]) -> Mismatch:
    """Return the alerts that differ; those that are as expected are left out."""
    expected = _alerts(_ALERTS_EXPECTED, ", ", lines)
    got = _alerts(_ALERTS_GOT, "", lines)
    missing = [alert for alert in expected if alert not in got]
    other = [alert for alert in got if alert not in expected]
    return Mismatch(
        "",
        expected="; ".join(missing) or "nil",
        got="; ".join(other) or "nil",
        alert=name,
        test=test,
    )


def _alerts(begin: str, end: str, lines: Iterator[str]) -> list[str]:
    """Return alerts that promtool prints, each with its labels and annotations on one line."""
    line = next(lines, "")
    found: list[str] = []
    if line == f"{begin}[]{end}":
        return []
    if line != f"{begin}[":
        raise Unreadable(f"it printed {line!r} below an alert")
    for line in lines:
        if line == f"            ]{end}":
            return found
        labels = _value(_LABELS_OF_ALERT, lines)
        found.append(f"{labels} {_value(_TEXTS_OF_ALERT, lines)}")
    raise Unreadable("it printed alerts without an end")


def _value(pattern: re.Pattern[str], lines: Iterator[str]) -> str:
    line = next(lines, "")
    match = pattern.fullmatch(line)
    if not match:
        raise Unreadable(f"it printed {line!r} below an expression or an alert")
    return match[1]
