"""Latency: what a histogram measures in, and where its threshold lies."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model import Latency
from slogen.promql.selector import Selector
from slogen.units import Duration

HISTOGRAM = "http_request_duration_seconds"
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def latency(**changes: object) -> Latency:
    """Return a latency with some arguments of one's own."""
    arguments: dict[str, object] = {"histogram": HISTOGRAM, "under": "200ms", **changes}
    return Latency(**arguments)  # type: ignore[arg-type]


def test_reads_its_arguments() -> None:
    """A text is read as a selector, and a histogram is classic unless told otherwise."""
    made = Latency(histogram=f'{HISTOGRAM}{{job="api"}}', under="200ms")

    assert made.histogram == Selector(f'{HISTOGRAM}{{job="api"}}')
    assert (made.under, made.unit, made.native) == (Decimal("0.2"), "s", False)


def test_counts_requests() -> None:
    """A histogram counts events, and has no free query."""
    assert latency().kind == "latency"
    assert latency().counts_events
    assert latency().queries == ()


@pytest.mark.parametrize(
    ("metric", "unit"),
    [
        ("rpc_seconds", "s"),
        ("rpc_milliseconds", "ms"),
        ("rpc_microseconds", "us"),
        ("rpc_nanoseconds", "ns"),
        ("rpc_ms", "ms"),
    ],
)
def test_the_name_tells_the_unit(metric: str, unit: str) -> None:
    """A name that ends in a unit says what the histogram measures in."""
    assert latency(histogram=metric).unit == unit
    assert latency(histogram=metric, unit=unit).unit == unit


@pytest.mark.parametrize(
    ("unit", "under", "bound"),
    [
        ("s", "200ms", "0.2"),
        ("s", "2.5ms", "0.0025"),
        ("s", "250us", "0.00025"),
        ("s", "1m", "60"),
        ("s", "1m30s", "90"),
        ("s", Duration("2s"), "2"),
        ("s", timedelta(milliseconds=5), "0.005"),
        ("ms", "200ms", "200"),
        ("ms", "2.5ms", "2.5"),
        ("ms", "250us", "0.25"),
        ("ms", "1s", "1000"),
        ("us", "250us", "250"),
        ("us", "2.5ms", "2500"),
        ("ns", "1ns", "1"),
        ("ns", "2.5ms", "2500000"),
        ("ns", "1s", "1000000000"),
    ],
)
def test_the_bound_is_in_the_histograms_unit(unit: str, under: object, bound: str) -> None:
    """A threshold is a length of time; its bucket's bound is a number of the histogram's unit."""
    assert latency(histogram="rpc", unit=unit, under=under).bound == Decimal(bound)


@given(
    st.integers(1, 10**7), st.sampled_from(sorted(PER_SECOND)), st.sampled_from(["us", "ms", "s"])
)
def test_the_bound_is_exact(amount: int, unit: str, written: str) -> None:
    """No length of time loses a digit on its way into the histogram's unit."""
    made = latency(histogram="rpc", unit=unit, under=f"{amount}{written}")

    assert made.bound * PER_SECOND[written] == amount * PER_SECOND[unit]


@pytest.mark.parametrize("metric", ["http_request_duration", "seconds_of_rpc", "rpc_second"])
def test_asks_for_a_unit_that_the_name_does_not_tell(metric: str) -> None:
    """A unit is never guessed: a threshold of 0.2 ms instead of 200 would be bad for ever."""
    with pytest.raises(InvalidValue, match=r"Latency\.unit is") as caught:
        latency(histogram=f'{metric}{{job="a"}}')

    assert str(caught.value) == (
        f"Latency.unit is not known from the name {metric}\n"
        '  allowed: the unit it measures in: "s", "ms", "us" or "ns"'
    )
    assert caught.value.argument == "histogram"


def test_a_unit_of_none_is_none_given() -> None:
    """A script that passes no unit on gets the one that the name tells."""
    assert latency(unit=None).unit == "s"


@pytest.mark.parametrize(
    ("metric", "named", "unit"),
    [("rpc_seconds", "s", "ms"), ("rpc_ms", "ms", "s"), ("rpc_nanoseconds", "ns", "us")],
)
def test_refuses_a_unit_that_contradicts_the_name(metric: str, named: str, unit: str) -> None:
    """Of two units one is wrong, and the threshold by a factor of thousands."""
    with pytest.raises(InvalidValue, match=r"Latency\.unit is") as caught:
        latency(histogram=metric, unit=unit)

    assert str(caught.value) == (
        f'Latency.unit is "{unit}", but the name {metric} says "{named}"\n'
        f'  allowed: "{named}", or nothing'
    )
    assert caught.value.argument == "unit"


