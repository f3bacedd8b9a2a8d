"""Mutants of the compiler's budget, its alerts, what all rules share, and their order."""

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
        'call("clamp_max", seconds_seen(slo, slo.period, ()) / slo.period.seconds, 1)',
        "seconds_seen(slo, slo.period, ()) / slo.period.seconds",
        "a sample on the border makes an SLO older than its window",
    ),
    (
        "current-burn-over-6h",
        "naming.ratio_rate(slo.current_window)",
        "naming.ratio_rate(slo.exhaustion_window)",
        "now is six hours",
    ),
    (
        "coverage-dropped",
        "1 - spent / slo.budget",
        "1 - recorded(slo, naming.RATIO_PERIOD) / slo.budget",
        "a young SLO is exhausted by a bad minute",
    ),
    (
        "left-of-objective",
        "1 - spent / slo.budget",
        "1 - spent / slo.definition.objective.ratio",
        "errors are held against the objective",
    ),
    (
        "exhaustion-always",
        "(burn_rate > 1)",
        "burn_rate",
        "a budget that lasts is said to end",
    ),
    (
        "exhaustion-over-5m",
        "naming.ratio_rate(slo.exhaustion_window)",
        "naming.ratio_rate(slo.current_window)",
        "five minutes say how long the budget lasts",
    ),
    (
        "exhausted-fill-dropped",
        'call("clamp_min", left <= 0, 0).or_(lasts)',
        "lasts",
        "a spent budget will be gone in less than no time",
    ),
    (
        "exhaustion-period",
        "left * slo.period.seconds",
        "left * slo.exhaustion_window.seconds",
        "the budget of a window lasts six hours",
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
    ("exhausted-below-zero", "spent: Expr = left <= 0", "spent: Expr = left < 0", "not at 0"),
    (
        "exhausted-when-low",
        "spent: Expr = left <= 0",
        "spent: Expr = left <= slo.definition.alerts.low_below",
        "a quarter left is nothing left",
    ),
    (
        "exhausted-without-enough",
        "spent = spent.and_(enough)",
        "spent = spent.or_(enough)",
        "three bad events exhaust the budget",
    ),
    (
        "low-reversed",
        "left < slo.definition.alerts.low_below",
        "left > slo.definition.alerts.low_below",
        "a full budget is low",
    ),
    (
        "violated-budget",
        "below = sli < slo.definition.objective.ratio",
        "below = sli < slo.budget",
        "nothing is below the objective",
    ),
    (
        "violated-window",
        "naming.ratio_rate(slo.violation_window)",
        "naming.ratio_rate(slo.current_window)",
        "five minutes violate an objective",
    ),
    ("absent-dropped", 'call("absent", errors)', "errors", "data is stale while it is there"),
    (
        "absent-dropped-for-groups",
        'gone.or_(Aggregation("count", by, lately).unless(sum_by(by, errors)))',
        'Aggregation("count", by, lately).unless(sum_by(by, errors))',
        "the end of all groups is forgotten after six hours",
    ),
    (
        "stale-any-group",
        ".unless(sum_by(by, errors))",
        ".and_(sum_by(by, errors))",
        "a group that is there is stale",
    ),
    (
        "stale-memory",
        '_GROUPS_REMEMBERED_FOR = Duration("6h")',
        '_GROUPS_REMEMBERED_FOR = Duration("10m")',
        "a group is forgotten before its alert fires",
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
        "(base_series, fast_windows, fast_burn_alerts)",
        "(fast_windows, base_series, fast_burn_alerts)",
        "windows read what was recorded one evaluation ago",
    ),
    (
        "alerts-before-windows",
        "(base_series, fast_windows, fast_burn_alerts)",
        "(base_series, fast_burn_alerts, fast_windows)",
        "alerts come one evaluation late",
    ),
    (
        "tiles-after-windows",
        "(tiles, slow_windows, period_window, slow_burn_alerts)",
        "(slow_windows, tiles, period_window, slow_burn_alerts)",
        "long windows read what was recorded one evaluation ago",
    ),
    (
        "status-before-budget",
        "    budget_left,\n    budget_status,",
        "    budget_status,\n    budget_left,",
        "the status is that of one evaluation ago",
    ),
    (
        "groups-reordered",
        '_group(slo, "slow", slow, SLOW),\n            _group(slo, "budget", slow, BUDGET),',
        '_group(slo, "budget", slow, BUDGET),\n            _group(slo, "slow", slow, SLOW),',
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

_ANNOTATIONS = mutants(
    "slogen/compiler/annotations.py",
    ("percent-unescaped", ".replace('%', '%%')", "", "a % in an id is a verb of printf"),
    (
        "other-group-in-annotation",
        'matchers = ",".join(f"{label}=%q" for label in slo.definition.group_by)',
        'matchers = ",".join(f"{label}!=%q" for label in slo.definition.group_by)',
        "a page says what another group has left",
    ),
)

OF_BUDGET = (*_RECORDED, *_BUDGET, *_BUDGET_ALERTS, *_SHAPES, *_ORDER, *_BUCKETS, *_ANNOTATIONS)
