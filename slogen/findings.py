"""Findings: what slogen did differently from what one might expect, or advises against."""

from __future__ import annotations

import attrs

from slogen.source import Origin


@attrs.frozen
class Finding:
    """Something worth knowing about definitions that compile nevertheless.

    Attributes:
        code: A stable name, such as ``tier-lowered``.
        slo_id: The SLO that it is about; empty where it is about a file.
        message: What was found and what slogen made of it.
        origin: Where that was written down.
    """

    code: str
    slo_id: str
    message: str
    origin: Origin | None = attrs.field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        position = self.origin.position() if self.origin else None
        place = f"{position}: " if position else ""
        subject = f"{self.slo_id}: " if self.slo_id else ""
        return f"{place}note: {subject}{self.message} [{self.code}]"
