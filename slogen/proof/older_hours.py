"""Hours that follow one another, and one that a window no longer holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen import naming
from slogen.plan.hours import DAY, HOUR
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.proof.counting import ERRORS, EVENTS
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import held, just_before, pace_for, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Input, Scenario
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.subject import Subject

_PACE = Duration("12m")
"""Of the evaluations in an hour one is as long after it as one that records it."""
_HOURS = Duration("6h36m")
"""So many that a label is given to a second hour, and that one is recorded and no longer open."""
_LONGEST_PACE, _EVALUATIONS = Duration("6h"), 60
_LONG = Duration("3d")
"""A window in which there may be days without events."""
_OLDER = 2
_ONE = Decimal(1)


def older_hours(subject: Subject) -> Iterator[tuple[Duration, Scenario]]:
    """Yield scenarios about hours, each with the pace of its evaluation.

    Of an SLI whose missing data is bad, time goes on counting.
    """
    if subject.slo.period > LONGEST_FAST_WINDOW and not subject.slo.counts_missing:
        if subject.slo.period > _HOURS:
            yield _PACE, _in_turn(subject)
        yield _forgotten(subject)


def _in_turn(subject: Subject) -> Scenario:
    """Let there be events for so long that the label of an hour comes again."""
    feed = RecordedFeed(subject, _PACE, told_apart=True)
    counts_events = subject.slo.definition.sli.counts_events
    events, errors = (EVENTS, ERRORS) if counts_events else (_ONE, ERRORS / EVENTS)
    seconds = total(_HOURS, _PACE).seconds  # Base series have a sample at the beginning, too.
    phases, ratio = [Phase(_HOURS, events, errors)], Fraction(errors) / Fraction(events)
    samples = _HOURS.milliseconds // _PACE.milliseconds + 1
    windows = [one for one in subject.slo.windows if _HOURS < one < subject.slo.period]
    return Scenario(
        name="each hour is recorded in its turn",
        remarks=(subject.bad(errors / events),),
        step=_PACE,
        inputs=fed(feed, phases, phases),
        checks=(
            *(
                subject.about(metric, Fraction(rate * seconds), _HOURS, what)
                for metric, rate, what in (
                    (naming.EVENTS_PERIOD, events, "all hours, and what is open"),
                    (naming.ERRORS_PERIOD, errors, "the bad ones of them"),
                )
            ),
            *(
                subject.about(
                    naming.ratio_rate(window),
                    subject.ratio_over(window, ratio * samples, samples, _PACE),
                    _HOURS,
                    f"the same over {window}",
                )
                for window in windows
            ),
        ),
    )


def _forgotten(subject: Subject) -> tuple[Duration, Scenario]:
    """Let all events of an old SLO be those of one hour, which are bad."""
    slo = subject.slo
    longest = _EVALUATIONS * _LONGEST_PACE
    pace = pace_for(min(slo.period, longest), slo.timing.slow_interval, _EVALUATIONS)
    counted = (EVENTS if slo.definition.sli.counts_events else _ONE) * HOUR.seconds
    last, gone = just_before(slo.period, pace), total(rounded_up(slo.period, pace), pace)
    checks = [
        subject.about(naming.ERRORS_PERIOD, Fraction(counted), last, "they still count"),
        subject.about(naming.EVENTS_PERIOD, Fraction(counted), last, "they still count"),
        Check(remark="now none does", expr=subject.ask(naming.ERRORS_PERIOD), at=gone),
        Check(remark="now none does", expr=subject.ask(naming.EVENTS_PERIOD), at=gone),
        subject.about(naming.COVERAGE, Fraction(1), gone, "the SLO is as old as it is"),
    ]
    if slo.period >= _LONG and slo.definition.sli.counts_events:
        checks += _idle(subject, pace)
    return pace, Scenario(
        name="an hour that the window no longer holds is forgotten",
        remarks=("one hour, of which all events are bad, and then nothing at all",),
        step=pace,
        inputs=tuple(_one_hour(subject, counted)),
        checks=tuple(sorted(checks, key=lambda check: check.at.milliseconds)),
    )


def _one_hour(subject: Subject, counted: Decimal) -> Iterator[Input]:
    """Yield an hour that was recorded when the scenario begins, and the age of its group."""
    feed = RecordedFeed(subject, subject.slo.timing.slow_interval)
    labels = {**subject.groups[0], subject.slo.naming.service: feed.service}
    for metric, value in (
        (naming.EVENTS_SUM, counted),
        (naming.ERRORS_SUM, counted),
        (naming.EVENTS_HOUR, -_OLDER * subject.slo.period.seconds),
    ):
        yield Input(series=subject.recorded(metric, labels), values=gauge([Samples(1, value)]))


def _idle(subject: Subject, pace: Duration) -> Iterator[Check]:
    """Yield checks that alerts about the budget end a day after the last event."""
    for alert in subject.budget_alerts:
        firing, delay = subject.firing(alert, subject.groups[0]), held(alert, pace)
        fires = max(delay, pace)
        if fires < DAY:
            yield firing.fires(f"{alert.name} fires within a day of the last event", fires)
        kept = total(2 * DAY, alert.keep_firing_for or Duration.zero())
        if kept < subject.slo.period:
            remark = f"{alert.name} is over when there was none for a day"
            yield firing.is_quiet(remark, rounded_up(kept, pace))
