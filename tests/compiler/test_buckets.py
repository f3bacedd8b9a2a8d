"""Buckets: one bound, and all the ways in which clients and Prometheus write it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.compiler.buckets import bucket_matcher

BOUNDS = st.decimals("0.000001", 10**9, places=6)
# client_golang: strconv.FormatFloat(f, 'g', -1, 64); client_python: floatToGoString; client_java:
# Double.toString; Prometheus 3: model/textparse, formatOpenMetricsFloat.
SPELLINGS = [
    ("1", "Go", "1"),
    ("1", "Python", "1.0"),
    ("1", "Java", "1.0"),
    ("1", "Prometheus 3", "1.0"),
    ("0.2", "Go", "0.2"),
    ("0.2", "Python", "0.2"),
    ("0.2", "Java", "0.2"),
    ("0.2", "Prometheus 3", "0.2"),
    ("2.5", "Go", "2.5"),
    ("2.5", "Python", "2.5"),
    ("2.5", "Java", "2.5"),
    ("2.5", "Prometheus 3", "2.5"),
    ("10", "Go", "10"),
    ("10", "Python", "10.0"),
    ("10", "Java", "10.0"),
    ("10", "Prometheus 3", "10.0"),
    ("100000", "Go", "100000"),
    ("100000", "Python", "100000.0"),
    ("100000", "Java", "100000.0"),
    ("100000", "Prometheus 3", "100000.0"),
    ("1000000", "Go", "1e+06"),
    ("1000000", "Python", "1e+06"),
    ("1000000", "Java", "1000000.0"),
    ("1000000", "Prometheus 3", "1e+06"),
    ("2500000", "Go", "2.5e+06"),
    ("10000000", "Java", "1.0E7"),
    ("25000000", "Java", "2.5E7"),
    ("1000000000", "Go", "1e+09"),
    ("10000000000", "Go", "1e+10"),
    ("10000000000", "Python", "1e+010"),
    ("0.00005", "Go", "5e-05"),
    ("0.00005", "Python", "5e-05"),
    ("0.00005", "Java", "5.0E-5"),
    ("0.00005", "Prometheus 3", "5e-05"),
    ("0.000025", "Go", "2.5e-05"),
    ("0.000025", "Java", "2.5E-5"),
    ("0.0005", "Go", "0.0005"),
    ("0.0005", "Python", "0.0005"),
    ("0.0005", "Java", "5.0E-4"),
    ("0.0005", "Prometheus 3", "0.0005"),
    ("0.0001", "Go", "0.0001"),
    ("0.001", "Java", "0.001"),
]


def selects(bound: Decimal, le: str) -> bool:
    """Tell whether Prometheus, whose regexes are anchored, would select a bucket."""
    matcher = bucket_matcher(bound)
    if matcher.operator == "=":
        return matcher.value == le
    return re.fullmatch(matcher.value, le) is not None


def as_go(bound: Decimal) -> str:
    """Return what client_golang writes: the shortest digits, as ``%g`` with a precision of 6."""
    exponent, digits = bound.adjusted(), "".join(map(str, bound.normalize().as_tuple().digits))
    if -4 <= exponent < 6:
        return f"{bound.normalize():f}"
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{exponent:+03d}"


@pytest.mark.parametrize(("bound", "client", "le"), SPELLINGS)
def test_selects_what_clients_write(bound: str, client: str, le: str) -> None:
    """A bucket is found, whichever client wrote it and whichever Prometheus stored it."""
    assert selects(Decimal(bound), le), client


@given(BOUNDS)
def test_selects_what_gos_client_writes(bound: Decimal) -> None:
    """Whatever the bound, it is found in the spelling of Go, and in that of Prometheus 3."""
    go = as_go(bound)

    assert selects(bound, go)
    assert selects(bound, go if set(go) & set(".e") else f"{go}.0")


@given(BOUNDS, BOUNDS)
def test_selects_one_bound_alone(bound: Decimal, other: Decimal) -> None:
    """No other bucket is selected: two of a histogram would count each request twice."""
    assert selects(bound, as_go(other)) == (bound == other)


@pytest.mark.parametrize(
    ("bound", "le"), [("0.2", "0x2"), ("1", "1x0"), ("10", "1.0"), ("1", "11.0"), ("1", "10")]
)
def test_a_point_is_a_point(bound: str, le: str) -> None:
    """What is a sign of regexes is taken as it stands."""
    assert not selects(Decimal(bound), le)


@pytest.mark.parametrize("bound", ["0.2", "2.5", "0.25", "99.5"])
def test_one_spelling_needs_no_regex(bound: str) -> None:
    """Where all write the same, the matcher is one of equality, which is cheaper and clearer."""
    assert str(bucket_matcher(Decimal(bound))) == f'le="{bound}"'


@pytest.mark.parametrize("bound", ["1", "1.0", "1.000", "1E+0"])
def test_the_spelling_of_a_threshold_does_not_matter(bound: str) -> None:
    """How a user wrote the number makes no difference."""
    assert bucket_matcher(Decimal(bound)) == bucket_matcher(Decimal(1))


@pytest.mark.parametrize("bound", ["1", "1000000", "0.00005", "2500000"])
def test_needs_no_backslash(bound: str) -> None:
    """A backslash would have to be doubled in PromQL, and again in a template."""
    assert "\\" not in str(bucket_matcher(Decimal(bound)))
