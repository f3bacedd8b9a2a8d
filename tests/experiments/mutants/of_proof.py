"""Mutants of proofs: what they feed, and what they expect."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_PROOF = (
    *mutants(
        "slogen.proof.hourly:told_apart",
        (
            "proof-hours-without-modulo",
            "hour % HOURS_TOLD_APART == number",
            "hour == number",
            "hours from the fifth on are not fed",
        ),
    ),
    *mutants(
        "slogen.proof.hourly:_by_hour",
        (
            "proof-hours-on-both-sides",
            "whole - place % whole",
            "whole",
            "a run that begins within an hour is all of that hour",
        ),
    ),
    *mutants(
        "slogen.proof.hourly:sums",
        (
            "proof-hour-at-its-beginning",
            "[Samples(whole, None)]",
            "[]",
            "an hour is there before it has begun",
        ),
        (
            "proof-hour-every-hour-and-a-sample",
            "whole - 1",
            "whole",
            "each hour is a sample late, and the next one later",
        ),
        (
            "proof-hour-that-is-not-over",
            "sum((run.count for run in of_hour)) < whole",
            "sum((run.count for run in of_hour)) < 1",
            "a part of an hour is recorded",
        ),
        (
            "proof-hours-of-one-sample",
            "run.count * run.value",
            "run.value",
            "an hour has the events of a sample",
        ),
        (
            "proof-hour-of-its-first-run",
            "sum(known[1:], known[0])",
            "known[0]",
            "an hour has the events before something changed",
        ),
    ),
    *mutants(
        "slogen.proof.feeds:RecordedFeed._base",
        (
            "proof-hours-upside-down",
            "SUM_OF_HOUR[metric]",
            "SUM_OF_HOUR[naming.EVENTS_INCREASE]",
            "good hours are bad",
        ),
        (
            "proof-hours-not-fed",
            "self.hours and (found := sums(runs, self.step))",
            "not self.hours and (found := sums(runs, self.step))",
            "slow tiers see nothing but what is open",
        ),
    ),
    *mutants(
        "slogen.proof.feeds:RecordedFeed._age",
        (
            "proof-age-of-another-time",
            "Samples(1, self.born)",
            "Samples(1, self.born + 43200)",
            "an SLO is younger than the scenario",
        ),
    ),
    *mutants(
        "slogen.proof.feeds:RecordedFeed.observation",
        (
            "proof-observed-without-hours",
            "HOUR if self.hours else None",
            "None",
            "hours are seen before they are over",
        ),
    ),
    *mutants(
        "slogen.proof.summing:hours",
        (
            "proof-hour-with-the-next",
            "between(fast, HOUR)",
            "until",
            "the hour holds what is open as well",
        ),
        (
            "proof-hour-not-tried",
            "1000 * (FIRST_SECOND + SECONDS_BETWEEN_TRIES)",
            "100 * (FIRST_SECOND + SECONDS_BETWEEN_TRIES)",
            "an hour is expected before it is recorded",
        ),
    ),
    *mutants(
        "slogen.proof.summing:_renamed",
        (
            "proof-good-hour-forgotten",
            "Fraction(HOUR.milliseconds, step.milliseconds)",
            "Fraction(0)",
            "what was recorded under an earlier name does not count",
        ),
    ),
    *mutants(
        "slogen.proof.spending:_Spending.spent",
        (
            "proof-spent-at-once",
            "Fraction(age, slo.period.milliseconds) * Fraction(self.ratio)",
            "Fraction(self.ratio)",
            "a young SLO has spent what an old one would have",
        ),
    ),
    *mutants(
        "slogen.proof.lasting:_rate",
        (
            "proof-lasts-by-a-full-window",
            "bad * Fraction(held, ended.milliseconds) / Fraction(window.seconds)",
            "bad / Fraction(ended.seconds)",
            "bad events of half an hour are a whole hour's",
        ),
    ),
    *mutants(
        "slogen.proof.lasting:_seconds",
        (
            "proof-lasts-without-what-is-spent",
            "Fraction(slo.period.seconds) * Fraction(slo.budget) * Fraction(seen / at) - bad",
            "Fraction(slo.period.seconds) * Fraction(slo.budget) * Fraction(seen / at)",
            "all of the budget is left",
        ),
        (
            "proof-lasts-by-the-slower-window",
            "max((_rate(window, bad, at, ended) for window in slo.exhaustion_windows))",
            "min((_rate(window, bad, at, ended) for window in slo.exhaustion_windows))",
            "a budget lasts as long as the slower window says",
        ),
    ),
    *mutants(
        "slogen.proof.burning:_ABOVE",
        (
            "proof-above",
            "Decimal('1.05')",
            "Decimal('0.5')",
            "a proof asks below the threshold",
        ),
        (
            "proof-below",
            "Decimal('0.95')",
            "Decimal('1.1')",
            "what is quiet is above",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.up:series_of_up",
        (
            "proof-up",
            "1 - ratio",
            "ratio",
            "a gauge that is up is down",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.time_slices:series_of_time_slices",
        (
            "proof-side",
            "bad[0] if ratio else good[0]",
            "good[0] if ratio else bad[0]",
            "values are on the other side of the limit",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.queried:QueriedSeries._undone",
        (
            "proof-undone",
            "(value - self.query.constant) / self.query.factor",
            "value - self.query.constant",
            "a query does not give what is wanted",
        ),
    ),
    *mutants(
        "slogen.proof.matching:_holds",
        (
            "proof-part-of-value",
            "{'=', '=~'}",
            "{'='}",
            "a regex matches what it does not",
        ),
    ),
    *mutants(
        "slogen.proof.matching:_recognizer",
        (
            "proof-dot",
            "True",
            "False",
            "dots miss line breaks",
        ),
    ),
    *mutants(
        "slogen.proof.notation:counter",
        (
            "proof-counter",
            "run.count * increase",
            "run.increase",
            "counters go back",
        ),
    ),
    *mutants(
        "slogen.proof.sampling:satisfying",
        (
            "proof-misses",
            "(*matchers, broken.negated)",
            "(*matchers, broken)",
            "good events are bad",
        ),
    ),
)
