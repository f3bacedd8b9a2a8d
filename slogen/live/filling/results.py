"""What a backfill wrote."""

from __future__ import annotations

from pathlib import Path

import attrs


@attrs.frozen(kw_only=True)
class FilledSLO:
    """What was computed of an SLO; times are in seconds since the epoch.

    Attributes:
        slo: Its id.
        groups: How many groups had data.
        hours: How many hours of groups were written.
        start: The beginning of the time that was looked at.
        end: The last evaluation that was computed.
        started: When the rules of the SLO began to record; None if they have recorded nothing yet.
        load_by: When the rules record the next hour, and miss what was computed of it unless the
            blocks are loaded; None if they do not.
        read: How many samples were read.
        written: How many samples were written.
    """

    slo: str
    groups: int
    hours: int
    start: float
    end: float
    started: float | None
    load_by: float | None
    read: int
    written: int


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
