"""From a resolved SLO to its rule groups.

Each pass is a pure function from the SLO to a few rules; the tuples below are the compiler.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.compiler.base import base_series, missing_moments
from slogen.compiler.budget import (
    budget_left,
    budget_status,
    burn_rates,
    coverage,
    exhaustion,
    metadata,
)
from slogen.compiler.budget_alerts import budget_alerts, objective_alert
from slogen.compiler.burn_alerts import fast_burn_alerts, slow_burn_alerts
from slogen.compiler.data import (
    data_ratio,
    events_lately,
    incomplete_alert,
    stale_alert,
    stale_groups_alert,
)
from slogen.compiler.hours import hours, open_hours
from slogen.compiler.windows import (
    fast_windows,
    period_counts,
    period_ratio,
    seen,
    slow_windows,
)
from slogen.errors import InvalidPromQL
from slogen.promql.parsing import LONGEST_QUERY, parse
from slogen.promql.quoting import quote
from slogen.rules import RuleGroup, SLORules

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule
    from slogen.units import Duration

    Pass = Callable[[ResolvedSLO], tuple[Rule, ...]]

_ANY_ID = quote("any")
_LONGEST_EXPRESSION = LONGEST_QUERY * 3 // 2
"""An expression of slogen's selects an SLO several times, whose labels may have long values."""

FAST: tuple[Pass, ...] = (
    base_series,
    missing_moments,
    fast_windows,
    data_ratio,
    fast_burn_alerts,
    objective_alert,
    incomplete_alert,
)
SLOW: tuple[Pass, ...] = (
    hours,
    open_hours,
    period_counts,
    coverage,
    seen,
    slow_windows,
    period_ratio,
    budget_left,
    slow_burn_alerts,
    budget_alerts,
)
BUDGET: tuple[Pass, ...] = (
    metadata,
    burn_rates,
    exhaustion,
    budget_status,
    events_lately,
    stale_alert,
    stale_groups_alert,
)


def compile_slo(slo: ResolvedSLO) -> SLORules:
    """Return the rules of an SLO: three groups, each reading itself and those before it.

    One series is read from behind: fast alerts ask the slow group how long the SLO has existed,
    and a sample of an interval ago does for that.
    """
    fast, slow = slo.timing.fast_interval, slo.timing.slow_interval
    groups = zip(naming.GROUP_PARTS, (fast, slow, slow), (FAST, SLOW, BUDGET), strict=True)
    return SLORules(
        slo_id=slo.definition.id,
        service=slo.definition.service.name,
        groups=tuple(_group(slo, part, interval, passes) for part, interval, passes in groups),
    )


@lru_cache(maxsize=4096)
def _check(expression: str) -> None:
    """Parse an expression; those of two SLOs that differ in the id's literal alone, once."""
    parse(expression, "an expression that slogen made", longest=_LONGEST_EXPRESSION)


def _group(slo: ResolvedSLO, part: str, interval: Duration, passes: tuple[Pass, ...]) -> RuleGroup:
    name = naming.group(slo.definition.id, part)
    rules = tuple(rule for rules_of in passes for rule in rules_of(slo))
    own = quote(slo.definition.id)
    for rule in rules:
        try:
            _check(rule.expr.replace(own, _ANY_ID))
        except InvalidPromQL as fault:
            subject = f"an expression of {name}"
            raise attrs.evolve(fault, subject=subject, origin=slo.definition.origin) from fault
    return RuleGroup(
        name=name, interval=interval, query_offset=slo.timing.query_offset, rules=rules
    )
