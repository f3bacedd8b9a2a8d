"""Mutants of how proofs feed series: samples, base series and hours, and how often they ask."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_FEEDS = (
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
            "end - place",
            "end",
            "a run that begins within an hour is all of that hour",
        ),
    ),
    *mutants(
        "slogen.proof.hourly:sums",
        (
            "proof-hour-at-its-beginning",
            "[Samples(_first(1, step), None)]",
            "[]",
            "an hour is there before it has begun",
        ),
        (
            "proof-hour-every-hour-and-a-sample",
            "_first(hour + 2, step) - end - 1",
            "_first(hour + 2, step) - end",
            "each hour is a sample late, and the next one later",
        ),
        (
            "proof-hour-that-is-not-over",
            "sum((run.count for run in of_hour)) < end - _first(hour, step)",
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
        "slogen.proof.notation:counter",
        (
            "proof-counter",
            "run.count * increase",
            "run.increase",
            "counters go back",
        ),
    ),
    *mutants(
        "slogen.proof.paces:pace_for",
        (
            "proof-one-evaluation-is-enough",
            "fewest * pace <= time",
            "pace <= time",
            "a window holds one evaluation",
        ),
    ),
    *mutants(
        "slogen.proof.paces:rounded_up",
        (
            "proof-rounded-down",
            "-(-time.milliseconds // pace.milliseconds)",
            "time.milliseconds // pace.milliseconds",
            "an evaluation is asked for before it is there",
        ),
    ),
    *mutants(
        "slogen.proof.paces:just_before",
        (
            "proof-at-the-time",
            "time.milliseconds - 1",
            "time.milliseconds",
            "an alert is said to be quiet when it may fire",
        ),
    ),
    *mutants(
        "slogen.proof.phases:in_step",
        (
            "proof-of-a-second",
            "_FLOAT.multiply(per_second, step.seconds).normalize()",
            "per_second",
            "a counter grows in a step by what it should in a second",
        ),
    ),
)
