"""Durations, ratios and numbers, exact from the text that comes in to the text that goes out."""

from __future__ import annotations

import json
import operator
import re
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

import attrs

from slogen.duration_words import milliseconds_meant
from slogen.errors import InvalidValue

_EXACT = Context(prec=50)
_ROUNDED = Context(prec=6, rounding=ROUND_HALF_EVEN)
_LONGEST_NUMBER = 15
_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1))
_DURATION = re.compile(
    r"(?:(\d{1,15})y)?(?:(\d{1,15})w)?(?:(\d{1,15})d)?(?:(\d{1,15})h)?(?:(\d{1,15})m)?"
    r"(?:(\d{1,15})s)?(?:(\d{1,15})ms)?",
    re.ASCII,
)
_DURATION_MILLISECONDS = (
    31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1,
)  # fmt: skip
_LONGEST = 100 * 31_536_000_000
_LARGEST_EXPONENT = 15
_PERCENTAGE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%", re.ASCII)
_FINE = re.compile(r"(\d{1,30}(?:\.\d{1,30})?)(ns|us|ms|s|m)", re.ASCII)
_SECONDS = {
    "ns": Decimal("1e-9"),
    "us": Decimal("1e-6"),
    "ms": Decimal("1e-3"),
    "s": Decimal(1),
    "m": Decimal(60),
}
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_LIKELY_MILLISECONDS = 20
"""Nobody waits so many seconds for a request, and few histograms have so long a bucket."""
_UNITLESS = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)
_MOST_DECIMALS = 30
_FRACTIONS = (("s", 0), ("ms", 3), ("us", 6), ("ns", 9))
_LENGTHS = 'a length of time above 0, such as "200ms", "2.5ms" or "2s"'
_DURATION_EXAMPLES = 'a duration such as "30s", "5m", "1h30m" or "30d"'


@attrs.frozen(init=False)
class Duration:
    """A length of time in whole milliseconds, the finest step of Prometheus; up to 100 years.

    It prints in the largest unit of d, h, m, s and ms that divides it, so that a window has one
    spelling.

    >>> str(Duration("24h")), str(Duration("1h30m")), str(Duration("30d"))
    ('1d', '90m', '30d')
    """

    milliseconds: int

    def __init__(self, value: Duration | timedelta | str) -> None:
        """Take a duration as PromQL writes it, or a ``timedelta``.

        Raises:
            InvalidValue: If it is not a duration, not positive, or finer than a millisecond.
        """
        if isinstance(value, Duration):
            self.__attrs_init__(value.milliseconds)
        elif isinstance(value, str):
            self.__attrs_init__(_parsed(value))
        elif isinstance(value, timedelta):
            self.__attrs_init__(_milliseconds(value))
        else:
            remedy = _duration_remedy(str(value)) if type(value) is int else ""
            raise InvalidValue("Duration", repr(value), _DURATION_EXAMPLES, remedy)

    @classmethod
    def of_milliseconds(cls, milliseconds: int) -> Duration:
        """Return the duration of so many milliseconds."""
        return cls(timedelta(milliseconds=milliseconds))

    @classmethod
    def zero(cls) -> Duration:
        """Return the duration of no time at all, which no text stands for."""
        duration = cls.__new__(cls)
        duration.__attrs_init__(0)
        return duration

    def __bool__(self) -> bool:
        return self.milliseconds > 0

    @property
    def seconds(self) -> Decimal:
        """The duration in seconds, exact."""
        return Decimal(self.milliseconds) / 1000

    # attrs would compare tuples that it makes for every comparison.
    def __lt__(self, other: Duration) -> bool:
        return self.milliseconds < other.milliseconds

    def __le__(self, other: Duration) -> bool:
        return self.milliseconds <= other.milliseconds

    def __gt__(self, other: Duration) -> bool:
        return self.milliseconds > other.milliseconds

    def __ge__(self, other: Duration) -> bool:
        return self.milliseconds >= other.milliseconds

    def __str__(self) -> str:
        return _spelled(self.milliseconds)

    def __add__(self, other: Duration) -> Duration:
        summed = self.milliseconds + other.milliseconds
        return Duration.of_milliseconds(summed) if summed else Duration.zero()

    def __mul__(self, factor: int) -> Duration:
        return Duration.of_milliseconds(self.milliseconds * factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Duration) -> Decimal:
        return quotient(Decimal(self.milliseconds), Decimal(other.milliseconds))


@lru_cache(maxsize=1024)
def _spelled(milliseconds: int) -> str:
    unit, size = next((unit, size) for unit, size in _UNITS if milliseconds % size == 0)
    return f"{milliseconds // size}{unit}"


def clock(time: Duration) -> str:
    """Return a time as a person says it, however many units that takes.

    >>> clock(Duration("6990s")), clock(Duration.zero())
    ('1h56m30s', '0s')
    """
    rest, words = time.milliseconds, ""
    for unit, size in _UNITS:
        amount, rest = divmod(rest, size)
        words += f"{amount}{unit}" if amount else ""
    return words or "0s"


def _parsed(text: str) -> int:
    """Return the milliseconds of a text such as ``1d12h``: the grammar of PromQL's durations.

    promql-parser has the same, but it panics on some texts and takes ``1.5`` for seconds.
    """
    match = _DURATION.fullmatch(text)
    amounts = [int(amount or 0) for amount in match.groups()] if match else []
    milliseconds = sum(map(operator.mul, amounts, _DURATION_MILLISECONDS))
    if not 0 < milliseconds <= _LONGEST:
        raise InvalidValue("Duration", quoted(text), _DURATION_EXAMPLES, _duration_remedy(text))
    return int(milliseconds)


