"""Where what a check is about was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.source import CallSite

if TYPE_CHECKING:
    from slogen.model import SLI
    from slogen.promql.query import Query
    from slogen.source import Origin


def written(sli: SLI, query: Query) -> Origin | None:
    """Return where a query was written down: its own call, if it has one in a Python file."""
    is_inside = query.origin == sli.origin or not isinstance(sli.origin, CallSite)
    return sli.origin if is_inside else query.origin
