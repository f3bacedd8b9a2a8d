"""Mutants of hours: when they are recorded, what they hold, and what none holds yet."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_RULE = mutants(
    "slogen/compiler/hours.py",
    (
        "hour-is-open-for-ever",
        "return sum_by(_by(slo), counted).unless(known)",
        "return sum_by(_by(slo), counted)",
        "hours are recorded at each try, and are open besides",
    ),
    (
        "hour-recorded-again",
        "record(slo, SUM_OF_HOUR[increase], _in_turn(slo, _unrecorded(slo, increase)))",
        "record(slo, SUM_OF_HOUR[increase], _in_turn(slo, _unrecorded(slo, increase).left))",
        "an hour is recorded at each try",
    ),
    (
        "hour-begins-again",
        "began = began.unless(_recorded(slo, naming.EVENTS_HOUR, slo.definition.group_by))",
        "pass",
        "when an hour began is recorded at each try",
    ),
    (
        "known-hours-forgotten",
        'known = call("last_over_time", recorded(slo, metric).over(UNRECORDED))',
        'known = call("last_over_time", recorded(slo, metric).over(HOUR))',
        "an hour is open again, and recorded again, before the base forgets it",
    ),
    (
        "known-hours-of-all-groups",
        'return Aggregation("group", (*by, naming.HOUR_LABEL), known)',
        'return Aggregation("group", (naming.HOUR_LABEL,), known)',
        "hours of groups are recorded at each try",
    ),
    (
        "hours-of-all-groups",
        "return (*slo.definition.group_by, naming.HOUR_LABEL)",
        "return (naming.HOUR_LABEL,)",
        "a group has the events of all",
    ),
    (
        "hour-that-is-not-over",
        "before = this_hour(later=HOURS_TOLD_APART - 1)",
        "before = this_hour()",
        "of an hour four minutes are recorded",
    ),
    (
        "hour-before-the-last",
        "before = this_hour(later=HOURS_TOLD_APART - 1)",
        "before = this_hour(later=HOURS_TOLD_APART - 2)",
        "an hour is recorded when the base has forgotten some of it",
    ),
    (
        "hours-are-rounded-up",
        'call("floor", call("vector", hour + later if later else hour))',
        'call("ceil", call("vector", hour + later if later else hour))',
        "an hour ends one evaluation late",
    ),
    (
        "every-hour-in-turn",
        "hour.and_(before, on=(naming.HOUR_LABEL,)).and_(turn, on=())",
        "hour.and_(turn, on=())",
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
        "until = FIRST_SECOND + slo.timing.slow_interval.seconds",
        "until = FIRST_SECOND + 2 * slo.timing.slow_interval.seconds",
        "a ruler that writes late records an hour twice",
    ),
    (
        "turn-of-half-an-evaluation",
        "until = FIRST_SECOND + slo.timing.slow_interval.seconds",
        "until = FIRST_SECOND + slo.timing.fast_interval.seconds",
        "half of the SLOs never record an hour",
    ),
    (
        "hour-of-any-length",
        ", HOUR.seconds)",
        ", 2 * HOUR.seconds)",
        "what two rulers record is older than it is",
    ),
    (
        "evaluations-of-all-rulers",
        'Aggregation("max", _by(slo), counted)',
        'Aggregation("sum", _by(slo), counted)',
        "what two rulers record is twice as old in its first hour",
    ),
    (
        "began-by-slow-evaluations",
        "evaluations * slo.timing.fast_interval.seconds",
        "evaluations * slo.timing.slow_interval.seconds",
        "a group begins earlier than it did",
    ),
    (
        "began-in-the-hour-after",
        "began = (_now() - _now() % HOUR.seconds) - seconds",
        "began = _now() - seconds",
        "a group begins some minutes late, and later with each try",
    ),
    (
        "began-with-the-hour",
        "began = (_now() - _now() % HOUR.seconds) - seconds",
        "began = 0 * seconds + (_now() - _now() % HOUR.seconds) - HOUR.seconds",
        "a group is as old as its first hour",
    ),
)

_SERIES = mutants(
    "slogen/recorded/hours.py",
    (
        "sums-swapped",
        """\
