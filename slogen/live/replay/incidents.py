"""A file of incidents: CSV with the columns start, end and, if wanted, name."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.live.replay.results import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMNS = "the columns start and end, and name if wanted; others are left alone"
_MOMENT = "a moment such as 2026-11-26T16:00 (UTC) or 2026-11-26T16:00+01:00"


def incidents_of(name: str, lines: Iterable[str]) -> tuple[Incident, ...]:
    """Return the incidents of a file.

    Args:
        name: What the file is called in messages.
        lines: Its lines.

    Raises:
        InvalidValue: If a column is missing, or a moment is none, or an end is not after its start.
    """
    reader = csv.DictReader(lines, strict=True)
    try:
        columns = reader.fieldnames or ()
        if not {"start", "end"} <= {*columns}:
            found = ", ".join(columns) or "nothing"
            raise InvalidValue(f"line 1 of {name}", found, _COLUMNS)
        return tuple(_incident(f"line {reader.line_num} of {name}", row) for row in reader)
    except csv.Error as fault:
        raise InvalidValue(f"line {reader.line_num} of {name}", str(fault), "CSV") from fault


def _incident(place: str, row: dict[str, str | None]) -> Incident:
    start, end = (_moment(f"{column} in {place}", row[column]) for column in ("start", "end"))
    if end <= start:
        raise InvalidValue(f"end in {place}", repr(row["end"]), "a moment after the start")
    return Incident(name=(row.get("name") or "").strip(), start=start, end=end)


def _moment(subject: str, text: str | None) -> float:
    try:
        found = datetime.fromisoformat((text or "").strip())
        known = found if found.tzinfo else found.replace(tzinfo=UTC)
        return known.astimezone(UTC).timestamp()
    except (ValueError, OverflowError):  # The other one is a year that UTC does not have.
        raise InvalidValue(subject, repr(text or ""), _MOMENT) from None