@pytest.mark.parametrize("value", ["m", "seconds", "", 1, ["s"]])
def test_refuses_other_units(value: object) -> None:
    """A histogram measures in seconds or a part of them."""
    with pytest.raises(InvalidValue, match=r"Latency\.unit is") as caught:
        latency(unit=value)

    assert str(caught.value).startswith(
        f'Latency.unit is {value!r}\n  allowed: "s", "ms", "us" or "ns"'
    )


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("seconds", "s"),
        ("Sec", "s"),
        (" milliseconds ", "ms"),
        ("\u00b5s", "us"),
        ("microseconds", "us"),
        ("nanos", "ns"),
    ],
)
def test_a_unit_in_words_has_a_remedy(value: str, unit: str) -> None:
    """What to write is the unit as Prometheus' durations have it, and it is read."""
    with pytest.raises(InvalidValue, match=r"Latency\.unit is") as caught:
        latency(histogram="rpc", unit=value)

    assert caught.value.remedy == f'write "{unit}"'
    assert latency(histogram="rpc", unit=unit).unit == unit


@pytest.mark.parametrize("value", ["minutes", "", "x", 5, None])
def test_what_is_no_unit_has_no_remedy(value: object) -> None:
    """Nothing is guessed where nothing is meant."""
    with pytest.raises(InvalidValue, match=r"Latency\.unit is") as caught:
        latency(histogram="rpc", unit=value)

    assert not caught.value.remedy


@pytest.mark.parametrize("part", ["_bucket", "_count", "_sum"])
def test_refuses_a_part_of_a_histogram(part: str) -> None:
    """A histogram goes by its own name, without that of one of its series."""
    with pytest.raises(InvalidValue, match=r"Latency\.histogram is") as caught:
        latency(histogram=f"{HISTOGRAM}{part}")

    assert str(caught.value) == (
        f'Latency.histogram is "{HISTOGRAM}{part}"\n  allowed: the histogram\'s own name\n'
        f"  remedy: leave out {part}: {HISTOGRAM}"
    )


@pytest.mark.parametrize("matcher", ['le="0.2"', 'le=~".+"', 'le!=""'])
def test_refuses_buckets(matcher: str) -> None:
    """Which bucket is read follows from the threshold."""
    with pytest.raises(
        InvalidValue, match=r"Latency\.histogram is .*\n  allowed: matchers on other"
    ):
        latency(histogram=f"{HISTOGRAM}{{{matcher}}}")


@pytest.mark.parametrize("value", [f"rate({HISTOGRAM}[5m])", "", "x{", 5, None])
def test_refuses_what_is_no_selector(value: object) -> None:
    """A histogram is a metric with matchers."""
    with pytest.raises(InvalidPromQL, match=r"(?s)Latency\.histogram is .*allowed: a metric and"):
        latency(histogram=value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        *[("", '""'), ("200", '"200"'), ("0.2", '"0.2"'), ("0s", '"0s"'), ("-1s", '"-1s"')],
        *[("1 s", '"1 s"'), ("1e3s", '"1e3s"'), ("200µs", '"200µs"'), ("0.0ms", '"0.0ms"')],
        *[(200, "200"), (0.2, "0.2"), (None, "None"), (True, "True")],
    ],
)
def test_refuses_thresholds_without_a_unit(value: object, found: str) -> None:
    """A threshold is a length of time: of a number nobody knows what it counts."""
    with pytest.raises(InvalidValue, match=r"Latency\.under is") as caught:
        latency(under=value)

    first, allowed, *_ = str(caught.value).split("\n")
    assert first == f"Latency.under is {found}"
    assert allowed == '  allowed: a length of time above 0, such as "200ms", "2.5ms" or "2s"'


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_native_is_a_switch(value: object) -> None:
    """Whether a histogram is native is true or false, and refused in words where it is neither."""
    with pytest.raises(InvalidValue, match=r"Latency\.native is"):
        latency(native=value)


def test_latencies_are_values() -> None:
    """Latencies are equal wherever they were written, hashable and frozen."""
    made = latency()

    assert made == latency(under="0.2s", unit="s", native=False)
    assert hash(made) == hash(latency(under=Duration("200ms")))
    assert made != latency(under="201ms")
    assert made != latency(native=True)
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        made.native = True  # type: ignore[misc]
