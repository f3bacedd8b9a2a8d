"""The texts of OpenSLO's files that are more than texts: queries, durations, targets."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model import Objective, Window
from slogen.promql.lexing import WINDOW
from slogen.promql.query import Query
from slogen.units import Duration, decimal, quoted

OPERATORS = {"lte": "<=", "lt": "<", "gte": ">=", "gt": ">"}
"""OpenSLO's words for comparisons."""
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080, "M": 43_200, "Q": 129_600, "Y": 525_600}
_MOST_MINUTES = 100 * _MINUTES["Y"]
CALENDAR_UNITS = {"M": "30 days", "Q": "90 days", "Y": "365 days"}
"""Units whose lengths differ from one to the next, and what slogen takes instead."""
_SHORTHAND = re.compile(r"([1-9][0-9]{0,5})([mhdwMQY])", re.ASCII)
_OTHER_SPELLING = re.compile(
    r"([1-9][0-9]{0,5}) ?(min|minute|hour|day|week|month|quarter|year)s?", re.ASCII | re.IGNORECASE
)
_UNITS_BY_WORD = {
    "min": "m",
    "minute": "m",
    "hour": "h",
    "day": "d",
    "week": "w",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
}
_DURATION = "a whole number and one of m, h, d, w, M, Q, Y, such as 28d"
_WINDOW_TEMPLATE = re.compile(
    r"\[\s*(?:\{\{-?\s*\.?window\s*-?\}\}|\$\{?(?:window|__range|__interval|__rate_interval)\}?)"
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|(?<=[\"'`])\$\{?\w+\}?(?=[\"'`])|\$\{\w+\}")
_PERCENT = Decimal(100)


def query(text: str) -> Query:
    """Return a query, with slogen's word for a window that is left to the tool.

    >>> query("sum(rate(errors_total[{{ .window }}]))").text
    'sum(rate(errors_total[$window]))'

    Raises:
        InvalidValue: If it has another template, or is no PromQL.
    """
    written = _WINDOW_TEMPLATE.sub(lambda _: f"[{WINDOW}", text)
    if other := _TEMPLATE.search(written):
        raise InvalidValue(
            "query",
            f"given with the template {other[0]}",
            f"PromQL; of templates, the window alone: [{WINDOW}] or [{{{{.window}}}}]",
            "write the value itself",
        )
    try:
        return Query(written)
    except InvalidPromQL as fault:
        raise attrs.evolve(fault, subject="query") from fault


def duration(text: str) -> Duration:
    """Return the length of a duration in OpenSLO's shorthand.

    >>> str(duration("2w")), str(duration("1M"))
    ('14d', '30d')

    Raises:
        InvalidValue: If it is none.
    """
    match = _SHORTHAND.fullmatch(text)
    if match is None:
        meant = _OTHER_SPELLING.fullmatch(text.strip())
        remedy = f"write {meant[1]}{_UNITS_BY_WORD[meant[2].lower()]}" if meant else ""
        if text.strip() in {"0", "0m", "0h"}:
            remedy = "leave it out"
        raise InvalidValue("duration", quoted(text), _DURATION, remedy)
    minutes = int(match[1]) * _MINUTES[match[2]]
    if minutes > _MOST_MINUTES:
        raise InvalidValue("duration", quoted(text), "at most 100Y")
    return Duration("1m") * minutes


def window(text: str) -> Window:
    """Return a rolling window.

    Raises:
        InvalidValue: If it is no duration, or none that slogen has windows of.
    """
    length = duration(text)
    try:
        return Window(length)
    except InvalidValue as fault:
        raise attrs.evolve(fault, found=quoted(text)) from fault


def delay(text: str) -> Duration:
    """Return a duration that may be none at all, such as ``0m``.

    Raises:
        InvalidValue: If it is no duration.
    """
    return Duration.zero() if re.fullmatch("0+[mhdwMQY]?", text) else duration(text)


def slice_window(text: str) -> Duration:
    """Return the length of a time slice; a number alone is one of minutes.

    Raises:
        InvalidValue: If it is no duration.
    """
    return duration(f"{text}m" if text.isdecimal() else text)


def target(text: str) -> Objective:
    """Return an objective that is written as a ratio.

    >>> str(target("0.995"))
    '99.5%'

    Raises:
        InvalidValue: If it is no ratio, or nothing or everything.
    """
    allowed = "a ratio above 0 and below 1, such as 0.999"
    value = _number(text, allowed)
    if 1 < value < _PERCENT:
        raise InvalidValue(
            "target", text, allowed, f"if that is a percentage: targetPercent: {text}"
        )
    return _objective(str(value), text, allowed, is_all=value in {1, _PERCENT}, best="0.9999")


def target_percent(text: str) -> Objective:
    """Return an objective that is written in percent.

    Raises:
        InvalidValue: If it is no percentage, nothing or everything, or below 1, which is a ratio
            that was taken for a percentage.
    """
    allowed = "a percentage of at least 1, and below 100, such as 99.9"
    value = _number(text, allowed)
    if 0 < value < 1:
        raise InvalidValue("targetPercent", text, allowed, f"if that is a ratio: target: {text}")
    return _objective(f"{value}%", text, allowed, is_all=value == _PERCENT, best="99.99")


def slice_target(text: str) -> Decimal:
    """Return which part of a time slice has to be good.

    Raises:
        InvalidValue: If it is none above 0, and at most 1.
    """
    allowed = "a ratio above 0, and at most 1, such as 0.95"
    value = _number(text, allowed)
    if not 0 < value <= 1:
        raise InvalidValue("ratio", text, allowed)
    return value


def threshold(text: str) -> Decimal:
    """Return a number.

    Raises:
        InvalidValue: If it is none.
    """
    return _number(text, "a number, such as 200 or 14.4")


def _number(text: str, allowed: str) -> Decimal:
    try:
        return decimal(text)
    except InvalidValue as fault:
        remedy = "leave out the sign %" if text.strip().endswith("%") else ""
        raise InvalidValue("number", quoted(text), allowed, remedy) from fault


def _objective(value: str, text: str, allowed: str, *, is_all: bool, best: str) -> Objective:
    try:
        return Objective(value)
    except InvalidValue as fault:
        remedy = f"it leaves no error budget: write {best}" if is_all else ""
        kept = fault.allowed if "decimals" in fault.allowed else allowed
        raise InvalidValue("objective", text, kept, remedy) from fault
