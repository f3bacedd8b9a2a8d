"""Mutants of the compiler's passes: their order, base series, and what rules and SLOs share."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_COMPILER = (
    *mutants(
        "slogen.compiler.base:missing_moments",
        (
            "missing-moments-beside-data",
            "moment.unless(had_data)",
            "moment",
            "what has data is bad as well",
        ),
        (
            "missing-moments-of-a-start",
            "moment.unless(had_data).and_(ran, on=())",
            "moment.unless(had_data)",
            "what is not scraped yet is bad",
        ),
        (
            "missing-moments-of-who-is-gone",
            "observed(slo, naming.EVENTS_INCREASE)",
            "recorded(slo, naming.EVENTS_INCREASE)",
            "a bad moment counts as data for the next one",
        ),
        (
            "missing-moments-without-errors",
            "(naming.EVENTS_INCREASE, naming.ERRORS_INCREASE)",
            "(naming.EVENTS_INCREASE,)",
            "a moment without data is good",
        ),
    ),
    *mutants(
        "slogen.compiler.base:base_series",
        (
            "base-without-its-hour",
            "_of_this_hour(counted)",
            "counted",
            "no hour knows which samples are its own",
        ),
    ),
    *mutants(
        "slogen.recorded.series:_matchers",
        (
            "selected-by-name",
            "label not in edited",
            "label or edited",
            "a rename cuts an SLO off from its past",
        ),
    ),
    *mutants(
        "slogen.compiler.data:data_ratio",
        (
            "data-of-slow-evaluations",
            "slo.timing.fast_interval.seconds",
            "slo.timing.slow_interval.seconds",
            "half of the data is all of it",
        ),
        (
            "data-clamp-dropped",
            "call('clamp_max', seconds / HOUR.seconds, 1)",
            "seconds / HOUR.seconds",
            "more data than there can be",
        ),
        (
            "data-of-all-groups",
            "sum_by(slo.definition.group_by, call('count_over_time', evaluated))",
            "sum_by((), call('count_over_time', evaluated))",
            "a group without data is hidden by another",
        ),
    ),
    *mutants(
        "slogen.compiler.data:incomplete_alert",
        (
            "incomplete-when-complete",
            "latest(slo, naming.DATA_RATIO, by) < COMPLETE_FROM",
            "latest(slo, naming.DATA_RATIO, by) > COMPLETE_FROM",
            "all data is incomplete data",
        ),
        (
            "incomplete-without-group",
            "(*key(slo), *slo.definition.group_by)",
            "key(slo)",
            "the alert says not whose data is missing",
        ),
    ),
    *mutants(
        "slogen.recorded.series:COMPLETE_FROM",
        (
            "incomplete-below-half",
            "Decimal('0.95')",
            "Decimal('0.5')",
            "a third of the data may be missing",
        ),
        (
            "incomplete-below-all",
            "Decimal('0.95')",
            "Decimal('0.995')",
            "one missed evaluation in an hour is incomplete data",
        ),
    ),
    *mutants(
        "slogen.compiler.data:stale_alert",
        (
            "absent-dropped",
            "call('absent', recorded(slo, naming.ERRORS_INCREASE))",
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
            "Aggregation('group', (), lately).or_(Aggregation('group', (), never))",
            "Aggregation('group', (), lately)",
            "what never was there is not stale",
        ),
        (
            "stale-only-of-the-missed",
            "Aggregation('group', (), lately).or_(Aggregation('group', (), never))",
            "Aggregation('group', (), never)",
            "a busy service may be gone for a day",
        ),
    ),
    *mutants(
        "slogen.compiler.data:_lately",
        (
            "lately-without-data",
            "sum_of_base(slo, naming.EVENTS_INCREASE, _LATELY, by).and_(there)",
            "sum_of_base(slo, naming.EVENTS_INCREASE, _LATELY, by)",
            "the last record is made when the data has ended, and may count nothing",
        ),
    ),
    *mutants(
        "slogen.compiler.data:_LATELY",
        (
            "lately-is-short",
            "Duration('30m')",
            "Duration('2h')",
            "a service that was idle for an hour is stale when it is restarted",
        ),
    ),
    *mutants(
        "slogen.compiler.data:_REMEMBERED",
        (
            "stale-memory",
            "DAY + UNRECORDED",
            "HOUR",
            "the alert is over after an hour, though the data is not back",
        ),
    ),
    *mutants(
        "slogen.compiler.data:stale_groups_alert",
        (
            "stale-group-that-is-there",
            "busy.unless(Aggregation('group', by, errors), on=by)",
            "busy.and_(Aggregation('group', by, errors), on=by)",
            "a group that is there is stale",
        ),
        (
            "stale-groups-of-nothing",
            "gone.and_(others, on=())",
            "gone",
            "the end of the whole SLI is told for each of its groups",
        ),
    ),
    *mutants(
        "slogen.compiler.data:events_lately",
        (
            "idle-groups-are-one",
            "slo.definition.group_by",
            "()",
            "one busy group makes all others busy",
        ),
    ),
    *mutants(
        "slogen.compiler.shapes:record",
        (
            "identity-dropped",
            "{**slo.identity, **labels}",
            "{**labels}",
            "recorded series bear no identity",
        ),
    ),
    *mutants(
        "slogen.compiler.shapes:alerting",
        (
            "severity-dropped",
            "{naming.SEVERITY_LABEL: alert.severity}",
            "{}",
            "nobody knows whom to wake",
        ),
        (
            "for-dropped",
            "alert.for_",
            "None",
            "alerts do not wait",
        ),
        (
            "keep-firing-for-dropped",
            "alert.keep_firing_for",
            "None",
            "pages flap",
        ),
        (
            "labels-are-templates",
            "literal(v)",
            "v",
            "braces in names are executed",
        ),
        (
            "links-last",
            "{**links, **texts, **alert.annotations}",
            "{**texts, **links, **alert.annotations}",
            "links stand below the texts",
        ),
        (
            "no-since",
            "f\"{since}{annotations['description']}\"",
            "f\"{annotations['description']}\"",
            "nobody knows since when",
        ),
    ),
    *mutants(
        "slogen.compiler.__init__:compile_slo",
        (
            "intervals-swapped",
            "fast, slow = (slo.timing.fast_interval, slo.timing.slow_interval)",
            "slow, fast = (slo.timing.fast_interval, slo.timing.slow_interval)",
            "fast groups are slow",
        ),
        (
            "groups-reordered",
            "(FAST, SLOW, BUDGET)",
            "(FAST, BUDGET, SLOW)",
            "the budget stands before what it is made of",
        ),
    ),
    *mutants(
        "slogen.compiler.__init__:FAST",
        (
            "base-after-windows",
            "(base_series, missing_moments, fast_windows)",
            "(fast_windows, base_series, missing_moments)",
            "windows read what was recorded one evaluation ago",
        ),
        (
            "alerts-before-windows",
            "(fast_windows, data_ratio, fast_burn_alerts)",
            "(fast_burn_alerts, fast_windows, data_ratio)",
            "alerts come one evaluation late",
        ),
    ),
    *mutants(
        "slogen.compiler.__init__:SLOW",
        (
            "hours-after-the-period",
            "(hours, open_hours, period_counts)",
            "(period_counts, hours, open_hours)",
            "the period reads what was recorded one evaluation ago",
        ),
        (
            "open-before-hours",
            "(hours, open_hours)",
            "(open_hours, hours)",
            "what is recorded is open as well, for one evaluation",
        ),
        (
            "ratio-before-its-counts",
            "(period_counts, coverage, seen, slow_windows, period_ratio)",
            "(period_ratio, period_counts, coverage, seen, slow_windows)",
            "the budget is one evaluation older",
        ),
        (
            "seen-before-its-age",
            "(coverage, seen)",
            "(seen, coverage)",
            "long windows of a new SLO have no ratio at its first evaluation",
        ),
        (
            "budget-before-its-ratio",
            "(period_ratio, budget_left)",
            "(budget_left, period_ratio)",
            "what is left is that of one evaluation ago",
        ),
    ),
    *mutants(
        "slogen.compiler.__init__:_group",
        (
            "query-offset-dropped",
            (
                "RuleGroup(name=name, interval=interval, query_offset=slo.timing.query_offset, "
                "rules=rules)"
            ),
            "RuleGroup(name=name, interval=interval, rules=rules)",
            "groups are evaluated before late data is there",
        ),
    ),
    *mutants(
        "slogen.compiler.stand_ins:_own_texts",
        (
            "hashed-names-are-shared",
            "kept = {service} if is_hashed else set()",
            "kept: set[str] = set()",
            "the address of a dashboard holds a hash of the name",
        ),
    ),
    *mutants(
        "slogen.compiler.stand_ins:stand_ins",
        (
            "stand-ins-are-short",
            "_MARK.ljust(length - 1, '-')",
            "_MARK",
            "lines of PromQL are broken by their lengths",
        ),
    ),
    *mutants(
        "slogen.compiler.stand_ins:has_mark",
        (
            "marks-are-passed-over",
            "_MARK in repr(slo) or _MARK in uid",
            "False",
            "a text of the user's is taken for a stand-in",
        ),
    ),
    *mutants(
        "slogen.compiler.stand_ins:_FORMS",
        (
            "words-of-yaml-are-plain",
            "'(?!(?i:yes|off|true|false|null|nan|inf|infinity)\\\\Z)[A-Za-z_][\\\\w.-]+[\\\\w-]'",
            "'[A-Za-z_][\\\\w.-]+[\\\\w-]'",
            "true is written between quotes, a stand-in is not",
        ),
    ),
    *mutants(
        "slogen.compiler.sharing:_Shape.of",
        (
            "orders-of-labels-are-shared",
            "tuple(map(tuple, (slo.identity, *alerts)))",
            "()",
            "labels stand in the order in which they were given",
        ),
    ),
    *mutants(
        "slogen.compiler.pattern:Pattern.filled",
        (
            "one-text-in-all-gaps",
            "texts[gap]",
            "texts[0]",
            "the id stands where the name should",
        ),
    ),
    *mutants(
        "slogen.compiler.pattern:Pattern.size",
        (
            "size-in-characters",
            "len(texts[gap].encode())",
            "len(texts[gap])",
            "a rule is larger than it is said to be",
        ),
    ),
    *mutants(
        "slogen.compiler.pattern:Pattern._fixed",
        (
            "fixed-size-in-characters",
            "len(piece.encode())",
            "len(piece)",
            "a rule is larger than it is said to be",
        ),
    ),
)