def _duration_remedy(text: str) -> str:
    """Return what to write for a length of time in other words, such as ``30 days``."""
    if _UNITLESS.fullmatch(text.strip()):
        return f"write its unit, such as {quoted(text.strip() + 's')}"
    meant = milliseconds_meant(text)
    return f"write {quoted(_spelled(meant))}" if meant and meant <= _LONGEST else ""


def _threshold_remedy(value: object) -> str:
    """Return what to write for a number without a unit, which is mostly of milliseconds if large.

    >>> _threshold_remedy("0.2"), _threshold_remedy(250), _threshold_remedy("5m")
    ('write its unit, such as "0.2s"', 'write its unit, such as "250ms"', '')
    """
    text = str(value).strip() if isinstance(value, int | float | str) else ""
    if not _NUMBER.fullmatch(text):
        return ""
    unit = "ms" if Decimal(text) >= _LIKELY_MILLISECONDS else "s"
    return f"write its unit, such as {quoted(text + unit)}"


def _milliseconds(value: timedelta) -> int:
    whole, rest = divmod(value, timedelta(milliseconds=1))
    if rest or not 0 < whole <= _LONGEST:
        raise InvalidValue("Duration", quoted(value), "a whole number of milliseconds above 0")
    return whole


def quoted(value: object) -> str:
    """Return a value as it is shown in a message: on one line, in double quotes."""
    return json.dumps(str(value), ensure_ascii=False)


def decimal(value: Decimal | float | str) -> Decimal:
    """Return a number as it was written: a float counts as the digits that ``repr`` shows.

    >>> decimal(14.4), decimal("0.001")
    (Decimal('14.4'), Decimal('0.001'))

    Raises:
        InvalidValue: If it is not a finite number, or too large or too small to be printed.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float | str):
        raise InvalidValue("number", repr(value), "a finite number")
    text = value.strip() if isinstance(value, str) else str(value)
    fault = InvalidValue("number", quoted(value), "a finite number with at most 15 digits a side")
    if not text.isascii() or "_" in text:
        raise fault
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise fault from error
    if not number.is_finite() or (number and abs(number.adjusted()) > _LARGEST_EXPONENT):
        raise fault
    return number


def ratio(value: Decimal | float | str) -> Decimal:
    """Return a ratio: a percentage such as ``"2%"``, or a number as it stands.

    >>> ratio("99.9%"), ratio(0.25)
    (Decimal('0.999'), Decimal('0.25'))

    Raises:
        InvalidValue: If it is neither.
    """
    if isinstance(value, str) and (match := _PERCENTAGE.fullmatch(value.strip())):
        return Decimal(match[1]).scaleb(-2)
    return decimal(value)


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Divide; exact where the digits end soon, else rounded to six significant digits.

    This is the one place where slogen rounds.

    >>> quotient(Decimal(1), Decimal(8)), quotient(Decimal(2), Decimal(3))
    (Decimal('0.125'), Decimal('0.666667'))
    """
    exact = _EXACT.divide(dividend, divisor)
    ends = Fraction(exact) == Fraction(dividend) / Fraction(divisor)
    if ends and len(exact.normalize(_EXACT).as_tuple().digits) <= _LONGEST_NUMBER:
        return exact
    return _ROUNDED.divide(dividend, divisor)


@lru_cache(maxsize=4096)
def number(value: Decimal | int) -> str:
    """Print a number in the shortest exact form without an exponent.

    >>> number(Decimal("14.40")), number(Decimal("1E-7")), number(Decimal("1E+3")), number(0)
    ('14.4', '0.0000001', '1000', '0')
    """
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percentage(ratio: Decimal) -> str:
    """Print a ratio as a percentage, exact.

    >>> percentage(Decimal("0.999"))
    '99.9%'
    """
    sign, digits, exponent = ratio.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 (a ratio is finite)
    return f"{number(Decimal((sign, digits, exponent + 2)))}%"


def seconds(value: Duration | timedelta | str | Decimal) -> Decimal:
    """Return a length of time in seconds, of any fineness, such as ``"2.5ms"`` or ``"250us"``.

    >>> seconds("200ms"), seconds("2.5ms"), seconds("1m")
    (Decimal('0.2'), Decimal('0.0025'), Decimal('60'))

    Raises:
        InvalidValue: If it is not a length of time above 0 with a unit, or too fine to be printed.
    """
    try:
        if isinstance(value, Decimal):
            length = decimal(value)
        elif isinstance(value, str) and (match := _FINE.fullmatch(value.strip())):
            length = _EXACT.multiply(decimal(match[1]), _SECONDS[match[2]])
        else:
            length = Duration(value).seconds
    except InvalidValue as fault:
        raise attrs.evolve(
            fault, allowed=_LENGTHS, remedy=_threshold_remedy(value) or fault.remedy
        ) from fault.__cause__
    if length <= 0:
        raise InvalidValue("Duration", quoted(value), _LENGTHS)
    text = number(length)
    if len(text.partition(".")[2]) > _MOST_DECIMALS:
        allowed = f"at most {_MOST_DECIMALS} decimals of a second"
        raise InvalidValue("Duration", quoted(value), allowed)
    return Decimal(text)


def length(seconds: Decimal) -> str:
    """Print a length of time in whole minutes, or else in the largest unit that it fills; exact.

    >>> length(Decimal("0.2")), length(Decimal("0.0025")), length(Decimal(90)), length(Decimal(120))
    ('200ms', '2.5ms', '90s', '2m')
    """
    if seconds % 60 == 0:
        return f"{number(seconds / 60)}m"
    unit, places = next(
        ((unit, places) for unit, places in _FRACTIONS if seconds.scaleb(places, _EXACT) >= 1),
        _FRACTIONS[-1],
    )
    return f"{number(seconds.scaleb(places, _EXACT))}{unit}"
