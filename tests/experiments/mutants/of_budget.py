"""Mutants of the budget: what is spent, what is left, and for how long it will last."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_BUDGET = (
    *mutants(
        "slogen.recorded.budget:HEALTHY_ABOVE",
        (
            "healthy-limit",
            "Decimal('0.25')",
            "Decimal('0.4')",
            "warning comes early",
        ),
    ),
    *mutants(
        "slogen.recorded.budget:CRITICAL_FROM",
        (
            "critical-limit",
            "Decimal('0.1')",
            "Decimal('0.05')",
            "critical comes late",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:metadata",
        (
            "budget-is-objective",
            "(naming.ERROR_BUDGET, slo.budget)",
            "(naming.ERROR_BUDGET, slo.definition.objective.ratio)",
            "the constant says 0.999",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:coverage",
        (
            "coverage-clamp-dropped",
            "call('clamp_max', age / slo.period.seconds, 1)",
            "age / slo.period.seconds",
            "an SLO is older than its window, and spends more than there is",
        ),
        (
            "coverage-without-hours-is-none",
            "(call('time') - born).or_(sum_by(by, evaluated(slo)))",
            "(call('time') - born).and_(sum_by(by, evaluated(slo)))",
            "a group has no age until its first hour is recorded, and no page in that time",
        ),
        (
            "coverage-forgets-early",
            "remembered(slo.period)",
            "slo.period",
            "a group that was idle when its first hour left the window is young again",
        ),
        (
            "coverage-by-the-newest-hour",
            "call('min_over_time', hours)",
            "call('max_over_time', hours)",
            "a group is as old as its newest hours",
        ),
        (
            "coverage-by-the-newest-label",
            "Aggregation('min', by, call('min_over_time', hours))",
            "Aggregation('max', by, call('min_over_time', hours))",
            "a group is as old as its fourth hour",
        ),
        (
            "coverage-of-all-groups",
            "Aggregation('min', by, call('min_over_time', hours))",
            "Aggregation('min', (), call('min_over_time', hours))",
            "a new group is as old as the SLO",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:burn_rates",
        (
            "current-burn-over-6h",
            "naming.ratio_rate(slo.current_window)",
            "naming.ratio_rate(slo.exhaustion_windows[-1])",
            "now is six hours",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:budget_left",
        (
            "coverage-dropped",
            "ratio * covered",
            "ratio",
            "a young SLO is exhausted by a bad minute",
        ),
        (
            "left-of-objective",
            "ratio * covered / slo.budget",
            "ratio * covered / slo.definition.objective.ratio",
            "errors are held against the objective",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:exhaustion",
        (
            "exhaustion-of-no-errors",
            "fastest > 0",
            "fastest",
            "a budget lasts less than no time, where noise makes errors negative",
        ),
        (
            "exhaustion-by-the-slower",
            "one > other",
            "one < other",
            "an incident of an hour is weighed by the quiet hours before it",
        ),
        (
            "exhaustion-by-the-short-window",
            "reversed(slo.exhaustion_windows)",
            "slo.exhaustion_windows[:1]",
            "after an hour without bad events a budget lasts for ever",
        ),
        (
            "exhaustion-by-the-long-window",
            "reversed(slo.exhaustion_windows)",
            "slo.exhaustion_windows[1:] or slo.exhaustion_windows",
            "a new incident is weighed by six hours",
        ),
        (
            "exhaustion-not-by-the-second",
            "sum_of_base(slo, naming.ERRORS_INCREASE, window, by) / window.seconds",
            (
                "sum_of_base(slo, naming.ERRORS_INCREASE, window, by) / "
                "slo.exhaustion_windows[0].seconds"
            ),
            "the bad events of six hours happen in one",
        ),
        (
            "exhausted-fill-dropped",
            "spent.or_(lasts <= slo.period.seconds)",
            "lasts <= slo.period.seconds",
            "a spent budget will be gone in less than no time",
        ),
        (
            "exhaustion-above-the-window",
            "lasts <= slo.period.seconds",
            "lasts",
            "a budget that lasts is said to end",
        ),
        (
            "exhaustion-of-a-full-window",
            "left * slo.budget * events / covered",
            "left * slo.budget * events",
            "a young SLO's budget is what its few events allow",
        ),
        (
            "exhaustion-by-ratios",
            "left * slo.budget * events / covered / (fastest > 0)",
            (
                "left * slo.budget * slo.period.seconds / (latest(slo, "
                "naming.ratio_rate(slo.exhaustion_windows[0]), by) > 0)"
            ),
            (
                "at night, when there is little traffic, a budget for ten hours lasts for eight "
                "minutes"
            ),
        ),
        (
            "exhausted-is-negative",
            "call('clamp_min', left <= 0, 0)",
            "left <= 0",
            "an overspent budget was gone some seconds ago",
        ),
    ),
    *mutants(
        "slogen.compiler.budget:budget_status",
        (
            "warning-and-critical",
            "at_most(HEALTHY_ABOVE) - at_most(CRITICAL_FROM)",
            "at_most(HEALTHY_ABOVE)",
            "two states at a time",
        ),
        (
            "critical-and-exhausted",
            "at_most(CRITICAL_FROM) - at_most(0)",
            "at_most(CRITICAL_FROM)",
            "two states at a time",
        ),
    ),
)
