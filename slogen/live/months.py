"""What was counted in a month of the calendar, in UTC: a sum of its hours."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.errors import InvalidValue
from slogen.live.arithmetic import Counts
from slogen.live.readings import Fleet
from slogen.live.windows import share_of_hours, worst_of_rulers
from slogen.plan.hours import HOUR, HOURS_TOLD_APART
from slogen.recorded.many import first_hour_of, hours_of, hours_with_data_of, open_of
from slogen.units import Duration, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from slogen.live.readings import Key, SeriesKey, SeriesNumbers
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_ALLOWED = 'a month such as "2026-10"'
_HOUR = int(HOUR.seconds)
_BEFORE = Duration("10d")
"""How much further back the first hour of a group is looked for: idle groups are not young."""
_MONTHS_OF_A_YEAR = 12


@attrs.frozen(kw_only=True)
class Month:
    """A month of the calendar, in UTC.

    >>> month = Month.of("2026-02")
    >>> str(month), month.seconds // 86_400, month.end.isoformat()
    ('2026-02', 28, '2026-03-01T00:00:00+00:00')

    Attributes:
        start: Its first moment.
        end: The first moment of the next one.
    """

    start: datetime
    end: datetime

    @classmethod
    def of(cls, text: str) -> Month:
        """Return the month that a text names.

        Raises:
            InvalidValue: If it names none.
        """
        match = _MONTH.fullmatch(text)
        year, month = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1970 <= year <= 9000 or not 1 <= month <= _MONTHS_OF_A_YEAR:  # noqa: PLR2004 (years)
            raise InvalidValue("month", quoted(text), _ALLOWED)
        following = (year + 1, 1) if month == _MONTHS_OF_A_YEAR else (year, month + 1)
        return cls(
            start=datetime(year, month, 1, tzinfo=UTC), end=datetime(*following, 1, tzinfo=UTC)
        )

    @property
    def seconds(self) -> int:
        """How long it is."""
        return round((self.end - self.start).total_seconds())

    def __str__(self) -> str:
        return f"{self.start:%Y-%m}"


def month_counts(fleet: Fleet, month: Month) -> Mapping[Key, Counts]:
    """Return what was counted in a month, or in the part of it that is over.

    Each hour is recorded within the next one, so those of a month are recorded from an hour after
    its beginning until an hour after its end. Of the month that is not over yet the hours count
    that are recorded, and what no hour holds yet.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    until = min(fleet.at, month.end)
    # Who has events and no hour began in one that is not recorded yet.
    youngest = (until.timestamp() // _HOUR - 1) * _HOUR
    parts = _Parts.of(fleet, month)
    errors, events = (
        parts.summed(base) for base in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
    )
    hours, born = parts.hours_with_data(), parts.first_hours()
    found: dict[SeriesKey, Counts] = {}
    for key in events:
        begin = max(month.start.timestamp(), born.get(key, youngest))
        end = until.timestamp()
        found[key] = Counts.of(
            events=events[key],
            errors=errors.get(key, 0.0),
            coverage=max(end - begin, 0.0) / month.seconds,
            measured=share_of_hours(begin, parts.asked_at.timestamp(), hours.get(key, 0.0))
            if key in born
            else None,
        )
    return worst_of_rulers(found)


@attrs.frozen(kw_only=True)
class _Parts:
    """The queries about a month.

    Attributes:
        fleet: Who is asked about what.
        month: The month.
        asked_at: When all of its hours are recorded that are over, or now.
        recorded_for: For how long before that its hours were recorded; None where none is yet.
    """

    fleet: Fleet
    month: Month
    asked_at: datetime
    recorded_for: Duration | None

    @classmethod
    def of(cls, fleet: Fleet, month: Month) -> _Parts:
        last = month.end.timestamp() + _HOUR
        asked_at = min(fleet.at, datetime.fromtimestamp(last, UTC))
        since = asked_at.timestamp() - month.start.timestamp() - _HOUR
        length = Duration.of_milliseconds(round(since * 1000)) if since >= 1 else None
        return cls(fleet=fleet, month=month, asked_at=asked_at, recorded_for=length)

    def summed(self, base: str) -> SeriesNumbers:
        """Return how much the month's hours hold, and what none holds yet."""
        found: dict[SeriesKey, float] = {}
        window = self.recorded_for
        if window:
            found |= self._asked(lambda part: hours_of(part, base, window))
        if numbers := self._open_hours():
            still_open = self._asked(lambda part: open_of(part, base, numbers))
            for key, value in still_open.items():
                found[key] = found.get(key, 0.0) + value
        return found

    def hours_with_data(self) -> SeriesNumbers:
        """Return how many hours with data were recorded."""
        window = self.recorded_for
        return self._asked(lambda part: hours_with_data_of(part, window)) if window else {}

    def first_hours(self) -> SeriesNumbers:
        """Return when the first hour of each group began, as far as it matters."""
        window = (self.recorded_for or HOUR) + _BEFORE
        return self._asked(lambda part: first_hour_of(part, window))

    def _asked(self, made: Callable[[Sequence[ResolvedSLO]], Expr]) -> SeriesNumbers:
        return self.fleet.of_rulers(made, at=self.asked_at)

    def _open_hours(self) -> tuple[str, ...]:
        """Return the numbers of the month's hours that may not be recorded yet."""
        now, start = int(self.asked_at.timestamp()) // _HOUR, int(self.month.start.timestamp())
        end = int(self.month.end.timestamp())
        hours = (hour for hour in (now - 1, now) if start <= hour * _HOUR < end)
        return tuple(str(hour % HOURS_TOLD_APART) for hour in hours)
