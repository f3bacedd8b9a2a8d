"""What a backfill wrote."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import attrs

from slogen.units import Duration

AFTER = Duration("4h")
"""How long rules have to run before their past is filled. A Prometheus that starts drops from its
memory what is older than the end of its newest block, and it has up to three hours there."""


class State(Enum):
    """What became of an SLO.

    Attributes:
        FILLED: Something was written.
        NO_RULES: Its rules have recorded nothing yet, so that nobody knows where to end.
        TOO_EARLY: Its rules began less than four hours ago.
        COMPLETE: Its rules recorded all of the time.
        NO_DATA: There are no raw series in the time.
    """

    FILLED = "filled"
    NO_RULES = "no rules"
    TOO_EARLY = "too early"
    COMPLETE = "complete"
    NO_DATA = "no data"


@attrs.frozen(kw_only=True)
class FilledSLO:
    """What was computed of an SLO; times are in seconds since the epoch.

    Attributes:
        slo: Its id.
        state: Whether something was written, or why not.
        groups: How many groups had data.
        hours: How many hours of groups were written.
        start: The beginning of the time that was looked at.
        started: When the rules of the SLO began to record; None if they have recorded nothing yet.
            What was written ends one evaluation before.
        read: How many samples were read.
        written: How many samples were written.
    """

    slo: str
    state: State
    start: float
    started: float | None
    groups: int = 0
    hours: int = 0
    read: int = 0
    written: int = 0


@attrs.frozen(kw_only=True)
class Backfill:
    """What a backfill wrote.

    Attributes:
        server: The address of whoever was asked, without credentials.
        path: The file, in OpenMetrics; None if there was nothing to write, and no file was made.
        slos: What was computed of each SLO.
        days: How many days Prometheus has to keep for the longest window.
    """

    server: str
    path: Path | None
    slos: tuple[FilledSLO, ...]
    days: int
