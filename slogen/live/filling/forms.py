"""What a backfill wrote, and what is to be done with it, for people."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slogen.columns import aligned

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
    span = (_minute(slo.start), _minute(slo.end)) if slo.start < slo.end else ("-", "-")
    return (slo.slo, str(slo.groups), str(slo.hours), *span, f"{slo.written:,}")


def notes(found: Backfill) -> Iterator[str]:
    """Yield what has to be known of SLOs before their blocks are loaded."""
    for slo in found.slos:
        if slo.start >= slo.end:
            yield f"{slo.slo}: its rules recorded all of this time"
        elif not slo.written:
            yield f"{slo.slo}: there are no raw series in this time"
        elif slo.started is None:
            yield (
                f"{slo.slo}: its rules record nothing yet, and what happens until they do will be\n"
                "missing. Load the rules first, and backfill a few minutes later"
            )
        elif slo.load_by is not None:
            yield (
                f"{slo.slo}: load the blocks before {_minute(slo.load_by)} UTC, when the rules\n"
                "record the hour in which they began; or else backfill after that time"
            )


def _minute(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M}"
