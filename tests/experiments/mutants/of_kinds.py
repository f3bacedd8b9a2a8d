"""Mutants of the kinds of SLIs: what each counts."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_KIND = mutants(
    "slogen/compiler/sli/kind.py",
    (
        "division-by-zero",
        "return errors / (events > 0)",
        "return errors / events",
        "a window without events is NaN",
    ),
    (
        "share-not-clamped",
        'return call("clamp", share_of_seen(errors, events), 0, 1)',
        "return share_of_seen(errors, events)",
        "a difference below 0 is a ratio below 0",
    ),
    (
        "time-by-length",
        'return errors / call("clamp_min", events, window.seconds)',
        "return errors / window.seconds",
        "a window that holds a sample more is worse than bad",
    ),
)

_INCREASES = mutants(
    "slogen/compiler/sli/increases.py",
    (
        "reset-dropped",
        "return counted.or_((newer >= 0) < RESET_BELOW * (older < INFINITY))",
        "return counted",
        "what a restarted pod counts first is lost",
    ),
    (
        "every-fall-is-a-reset",
        'RESET_BELOW = Decimal("0.875")',
        'RESET_BELOW = Decimal("1")',
        "a pod that leaves a sum counts the whole sum",
    ),
    (
        "older-of-now",
        "earlier = timing.fast_interval + timing.counter_offset",
        "earlier = timing.counter_offset",
        "nothing is ever counted",
    ),
    (
        "older-of-two-before",
        "earlier = timing.fast_interval + timing.counter_offset",
        "earlier = 2 * timing.fast_interval + timing.counter_offset",
        "everything is counted twice",
    ),
    (
        "gap-of-the-base-range",
        "series.over(timing.longest_gap, earlier)",
        "series.over(timing.base_range, earlier)",
        "what was counted in a gap is lost",
    ),
    (
        "falls-are-counted",
        "counted = (newer - older >= 0) < INFINITY",
        "counted = newer - older < INFINITY",
        "a counter that falls counts less than nothing",
    ),
    (
        "infinite-growth",
        "counted = (newer - older >= 0) < INFINITY",
        "counted = newer - older >= 0",
        "Inf is recorded",
    ),
    (
        "growth-from-infinity",
        "RESET_BELOW * (older < INFINITY))",
        "RESET_BELOW * older)",
        "after Inf the whole counter is counted",
    ),
    (
        "counter-offset-dropped",
        "series.over(window, slo.timing.counter_offset or None)",
        "series.over(window)",
        "counters are read before late samples are there",
    ),
    (
        "rates-are-counts",
        "return slo.timing.fast_interval.seconds * finite(sum_by(by, query))",
        "return finite(sum_by(by, query))",
        "a query counts a thirtieth of its events",
    ),
    (
        "queries-are-rates",
        "if not is_counted(counter):\n        query",
        "if is_counted(counter) or not is_counted(counter):\n        query",
        "queries of rates lose what a rate does not see",
    ),
    (
        "query-not-filled",
        "increase(slo, selector, ()).or_(0 * still)",
        "increase(slo, selector, ())",
        "a sum of two counters is lost with one of them",
    ),
    (
        "no-errors-of-all-groups",
        "latest(slo, naming.EVENTS_INCREASE, slo.definition.group_by)",
        "latest(slo, naming.EVENTS_INCREASE, ())",
        "a group without bad events has no errors",
    ),
)

_EVENTS = mutants(
    "slogen/compiler/sli/events.py",
    (
        "bad-fill-dropped",
        "return count(slo, total), count(slo, bad).or_(no_errors(slo))",
        "return count(slo, total), count(slo, bad)",
        "bad events that do not exist yet are absent",
    ),
    (
        "part-is-its-own",
        "if sli.is_part else _own_bad(",
        "if not sli.is_part else _own_bad(",
        "a metric of its own is taken for a part of the total",
    ),
    (
        "bad-without-total",
        "return events, errors.and_(_seen(slo, total))",
        "return events, errors",
        "bad events without a total count",
    ),
    (
        "total-not-filled",
        "events = _filled(slo, total, total, beside=bad)",
        "events = count(slo, total, beside=bad)",
        "bad events have no events beside them while the total is missed",
    ),
    (
        "good-part-stays",
        "newest(slo, series, slo.timing.base_range)",
        "newest(slo, series.over(slo.timing.base_range), slo.timing.longest_gap)",
        "good series are left out for as long as a gap",
    ),
    (
        "good-of-another-not-filled",
        "good_events = _filled(slo, good, good, beside=sli.total)",
        "good_events = count(slo, good, beside=sli.total)",
        "while good events are missed errors are absent, and events are not",
    ),
    (
        "good-of-another-filled-by-total",
        "good_events = _filled(slo, good, good, beside=sli.total)",
        "good_events = _filled(slo, good, sli.total, beside=sli.total)",
        "a good side that was never seen is an outage",
    ),
    (
        "good-not-born",
        "return every, every - _filled(slo, good, sli.total, beside=sli.total)",
        "return every, every - _filled(slo, good, good, beside=sli.total)",
        "an outage before the first success is no data",
    ),
    (
        "events-without-good",
        "return every.and_(seen), every - good_events",
        "return every, every - good_events",
        "events are recorded where errors cannot be",
    ),
    (
        "own-bad-without-total-in-window",
        'return part.or_(as_bool(errors > 0).compared("==", 1))',
        "return part",
        "bad events of a window whose total is missed are no data",
    ),
    (
        "conditions-of-the-total-alone",
        "for one in (sli.good, sli.total) if",
        "for one in (sli.total, sli.total) if",
        "a page needs only the total to be seen",
    ),
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
        'max_without(("le",), increase(slo, f"{metric}_bucket", bucket))',
        'increase(slo, f"{metric}_bucket", bucket)',
        "buckets match no count",
    ),
    (
        "native-not-inverted",
        "(every * (1 - fast) >= 0)",
        "(every * fast >= 0)",
        "fast requests are bad",
    ),
    (
        "native-nan",
        "return (every * (1 - fast) >= 0).or_(0 * every)",
        "return every * (1 - fast)",
        "the first observations of a histogram are never slow",
    ),
    (
        "native-rates-not-inverted",
        'slow = call("clamp", 1 - fast, 0, 1)',
        'slow = call("clamp", fast, 0, 1)',
        "fast requests are bad",
    ),
)

_ERROR_RATIO = mutants(
    "slogen/compiler/sli/error_ratio.py",
    (
        "ratio-clamp-dropped",
        'bad = call("clamp", Aggregation("max", by, value), 0, 1)',
        'bad = Aggregation("max", by, value)',
        "120 % errors are recorded",
    ),
    (
        "ratio-best",
        'Aggregation("max", by, value)',
        'Aggregation("min", by, value)',
        "the best counts",
    ),
)

_STATES = mutants(
    "slogen/compiler/sli/states.py",
    (
        "value-nan",
        "query.is_atomic) >= MINUS_INFINITY",
        "query.is_atomic) * 1",
        "a value of NaN is recorded",
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
    (
        "slices-count-evaluations",
        'return seconds * Aggregation("group", by, value), seconds * Aggregation("max", by, bad)',
        'return Aggregation("group", by, value), Aggregation("max", by, bad)',
        "an evaluation is a second",
    ),
)

_UP = mutants(
    "slogen/compiler/sli/up.py",
    (
        "up-not-inverted",
        'seconds * (1 - Aggregation("avg", by, value))',
        'seconds * Aggregation("avg", by, value)',
        "targets up are bad",
    ),
    ("up-above-one", "(gauge >= 0) <= 1", "gauge >= 0", "a gauge of 5 is five targets up"),
    (
        "gauge-offset-dropped",
        ", offset=slo.timing.gauge_offset)",
        ")",
        "gauges are read before late data is there",
    ),
)

OF_KINDS = (
    *(*_KIND, *_INCREASES, *_EVENTS, *_LATENCY),
    *(*_ERROR_RATIO, *_STATES, *_TIME_SLICES, *_UP),
)
