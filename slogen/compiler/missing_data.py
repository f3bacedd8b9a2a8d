"""What to look at when data is missing: the series that an SLI reads, and who records them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.selector import Selector, braced
from slogen.templates import literal

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query

_OF_TARGETS = frozenset({"job", "instance"})
"""The labels that a scrape gives to ``up`` as well."""


def end_of_data(slo: ResolvedSLO, *, of_group: bool = False) -> str:
    """Return the lines that say what to query where data ended, and what follows from the answer.

    Query: http_requests_total{job="shop"}
    No result: the target is down or no longer scraped, see up{job="shop"}; or a metric or a label
    has another name.
    A result: the rule group slogen:shop-availability:fast fails or does not run.

    Args:
        slo: The SLO.
        of_group: Whether the data of one group ended, whose labels the alert has.
    """
    gone = "the group has left, its" if of_group else "the"
    return (
        f"{_queries(slo, of_group=of_group)}\n"
        f"No result: {gone} target is down or no longer scraped, see {_up(slo)}; "
        "or a metric or a label has another name.\n"
        f"A result: the rule group {_rules(slo)} fails or does not run."
    )


def gaps_in_data(slo: ResolvedSLO) -> str:
    """Return the lines that say what to query where data has gaps.

    Query: http_requests_total{job="shop",tenant="a"}
    Gaps there: scrapes fail or take too long, see up{job="shop"}.
    No gaps there: the rule group slogen:shop-availability:fast misses evaluations.
    """
    return (
        f"{_queries(slo, of_group=True)}\n"
        f"Gaps there: scrapes fail or take too long, see {_up(slo)}.\n"
        f"No gaps there: the rule group {_rules(slo)} misses evaluations."
    )


def _queries(slo: ResolvedSLO, *, of_group: bool) -> str:
    groups = slo.definition.group_by if of_group else ()
    queries = (_pasted(slo, each, groups) for each in slo.definition.sli.needed)
    return "\n".join(f"Query: {query}" for query in queries)


def _pasted(slo: ResolvedSLO, needed: Selector | Query, groups: tuple[str, ...]) -> str:
    """Return a query to paste; a selector is narrowed to the alert's group."""
    if not isinstance(needed, Selector):
        return literal(needed.with_window(slo.timing.base_range))
    if not groups:
        return literal(str(needed))
    given = "".join(f"{matcher}," for matcher in needed.matchers)
    first, *others = (f'{{{{ printf "%q" $labels.{label} }}}}' for label in groups)
    narrowed = [f"{literal(f'{needed.metric}{{{given}{groups[0]}=')}{first}"]
    narrowed += [f"{label}={value}" for label, value in zip(groups[1:], others, strict=True)]
    return f"{','.join(narrowed)}}}"


def _up(slo: ResolvedSLO) -> str:
    """Return the selector of the targets, as far as matchers say which they are."""
    selectors = [each for each in slo.definition.sli.needed if isinstance(each, Selector)]
    matchers = selectors[0].matchers if selectors else ()
    return literal(f"up{braced(tuple(m for m in matchers if m.label in _OF_TARGETS))}")


def _rules(slo: ResolvedSLO) -> str:
    return literal(naming.group(slo.definition.id, "fast"))
