"""The exit codes of every command, in one table."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class Exit(IntEnum):
    """What the exit code of a command says; each has one meaning, whatever the command.

    >>> Exit.INPUT, Exit.INPUT.meaning
    (<Exit.INPUT: 3>, 'an input cannot be compiled; nothing was written')

    Attributes:
        meaning: What it says, as the help and the docs have it.
    """

    meaning: str

    FINE = 0, "fine; there may be notes, and warnings of a build"
    FINDINGS = 1, "what was checked is not as it has to be: stale output, a warning, a spent budget"
    USAGE = 2, "the command line is wrong"
    INPUT = 3, "an input cannot be compiled; nothing was written"
    UNDECIDED = 4, "it could not be decided: a full disk, no promtool, no answer from Prometheus"
    INTERRUPTED = 130, "interrupted"

    def __new__(cls, number: int, meaning: str) -> Self:
        """Take the number, and what it says."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        return member
