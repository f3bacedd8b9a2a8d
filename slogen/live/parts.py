"""Long answers, read in parts of a day: each is small enough for the server and for memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from slogen.live.errors import AnswerTooLarge, QueryFailed
from slogen.plan.hours import DAY, HOUR
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from slogen.live.client import Curve, Prometheus
    from slogen.live.errors import ServerError
    from slogen.promql.expr import Series

Sample: TypeAlias = "tuple[int, float]"
"""A time in milliseconds since the epoch, and a value."""

_TOO_MUCH = ("too many samples", "timed out")
"""What Prometheus says where a query reads more than it may, or takes longer."""


def samples_of(
    prometheus: Prometheus, series: Series, start: int, end: int, asked: Callable[[], None]
) -> Iterator[tuple[Mapping[str, str], list[Sample]]]:
    """Yield labels and samples of series, as recorded; the beginning is left out.

    Args:
        prometheus: Who is asked.
        series: What is selected.
        start: The beginning, in milliseconds since the epoch.
        end: The end.
        asked: Called for each query that is answered.

    Raises:
        ServerError: If there is no answer that can be used.
    """

    def ask(since: int, until: int) -> tuple[Curve, ...]:
        window = series.over(Duration.of_milliseconds(until - since))
        return prometheus.samples(window, moment_of(until))

    return in_parts(ask, start, end, asked)


def in_parts(
    ask: Callable[[int, int], tuple[Curve, ...]], start: int, end: int, asked: Callable[[], None]
) -> Iterator[tuple[Mapping[str, str], list[Sample]]]:
    """Yield labels and samples a day at a time, or less where that is too much for one query.

    Days are whole days in UTC, the first one too, so that an answer can be kept for the next time:
    what is before the beginning is left out here.

    Args:
        ask: Puts the question about the time after one moment and until another.
        start: The beginning, in milliseconds since the epoch.
        end: The end.
        asked: Called for each query that is answered.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    since, length = start // DAY.milliseconds * DAY.milliseconds, DAY.milliseconds
    while since < end:
        until = min(since + length, end)
        try:
            curves = ask(since, until)
        except (AnswerTooLarge, QueryFailed) as fault:
            if length <= HOUR.milliseconds or not _is_too_much(fault):
                raise
            length //= 2
            continue
        for curve in curves:
            points = [(round(1_000 * at), value) for at, value in curve.points]
            after = max(since, start)
            yield curve.labels, [point for point in points if point[0] > after]
        asked()
        since = until


def moment_of(milliseconds: int) -> datetime:
    """Return a moment that is so many milliseconds after the epoch."""
    return datetime.fromtimestamp(milliseconds / 1_000, tz=UTC)


def _is_too_much(fault: ServerError) -> bool:
    return isinstance(fault, AnswerTooLarge) or any(word in fault.reason for word in _TOO_MUCH)
