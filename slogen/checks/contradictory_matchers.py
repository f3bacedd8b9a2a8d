"""A selector has matchers that no series satisfies together, or that contradict the total's.

The series that are selected cannot exist. Either bad events are never counted and the SLO looks
perfect, or there is no data at all. Remove one of the two matchers. If the matchers of bad or good
events contradict those of the total, remove the matcher from the total, because the total has to
count these events as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code
from slogen.model import Events
from slogen.promql.matchers import contradiction
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query
    from slogen.promql.selector import Matcher

_NEGATIVE = frozenset({"!=", "!~"})


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    for argument, source in read_by(sli):
        for selector in selectors_of(source):
            if pair := contradiction(selector.matchers):
                found = f"selects nothing: no series has both {pair[0]} and {pair[1]}"
                remedy = "remove one of the two matchers"
                yield _diagnostic(slo, argument, source, found, remedy, pair[1])
    if isinstance(sli, Events):
        yield from _outside(slo, sli)


def _outside(slo: ResolvedSLO, sli: Events) -> Iterator[Diagnostic]:
    """Find events that the total of the same metric leaves out on purpose."""
    argument, part = ("good", sli.good) if sli.bad is None else ("bad", sli.bad)
    total = sli.total
    if not isinstance(total, Selector) or not isinstance(part, Selector):
        return
    if total.metric != part.metric or contradiction(part.matchers):
        return
    for matcher in total.matchers:
        pair = contradiction((matcher, *part.matchers)) if matcher.operator in _NEGATIVE else None
        if pair:
            found = f"has {pair[1]}, which total leaves out by {pair[0]}"
            remedy = f"remove {pair[0]} from total: it counts all events"
            yield _diagnostic(slo, argument, part, found, remedy, pair[1])


def _diagnostic(  # noqa: PLR0913, PLR0917 (what was found, and where)
    slo: ResolvedSLO,
    argument: str,
    source: Selector | Query,
    found: str,
    remedy: str,
    matcher: Matcher,
) -> Diagnostic:
    return diagnostic_of(
        slo,
        argument,
        source,
        entry=CHECK.code,
        found=f"{argument} of {slo.definition.id} {found}",
        allowed="matchers that a series can satisfy together",
        remedy=remedy,
        part=str(matcher),
    )


CHECK = Check(
    code=Code.error(
        "contradictory-matchers",
        "no series satisfies all matchers, or those of the total",
        doc=__doc__,
    ),
    find=_find,
)
