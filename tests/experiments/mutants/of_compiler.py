"""Mutants of the compiler's windows, burn-rate alerts and indicators."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_WINDOWS = mutants(
    "slogen/compiler/windows.py",
    (
        "tile-offset-dropped",
        "_sum(slo, rate, tile, timing.tile_offset)",
        "_sum(slo, rate, tile)",
        "tiles count samples that are being written",
    ),
    (
        "tile-length",
        "_sum(slo, rate, tile, timing.tile_offset)",
        "_sum(slo, rate, timing.base_range, timing.tile_offset)",
        "tiles are as long as the base range",
    ),
    (
        "tile-factor",
        "timing.fast_interval.seconds * _sum(",
        "timing.slow_interval.seconds * _sum(",
        "a sample stands for two minutes",
    ),
    (
        "tile-events-from-errors",
        "(naming.events_sum(tile), naming.EVENTS_RATE)",
        "(naming.events_sum(tile), naming.ERRORS_RATE)",
        "tiles of events count errors",
    ),
    (
        "6h-window-lost",
        "for w in slo.windows if w <= LONGEST_FAST_WINDOW)",
        "for w in slo.windows if w < LONGEST_FAST_WINDOW)",
        "the ratio over 6h is not recorded",
    ),
    (
        "division-by-zero",
        "(_sum(slo, events, window) > 0)",
        "_sum(slo, events, window)",
        "a window without events is NaN",
    ),
    (
        "events-of-all-groups",
        "(_sum(slo, events, window) > 0)",
        '(sum_by((), call("sum_over_time", recorded(slo, events).over(window))) > 0)',
        "group_by is lost in one of two sums",
    ),
    (
        "outer-sum-dropped",
        'return sum_by(slo.definition.group_by, call("sum_over_time", samples))',
        'return call("sum_over_time", samples)',
        "a renamed service splits its windows",
    ),
    (
        "mean-instead-of-sum",
        'call("sum_over_time", samples))',
        'call("avg_over_time", samples))',
        "tiles hold means",
    ),
    (
        "heartbeat-factor",
        "* slo.timing.slow_interval.seconds",
        "* slo.timing.fast_interval.seconds",
        "an SLO is four times as young",
    ),
    (
        "heartbeat-of-events",
        "recorded(slo, naming.OBJECTIVE).over(window)",
        "recorded(slo, naming.EVENTS_RATE).over(window)",
        "a quiet SLO is young for ever",
    ),
    (
        "min-bad-events-more",
        'least - Decimal("0.5")',
        'least + Decimal("0.5")',
        "three events are not three",
    ),
    (
        "min-bad-events-factor",
        "(factor * total if factor != 1 else total)",
        "total",
        "a sum of rates is taken for a count",
    ),
    (
        "min-bad-events-of-all-groups",
        "by = (slo.naming.id, *slo.definition.group_by)",
        "by = (slo.naming.id,)",
        "no group ever has enough bad events",
    ),
    (
        "slow-sources-swapped",
        "naming.errors_sum(tile), naming.events_sum(tile), Decimal(1)",
        "naming.events_sum(tile), naming.errors_sum(tile), Decimal(1)",
        "long windows are upside down",
    ),
    (
        "period-of-5m",
        "naming.ratio_rate(slo.period)",
        "naming.ratio_rate(slo.current_window)",
        "the period is the last five minutes",
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
        "on=(slo.naming.id, *slo.definition.group_by)",
        "on=(slo.naming.id,)",
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
        "seconds_seen(slo, tier.long, by)",
        "seconds_seen(slo, tier.short, by)",
        "a slow tier never warms up",
    ),
    (
        "warm-up-reversed",
        "seen >= tier.warm_up.seconds",
        "seen <= tier.warm_up.seconds",
        "a slow tier works while the SLO is young",
    ),
    (
        "warm-up-join",
        "seen >= tier.warm_up.seconds, on=by)",
        "seen >= tier.warm_up.seconds)",
        "the heartbeat matches no group",
    ),
    (
        "slow-alerts-in-fast-group",
        "for t in slo.tiers if not t.is_slow)",
        "for t in slo.tiers if t.is_slow)",
        "fast tiers are lost, slow ones doubled",
    ),
)

_COUNTED = mutants(
    "slogen/compiler/sli/counted.py",
    ("infinite-rates", "return (expr >= 0) < INFINITY", "return expr >= 0", "Inf is recorded"),
    ("negative-rates", "(expr >= 0) < INFINITY", "expr < INFINITY", "negative rates are recorded"),
    (
        "rate-offset-dropped",
        ".over(slo.timing.base_range, slo.timing.offset)",
        ".over(slo.timing.base_range)",
        "counters are read before late data is there",
    ),
    ("increase-for-rate", 'call("rate", Series', 'call("increase", Series', "90 times the traffic"),
)

_ERROR_RATIO = mutants(
    "slogen/compiler/sli/error_ratio.py",
    ("ratio-clamp-dropped", 'call("clamp", worst, 0, 1)', "worst", "120 % errors are recorded"),
    ("ratio-best", 'worst = Aggregation("max"', 'worst = Aggregation("min"', "the best counts"),
    (
        "ratio-nan",
        "value, by = query(slo, sli.query) >= MINUS_INFINITY, slo.definition.group_by\n    worst",
        "value, by = query(slo, sli.query), slo.definition.group_by\n    worst",
        "a ratio of NaN is recorded",
    ),
)

_EVENTS = mutants(
    "slogen/compiler/sli/events.py",
    (
        "bad-fill-dropped",
        "(_sum_of_rates(slo, sli.bad).or_(0 * total)).and_(total)",
        "_sum_of_rates(slo, sli.bad).and_(total)",
        "bad events that do not exist yet are absent",
    ),
    (
        "bad-without-total",
        ".or_(0 * total)).and_(total)",
        ".or_(0 * total))",
        "bad events without a total count",
    ),
    (
        "good-fill-dropped",
        "good = _sum_of_rates(slo, sli.good).or_(0 * total)",
        "good = _sum_of_rates(slo, sli.good)",
        "an outage without good events is no data",
    ),
    (
        "good-clamp-dropped",
        'call("clamp_min", total - good, 0)',
        "total - good",
        "more good events than events are negative errors",
    ),
    ("good-reversed", "total - good, 0)", "good - total, 0)", "errors are always 0"),
)

_LATENCY = mutants(
    "slogen/compiler/sli/latency.py",
    (
        "pods-with-other-buckets",
        "sum_by(by, count.and_(fast))",
        "sum_by(by, count)",
        "events of pods without the bucket count",
    ),
    ("fast-are-errors", "sum_by(by, count - fast)", "sum_by(by, fast)", "fast requests are bad"),
    (
        "bucket-clamp-dropped",
        'call("clamp_min", sum_by(by, count - fast), 0)',
        "sum_by(by, count - fast)",
        "a bucket ahead of its count is a negative error",
    ),
    (
        "bucket-keeps-le",
        'max_without(("le",), finite(rate(slo, f"{metric}_bucket", bucket)))',
        'finite(rate(slo, f"{metric}_bucket", bucket))',
        "buckets match no count",
    ),
    (
        "native-not-inverted",
        'call("clamp", 1 - fast, 0, 1)',
        'call("clamp", fast, 0, 1)',
        "fast requests are bad",
    ),
    (
        "native-nan",
        "(slow * total >= 0).or_(0 * total)",
        "slow * total",
        "the fraction of nothing is NaN",
    ),
)

_TIME_SLICES = mutants(
    "slogen/compiler/sli/time_slices.py",
    (
        "slices-not-opposite",
        "value.compared(sli.good_when.opposite",
        "value.compared(sli.good_when.operator",
        "good times are bad",
    ),
    (
        "slices-best",
        'Aggregation("max", by, bad)',
        'Aggregation("min", by, bad)',
        "the best counts",
    ),
    (
        "slices-filter",
        "as_bool(value.compared(sli.good_when.opposite, sli.good_when.limit))",
        "value.compared(sli.good_when.opposite, sli.good_when.limit)",
        "the value itself is the error",
    ),
)

_UP = mutants(
    "slogen/compiler/sli/up.py",
    ("up-not-inverted", "count - sum_by(by, value)", "sum_by(by, value)", "targets up are bad"),
    ("up-above-one", "(gauge >= 0) <= 1", "gauge >= 0", "a gauge of 5 is five targets up"),
    (
        "gauge-offset-dropped",
        ", offset=slo.timing.offset)",
        ")",
        "gauges are read before late data is there",
    ),
)

OF_COMPILER = (
    *_WINDOWS,
    *_BURN_ALERTS,
    *_COUNTED,
    *_ERROR_RATIO,
    *_EVENTS,
    *_LATENCY,
    *_TIME_SLICES,
    *_UP,
)
