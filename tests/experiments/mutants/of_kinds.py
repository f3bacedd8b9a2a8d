"""Mutants of the kinds of SLIs: what each counts."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_KINDS = (
    *mutants(
        "slogen.compiler.sli.kind:share_of_seen",
        (
            "division-by-zero",
            "events > 0",
            "events",
            "a window without events is NaN",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.kind:share_of_events",
        (
            "share-not-clamped",
            "call('clamp', share_of_seen(errors, events), 0, 1)",
            "share_of_seen(errors, events)",
            "a difference below 0 is a ratio below 0",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.kind:share_of_time",
        (
            "time-by-length",
            "call('clamp_min', events, window.seconds)",
            "window.seconds",
            "a window that holds a sample more is worse than bad",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:increase_of",
        (
            "reset-dropped",
            "counted.or_((newer >= 0) < RESET_BELOW * (older < INFINITY))",
            "counted",
            "what a restarted pod counts first is lost",
        ),
        (
            "falls-are-counted",
            "newer - older >= 0",
            "newer - older",
            "a counter that falls counts less than nothing",
        ),
        (
            "infinite-growth",
            "(newer - older >= 0) < INFINITY",
            "newer - older >= 0",
            "Inf is recorded",
        ),
        (
            "growth-from-infinity",
            "older < INFINITY",
            "older",
            "after Inf the whole counter is counted",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:RESET_BELOW",
        (
            "every-fall-is-a-reset",
            "Decimal('0.875')",
            "Decimal('1')",
            "a pod that leaves a sum counts the whole sum",
        ),
        (
            "a-small-fall-is-a-reset",
            "Decimal('0.875')",
            "Decimal('0.9')",
            "a sum counts whole if one of nine pods leaves it",
        ),
        (
            "only-half-is-a-reset",
            "Decimal('0.875')",
            "Decimal('0.5')",
            "a counter that is soon at more than half again counts nothing since its restart",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:older_of",
        (
            "older-of-now",
            "timing.fast_interval + timing.counter_offset",
            "timing.counter_offset",
            "nothing is ever counted",
        ),
        (
            "older-of-two-before",
            "timing.fast_interval + timing.counter_offset",
            "2 * timing.fast_interval + timing.counter_offset",
            "everything is counted twice",
        ),
        (
            "gap-of-the-base-range",
            "series.over(timing.longest_gap, earlier)",
            "series.over(timing.base_range, earlier)",
            "what was counted in a gap is lost",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:newest",
        (
            "counter-offset-dropped",
            "series.over(window, slo.timing.counter_offset or None)",
            "series.over(window)",
            "counters are read before late samples are there",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:count",
        (
            "rates-are-counts",
            "slo.timing.fast_interval.seconds * finite(sum_by(by, query))",
            "finite(sum_by(by, query))",
            "a query counts a thirtieth of its events",
        ),
        (
            "queries-are-rates",
            "not is_counted(counter)",
            "is_counted(counter) or not is_counted(counter)",
            "queries of rates lose what a rate does not see",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:count.filled",
        (
            "query-not-filled",
            "increase(slo, selector, ()).or_(0 * still)",
            "increase(slo, selector, ())",
            "a sum of two counters is lost with one of them",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.increases:counted_events",
        (
            "no-errors-of-all-groups",
            "latest(slo, naming.EVENTS_INCREASE, slo.definition.group_by)",
            "latest(slo, naming.EVENTS_INCREASE, ())",
            "a group without bad events has no errors",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:_part",
        (
            "bad-fill-dropped",
            "count(slo, bad).or_(no_errors(slo))",
            "count(slo, bad)",
            "bad events that do not exist yet are absent",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:events",
        (
            "part-is-its-own",
            "_part(slo, sli.total, sli.bad) if sli.is_part else _own_bad(slo, sli.total, sli.bad)",
            (
                "_part(slo, sli.total, sli.bad) if not sli.is_part else _own_bad(slo, sli.total, "
                "sli.bad)"
            ),
            "a metric of its own is taken for a part of the total",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:_own_bad",
        (
            "bad-without-total",
            "errors.and_(_seen(slo, total))",
            "errors",
            "bad events without a total count",
        ),
        (
            "total-not-filled",
            "_filled(slo, total, total, beside=bad)",
            "count(slo, total, beside=bad)",
            "bad events have no events beside them while the total is missed",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:_without",
        (
            "good-part-stays",
            "newest(slo, series, slo.timing.base_range)",
            "newest(slo, series.over(slo.timing.base_range), slo.timing.longest_gap)",
            "good series are left out for as long as a gap",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:_difference",
        (
            "good-of-another-not-filled",
            "_filled(slo, good, good, beside=sli.total)",
            "count(slo, good, beside=sli.total)",
            "while good events are missed errors are absent, and events are not",
        ),
        (
            "good-of-another-filled-by-total",
            "_filled(slo, good, good, beside=sli.total)",
            "_filled(slo, good, sli.total, beside=sli.total)",
            "a good side that was never seen is an outage",
        ),
        (
            "good-not-born",
            "_filled(slo, good, sli.total, beside=sli.total)",
            "_filled(slo, good, good, beside=sli.total)",
            "an outage before the first success is no data",
        ),
        (
            "events-without-good",
            "every.and_(seen)",
            "every",
            "events are recorded where errors cannot be",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:share",
        (
            "own-bad-without-total-in-window",
            "part.or_(as_bool(errors > 0).compared('==', 1))",
            "part",
            "bad events of a window whose total is missed are no data",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.events:conditions",
        (
            "conditions-of-the-total-alone",
            "(sli.good, sli.total)",
            "(sli.total, sli.total)",
            "a page needs only the total to be seen",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.latency:_of_histogram",
        (
            "pods-with-other-buckets",
            "count.and_(fast)",
            "count",
            "events of pods without the bucket count",
        ),
        (
            "fast-are-errors",
            "count - fast",
            "fast",
            "fast requests are bad",
        ),
        (
            "bucket-clamp-dropped",
            "call('clamp_min', sum_by(by, count - fast), 0)",
            "sum_by(by, count - fast)",
            "a bucket ahead of its count is a negative error",
        ),
        (
            "bucket-keeps-le",
            "max_without(('le',), increase(slo, f'{metric}_bucket', bucket))",
            "increase(slo, f'{metric}_bucket', bucket)",
            "buckets match no count",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.latency:_of_native_histogram.slow",
        (
            "native-not-inverted",
            "1 - fast",
            "fast",
            "fast requests are bad",
        ),
        (
            "native-nan",
            "(every * (1 - fast) >= 0).or_(0 * every)",
            "every * (1 - fast)",
            "the first observations of a histogram are never slow",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.latency:_of_native_histogram_rates",
        (
            "native-rates-not-inverted",
            "1 - fast",
            "fast",
            "fast requests are bad",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.error_ratio:error_ratio",
        (
            "ratio-clamp-dropped",
            "call('clamp', Aggregation('max', by, value), 0, 1)",
            "Aggregation('max', by, value)",
            "120 % errors are recorded",
        ),
        (
            "ratio-best",
            "Aggregation('max', by, value)",
            "Aggregation('min', by, value)",
            "the best counts",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.states:value_of",
        (
            "value-nan",
            "Text(query.with_window(slo.timing.base_range), query.is_atomic) >= MINUS_INFINITY",
            "Text(query.with_window(slo.timing.base_range), query.is_atomic) * 1",
            "a value of NaN is recorded",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.time_slices:time_slices",
        (
            "slices-not-opposite",
            "value.compared(sli.good_when.opposite, sli.good_when.limit)",
            "value.compared(sli.good_when.operator, sli.good_when.limit)",
            "good times are bad",
        ),
        (
            "slices-best",
            "Aggregation('max', by, bad)",
            "Aggregation('min', by, bad)",
            "the best counts",
        ),
        (
            "slices-filter",
            "as_bool(value.compared(sli.good_when.opposite, sli.good_when.limit))",
            "value.compared(sli.good_when.opposite, sli.good_when.limit)",
            "the value itself is the error",
        ),
        (
            "slices-count-evaluations",
            "(seconds * Aggregation('group', by, value), seconds * Aggregation('max', by, bad))",
            "(Aggregation('group', by, value), Aggregation('max', by, bad))",
            "an evaluation is a second",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.up:up",
        (
            "up-not-inverted",
            "1 - Aggregation('avg', by, value)",
            "Aggregation('avg', by, value)",
            "targets up are bad",
        ),
        (
            "up-above-one",
            "(gauge >= 0) <= 1",
            "gauge >= 0",
            "a gauge of 5 is five targets up",
        ),
        (
            "gauge-offset-dropped",
            "Series(sli.gauge.metric, sli.gauge.matchers, offset=slo.timing.gauge_offset)",
            "Series(sli.gauge.metric, sli.gauge.matchers)",
            "gauges are read before late data is there",
        ),
    ),
    *mutants(
        "slogen.compiler.buckets:_spellings",
        (
            "le-without-point",
            "f'{plain}.0'",
            "plain",
            "le=1.0 reads as no errors, for ever",
        ),
    ),
    *mutants(
        "slogen.compiler.buckets:_escaped",
        (
            "le-dot-unescaped",
            "text.replace('.', '[.]')",
            "text",
            "1.0 is any character between 1 and 0",
        ),
    ),
    *mutants(
        "slogen.compiler.buckets:bucket_matcher",
        (
            "le-equals-regex",
            "Matcher('le', '=~', '|'.join((_escaped(text) for text in (first, *others))))",
            "Matcher('le', '=', '|'.join((_escaped(text) for text in (first, *others))))",
            "no bucket is found",
        ),
    ),
    *mutants(
        "slogen.compiler.sli.__init__:KINDS",
        (
            "targets-are-slices",
            "{Up: up.KIND}",
            "{Up: time_slices.KIND}",
            "a gauge is compiled as a query",
        ),
    ),
)
