"""What a check is, and where what it is about was written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.plan import ResolvedSLO
from slogen.source import CallSite, Origin

if TYPE_CHECKING:
    from slogen.model import SLI
    from slogen.promql.query import Query


@attrs.frozen(kw_only=True)
class Check:
    """Something that is looked for in every SLO that compiles.

    Attributes:
        code: What its diagnostics are about.
        find: The function from an SLO with every choice made, and how many rules each of its groups
            has, to diagnostics.
    """

    code: Code
    find: Callable[[ResolvedSLO, tuple[int, ...]], Iterator[Diagnostic]]


@attrs.frozen(kw_only=True)
class BuildCheck:
    """Something that is looked for in all SLOs of a build together.

    Attributes:
        code: What its diagnostics are about.
        find: The function from the SLOs, with every choice made, to diagnostics.
    """

    code: Code
    find: Callable[[Sequence[ResolvedSLO]], Iterator[Diagnostic]]


def written(sli: SLI, query: Query) -> Origin | None:
    """Return where a query was written down: its own call, if it has one in a Python file."""
    is_inside = query.origin == sli.origin or not isinstance(sli.origin, CallSite)
    return sli.origin if is_inside else query.origin
