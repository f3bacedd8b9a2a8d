"""What a backfill wrote, and what is to be done with it, for people."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slogen.columns import aligned
from slogen.live.filling.results import AFTER, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.live.filling.results import Backfill, FilledSLO

_COLUMNS = ("SLO", "GROUPS", "HOURS", "FROM (UTC)", "TO (UTC)", "SAMPLES")


def backfill_text(found: Backfill) -> str:
    """Return a table of the SLOs, and the commands that load what was written."""
    return "".join(f"{line}\n" for line in _lines(found))


def commands(path: Path) -> tuple[str, str]:
    """Return the commands that make blocks of a file, and put them into a Prometheus.

    >>> from pathlib import Path
    >>> for command in commands(Path("backfill.om")):
    ...     print(command)
    promtool tsdb create-blocks-from openmetrics backfill.om backfill.om.blocks
    mv backfill.om.blocks/* DATADIR/
    """
    text, blocks = shlex.quote(str(path)), shlex.quote(f"{path}.blocks")
    return (
        f"promtool tsdb create-blocks-from openmetrics {text} {blocks}",
        f"mv {blocks}/* DATADIR/",
    )


def _lines(found: Backfill) -> Iterator[str]:
    read = sum(slo.read for slo in found.slos)
    yield from aligned([_COLUMNS, *map(_row, found.slos)])
    yield ""
    yield f"{read:,} samples read from {found.server}"
    if found.path is None:
        yield "No file was written: there is nothing to fill in."
        return
    yield f"{sum(slo.written for slo in found.slos):,} samples written to {found.path}"
    yield ""
    yield from commands(found.path)
    yield ""
    yield "DATADIR is the folder that --storage.tsdb.path of Prometheus names. It finds the blocks"
    yield "within two minutes, without a restart. Its user has to own them, and it has to keep"
    yield f"{found.days} days: --storage.tsdb.retention.time={found.days}d"


def _row(slo: FilledSLO) -> tuple[str, ...]:
    until = slo.started or slo.start
    span = (_minute(slo.start), _minute(until)) if slo.written else ("-", "-")
    return (slo.slo, str(slo.groups), str(slo.hours), *span, f"{slo.written:,}")


def notes(found: Backfill) -> Iterator[str]:
    """Yield why SLOs were not filled."""
    for slo in found.slos:
        if reason := _reason(slo):
            yield f"{slo.slo} was not filled: {reason}"


def _reason(slo: FilledSLO) -> str:
    match slo.state:
        case State.NO_RULES:
            return "its rules record nothing yet. Load them, and come back four hours later"
        case State.TOO_EARLY:
            ready = _minute((slo.started or 0) + float(AFTER.seconds))
            return (
                f"its rules began less than four hours ago.\nCome back after {ready} UTC: "
                "Prometheus must not be given blocks of the last hours"
            )
        case State.COMPLETE:
            return "its rules recorded all of this time"
        case State.NO_DATA:
            return "there are no raw series in this time"
        case State.FILLED:
            return ""


def _minute(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M}"
