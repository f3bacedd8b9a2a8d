"""Mutants of the compiler's budget, its data, alerts, what all rules share, and their order."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_BUDGET = mutants(
    "slogen/compiler/budget.py",
    (
        "budget-is-objective",
        "(naming.ERROR_BUDGET, slo.budget)",
        "(naming.ERROR_BUDGET, slo.definition.objective.ratio)",
        "the constant says 0.999",
    ),
    (
        "coverage-clamp-dropped",
        'call("clamp_max", age / slo.period.seconds, 1)',
        "age / slo.period.seconds",
        "an SLO is older than its window, and spends more than there is",
    ),
    (
        "coverage-without-hours-is-none",
        'age = (call("time") - born).or_(',
        'age = (call("time") - born).and_(',
        "a group has no age until its first hour is recorded, and no page in that time",
    ),
    (
        "coverage-forgets-early",
        "recorded(slo, naming.EVENTS_HOUR).over(remembered(slo.period))",
        "recorded(slo, naming.EVENTS_HOUR).over(slo.period)",
        "a group that was idle when its first hour left the window is young again",
    ),
    (
        "coverage-by-the-newest-hour",
        '"min_over_time", hours',
        '"max_over_time", hours',
        "a group is as old as its newest hours",
    ),
    (
        "coverage-by-the-newest-label",
        'Aggregation("min", by, call("min_over_time"',
        'Aggregation("max", by, call("min_over_time"',
        "a group is as old as its fourth hour",
    ),
    (
        "coverage-of-all-groups",
        'Aggregation("min", by, call("min_over_time"',
        'Aggregation("min", (), call("min_over_time"',
        "a new group is as old as the SLO",
    ),
    (
        "current-burn-over-6h",
        "naming.ratio_rate(slo.current_window)",
        "naming.ratio_rate(slo.exhaustion_windows[-1])",
        "now is six hours",
    ),
    (
        "coverage-dropped",
        "1 - ratio * covered / slo.budget",
        "1 - ratio / slo.budget",
        "a young SLO is exhausted by a bad minute",
    ),
    (
        "left-of-objective",
        "1 - ratio * covered / slo.budget",
        "1 - ratio * covered / slo.definition.objective.ratio",
        "errors are held against the objective",
    ),
    (
        "exhaustion-of-no-errors",
        "(fastest > 0)",
        "fastest",
        "a budget lasts less than no time, where noise makes errors negative",
    ),
    (
        "exhaustion-by-the-slower",
        "(one > other).or_(other)",
        "(one < other).or_(other)",
        "an incident of an hour is weighed by the quiet hours before it",
    ),
    (
        "exhaustion-by-the-short-window",
        "for window in reversed(slo.exhaustion_windows)\n",
        "for window in slo.exhaustion_windows[:1]\n",
        "after an hour without bad events a budget lasts for ever",
    ),
    (
        "exhaustion-by-the-long-window",
        "for window in reversed(slo.exhaustion_windows)\n",
        "for window in slo.exhaustion_windows[1:] or slo.exhaustion_windows\n",
        "a new incident is weighed by six hours",
    ),
    (
        "exhaustion-not-by-the-second",
        "window, by) / window.seconds",
        "window, by) / slo.exhaustion_windows[0].seconds",
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
        "spent.or_(lasts <= slo.period.seconds)",
        "spent.or_(lasts)",
        "a budget that lasts is said to end",
    ),
    (
        "exhaustion-of-a-full-window",
        "left * slo.budget * events / covered /",
        "left * slo.budget * events /",
        "a young SLO's budget is what its few events allow",
    ),
    (
        "exhaustion-by-ratios",
        "lasts = left * slo.budget * events / covered / (fastest > 0)",
        """\
