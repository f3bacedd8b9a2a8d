"""Mutants of hours: when they are recorded, what they hold, and what none holds yet."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_HOURS = (
    *mutants(
        "slogen.compiler.hours:_unrecorded",
        (
            "hour-is-open-for-ever",
            "sum_by(_by(slo), counted).unless(known)",
            "sum_by(_by(slo), counted)",
            "hours are recorded at each try, and are open besides",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:hours",
        (
            "hour-recorded-again",
            "_unrecorded(slo, increase)",
            "_unrecorded(slo, increase).left",
            "an hour is recorded at each try",
        ),
        (
            "hour-begins-again",
            "began = began.unless(_recorded(slo, naming.EVENTS_HOUR, slo.definition.group_by))",
            "pass",
            "when an hour began is recorded at each try",
        ),
        (
            "hour-of-any-length",
            "call('clamp_max', evaluated(slo), HOUR.seconds)",
            "call('clamp_max', evaluated(slo), 2 * HOUR.seconds)",
            "what two rulers record is older than it is",
        ),
        (
            "began-in-the-hour-after",
            "_now() - _now() % HOUR.seconds",
            "_now()",
            "a group begins some minutes late, and later with each try",
        ),
        (
            "began-with-the-hour",
            "_now() - _now() % HOUR.seconds - seconds",
            "0 * seconds + (_now() - _now() % HOUR.seconds) - HOUR.seconds",
            "a group is as old as its first hour",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:_recorded",
        (
            "known-hours-forgotten",
            "recorded(slo, metric).over(UNRECORDED)",
            "recorded(slo, metric).over(HOUR)",
            "an hour is open again, and recorded again, before the base forgets it",
        ),
        (
            "known-hours-of-all-groups",
            "(*by, naming.HOUR_LABEL)",
            "(naming.HOUR_LABEL,)",
            "hours of groups are recorded at each try",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:_by",
        (
            "hours-of-all-groups",
            "(*slo.definition.group_by, naming.HOUR_LABEL)",
            "(naming.HOUR_LABEL,)",
            "a group has the events of all",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:_in_turn",
        (
            "hour-that-is-not-over",
            "this_hour(later=HOURS_TOLD_APART - 1)",
            "this_hour()",
            "of an hour four minutes are recorded",
        ),
        (
            "hour-before-the-last",
            "HOURS_TOLD_APART - 1",
            "HOURS_TOLD_APART - 2",
            "an hour is recorded when the base has forgotten some of it",
        ),
        (
            "every-hour-in-turn",
            "hour.and_(before, on=(naming.HOUR_LABEL,))",
            "hour",
            "the hour that is not over is recorded as well",
        ),
        (
            "hour-at-once",
            "hour.and_(before, on=(naming.HOUR_LABEL,)).and_(turn, on=())",
            "hour.and_(before, on=(naming.HOUR_LABEL,))",
            "an hour is recorded while its last samples are being written",
        ),
        (
            "turn-of-two-evaluations",
            "FIRST_SECOND + slo.timing.slow_interval.seconds",
            "FIRST_SECOND + 2 * slo.timing.slow_interval.seconds",
            "a ruler that writes late records an hour twice",
        ),
        (
            "turn-of-half-an-evaluation",
            "slo.timing.slow_interval.seconds",
            "slo.timing.fast_interval.seconds",
            "half of the SLOs never record an hour",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:this_hour",
        (
            "hours-are-rounded-up",
            "call('floor', call('vector', hour + later if later else hour))",
            "call('ceil', call('vector', hour + later if later else hour))",
            "an hour ends one evaluation late",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:evaluated",
        (
            "evaluations-of-all-rulers",
            "Aggregation('max', _by(slo), counted)",
            "Aggregation('sum', _by(slo), counted)",
            "what two rulers record is twice as old in its first hour",
        ),
        (
            "began-by-slow-evaluations",
            "slo.timing.fast_interval.seconds",
            "slo.timing.slow_interval.seconds",
            "a group begins earlier than it did",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:summed",
        (
            "open-forgotten",
            "whole.or_(still_open.unless(_recorded(slo, known, by)))",
            "whole",
            "long windows are up to an hour old",
        ),
        (
            "hours-forgotten",
            "whole.or_(still_open.unless(_recorded(slo, known, by)))",
            "still_open.unless(_recorded(slo, known, by))",
            "long windows are an hour long",
        ),
        (
            "open-counted-twice",
            "still_open.unless(_recorded(slo, known, by))",
            "still_open",
            "an hour that is recorded counts as open, too, where a ruler writes late",
        ),
        (
            "open-unless-another-group",
            "still_open.unless(_recorded(slo, known, by))",
            "still_open.unless(_recorded(slo, known, ()), on=(naming.HOUR_LABEL,))",
            "a group's open hour is lost once another group's is recorded",
        ),
        (
            "open-of-one-hour",
            "(*by, naming.HOUR_LABEL)",
            "by",
            "of two hours that are open the smaller is lost",
        ),
        (
            "hours-of-6h",
            "recorded(slo, known).over(window)",
            "recorded(slo, known).over(slo.exhaustion_windows[-1])",
            "long windows are six hours long",
        ),
        (
            "hours-are-means",
            "call('sum_over_time', recorded(slo, known).over(window))",
            "call('avg_over_time', recorded(slo, known).over(window))",
            "a day is as long as an hour",
        ),
    ),
    *mutants(
        "slogen.compiler.hours:open_hours",
        (
            "open-of-one-evaluation",
            "_unrecorded(slo, increase)",
            "recorded(slo, increase)",
            "what no hour holds yet is what was counted last",
        ),
    ),
    *mutants(
        "slogen.recorded.hours:SUM_OF_HOUR",
        (
            "sums-swapped",
            (
                "{naming.ERRORS_INCREASE: naming.ERRORS_SUM, naming.EVENTS_INCREASE: "
                "naming.EVENTS_SUM}"
            ),
            (
                "{naming.ERRORS_INCREASE: naming.EVENTS_SUM, naming.EVENTS_INCREASE: "
                "naming.ERRORS_SUM}"
            ),
            "hours are upside down wherever something else reads them",
        ),
    ),
    *mutants(
        "slogen.recorded.hours:OPEN",
        (
            "open-swapped",
            (
                "{naming.ERRORS_INCREASE: naming.ERRORS_OPEN, naming.EVENTS_INCREASE: "
                "naming.EVENTS_OPEN}"
            ),
            (
                "{naming.ERRORS_INCREASE: naming.EVENTS_OPEN, naming.EVENTS_INCREASE: "
                "naming.ERRORS_OPEN}"
            ),
            "what is open is upside down",
        ),
    ),
    *mutants(
        "slogen.plan.hours:HOURS_TOLD_APART",
        (
            "three-hours-told-apart",
            "4",
            "3",
            "for four minutes this hour is known already, as the one three hours before",
        ),
        (
            "two-hours-told-apart",
            "4",
            "2",
            "an hour is counted together with the one after the next",
        ),
    ),
    *mutants(
        "slogen.plan.hours:UNRECORDED",
        (
            "hour-lost-after-1h",
            "Duration('2h')",
            "Duration('1h')",
            "an hour is recorded without its first minutes",
        ),
        (
            "hour-open-for-3h",
            "Duration('2h')",
            "Duration('3h')",
            "for four minutes this hour is known already, as the one four hours before",
        ),
    ),
    *mutants(
        "slogen.plan.hours:FIRST_SECOND",
        (
            "hour-recorded-at-its-end",
            "240",
            "0",
            "an hour is recorded while its last samples are being written",
        ),
    ),
    *mutants(
        "slogen.plan.hours:SECONDS_BETWEEN_TRIES",
        (
            "hour-tried-once",
            "600",
            "3600",
            "an hour whose evaluation was missed is lost",
        ),
    ),
    *mutants(
        "slogen.plan.hours:remembered",
        (
            "remembered-for-the-window",
            "-4",
            "-3",
            "a group that was idle when its first hour left the window is young again",
        ),
        (
            "remembered-for-a-day-at-least",
            "max(days, 2)",
            "max(days, 1)",
            "with a short window a group that is idle for a night is young again",
        ),
        (
            "remembered-rounded-down",
            "-(-4 * period.milliseconds // (3 * DAY.milliseconds))",
            "4 * period.milliseconds // (3 * DAY.milliseconds)",
            "of a window that is no multiple of three days less than a third more is remembered",
        ),
    ),
)
