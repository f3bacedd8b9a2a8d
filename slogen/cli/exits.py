"""The exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of a command says.

    Attributes:
        FINE: All is well.
        FINDINGS: There are findings, the output is stale, or a proof failed.
        USAGE: The command line is wrong.
        INPUT: What the user wrote cannot be compiled.
        UNDECIDED: Nothing can be said: no data, a server or a tool missing, a disk that is full.
        INTERRUPTED: Ctrl-C.
    """

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    UNDECIDED = 4
    INTERRUPTED = 130
