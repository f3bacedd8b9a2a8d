"""Commands, run to their end with a bound on their time."""

import subprocess
from pathlib import Path

import attrs

COMMAND_MISSING = 127
"""What a shell returns for a command that it cannot find, and ld.so for a library that it lacks."""

TIMED_OUT = 124
"""What timeout(1) returns."""


@attrs.frozen(kw_only=True)
class Outcome:
    """How a command ended: its exit code, and stdout and stderr as one text."""

    code: int
    output: str


def run(*command: str | Path, seconds: float, folder: Path | None = None) -> Outcome:
    """Return a command's outcome; one that is missing or too slow has an outcome, too."""
    try:
        done = subprocess.run(  # noqa: S603 - the callers' commands are fixed, only paths vary
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        words = f"{_text(expired.output)}\n{command[0]}: stopped after {seconds:g} s"
        return Outcome(code=TIMED_OUT, output=words.strip())
    except OSError as error:
        return Outcome(code=COMMAND_MISSING, output=f"{command[0]}: {error.strerror}")
    return Outcome(code=done.returncode, output=_text(done.stdout))


def _text(output: bytes | None) -> str:
    return (output or b"").decode(errors="replace").strip()
