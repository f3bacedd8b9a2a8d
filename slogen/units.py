"""Durations, ratios and numbers, exact from the text that comes in to the text that goes out."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction

import attrs
import promql_parser

from slogen.errors import InvalidValue

_EXACT = Context(prec=50)
_ROUNDED = Context(prec=6, rounding=ROUND_HALF_EVEN)
_LONGEST_NUMBER = 15
_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1))
_LONGEST_DURATION_TEXT = 40
_DURATION_EXAMPLES = 'a duration such as "30s", "5m", "1h30m" or "30d"'


@attrs.frozen(order=True, init=False)
class Duration:
    """A length of time in whole milliseconds, the finest step of Prometheus.

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
            self.__attrs_init__(_milliseconds(_parsed(value), value))
        elif isinstance(value, timedelta):
            self.__attrs_init__(_milliseconds(value, str(value)))
        else:
            raise InvalidValue("Duration", repr(value), _DURATION_EXAMPLES)

    @classmethod
    def of_milliseconds(cls, milliseconds: int) -> Duration:
        """Return the duration of so many milliseconds."""
        return cls(timedelta(milliseconds=milliseconds))

    @property
    def seconds(self) -> Decimal:
        """The duration in seconds, exact."""
        return Decimal(self.milliseconds) / 1000

    def __str__(self) -> str:
        unit, size = next((unit, size) for unit, size in _UNITS if self.milliseconds % size == 0)
        return f"{self.milliseconds // size}{unit}"

    def __mul__(self, factor: int) -> Duration:
        return Duration.of_milliseconds(self.milliseconds * factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Duration) -> Decimal:
        return quotient(Decimal(self.milliseconds), Decimal(other.milliseconds))


def _parsed(text: str) -> timedelta:
    fault = InvalidValue("Duration", f'"{text}"', _DURATION_EXAMPLES)
    if len(text) > _LONGEST_DURATION_TEXT or not text.isascii() or text.isdigit():
        raise fault
    try:
        return promql_parser.parse_duration(text)
    except (ValueError, OverflowError) as error:
        raise fault from error


def _milliseconds(value: timedelta, text: str) -> int:
    whole, rest = divmod(value, timedelta(milliseconds=1))
    if rest or whole <= 0:
        raise InvalidValue("Duration", f'"{text}"', "a whole number of milliseconds above 0")
    return whole


def decimal(value: Decimal | float | str) -> Decimal:
    """Return a number as it was written: a float counts as the digits that ``repr`` shows.

    >>> decimal(14.4), decimal("0.001")
    (Decimal('14.4'), Decimal('0.001'))

    Raises:
        InvalidValue: If it is not a finite number.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float | str):
        raise InvalidValue("number", repr(value), "a finite number")
    text = value.strip() if isinstance(value, str) else repr(value)
    try:
        number = value if isinstance(value, Decimal) else Decimal(text)
    except InvalidOperation as error:
        raise InvalidValue("number", f'"{value}"', "a finite number") from error
    if not number.is_finite():
        raise InvalidValue("number", f'"{value}"', "a finite number")
    return number


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
    return f"{number(ratio.scaleb(2, _EXACT))}%"
