"""Lengths of time as people and other tools write them: what a refused one could mean.

Only remedies use this: slogen itself reads durations as PromQL writes them, and nothing else.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

_DAY = 86_400_000
_MILLISECONDS = {
    **dict.fromkeys(("ms", "msec", "msecs", "millis", "millisecond", "milliseconds"), 1),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1_000),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60_000),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600_000),
    **dict.fromkeys(("d", "day", "days"), _DAY),
    **dict.fromkeys(("w", "week", "weeks"), 7 * _DAY),
    **dict.fromkeys(("y", "yr", "year", "years"), 365 * _DAY),
}
_PART = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)[ \xa0]*([a-zA-Z]+)"
_WORDS = re.compile(rf"(?:(?:last|past|rolling)[ \xa0]+)?((?:{_PART}[ \xa0]*)+)")
_ISO = re.compile(r"P(?=.)(?:[0-9]{1,9}[YWD])*(?:T(?:[0-9]{1,9}[HMS])+)?")
_CALENDAR = re.compile(
    r"P?(?P<count>[0-9]{1,2})? ?(?P<part>M|mo|months?|monthly|quarters?|quarterly|weekly|week"
    r"|year|yearly|annual|daily|day|calendar)"
)
_BEFORE = re.compile(r"(?i)^(?:calendar|this|per|every|last|rolling|a)[ -]+(?=[a-z])")
_DAYS = {"d": 1, "w": 7, "m": 30, "q": 90, "y": 365, "a": 365, "c": 30}


def milliseconds_meant(text: str) -> int | None:
    """Return the length that a text could mean which is no duration of PromQL, or None.

    >>> milliseconds_meant("1.5h"), milliseconds_meant("PT5M"), milliseconds_meant("5 minutes")
    (5400000, 300000, 300000)
    >>> milliseconds_meant("1M"), milliseconds_meant("soon")
    (None, None)
    """
    plain = text.strip()
    if _ISO.fullmatch(plain):
        plain = plain.lower().translate({ord("p"): None, ord("t"): None})
    match = _WORDS.fullmatch(plain)
    parts = [(amount, _unit(word)) for amount, word in re.findall(_PART, match[1])] if match else []
    with localcontext(prec=50):
        length = sum(Decimal(amount) * unit for amount, unit in parts)
    is_known = all(unit for _, unit in parts)
    return int(length) if is_known and length > 0 and length % 1 == 0 else None


def _unit(word: str) -> int:
    """Return the milliseconds of a unit; 0 of what is none, as ``M`` is a month to other tools."""
    return 0 if word == "M" else _MILLISECONDS.get(word.lower(), 0)


def days_meant(text: str) -> int | None:
    """Return the days of a part of the calendar, such as a month; None if a text names none.

    >>> days_meant("month"), days_meant("calendar quarter"), days_meant("2M"), days_meant("30d")
    (30, 90, 60, None)
    """
    plain = _BEFORE.sub("", text.strip())
    match = _CALENDAR.fullmatch(plain if plain[-1:] == "M" else plain.lower())
    if not match:
        return None
    return int(match["count"] or 1) * _DAYS[match["part"][0].lower()]