for w in slo.exhaustion_windows[:1]:
        ratio = latest(slo, naming.ratio_rate(w), by)
        lasts = left * slo.budget * slo.period.seconds / (ratio > 0)""",
        "at night, when there is little traffic, a budget for ten hours lasts for eight minutes",
    ),
    (
        "exhausted-is-negative",
        'call("clamp_min", left <= 0, 0)',
        "left <= 0",
        "an overspent budget was gone some seconds ago",
    ),
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
)

_RECORDED = (
    *mutants(
        "slogen/recorded/budget.py",
        ("healthy-limit", 'Decimal("0.25")', 'Decimal("0.4")', "warning comes early"),
        ("critical-limit", 'Decimal("0.1")', 'Decimal("0.05")', "critical comes late"),
    ),
    *mutants(
        "slogen/recorded/series.py",
        (
            "selected-by-name",
            "value in identity if label not in edited)",
            "value in identity if label or edited)",
            "a rename cuts an SLO off from its past",
        ),
    ),
)

_BUDGET_ALERTS = mutants(
    "slogen/compiler/budget_alerts.py",
    ("exhausted-below-zero", "(slo, left <= 0)", "(slo, left < 0)", "not at 0"),
    (
        "exhausted-when-low",
        "(slo, left <= 0)",
        "(slo, left <= slo.definition.alerts.low_below)",
        "a quarter left is nothing left",
    ),
    (
        "exhausted-for-the-gone",
        "condition.and_(events_of(slo, DAY) > 0)",
        "condition",
        "who left with a spent budget is alerted about for the whole window",
    ),
    (
        "exhausted-while-there",
        "condition.and_(events_of(slo, DAY) > 0)",
        "condition.and_(events_of(slo, slo.current_window) > 0)",
        "an alert about a spent budget begins and ends with each pause",
    ),
    (
        "low-for-the-gone",
        "low = _enough(slo, slo.period, _of_who_is_there(slo, little))",
        "low = _enough(slo, slo.period, little)",
        "who left with little budget is alerted about for the whole window",
    ),
    (
        "exhausted-without-enough",
        "spent = _enough(slo, slo.period, _of_who_is_there(slo, left <= 0))",
        "spent = _of_who_is_there(slo, left <= 0)",
        "one bad event of a quiet service exhausts the budget",
    ),
    (
        "low-without-enough",
        "low = _enough(slo, slo.period, _of_who_is_there(slo, little))",
        "low = _of_who_is_there(slo, little)",
        "one bad event of a quiet service leaves little of the budget",
    ),
    (
        "violated-without-enough",
        "below = _enough(slo, slo.violation_window, sli < slo.definition.objective.ratio)",
        "below = sli < slo.definition.objective.ratio",
        "one bad event of a quiet hour violates the objective",
    ),
    (
        "enough-reversed",
        "return condition.and_(enough_bad_events(slo, window, slo.min_bad_events))",
        "return condition.unless(enough_bad_events(slo, window, slo.min_bad_events))",
        "an outage is no reason to alert",
    ),
    (
        "low-reversed",
        "left < slo.definition.alerts.low_below",
        "left > slo.definition.alerts.low_below",
        "a full budget is low",
    ),
    (
        "violated-budget",
        "sli < slo.definition.objective.ratio)",
        "sli < slo.budget)",
        "nothing is below the objective",
    ),
    (
        "violated-window",
        "naming.ratio_rate(slo.violation_window)",
        "naming.ratio_rate(slo.current_window)",
        "five minutes violate an objective",
    ),
)

_DATA = mutants(
    "slogen/compiler/data.py",
    (
        "data-of-slow-evaluations",
        "* slo.timing.fast_interval.seconds",
        "* slo.timing.slow_interval.seconds",
        "half of the data is all of it",
    ),
    (
        "data-clamp-dropped",
        'call("clamp_max", seconds / HOUR.seconds, 1)',
        "seconds / HOUR.seconds",
        "more data than there can be",
    ),
    (
        "data-of-all-groups",
        'sum_by(slo.definition.group_by, call("count_over_time", evaluated))',
        'sum_by((), call("count_over_time", evaluated))',
        "a group without data is hidden by another",
    ),
    (
        "incomplete-when-complete",
        "latest(slo, naming.DATA_RATIO, by) < _COMPLETE_FROM",
        "latest(slo, naming.DATA_RATIO, by) > _COMPLETE_FROM",
        "all data is incomplete data",
    ),
    (
        "incomplete-below-half",
        '_COMPLETE_FROM = Decimal("0.95")',
        '_COMPLETE_FROM = Decimal("0.5")',
        "a third of the data may be missing",
    ),
    (
        "incomplete-below-all",
        '_COMPLETE_FROM = Decimal("0.95")',
        '_COMPLETE_FROM = Decimal("0.995")',
        "one missed evaluation in an hour is incomplete data",
    ),
    (
        "incomplete-without-group",
        "by = (*key(slo), *slo.definition.group_by)",
        "by = key(slo)",
        "the alert says not whose data is missing",
    ),
    (
        "absent-dropped",
        'call("absent", recorded(slo, naming.ERRORS_INCREASE))',
        "recorded(slo, naming.ERRORS_INCREASE)",
        "data is stale while it is there",
    ),
    (
        "stale-whoever-was-idle",
        "gone.and_(expected, on=())",
        "gone",
        "a quiet service that is restarted is stale",
    ),
    (
        "stale-only-of-the-busy",
        'Aggregation("group", (), lately).or_(Aggregation("group", (), never))',
        'Aggregation("group", (), lately)',
        "what never was there is not stale",
    ),
    (
        "stale-only-of-the-missed",
        'Aggregation("group", (), lately).or_(Aggregation("group", (), never))',
        'Aggregation("group", (), never)',
        "a busy service may be gone for a day",
    ),
    (
        "lately-without-data",
        "events = sum_of_base(slo, naming.EVENTS_INCREASE, _LATELY, by).and_(there)",
        "events = sum_of_base(slo, naming.EVENTS_INCREASE, _LATELY, by)",
        "the last record is made when the data has ended, and may count nothing",
    ),
    (
        "lately-is-short",
        '_LATELY = Duration("30m")',
        '_LATELY = Duration("2h")',
        "a service that was idle for an hour is stale when it is restarted",
    ),
    (
        "stale-memory",
        "_REMEMBERED = DAY + UNRECORDED",
        "_REMEMBERED = HOUR",
        "the alert is over after an hour, though the data is not back",
    ),
    (
        "stale-group-that-is-there",
        'busy.unless(Aggregation("group", by, errors), on=by)',
        'busy.and_(Aggregation("group", by, errors), on=by)',
        "a group that is there is stale",
    ),
    (
        "stale-groups-of-nothing",
        "gone.and_(others, on=())",
        "gone",
        "the end of the whole SLI is told for each of its groups",
    ),
)

_SHAPES = mutants(
    "slogen/compiler/shapes.py",
    (
        "identity-dropped",
        "labels={**slo.identity, **labels}",
        "labels={**labels}",
        "recorded series bear no identity",
    ),
    ("severity-dropped", "naming.SEVERITY_LABEL: alert.severity,", "", "nobody knows whom to wake"),
    ("for-dropped", "for_=alert.for_,", "for_=None,", "alerts do not wait"),
    (
        "keep-firing-for-dropped",
        "keep_firing_for=alert.keep_firing_for,",
        "keep_firing_for=None,",
        "pages flap",
    ),
    ("labels-are-templates", "{k: literal(v) for", "{k: v for", "braces in names are executed"),
)

_ORDER = mutants(
    "slogen/compiler/__init__.py",
    (
        "intervals-swapped",
        "fast, slow = slo.timing.fast_interval, slo.timing.slow_interval",
        "slow, fast = slo.timing.fast_interval, slo.timing.slow_interval",
        "fast groups are slow",
    ),
    (
        "base-after-windows",
        "    base_series,\n    missing_moments,\n    fast_windows,\n",
        "    fast_windows,\n    base_series,\n    missing_moments,\n",
        "windows read what was recorded one evaluation ago",
    ),
    (
        "alerts-before-windows",
        "    fast_windows,\n    data_ratio,\n    fast_burn_alerts,\n",
        "    fast_burn_alerts,\n    fast_windows,\n    data_ratio,\n",
        "alerts come one evaluation late",
    ),
    (
        "hours-after-the-period",
        "    hours,\n    open_hours,\n    period_counts,\n",
        "    period_counts,\n    hours,\n    open_hours,\n",
        "the period reads what was recorded one evaluation ago",
    ),
    (
        "open-before-hours",
        "    hours,\n    open_hours,\n",
        "    open_hours,\n    hours,\n",
        "what is recorded is open as well, for one evaluation",
    ),
    (
        "ratio-before-its-counts",
        "    period_counts,\n    coverage,\n    seen,\n    slow_windows,\n    period_ratio,\n",
        "    period_ratio,\n    period_counts,\n    coverage,\n    seen,\n    slow_windows,\n",
        "the budget is one evaluation older",
    ),
    (
        "seen-before-its-age",
        "    coverage,\n    seen,\n",
        "    seen,\n    coverage,\n",
        "long windows of a new SLO have no ratio at its first evaluation",
    ),
    (
        "status-before-budget",
        "    budget_left,\n    budget_status,",
        "    budget_status,\n    budget_left,",
        "the status is that of one evaluation ago",
    ),
    (
        "groups-reordered",
        "(FAST, SLOW, BUDGET), strict=True",
        "(FAST, BUDGET, SLOW), strict=True",
        "the budget stands before what it is made of",
    ),
    (
        "query-offset-dropped",
        "query_offset=slo.timing.query_offset, rules=rules",
        "rules=rules",
        "groups are evaluated before late data is there",
    ),
)

_BUCKETS = mutants(
    "slogen/compiler/buckets.py",
    (
        "le-without-point",
        'yield f"{plain}.0"',
        "yield plain",
        "le=1.0 reads as no errors, for ever",
    ),
    ("le-dot-unescaped", '.replace(".", "[.]")', "", "1.0 is any character between 1 and 0"),
    ("le-equals-regex", 'Matcher("le", "=~",', 'Matcher("le", "=",', "no bucket is found"),
)

OF_BUDGET = (
    *(*_RECORDED, *_BUDGET, *_BUDGET_ALERTS, *_DATA),
    *(*_SHAPES, *_ORDER, *_BUCKETS),
)
