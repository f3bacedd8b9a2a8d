"""Mutants of proofs: what happens in them, and what they expect."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_PROOF = (
    *mutants(
        "slogen.proof.summing:hours",
        (
            "proof-hour-with-the-next",
            "just_before(HOUR, fast)",
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
        "slogen.proof.summing:_too_old",
        (
            "proof-old-events-are-good",
            "Phase(step, events, events)",
            "Phase(step, events)",
            "no event is bad before a window",
        ),
    ),
    *mutants(
        "slogen.proof.summing:_since",
        (
            "proof-age-without-its-hour",
            "_of_hour(subject, '0', HOUR.seconds)",
            "_of_hour(subject, '0', ZERO)",
            "a group exists since an hour before",
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
        "slogen.proof.__init__:prove",
        (
            "proof-without-alerts",
            "scenarios += alerting(subject)",
            "pass",
            "alerts about the objective and gaps are not shown",
        ),
        (
            "proof-without-staleness",
            "chain(summing(subject), staleness(subject))",
            "summing(subject)",
            "alerts about data that ends are not shown",
        ),
    ),
    *mutants(
        "slogen.proof.__init__:_of_base_series",
        (
            "proof-without-laws",
            "laws(subject, feed)",
            "()",
            "restarts and NaN are not shown",
        ),
    ),
    *mutants(
        "slogen.proof.__init__:_tiers",
        (
            "proof-of-slow-tiers-with-offset",
            "not tier.is_slow",
            "True",
            "promtool refuses hours that rules record as well",
        ),
    ),
    *mutants(
        "slogen.proof.alerting:_violated",
        (
            "proof-objective-is-met",
            "2 * subject.slo.budget",
            "subject.slo.budget / 2",
            "an objective that is met is said to be violated",
        ),
        (
            "proof-violated-without-delay",
            "total(earliest, delay)",
            "total(latest, delay, pace)",
            "the alert is said to be quiet while it fires",
        ),
    ),
    *mutants(
        "slogen.proof.alerting:_incomplete",
        (
            "proof-gaps-are-short",
            "(samples - enough + 3) * fast",
            "(samples - enough) * fast",
            "less is missing than the alert asks for",
        ),
    ),
    *mutants(
        "slogen.proof.counting:_expected",
        (
            "proof-both-groups-burn",
            "ERRORS if is_burning else ZERO",
            "ERRORS",
            "a group without errors is said to have some",
        ),
    ),
    *mutants(
        "slogen.proof.counting:_no_part_yet",
        (
            "proof-part-is-there",
            "source.part != what",
            "True",
            "the series that is to be missing is fed",
        ),
    ),
    *mutants(
        "slogen.proof.counting:_what_counts",
        (
            "proof-without-strays",
            "raw.strays(burning)",
            "()",
            "no series is fed that must not count",
        ),
    ),
    *mutants(
        "slogen.proof.counting:seconds_counted",
        (
            "proof-counts-since-the-beginning",
            "newest_scrape(subject, first)",
            "Duration.zero()",
            "what was scraped before the first evaluation is said to count",
        ),
    ),
    *mutants(
        "slogen.proof.few:few",
        (
            "proof-enough-at-once",
            "(least - 1, again)",
            "(least, again)",
            "one bad event too few is one enough",
        ),
        (
            "proof-few-of-a-young-slo",
            "total(tier.warm_up, late)",
            "late",
            "the SLO is too young for its alert",
        ),
    ),
    *mutants(
        "slogen.proof.older_hours:_in_turn",
        (
            "proof-hours-without-the-first-sample",
            "total(_HOURS, _PACE).seconds",
            "_HOURS.seconds",
            "the sample at the beginning is not counted",
        ),
    ),
    *mutants(
        "slogen.proof.older_hours:_forgotten",
        (
            "proof-hour-forgotten-too-soon",
            "just_before(slo.period, pace)",
            "total(rounded_up(slo.period, pace), pace)",
            "an hour still counts when the window has forgotten it",
        ),
    ),
    *mutants(
        "slogen.proof.few_of_a_budget:_few",
        (
            "proof-budget-enough-at-once",
            "Phase(step, (least - 1) * one, (least - 1) * one)",
            "Phase(step, least * one, least * one)",
            "one bad event too few is one enough",
        ),
        (
            "proof-few-of-a-young-budget",
            "-_OLDER * slo.period.seconds",
            "0",
            "the budget of a young SLO is as large as that of an old one",
        ),
    ),
    *mutants(
        "slogen.proof.few_of_a_budget:few_of_a_budget",
        (
            "proof-few-of-no-objective",
            "[*subject.budget_alerts, *([slo.violated] if slo.violated else [])]",
            "[*subject.budget_alerts]",
            "the alert about the objective is not asked",
        ),
    ),
    *mutants(
        "slogen.proof.few_of_a_budget:_fits",
        (
            "proof-few-that-are-forgotten",
            "total(until, slo.timing.slow_interval) < window",
            "True",
            "alerts wait for longer than their windows hold the bad events",
        ),
    ),
    *mutants(
        "slogen.proof.scrapes:_Course.phases",
        (
            "proof-no-restart",
            "Phase(between(self.restarted, self.lost), EVENTS, ERRORS, restarts=True)",
            "Phase(between(self.restarted, self.lost), EVENTS, ERRORS)",
            "no counter begins again",
        ),
        (
            "proof-no-gap",
            "Phase(between(self.missed, self.found), EVENTS, ERRORS, is_missed=True)",
            "Phase(between(self.missed, self.found), EVENTS, ERRORS)",
            "no scrape is missed",
        ),
        (
            "proof-no-gap-is-too-long",
            "Phase(between(self.lost, self.back), EVENTS, ERRORS, is_missed=True)",
            "Phase(between(self.lost, self.back), EVENTS, ERRORS)",
            "scrapes go on where nothing is said to count",
        ),
    ),
    *mutants(
        "slogen.proof.scrapes:_Course.seconds",
        (
            "proof-counts-what-is-lost",
            "seconds - between(self.lost, seen).seconds",
            "seconds",
            "the events of a gap that is too long are said to count",
        ),
    ),
    *mutants(
        "slogen.proof.scrapes:_counted",
        (
            "proof-restarted-counts-nothing",
            "raw.counted(((s, _shown(s, since) or ZERO) for s in sources))",
            "(ZERO, ZERO)",
            "what was counted since a restart is forgotten",
        ),
    ),
    *mutants(
        "slogen.proof.scrapes:_COURSES",
        (
            "proof-falls-the-other-way-round",
            "(_STANDING, None, _FALLEN, _RESTARTED, None, _FORGOTTEN)",
            "(_STANDING, None, _RESTARTED, _FALLEN, None, _FORGOTTEN)",
            "a fall is expected to count nothing, and is a restart",
        ),
    ),
    *mutants(
        "slogen.proof.scrapes:_seconds_seen",
        (
            "proof-scraped-on-time",
            "between(*seen).seconds",
            "newest_scrape(subject, until).seconds",
            "a target is said to be scraped when rules are evaluated",
        ),
    ),
    *mutants(
        "slogen.proof.laws:_more_than_all",
        (
            "proof-no-more-than-all",
            "2 * EVENTS",
            "EVENTS / 2",
            "half of the events are bad, and the ratio is said to be 1",
        ),
    ),
    *mutants(
        "slogen.proof.laws:_part_alone",
        (
            "proof-part-beside-all",
            "source.part == part",
            "True",
            "there are all events, and nothing is said to be recorded",
        ),
    ),
    *mutants(
        "slogen.proof.staleness:_was_idle",
        (
            "proof-never-idle",
            "Phase(idle, ZERO, ZERO)",
            "Phase(idle, events)",
            "there are events until the end, and no alert is said to fire",
        ),
    ),
    *mutants(
        "slogen.proof.staleness:_Ending.waited",
        (
            "proof-forgets-at-once",
            "total(self.gone, rounded_up(LOOK_BACK, pace), held(self.alert, pace))",
            "total(self.gone, held(self.alert, pace))",
            "the last sample is said to be gone with the next evaluation",
        ),
    ),
    *mutants(
        "slogen.proof.staleness:_ends",
        (
            "proof-no-hour-before",
            "(*fed(feed, phases, phases), _hour_before(subject))",
            "fed(feed, phases, phases)",
            "there was no data within a day",
        ),
    ),
    *mutants(
        "slogen.proof.staleness:_idle_for_a_day",
        (
            "proof-busy-for-a-day",
            "Phase(between(busy, gone), ZERO, ZERO)",
            "Phase(between(busy, gone), events)",
            "there are events until the end, and the alert is said to wait",
        ),
    ),
    *mutants(
        "slogen.proof.staleness:_group_has_left",
        (
            "proof-group-stays",
            "Phase(between(gone, after), None, None)",
            "Phase(between(gone, after), events)",
            "a group that goes on is said to have left",
        ),
    ),
    *mutants(
        "slogen.proof.states:_what_counts",
        (
            "proof-states-without-strays",
            "(shown.input(lengths, feed.step) for shown in taken.strays)",
            "()",
            "a regex of a state may be made wider",
        ),
    ),
    *mutants(
        "slogen.proof.states:_turn",
        (
            "proof-turns-too-short",
            "total(timing.lag_of_gauges, timing.base_range, timing.fast_interval)",
            "timing.fast_interval",
            "a rate still shows the turn before",
        ),
    ),
    *mutants(
        "slogen.proof.states:_seconds",
        (
            "proof-all-of-the-time",
            "answers(bad, ZERO)",
            "answers(one, ZERO)",
            "a part of the time is said to be all of it",
        ),
    ),
    *mutants(
        "slogen.proof.states:_unseen",
        (
            "proof-seen-is-good",
            "Phase(step, _ONE, _ONE)",
            "Phase(step, _ONE, ZERO)",
            "bad time is fed as good time",
        ),
    ),
    *mutants(
        "slogen.proof.states:_missed",
        (
            "proof-missing-has-no-label",
            "{**group, naming.MISSING_LABEL: naming.MISSING}",
            "{**group}",
            "a moment without data is said to look like one with data",
        ),
    ),
    *mutants(
        "slogen.proof.states:_at_the_limit",
        (
            "proof-beyond-the-limit",
            "values[int(place)]",
            "values[0]",
            "no value on another side of the limit is fed",
        ),
    ),
    *mutants(
        "slogen.proof.subject:Subject.ratio_over",
        (
            "proof-unseen-is-bad",
            "max(whole, Fraction(window.milliseconds, step.milliseconds))",
            "whole",
            "what was not seen of a window is said to be bad",
        ),
    ),
    *mutants(
        "slogen.proof.subject:Subject.firing",
        (
            "proof-alert-of-any-slo",
            "{**asked, **ours}",
            "asked",
            "the alert of another SLO would do",
        ),
    ),
    *mutants(
        "slogen.proof.subject:Subject.ask",
        (
            "proof-of-any-slo",
            "{self.slo.naming.id: self.slo.definition.id, **labels}",
            "labels",
            "series of another SLO are asked",
        ),
    ),
)
