"""Why a value is off at a moment: what its stretch leaves out or adds, and what happened there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.experiments.accuracy import history
from tests.experiments.accuracy.markdown import percent
from tests.experiments.accuracy.scenario import happenings, pods
from tests.experiments.accuracy.spans import Span
from tests.experiments.accuracy.truth import count
from tests.truth.arithmetic import MINUTE

if TYPE_CHECKING:
    from tests.experiments.accuracy.readings import Reading
    from tests.experiments.accuracy.truth import Count


def explained(series: int, reading: Reading) -> str:
    """Return why slogen's value is as far from the truth at a moment as it is."""
    (asked, truth), (own, _) = reading.asked, reading.own
    value = reading.values[history.SLOGEN]
    newest = Span(own.end, asked.end)
    border = Span(own.begin, asked.begin)
    newest_count, border_count = (
        count(pods(series), span.begin, span.end) for span in (newest, border)
    )
    names = {*_names(newest), *_names(border)}
    where = "There" if names else "Between them"
    listed = ", ".join(sorted(names or _names(Span(own.begin, asked.end))))
    return (
        f"{reading.window}, {clock(reading.at)}: {value:.6f} where {truth.ratio:.6f} is true, "
        f"{percent(reading.off(history.SLOGEN))} off ({percent(reading.off_at_own_time)} at its "
        f"own time). The window has {_counts(truth)}. The value ends {_long(newest)} before the "
        f"moment and lacks {_counts(newest_count)}; it begins {_long(border)} early and has "
        f"{_counts(border_count)} more. {where}: {listed}."
    )


def clock(time: float) -> str:
    """Return the date and the time of a moment, in UTC.

    >>> clock(-86_400 + 60)
    '26 November, 06:01'
    """
    moment = datetime.fromtimestamp(history.END + time, UTC)
    return f"{moment.day} {moment:%B, %H:%M}"


def _names(span: Span) -> set[str]:
    return {
        each.name
        for each in happenings()
        if each.begin <= span.end + MINUTE and span.begin - MINUTE <= each.end
    }


def _counts(counted: Count) -> str:
    return f"{counted.bad:,} bad of {counted.events:,} events"


def _long(span: Span) -> str:
    seconds = span.end - span.begin
    return f"{seconds / MINUTE:.1f} minutes" if seconds >= 6 * MINUTE else f"{seconds:.0f} s"
