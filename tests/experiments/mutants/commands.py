"""Commands of mutants, which may never end: the whole family of a process is stopped in time."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# promtool collects garbage less often and takes one core of the two.
_ENVIRONMENT = {"GOGC": "400", "GOMAXPROCS": "1"}


def run(*command: str | Path, folder: Path, seconds: float) -> tuple[int | None, str]:
    """Return a command's exit code, None if it took too long, and what it printed."""
    with subprocess.Popen(  # noqa: S603 (the commands are written in this package)
        command,
        cwd=folder,
        env=os.environ | _ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return None, output
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, output
