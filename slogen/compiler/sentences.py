"""Sentences that several alerts have: who is meant, how much is bad, what is left of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.template_queries import (
    MOMENT,
    PERCENTAGE,
    WHOLE_PERCENTAGE,
    age,
    asked,
    calculated,
    of_group,
    over,
    where,
)
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.expr import call
from slogen.templates import literal
from slogen.units import percentage

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr
    from slogen.units import Duration

_ALL = 100
"""Per cent."""


def name(slo: ResolvedSLO) -> str:
    """Return the names of the service and of the SLO."""
    return literal(f"{slo.definition.service.name} {slo.definition.name}")


def title(slo: ResolvedSLO) -> str:
    """Return the names, and the group's labels where there are any.

    shop availability (tenant=a)
    """
    labels = ", ".join(f"{label}={{{{ $labels.{label} }}}}" for label in slo.definition.group_by)
    return f"{name(slo)} ({labels})" if labels else name(slo)


def bad_now(slo: ResolvedSLO, share: Expr, window: Duration) -> str:
    """Return how much is bad over a window by the alert's value, and how much is allowed.

    9.1% of requests fail over 1h; 0.1% are allowed

    Kinds that count time divide by the whole window; of a younger group it is said by its age.
    """
    result = calculated(slo, share)
    counts_time = not slo.definition.sli.counts_events
    if counts_time and not LONGEST_FAST_WINDOW < window == slo.period:
        of_window = call("vector", share)
        of_age = of_window * window.seconds / call("clamp_max", age(slo), window.seconds)
        result = asked(slo, call("clamp_max", of_age, _ALL).or_(of_window))
    return _bad(slo, where(result, PERCENTAGE), window)


def bad_of_period(slo: ResolvedSLO) -> str:
    """Return the line about all of the SLO's own window; none without data.

    So far: 0.25% of requests fail over 30d; 0.1% are allowed.
    """
    ratio = asked(slo, 100 * of_group(slo, naming.RATIO_PERIOD))
    return where(ratio, f"So far: {_bad(slo, PERCENTAGE, slo.period)}.\n")


def _bad(slo: ResolvedSLO, share: str, window: Duration) -> str:
    sli = slo.definition.sli
    allowed = f"{percentage(slo.budget)} {'are' if sli.counts_events else 'is'} allowed"
    return f"{sli.bad_share(share)}{over(slo, window)}; {allowed}"


def budget_of(slo: ResolvedSLO) -> str:
    """Return the name of the budget, such as ``error budget of 30d``."""
    return f"error budget of {slo.definition.window}"


def budget_left(slo: ResolvedSLO) -> str:
    """Return the line about what is left, and until when; none without data.

    Budget: 62.3% left, spent by 2026-11-27 04:10 UTC at this rate.
    """
    left = asked(slo, 100 * of_group(slo, naming.BUDGET_REMAINING))
    some = f"{PERCENTAGE} left{spent_by(slo, ', spent by ', ' at this rate')}"
    none = f"none left ({WHOLE_PERCENTAGE})"
    either = f"{{{{ if gt (. | first | value) 0.0 }}}}{some}{{{{ else }}}}{none}{{{{ end }}}}"
    return where(left, f"Budget: {either}.\n")


def spent_by(slo: ResolvedSLO, before: str, after: str) -> str:
    """Return when the budget will be spent, between two texts, or nothing.

    The moment is said if it is nearer than the SLO's window, and only of a group that is as old as
    the hour by which it is reckoned.
    """
    is_old_enough = age(slo) >= slo.exhaustion_windows[0].seconds
    moment = (call("time") + of_group(slo, naming.TIME_TO_EXHAUSTION)).and_(is_old_enough)
    return where(asked(slo, moment), f"{before}{MOMENT}{after}")


def definition(slo: ResolvedSLO) -> str:
    """Return the objective, the owner, what counts as bad and, apart from it, the author's words.

    Objective: 99.9% over 30d.
    Owner: team-shop
    Bad: http_requests_total{job="shop",code=~"5.."}, of all http_requests_total{job="shop"}

    Checkout works.
    """
    defined = slo.definition
    lines = [f"Objective: {defined.objective} over {defined.window}."]
    if defined.owner:
        lines.append(f"Owner: {literal(defined.owner)}")
    lines.append(f"Bad: {literal(defined.sli.bad_in_words(slo.timing.base_range))}")
    if defined.description:
        lines += ["", *map(literal, defined.description.split("\n"))]
    return "\n".join(lines)
