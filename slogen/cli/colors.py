"""Colours for people: where they are wanted, and which words have one."""

from __future__ import annotations

import os
import re
from typing import IO

import click

_OF_SEVERITIES = {"error": "red", "warning": "yellow", "note": "cyan"}
_SEVERITY = re.compile(rf"^((?:\S.*?: )?)({'|'.join(_OF_SEVERITIES)}):", re.MULTILINE)
"""What the first line of a diagnostic begins with: its place, if it has one, and how bad it is."""
_OF_VERDICTS = {"ok": "green", "FAIL": "red"}
_VERDICT = re.compile(rf"^({'|'.join(_OF_VERDICTS)})\b", re.MULTILINE)


def wants_colors(stream: IO[str]) -> bool:
    """Tell whether what is written to a stream has colours.

    ``NO_COLOR`` forbids them and ``FORCE_COLOR`` asks for them, where they are set and not empty;
    else a terminal has them, unless ``TERM`` says that it is dumb. Python's own messages go by the
    same order.

    Sources: https://no-color.org, https://force-color.org
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def with_colored_severities(text: str, stream: IO[str]) -> str:
    """Return diagnostics as they are written to a stream: how bad each is has its colour."""
    if not wants_colors(stream):
        return text
    return _SEVERITY.sub(lambda match: match[1] + _bold(match[2], _OF_SEVERITIES) + ":", text)


def with_colored_verdicts(text: str, stream: IO[str]) -> str:
    """Return reports of proofs as they are written to a stream: each verdict has its colour."""
    if not wants_colors(stream):
        return text
    return _VERDICT.sub(lambda match: _bold(match[1], _OF_VERDICTS), text)


def _bold(word: str, colors: dict[str, str]) -> str:
    return click.style(word, fg=colors[word], bold=True)
