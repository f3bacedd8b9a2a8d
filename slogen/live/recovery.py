"""When a budget will have recovered: bad hours leave a rolling window one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.errors import ServerError
from slogen.live.gating import BUDGET_KINDS
from slogen.recorded.many import series_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slogen.live.gating import Decision, Reason
    from slogen.live.readings import Fleet, SeriesCurves, SeriesKey
    from slogen.live.reports import Budget, Report
    from slogen.model.budget_policy import BudgetPolicy
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Series
    from slogen.units import Duration

_LITTLE = 1e-9


def dated(decision: Decision, report: Report, policy: BudgetPolicy, fleet: Fleet) -> Decision:
    """Return a decision whose reasons about budgets say when they end, if nothing more fails.

    A server that does not answer this question leaves it open: the decision stands without.

    Args:
        decision: The decision.
        report: What it was made from.
        policy: By which limits.
        fleet: Who is asked.
    """
    blamed = {reason.slo_id for reason in decision.reasons if reason.kind in BUDGET_KINDS}
    try:
        hours = _hours(fleet, blamed)
    except ServerError:
        return decision
    windows = {
        slo.definition.id: float(slo.period.seconds)
        for slo in fleet.slos
        if slo.definition.id in blamed
    }
    groups = {
        (slo.id, tuple(group.labels.values())): group for slo in report.slos for group in slo.groups
    }

    def with_date(reason: Reason) -> Reason:
        key = (reason.slo_id, tuple(reason.group.values()))
        group = groups.get(key)
        budget = group.budget if group else None
        if reason.kind not in BUDGET_KINDS or group is None or budget is None:
            return reason
        spent = _most_spent(reason, budget, policy)
        until = recovered_at(
            budget.consumed, spent, hours.get((key, group.ruler), ()), windows[key[0]]
        )
        latest = report.at.timestamp() + windows[key[0]]
        return attrs.evolve(reason, until=datetime.fromtimestamp(until or latest, UTC))

    return attrs.evolve(decision, reasons=tuple(map(with_date, decision.reasons)))


def recovered_at(
    consumed: float, most: float, hours: Iterable[tuple[float, float]], window: float
) -> float | None:
    """Return when so few bad events are left in a window, if no more come.

    >>> recovered_at(30, 15, [(3_600, 10), (7_200, 10), (10_800, 10)], 86_400)
    93600

    Args:
        consumed: How many bad events the window has.
        most: How many it may have.
        hours: When hours were recorded, in seconds since the epoch, and how many each had.
        window: How long it is, in seconds.

    Returns:
        The moment; None where the recorded hours are not enough.
    """
    left = consumed
    for recorded, errors in hours:
        left -= errors
        if left <= most:
            return recorded + window
    return None


def _hours(fleet: Fleet, blamed: set[str]) -> SeriesCurves:
    """Return when each ruler recorded the hours of SLOs, and how many bad events they had."""
    found: dict[SeriesKey, dict[float, float]] = {}
    slos = [slo for slo in fleet.slos if slo.definition.id in blamed]
    for window in sorted({slo.period for slo in slos}):
        samples = fleet.samples(
            partial(_bad_hours_of, window=window), [slo for slo in slos if slo.period == window]
        )
        for (key, labels), points in samples.items():
            # Hours that are recorded at one moment, after a ruler was down, differ in this label.
            ruler = frozenset(pair for pair in labels if pair[0] != naming.HOUR_LABEL)
            errors = found.setdefault((key, ruler), {})
            for recorded, bad in points:
                errors[recorded] = errors.get(recorded, 0.0) + bad
    return {series: tuple(sorted(errors.items())) for series, errors in found.items()}


def _bad_hours_of(slos: Sequence[ResolvedSLO], window: Duration) -> Series:
    """Return the bad events of the hours that were recorded in a window."""
    return series_of(slos, naming.ERRORS_SUM).over(window)


def _most_spent(reason: Reason, budget: Budget, policy: BudgetPolicy) -> float:
    """Return how much of a budget may be spent before a reason holds."""
    is_frozen = reason.kind in ("exhausted", "below-freeze")
    floor = policy.freeze_below if is_frozen else policy.approve_below
    # A budget of which nothing is left is spent: a little has to come back.
    share = 1 - float(floor) if floor else 1 - _LITTLE
    return budget.total * share
