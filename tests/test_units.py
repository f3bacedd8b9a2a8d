"""Durations and numbers are exact from the text that comes in to the text that goes out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.units import (
    Duration,
    clock,
    decimal,
    length,
    number,
    percentage,
    quotient,
    ratio,
    seconds,
)

MILLISECONDS = st.integers(min_value=1, max_value=400 * 86_400_000)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)
NO_DURATIONS = (
    *(
        "",
        "5",
        "0",
        "0s",
        "m",
        "5 m",
        " 5m",
        "5m ",
        "5m\n",
        "1M",
        "1h30",
        "30m1h",
        "1d1d",
        "1h 30m",
    ),
    *("-5m", "+5m", "-1", "5m-1s", "1.5h", "0.5s", "1e3s", "0x5m", "1_0m", "5\u00b5s"),
    *("\u0665m", "\uff11d", "999999999999d", f"{'1' * 39}d", f"{'1' * 50}s", "1h" * 30),
)
NONZERO = DECIMALS.filter(lambda value: abs(value) > Decimal("1e-9"))


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("24h", "1d"),
        ("1d", "1d"),
        ("1w", "7d"),
        ("4w2d", "30d"),
        ("1y", "365d"),
        ("1h30m", "90m"),
        ("60m", "1h"),
        ("90s", "90s"),
        ("1h0m", "1h"),
        ("1h30m15s", "5415s"),
        ("1500ms", "1500ms"),
        ("1000ms", "1s"),
        ("36h", "36h"),
    ],
)
def test_a_duration_has_one_spelling(text: str, spelling: str) -> None:
    """A duration prints in the largest unit that divides it, however it was written."""
    duration = Duration(text)

    assert str(duration) == spelling


@given(MILLISECONDS)
def test_a_spelling_reads_back(milliseconds: int) -> None:
    """What a duration prints is the text of the same duration."""
    duration = Duration.of_milliseconds(milliseconds)

    assert Duration(str(duration)) == duration
    assert Duration(str(duration)).milliseconds == milliseconds


@given(MILLISECONDS)
def test_seconds_are_exact(milliseconds: int) -> None:
    """The seconds of a duration are its milliseconds, not a float near them."""
    assert Duration.of_milliseconds(milliseconds).seconds * 1000 == milliseconds


@given(MILLISECONDS, MILLISECONDS)
def test_durations_are_ordered_by_length(one: int, other: int) -> None:
    """The longer duration is the greater one."""
    shorter, longer = sorted((one, other))

    assert Duration.of_milliseconds(shorter) <= Duration.of_milliseconds(longer)


def test_a_timedelta_is_a_duration() -> None:
    """A timedelta counts as the duration of the same length."""
    assert Duration(timedelta(minutes=5)) == Duration("5m")


def test_a_duration_is_a_duration() -> None:
    """A duration counts as itself."""
    assert Duration(Duration("5m")) == Duration("5m")


def test_durations_multiply_and_divide() -> None:
    """A multiple of a duration is a duration, a part of one by another is a number."""
    assert 3 * Duration("20s") == Duration("20s") * 3 == Duration("1m")
    assert Duration("1h") / Duration("5m") == 12
    assert Duration("20s") / Duration("1m") == Decimal("0.333333")


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_refuses_what_is_no_duration(text: str) -> None:
    """A text that PromQL does not read as a positive duration is refused."""
    with pytest.raises(InvalidValue, match=r"(?s)Duration is .*\n  allowed: a duration such as"):
        Duration(text)


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "Inf", "+Inf", "infinity", "1e400", "1e30"])
def test_refuses_numbers_that_do_not_end(text: str) -> None:
    """Neither NaN nor the infinite nor the huge is a duration, nor does it crash the parser."""
    with pytest.raises(InvalidValue, match="Duration is"):
        Duration(text)


@pytest.mark.parametrize("text", ["5.5", "1e3", ".5", "5.", "1e-3"])
def test_refuses_numbers_without_a_unit(text: str) -> None:
    """A number without a unit could mean anything, with a decimal point as well as without."""
    with pytest.raises(InvalidValue, match="Duration is"):
        Duration(text)


@pytest.mark.parametrize("value", [5, 5.0, float("nan"), None, True, b"5m", ["5m"]])
def test_refuses_other_types(value: object) -> None:
    """Only texts, timedeltas and durations are durations: a number has no unit."""
    with pytest.raises(InvalidValue, match=r"(?s)Duration is .*\n  allowed: a duration such as"):
        Duration(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [timedelta(0), timedelta(seconds=-1), timedelta(microseconds=1), timedelta.max]
)
def test_refuses_timedeltas_that_prometheus_cannot_tell(value: timedelta) -> None:
    """A timedelta has to be a positive number of whole milliseconds."""
    allowed = "allowed: a whole number of milliseconds above 0"

    with pytest.raises(InvalidValue, match=allowed):
        Duration(value)


@given(st.floats(-1e15, 1e15).filter(lambda value: value == 0 or abs(value) >= 1e-15))
def test_a_float_counts_as_its_digits(value: float) -> None:
    """A float becomes the decimal that its repr shows, without the noise behind it."""
    assert decimal(value) == Decimal(repr(value))
    assert float(number(decimal(value))) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (14.4, "14.4"),
        ("0.001", "0.001"),
        (5, "5"),
        (" 1 ", "1"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_a_number_keeps_its_digits(value: float | str, expected: str) -> None:
    """A number is read as it was written."""
    assert decimal(value) == Decimal(expected)


@pytest.mark.parametrize(
    "value",
    ["", "abc", "1,5", "0x10", "nan", "Infinity", float("nan"), float("inf"), Decimal("sNaN")],
)
def test_refuses_what_is_no_finite_number(value: float | str) -> None:
    """NaN, the infinite and texts that are no number are refused."""
    with pytest.raises(InvalidValue, match=r"number is .*\n  allowed: a finite number"):
        decimal(value)


@pytest.mark.parametrize("value", ["1e16", "1e-16", 1e300, "-1e999999999", Decimal("1E+16")])
def test_refuses_numbers_that_nobody_could_print(value: Decimal | float | str) -> None:
    """A number has at most 15 digits before the point, and no more zeros than that behind it."""
    with pytest.raises(InvalidValue, match=r"number is") as caught:
        decimal(value)

    assert str(caught.value) == (
        f'number is "{value}"\n  allowed: a finite number with at most 15 digits a side'
    )


@pytest.mark.parametrize("value", ["1e15", "1e-15", "-9e15", 0, "0e999", "0.0"])
def test_takes_numbers_up_to_the_bound(value: float | str) -> None:
    """What fits on a line is a number, and nothing is one however it is written."""
    assert decimal(value) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2%", "0.02"), ("99.9 %", "0.999"), (" 0.5% ", "0.005"), ("100%", "1"), (0.25, "0.25")],
)
def test_a_percentage_is_a_ratio(value: float | str, expected: str) -> None:
    """A percentage is a hundredth of its number; a number stands as it is."""
    assert ratio(value) == Decimal(expected)


@pytest.mark.parametrize("value", ["", "2 per cent", "-1%", "1e1%", "%", "1%%", None, True])
def test_refuses_what_is_no_ratio(value: object) -> None:
    """What is neither a percentage nor a number is no ratio."""
    with pytest.raises(InvalidValue, match=r"number is .*\n  allowed: a finite number"):
        ratio(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("200ms", "0.2"),
        ("2.5ms", "0.0025"),
        ("250us", "0.00025"),
        ("100ns", "0.0000001"),
        ("2s", "2"),
        ("1m", "60"),
        ("1m30s", "90"),
        (" 5s ", "5"),
        (Duration("90s"), "90"),
        (timedelta(milliseconds=1), "0.001"),
        (Decimal("0.25"), "0.25"),
    ],
)
def test_a_length_of_time_is_exact_in_seconds(
    value: Duration | timedelta | str | Decimal, expected: str
) -> None:
    """A length of time is as many seconds as it says, finer than a duration may be."""
    assert seconds(value) == Decimal(expected)


@pytest.mark.parametrize("value", ["", "5", "0s", "0.0ms", "-1s", "1 s", "1e3s", "nan", 5, 0.2])
def test_refuses_what_is_no_length_of_time(value: object) -> None:
    """A length of time has a unit and is above nothing."""
    with pytest.raises(InvalidValue, match=r"is .*\n  allowed: a length of time above 0, such as"):
        seconds(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [Decimal("1E+999999999"), Decimal("1E-999999999"), "9" * 99 + "s"]
)
def test_refuses_lengths_of_time_that_nobody_could_print(value: Decimal | str) -> None:
    """A threshold is bounded as every number is: a billion digits would fill the memory."""
    with pytest.raises(InvalidValue, match=r"allowed: "):
        seconds(value)


@pytest.mark.parametrize("value", [Decimal(f"0.{'1' * 31}"), f"0.{'1' * 22}ns"])
def test_refuses_lengths_of_time_that_no_text_could_say(value: Decimal | str) -> None:
    """What is read from a text and what is given in Python have the same bound."""
    with pytest.raises(InvalidValue, match=r"is .*\n  allowed: at most 30 decimals of a second"):
        seconds(value)


@given(st.decimals("1E-14", "1E+9", places=30))
def test_a_length_of_time_keeps_its_digits(value: Decimal) -> None:
    """As many decimals as may be written are read."""
    assert seconds(f"{value:f}s") == seconds(value) == value


@pytest.mark.parametrize(
    "text", ["1ns", "0.5ns", "999.5us", "1ms", "2.5ms", "999ms", "1s", "1.5s", "90s", "1m", "90m"]
)
def test_a_length_of_time_is_printed_as_a_person_writes_it(text: str) -> None:
    """The unit is the largest one that it fills; minutes have no fraction."""
    assert length(seconds(text)) == text


@given(st.decimals("1E-14", "1E+15", places=30))
def test_a_printed_length_of_time_reads_back(value: Decimal) -> None:
    """Every threshold can be said as a text, exactly."""
    assert seconds(length(value)) == value


@pytest.mark.parametrize("value", [True, None, b"1", [1]])
def test_refuses_other_types_as_numbers(value: object) -> None:
    """A truth value is no number, and neither is anything but texts and numbers."""
    with pytest.raises(InvalidValue, match=r"number is .*\n  allowed: a finite number"):
        decimal(value)  # type: ignore[arg-type]


@given(DECIMALS)
def test_a_printed_number_reads_back(value: Decimal) -> None:
    """A printed number is exact and has no exponent, no sign of zero and no needless zeros."""
    text = number(value)

    assert Decimal(text) == value
    assert set(text) <= set("-0123456789.")
    assert text != "-0"
    assert "." not in text or not text.endswith(("0", "."))


@given(DECIMALS)
@example(Decimal("0." + "123456789" * 7))
def test_a_percentage_is_a_hundred_times_the_ratio(ratio: Decimal) -> None:
    """A percentage is exact, whatever the digits of the ratio."""
    text = percentage(ratio)

    assert text.endswith("%")
    assert Fraction(text.removesuffix("%")) == Fraction(ratio) * 100


@given(NONZERO, NONZERO)
def test_a_quotient_is_exact_or_right_to_six_digits(dividend: Decimal, divisor: Decimal) -> None:
    """A quotient is exact, or the nearest number of six significant digits."""
    true = Fraction(dividend) / Fraction(divisor)

    result = quotient(dividend, divisor)

    digits = len(result.normalize().as_tuple().digits)
    assert Fraction(result) == true or digits <= 6
    assert abs(Fraction(result) - true) <= abs(true) * Fraction(5, 10**6)


@given(st.integers(1, 10**6), st.sampled_from([2, 4, 5, 8, 10, 125, 1000]))
def test_a_quotient_that_ends_soon_is_exact(dividend: int, divisor: int) -> None:
    """A quotient whose digits end soon is not rounded."""
    result = quotient(Decimal(dividend), Decimal(divisor))

    assert result * divisor == dividend


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("1500ms", "1s500ms"),
        ("90s", "1m30s"),
        ("24h", "1d"),
        ("36h5s", "1d12h5s"),
        ("30d", "30d"),
    ],
)
def test_a_clock_reads_well(time: str, words: str) -> None:
    """Each unit is as large as can be."""
    assert clock(Duration(time)) == words


@given(st.integers(1, 10**10))
def test_a_clock_is_exact(milliseconds: int) -> None:
    """What it says is the same time."""
    assert Duration(clock(Duration.of_milliseconds(milliseconds))).milliseconds == milliseconds
