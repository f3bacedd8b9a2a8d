"""Mutants of alerts: when they fire."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_ALERTS = (
    *mutants(
        "slogen.compiler.burn_alerts:_burns",
        (
            "threshold-x10",
            "ratio / slo.budget > threshold",
            "ratio / slo.budget > 10 * threshold",
            "ten times deaf",
        ),
        (
            "threshold-reached",
            "ratio / slo.budget > threshold",
            "ratio / slo.budget >= threshold",
            "fires at, not above",
        ),
        (
            "objective-for-budget",
            "ratio / slo.budget",
            "ratio / slo.definition.objective.ratio",
            "burn rates are ratios of the objective",
        ),
        (
            "difference-believed-at-once",
            "range_ and window <= LONGEST_FAST_WINDOW",
            "not range_ and window > LONGEST_FAST_WINDOW",
            "a scrape that one of two metrics misses pages",
        ),
        (
            "ratio-read-as-it-is",
            "(*key(slo), *slo.definition.group_by)",
            "key(slo)",
            "a page says not which group burns",
        ),
    ),
    *mutants(
        "slogen.compiler.burn_alerts:_condition",
        (
            "short-window-is-long",
            "_burns(slo, tier.short, tier.threshold)",
            "_burns(slo, tier.long, tier.threshold)",
            "the alert lasts for as long as the long window remembers",
        ),
        (
            "long-window-is-short",
            "_burns(slo, tier.long, tier.threshold)",
            "_burns(slo, tier.short, tier.threshold)",
            "five minutes wake somebody",
        ),
        (
            "windows-or",
            "_burns(slo, tier.long, tier.threshold).and_",
            "_burns(slo, tier.long, tier.threshold).or_",
            "one of both windows is enough",
        ),
        (
            "min-bad-events-any-group",
            "condition.and_(enough_bad_events(slo, tier.long, tier.min_bad_events))",
            "condition.and_(enough_bad_events(slo, tier.long, tier.min_bad_events), on=key(slo))",
            "bad events of other groups count",
        ),
        (
            "min-bad-events-of-short",
            "enough_bad_events(slo, tier.long, tier.min_bad_events)",
            "enough_bad_events(slo, tier.short, tier.min_bad_events)",
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
            "condition.and_(age >= tier.warm_up.seconds)",
            (
                "condition.and_(Aggregation('max', key(slo), age) >= tier.warm_up.seconds, "
                "on=key(slo))"
            ),
            "a new group pages in its first minute, since others are old",
        ),
        (
            "warm-up-matches-no-group",
            "Aggregation('max', by, lately)",
            "Aggregation('max', groups, lately)",
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
            "slo.timing.fast_interval.seconds",
            "slo.timing.slow_interval.seconds",
            "while the slow group does not run a new group pages too early",
        ),
        (
            "warm-up-by-evaluations-of-all-groups",
            "sum_by(by, call('count_over_time', base))",
            "sum_by(key(slo), call('count_over_time', base))",
            "no group is paged about while the slow group does not run",
        ),
        (
            "age-of-the-last-minutes",
            "recorded(slo, naming.COVERAGE).over(HOUR)",
            "recorded(slo, naming.COVERAGE).over(slo.current_window)",
            "pages wait for a slow group that is late",
        ),
        (
            "conditions-dropped",
            "condition = condition.and_(needed, on=groups)",
            "pass",
            "a side of a difference that is not seen pages",
        ),
    ),
    *mutants(
        "slogen.compiler.burn_alerts:_alert",
        (
            "label-of-short-window",
            "str(tier.long)",
            "str(tier.short)",
            "slo_window says the short window",
        ),
    ),
    *mutants(
        "slogen.compiler.burn_alerts:fast_burn_alerts",
        (
            "slow-alerts-in-fast-group",
            "not t.is_slow",
            "t.is_slow",
            "fast tiers are lost, slow ones doubled",
        ),
        (
            "no-fast-alerts",
            "not t.is_slow",
            "not t",
            "nobody is paged",
        ),
    ),
    *mutants(
        "slogen.compiler.burn_alerts:slow_burn_alerts",
        (
            "fast-alerts-twice",
            "t.is_slow",
            "True",
            "each page is sent by two rules",
        ),
    ),
    *mutants(
        "slogen.compiler.budget_alerts:budget_alerts",
        (
            "exhausted-below-zero",
            "left <= 0",
            "left < 0",
            "not at 0",
        ),
        (
            "exhausted-when-low",
            "left <= 0",
            "left <= slo.definition.alerts.low_below",
            "a quarter left is nothing left",
        ),
        (
            "low-for-the-gone",
            "_of_who_is_there(slo, little)",
            "little",
            "who left with little budget is alerted about for the whole window",
        ),
        (
            "exhausted-without-enough",
            "_enough(slo, slo.period, _of_who_is_there(slo, left <= 0))",
            "_of_who_is_there(slo, left <= 0)",
            "one bad event of a quiet service exhausts the budget",
        ),
        (
            "low-without-enough",
            "_enough(slo, slo.period, _of_who_is_there(slo, little))",
            "_of_who_is_there(slo, little)",
            "one bad event of a quiet service leaves little of the budget",
        ),
        (
            "low-reversed",
            "left < slo.definition.alerts.low_below",
            "left > slo.definition.alerts.low_below",
            "a full budget is low",
        ),
    ),
    *mutants(
        "slogen.compiler.budget_alerts:_of_who_is_there",
        (
            "exhausted-for-the-gone",
            "condition.and_(events_of(slo, DAY) > 0)",
            "condition",
            "who left with a spent budget is alerted about for the whole window",
        ),
        (
            "exhausted-while-there",
            "events_of(slo, DAY)",
            "events_of(slo, slo.current_window)",
            "an alert about a spent budget begins and ends with each pause",
        ),
    ),
    *mutants(
        "slogen.compiler.budget_alerts:objective_alert",
        (
            "violated-without-enough",
            "_enough(slo, slo.violation_window, sli < slo.definition.objective.ratio)",
            "sli < slo.definition.objective.ratio",
            "one bad event of a quiet hour violates the objective",
        ),
        (
            "violated-budget",
            "sli < slo.definition.objective.ratio",
            "sli < slo.budget",
            "nothing is below the objective",
        ),
        (
            "violated-window",
            "naming.ratio_rate(slo.violation_window)",
            "naming.ratio_rate(slo.current_window)",
            "five minutes violate an objective",
        ),
    ),
    *mutants(
        "slogen.compiler.budget_alerts:_enough",
        (
            "enough-reversed",
            "condition.and_(enough_bad_events(slo, window, slo.min_bad_events))",
            "condition.unless(enough_bad_events(slo, window, slo.min_bad_events))",
            "an outage is no reason to alert",
        ),
    ),
)
