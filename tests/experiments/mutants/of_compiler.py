"""Mutants of the compiler's windows and burn-rate alerts."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_WINDOWS = mutants(
    "slogen/compiler/windows.py",
    (
        "6h-window-lost",
        "if w <= LONGEST_FAST_WINDOW\n",
        "if w < LONGEST_FAST_WINDOW\n",
        "the ratio over 6h is not recorded",
    ),
    (
        "outer-sum-dropped",
        'return sum_by(by, call("sum_over_time", recorded(slo, increase).over(window)))',
        'return call("sum_over_time", recorded(slo, increase).over(window))',
        "a renamed service splits its windows",
    ),
    (
        "mean-instead-of-sum",
        'return sum_by(by, call("sum_over_time", recorded',
        'return sum_by(by, call("avg_over_time", recorded',
        "windows hold means",
    ),
    (
        "long-windows-read-the-base",
        "    if window <= LONGEST_FAST_WINDOW:\n        return sum_of_base",
        "    if window:\n        return sum_of_base",
        "30d are 86,400 samples, and base series that promtool refuses to read",
    ),
    (
        "period-of-5m",
        "errors, events = _sums(slo, slo.period)",
        "errors, events = _sums(slo, slo.current_window)",
        "the period is the last five minutes",
    ),
    (
        "period-events-are-errors",
        "record(slo, naming.EVENTS_PERIOD, events)",
        "record(slo, naming.EVENTS_PERIOD, errors)",
        "all events of the period are bad",
    ),
    (
        "period-of-time-by-its-length",
        "    if not sli.counts_events:\n        return call",
        "    if not sli.counts_events and slo.period > LONGEST_FAST_WINDOW:\n        return call",
        "of a short period what was not seen is good, and the budget of a young SLO lasts twice",
    ),
    (
        "seen-of-the-whole-period",
        "latest(slo, naming.COVERAGE, by) * slo.period.seconds",
        "latest(slo, naming.COVERAGE, by) * 0 + slo.period.seconds",
        "a young SLO is usually not seen, and its long windows burn by what little there was",
    ),
    (
        "seen-clamp-dropped",
        'call("clamp_max", latest(slo, naming.EVENTS_PERIOD, by) / existed, 1)',
        "latest(slo, naming.EVENTS_PERIOD, by) / existed",
        "an SLO that two rulers record is seen twice, and its long windows are half as bad",
    ),
    (
        "long-time-by-what-was-seen",
        "errors / (events > usual).or_(usual)",
        "errors / events",
        "a minute of data after a night without any is 100 % of a day",
    ),
    (
        "long-time-by-the-smaller",
        "(events > usual)",
        "(events < usual)",
        "a window is judged by the smaller of what was seen and what usually is",
    ),
    (
        "long-time-only-if-seen",
        "(events > usual).or_(usual)",
        "(events > usual)",
        "a window that is seen less than usually has no ratio",
    ),
    (
        "long-time-by-its-length",
        "usual = window.seconds * latest(slo, naming.SEEN_RATIO, slo.definition.group_by)",
        "usual = 0 * latest(slo, naming.SEEN_RATIO, slo.definition.group_by) + window.seconds",
        "what runs for an hour a day can be bad for all of it, and no ticket comes",
    ),
    (
        "min-bad-events-more",
        "least - _HALF_AN_EVENT",
        "least + _HALF_AN_EVENT",
        "three estimated events are not three",
    ),
    (
        "min-bad-events-always-half",
        "(Decimal(least) if exact else",
        "(Decimal(least) if not exact else",
        "two and a half counted events are three",
    ),
    (
        "min-bad-events-of-all-groups",
        "by = (*key(slo), *slo.definition.group_by)",
        "by = key(slo)",
        "no group ever has enough bad events",
    ),
)

_BURN_ALERTS = mutants(
    "slogen/compiler/burn_alerts.py",
    ("threshold-x10", "slo.budget > threshold", "slo.budget > 10 * threshold", "ten times deaf"),
    (
        "threshold-reached",
        "slo.budget > threshold",
        "slo.budget >= threshold",
        "fires at, not above",
    ),
    (
        "objective-for-budget",
        "slo.budget > threshold",
        "slo.definition.objective.ratio > threshold",
        "burn rates are ratios of the objective",
    ),
    (
        "short-window-is-long",
        ".and_(_burns(slo, tier.short, tier.threshold))",
        ".and_(_burns(slo, tier.long, tier.threshold))",
        "the alert lasts for as long as the long window remembers",
    ),
    (
        "long-window-is-short",
        "_burns(slo, tier.long, tier.threshold).and_(",
        "_burns(slo, tier.short, tier.threshold).and_(",
        "five minutes wake somebody",
    ),
    ("windows-or", ".and_(_burns(", ".or_(_burns(", "one of both windows is enough"),
    (
        "label-of-short-window",
        "slo.naming.window: str(tier.long)",
        "slo.naming.window: str(tier.short)",
        "slo_window says the short window",
    ),
    (
        "min-bad-events-any-group",
        "(enough_bad_events(slo, tier.long, tier.min_bad_events))",
        "(enough_bad_events(slo, tier.long, tier.min_bad_events), on=key(slo))",
        "bad events of other groups count",
    ),
    (
        "min-bad-events-of-short",
        "enough_bad_events(slo, tier.long,",
        "enough_bad_events(slo, tier.short,",
        "bad events are asked of the short window",
    ),
    (
        "warm-up-of-short",
        "age >= tier.warm_up.seconds",
        "age >= tier.short.seconds",
        "slow tiers judge a young SLO",
    ),
    (
        "warm-up-reversed",
        "age >= tier.warm_up.seconds",
        "age <= tier.warm_up.seconds",
        "tiers work while the SLO is young",
    ),
    (
        "warm-up-of-the-oldest-group",
        """\
        age = age.or_(evaluations * slo.timing.fast_interval.seconds)
    return condition.and_(age >= tier.warm_up.seconds)""",
        """\
        age = age.or_(evaluations * slo.timing.fast_interval.seconds)
    age = Aggregation("max", key(slo), age)
    return condition.and_(age >= tier.warm_up.seconds, on=key(slo))""",
        "a new group pages in its first minute, since others are old",
    ),
    (
        "warm-up-matches-no-group",
        'age: Expr = Aggregation("max", by, lately)',
        'age: Expr = Aggregation("max", groups, lately)',
        "no slow tier ever fires",
    ),
    (
        "warm-up-by-the-slow-group-alone",
        "age = age.or_(evaluations * slo.timing.fast_interval.seconds)",
        "pass",
        "nobody is paged while the slow group does not run",
    ),
    (
        "warm-up-by-slow-evaluations",
        "age = age.or_(evaluations * slo.timing.fast_interval.seconds)",
        "age = age.or_(evaluations * slo.timing.slow_interval.seconds)",
        "while the slow group does not run a new group pages too early",
    ),
    (
        "warm-up-by-evaluations-of-all-groups",
        'sum_by(by, call("count_over_time", base))',
        'sum_by(key(slo), call("count_over_time", base))',
        "no group is paged about while the slow group does not run",
    ),
    (
        "age-of-the-last-minutes",
        "recorded(slo, naming.COVERAGE).over(HOUR)",
        "recorded(slo, naming.COVERAGE).over(slo.current_window)",
        "pages wait for a slow group that is late",
    ),
    (
        "slow-alerts-in-fast-group",
        "for t in slo.tiers if not t.is_slow)",
        "for t in slo.tiers if t.is_slow)",
        "fast tiers are lost, slow ones doubled",
    ),
    (
        "conditions-dropped",
        "condition = condition.and_(needed, on=groups)",
        "pass",
        "a side of a difference that is not seen pages",
    ),
    (
        "difference-believed-at-once",
        "if range_ and window <= LONGEST_FAST_WINDOW:",
        "if not range_ and window > LONGEST_FAST_WINDOW:",
        "a scrape that one of two metrics misses pages",
    ),
    (
        "ratio-read-as-it-is",
        "by = (*key(slo), *slo.definition.group_by)",
        "by = key(slo)",
        "a page says not which group burns",
    ),
)

_MISSING = mutants(
    "slogen/compiler/base.py",
    (
        "missing-moments-beside-data",
        "counted = _of_this_hour(moment.unless(had_data).and_(ran, on=()))",
        "counted = _of_this_hour(moment.and_(ran, on=()))",
        "what has data is bad as well",
    ),
    (
        "missing-moments-of-a-start",
        "counted = _of_this_hour(moment.unless(had_data).and_(ran, on=()))",
        "counted = _of_this_hour(moment.unless(had_data))",
        "what is not scraped yet is bad",
    ),
    (
        "missing-moments-of-who-is-gone",
        'had_data = Aggregation("group", by, observed(slo, naming.EVENTS_INCREASE))',
        'had_data = Aggregation("group", by, recorded(slo, naming.EVENTS_INCREASE))',
        "a bad moment counts as data for the next one",
    ),
    (
        "missing-moments-without-errors",
        "metrics = (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE)",
        "metrics = (naming.EVENTS_INCREASE,)",
        "a moment without data is good",
    ),
)

OF_COMPILER = (*_WINDOWS, *_BURN_ALERTS, *_MISSING)
