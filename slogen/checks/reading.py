"""What an SLI reads, and where that was written down: what several checks ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.promql.matchers import SelectorNode, selectors_in
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.source import CallSite, Occurrence, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.diagnostics import Code
    from slogen.model import SLI
    from slogen.plan import ResolvedSLO


def read_by(sli: SLI) -> Iterator[tuple[str, Selector | Query]]:
    """Yield what an SLI reads, each with the argument that it was given as."""
    for field in attrs.fields(type(sli)):
        value = getattr(sli, field.name)
        if isinstance(value, Selector | Query):
            yield field.name, value


def queries_of(sli: SLI) -> Iterator[tuple[str, Query]]:
    """Yield the free queries of an SLI, each with the argument that it was given as."""
    return ((name, source) for name, source in read_by(sli) if isinstance(source, Query))


def selectors_of(source: Selector | Query) -> tuple[SelectorNode, ...]:
    """Return the selectors of what an SLI reads."""
    if isinstance(source, Query):
        return selectors_in(source)
    return (SelectorNode(source.metric, source.matchers),)


def written(sli: SLI, source: Selector | Query) -> Origin | None:
    """Return where what an SLI reads was written: its own call, if it has one in a Python file."""
    is_inside = source.origin == sli.origin or not isinstance(sli.origin, CallSite)
    return sli.origin if is_inside else source.origin


def diagnostic_of(  # noqa: PLR0913 (what was found, and where)
    slo: ResolvedSLO,
    argument: str,
    source: Selector | Query,
    *,
    entry: Code,
    found: str,
    remedy: str,
    allowed: str = "",
    part: str = "",
) -> Diagnostic:
    """Return what there is to say about something that an SLI reads, or about a part of it."""
    return Diagnostic(
        entry=entry,
        found=found,
        allowed=allowed,
        remedy=remedy,
        slo_id=slo.definition.id,
        argument=argument,
        origin=written(slo.definition.sli, source),
        part=Occurrence(part) if part else None,
    )


def lacking(
    slos: Iterable[ResolvedSLO], entry: Code, argument: str, what: str, remedy: str
) -> Iterator[Diagnostic]:
    """Yield what there is to say about SLOs that lack something."""
    for slo in slos:
        yield Diagnostic(
            entry=entry,
            found=what,
            remedy=remedy,
            slo_id=slo.definition.id,
            argument=argument,
            origin=slo.definition.origin,
        )
