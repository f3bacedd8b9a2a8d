"""Mutants of windows: what they sum, and how ratios are made of sums."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_WINDOWS = (
    *mutants(
        "slogen.compiler.windows:fast_windows",
        (
            "6h-window-lost",
            "w <= LONGEST_FAST_WINDOW",
            "w < LONGEST_FAST_WINDOW",
            "the ratio over 6h is not recorded",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:sum_of_base",
        (
            "outer-sum-dropped",
            "sum_by(by, call('sum_over_time', recorded(slo, increase).over(window)))",
            "call('sum_over_time', recorded(slo, increase).over(window))",
            "a renamed service splits its windows",
        ),
        (
            "mean-instead-of-sum",
            "call('sum_over_time', recorded(slo, increase).over(window))",
            "call('avg_over_time', recorded(slo, increase).over(window))",
            "windows hold means",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:_sum",
        (
            "long-windows-read-the-base",
            "window <= LONGEST_FAST_WINDOW",
            "window",
            "30d are 86,400 samples, and base series that promtool refuses to read",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:period_counts",
        (
            "period-of-5m",
            "_sums(slo, slo.period)",
            "_sums(slo, slo.current_window)",
            "the period is the last five minutes",
        ),
        (
            "period-events-are-errors",
            "record(slo, naming.EVENTS_PERIOD, events)",
            "record(slo, naming.EVENTS_PERIOD, errors)",
            "all events of the period are bad",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:_kept_a_ratio",
        (
            "period-of-time-by-its-length",
            "not sli.counts_events",
            "not sli.counts_events and slo.period > LONGEST_FAST_WINDOW",
            (
                "of a short period what was not seen is good, and the budget of a young SLO lasts "
                "twice"
            ),
        ),
    ),
    *mutants(
        "slogen.compiler.windows:seen",
        (
            "seen-of-the-whole-period",
            "latest(slo, naming.COVERAGE, by) * slo.period.seconds",
            "latest(slo, naming.COVERAGE, by) * 0 + slo.period.seconds",
            "a young SLO is usually not seen, and its long windows burn by what little there was",
        ),
        (
            "seen-clamp-dropped",
            "call('clamp_max', latest(slo, naming.EVENTS_PERIOD, by) / existed, 1)",
            "latest(slo, naming.EVENTS_PERIOD, by) / existed",
            "an SLO that two rulers record is seen twice, and its long windows are half as bad",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:_slow_ratio",
        (
            "long-time-by-what-was-seen",
            "(events > usual).or_(usual)",
            "events",
            "a minute of data after a night without any is 100 % of a day",
        ),
        (
            "long-time-by-the-smaller",
            "events > usual",
            "events < usual",
            "a window is judged by the smaller of what was seen and what usually is",
        ),
        (
            "long-time-only-if-seen",
            "(events > usual).or_(usual)",
            "events > usual",
            "a window that is seen less than usually has no ratio",
        ),
        (
            "long-time-by-its-length",
            "window.seconds * latest(slo, naming.SEEN_RATIO, slo.definition.group_by)",
            "0 * latest(slo, naming.SEEN_RATIO, slo.definition.group_by) + window.seconds",
            "what runs for an hour a day can be bad for all of it, and no ticket comes",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:enough_bad_events",
        (
            "min-bad-events-more",
            "least - _HALF_AN_EVENT",
            "least + _HALF_AN_EVENT",
            "three estimated events are not three",
        ),
        (
            "min-bad-events-always-half",
            "Decimal(least) if exact else least - _HALF_AN_EVENT",
            "Decimal(least) if not exact else least - _HALF_AN_EVENT",
            "two and a half counted events are three",
        ),
        (
            "min-bad-events-of-all-groups",
            "(*key(slo), *slo.definition.group_by)",
            "key(slo)",
            "no group ever has enough bad events",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:slow_windows",
        (
            "period-recorded-twice",
            "LONGEST_FAST_WINDOW < window != slo.period",
            "LONGEST_FAST_WINDOW < window",
            "two rules record the ratio over the SLO's own window",
        ),
    ),
    *mutants(
        "slogen.compiler.windows:period_ratio",
        (
            "period-without-events",
            "_kept_a_ratio(slo, errors, events)",
            "errors / events",
            "a window without events is NaN",
        ),
        (
            "period-of-long-windows-has-one-name",
            "slo.period <= LONGEST_FAST_WINDOW",
            "slo.period > LONGEST_FAST_WINDOW",
            "alerts read a window that nobody records",
        ),
    ),
)
