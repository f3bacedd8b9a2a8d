"""Findings that tests make up."""

from __future__ import annotations

from slogen.diagnostics import Code, Diagnostic, Fix
from slogen.source import Position

ODD = Code.warning("odd", "something may harm", why="It may harm.", remedy="Do less.")
CHANGED = Code.note("changed", "something was changed")
WRONG = Code.error("wrong", "something is wrong")


def finding(  # noqa: PLR0913 (an attribute each)
    *,
    entry: Code = ODD,
    found: str = "it is odd",
    slo_id: str = "shop-a",
    argument: str | None = "objective",
    file: str = "slos/shop.yaml",
    line: int = 1,
    column: int = 1,
    end_column: int | None = None,
    fix: Fix | None = None,
) -> Diagnostic:
    """Return a finding at a place."""
    return Diagnostic(
        entry=entry,
        found=found,
        slo_id=slo_id,
        argument=argument,
        origin=Position(file, line, column, end_column),
        fix=fix,
    )
