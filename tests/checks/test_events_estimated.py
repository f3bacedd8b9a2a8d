"""Events that a rate estimates are a warning, with the way to have them counted."""

from __future__ import annotations

import pytest

from slogen.checks.events_estimated import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, Latency, Settings
from tests.checks.checking import found, place_of

NATIVE = Latency(histogram="rpc_seconds", under="200ms", native=True)


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_warns_of_a_query_that_is_no_sum_of_rates() -> None:
    """The warning points at the query, says what is lost and what to write."""
    free = Events(total="sum(rate(a[$window]))", bad="max(rate(b[$window]))")

    (warning,) = found(CHECK, slo(free))

    assert warning.message == (
        "s-n: a free query is read as a rate, which loses what happens while scrapes are missed "
        "for longer than the base range, and a part of the first events after a pause"
    )
    assert warning.remedy == (
        "to count each event, only add, subtract or scale rate(SELECTOR[$window])"
    )
    assert (warning.code, warning.severity) == ("events-estimated", "warning")
    assert (warning.argument, place_of(warning)) == ("bad", '"max(rate(b[$window]))"')


def test_warns_of_a_native_histogram_for_prometheus_2() -> None:
    """Before Prometheus 3 the newest sample of a native histogram cannot be had."""
    (warning,) = found(CHECK, slo(NATIVE))

    assert "a native histogram is read as a rate" in warning.message
    assert warning.remedy == 'to count each request, set prometheus to "3.0" or later'
    assert (warning.argument, place_of(warning)) == ("native", "True")


def test_is_silent_of_a_native_histogram_for_prometheus_3() -> None:
    """From Prometheus 3 on its observations are counted."""
    assert found(CHECK, slo(NATIVE), Settings(prometheus="3.0")) == []


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="a", bad="b"),
        Events(total="sum(rate(a[$window])) + sum(rate(c[$window]))", bad="b"),
        ErrorRatio(query="max(error_ratio)"),
    ],
    ids=["selectors", "sums of rates", "a ratio"],
)
def test_is_silent_of_what_is_counted_and_of_what_counts_time(sli: SLI) -> None:
    """Selectors and sums of rates count each event; other kinds count no events at all."""
    assert found(CHECK, slo(sli)) == []
