"""Samples that are kept for less than the window and a day are a warning."""

from __future__ import annotations

from slogen.checks.given import Given
from slogen.checks.retention_too_short import CHECK
from slogen.model import SLO, Up
from slogen.units import Duration
from tests.checks.checking import found_given, place_of

MONTH = SLO(service="s", name="n", objective="99%", window="30d", sli=Up(gauge="up"))


def test_says_how_long_samples_have_to_be_kept() -> None:
    """The default of Prometheus is 15 days."""
    (warning,) = found_given(CHECK, MONTH, Given(retention=Duration("15d")))

    assert warning.message == (
        "s-n: Prometheus keeps samples for 15d, and a window of 30d needs those of 31d"
    )
    assert warning.remedy == (
        "keep them for 31d (--storage.tsdb.retention.time), or write a shorter window"
    )
    assert (warning.code, warning.severity) == ("retention-too-short", "warning")
    assert (warning.argument, place_of(warning)) == ("window", '"30d"')


def test_is_silent_of_what_is_kept_for_long_enough() -> None:
    """The window and a day are enough; without a retention there is nothing to compare."""
    assert found_given(CHECK, MONTH, Given(retention=Duration("31d"))) == []
    assert len(found_given(CHECK, MONTH, Given(retention=Duration("30d")))) == 1
    assert found_given(CHECK, MONTH, Given()) == []