ERRORS_INCREASE: naming.ERRORS_SUM,
    naming.EVENTS_INCREASE: naming.EVENTS_SUM,""",
        """\
ERRORS_INCREASE: naming.EVENTS_SUM,
    naming.EVENTS_INCREASE: naming.ERRORS_SUM,""",
        "hours are upside down wherever something else reads them",
    ),
    (
        "open-swapped",
        """\
ERRORS_INCREASE: naming.ERRORS_OPEN,
    naming.EVENTS_INCREASE: naming.EVENTS_OPEN,""",
        """\
ERRORS_INCREASE: naming.EVENTS_OPEN,
    naming.EVENTS_INCREASE: naming.ERRORS_OPEN,""",
        "what is open is upside down",
    ),
)

_LONG_WINDOWS = mutants(
    "slogen/compiler/hours.py",
    (
        "open-forgotten",
        "return sum_by(by, whole.or_(still_open.unless(_recorded(slo, known, by))))",
        "return sum_by(by, whole)",
        "long windows are up to an hour old",
    ),
    (
        "hours-forgotten",
        "return sum_by(by, whole.or_(still_open.unless(_recorded(slo, known, by))))",
        "return sum_by(by, still_open.unless(_recorded(slo, known, by)))",
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
        "latest(slo, OPEN[increase], (*by, naming.HOUR_LABEL))",
        "latest(slo, OPEN[increase], by)",
        "of two hours that are open the smaller is lost",
    ),
    (
        "hours-of-6h",
        'call("sum_over_time", recorded(slo, known).over(window))',
        'call("sum_over_time", recorded(slo, known).over(slo.exhaustion_windows[-1]))',
        "long windows are six hours long",
    ),
    (
        "hours-are-means",
        'whole = call("sum_over_time", recorded',
        'whole = call("avg_over_time", recorded',
        "a day is as long as an hour",
    ),
)

_NUMBERS = mutants(
    "slogen/plan/hours.py",
    (
        "three-hours-told-apart",
        "HOURS_TOLD_APART = 4",
        "HOURS_TOLD_APART = 3",
        "for four minutes this hour is known already, as the one three hours before",
    ),
    (
        "two-hours-told-apart",
        "HOURS_TOLD_APART = 4",
        "HOURS_TOLD_APART = 2",
        "an hour is counted together with the one after the next",
    ),
    (
        "hour-lost-after-1h",
        'UNRECORDED = Duration("2h")',
        'UNRECORDED = Duration("1h")',
        "an hour is recorded without its first minutes",
    ),
    (
        "hour-open-for-3h",
        'UNRECORDED = Duration("2h")',
        'UNRECORDED = Duration("3h")',
        "for four minutes this hour is known already, as the one four hours before",
    ),
    (
        "hour-recorded-at-its-end",
        "FIRST_SECOND = 240",
        "FIRST_SECOND = 0",
        "an hour is recorded while its last samples are being written",
    ),
    (
        "hour-tried-once",
        "SECONDS_BETWEEN_TRIES = 600",
        "SECONDS_BETWEEN_TRIES = 3600",
        "an hour whose evaluation was missed is lost",
    ),
    (
        "remembered-for-the-window",
        "-(-4 * period.milliseconds //",
        "-(-3 * period.milliseconds //",
        "a group that was idle when its first hour left the window is young again",
    ),
    (
        "remembered-for-a-day-at-least",
        "max(days, 2) * DAY",
        "max(days, 1) * DAY",
        "with a short window a group that is idle for a night is young again",
    ),
    (
        "remembered-rounded-down",
        "days = -(-4 * period.milliseconds // (3 * DAY.milliseconds))",
        "days = 4 * period.milliseconds // (3 * DAY.milliseconds)",
        "of a window that is no multiple of three days less than a third more is remembered",
    ),
)

OF_HOURS = (*_RULE, *_SERIES, *_LONG_WINDOWS, *_NUMBERS)
