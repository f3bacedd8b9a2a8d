"""Follows a page: writes its files, runs its commands in their order, compares what they print."""

from __future__ import annotations

import re
import subprocess
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+)\n")
_REPEATED = ("promtool query", "slogen status", "slogen gate")
"""How commands begin that a reader repeats until a server has the answer."""
_SECONDS = 300


@attrs.frozen
class Step:
    """A command, and what the page says that it prints; ``...`` stands for any text."""

    command: str
    shown: str

    def is_shown(self, printed: str) -> bool:
        """Tell whether the command printed what the page shows."""
        pattern = ".*".join(re.escape(part) for part in self.shown.strip().split("..."))
        return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@attrs.frozen
class File:
    """A file that the page lets its reader write."""

    path: str
    text: str


def read(page: str) -> Iterator[File | Step]:
    """Return what a reader of a page does, in order.

    Raises:
        ValueError: A block is neither a file, with its name in the first line, nor commands.
    """
    for kind, text in _BLOCK.findall(page):
        if kind == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                yield Step(command, shown)
        elif name := _FILE.match(text):
            yield File(name[1], text)
        else:
            raise ValueError(f"a block of {kind} has no name: {text[:60]!r}")


def follow(page: str, folder: Path, variables: Mapping[str, str]) -> None:
    """Do what a page says, in an empty folder; what it starts ends with it.

    Raises:
        AssertionError: A command printed something else than the page shows.
    """
    with ExitStack() as running:
        for step in read(page):
            if isinstance(step, File):
                (folder / step.path).write_text(step.text)
            elif step.command.endswith(" &"):
                process = subprocess.Popen(  # noqa: S603 - a command of the page
                    ["/bin/bash", "-c", f"exec {step.command.removesuffix(' &')}"],
                    cwd=folder,
                    env=variables,
                )
                running.callback(process.wait)
                running.callback(process.terminate)
            else:
                _run(step, folder, variables)


def _run(step: Step, folder: Path, variables: Mapping[str, str]) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        printed = subprocess.run(  # noqa: S603 - a command of the page
            ["/bin/bash", "-c", step.command],
            cwd=folder,
            env=variables,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        ).stdout
        if step.is_shown(printed):
            return
        if not step.command.startswith(_REPEATED) or time.monotonic() > deadline:
            raise AssertionError(f"$ {step.command}\nprints\n{printed}\nand not\n{step.shown}")
        time.sleep(1)
