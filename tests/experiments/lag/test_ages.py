"""Ages are what the numbers say."""

from __future__ import annotations

import pytest

from slogen import naming
from tests.experiments.lag.ages import Moment, ages


def test_an_age_is_what_was_not_seen_yet() -> None:
    """Of 100 bad events a second for 60 s a ratio that has seen 3,000 of them is 30 s old."""
    ratio = 3_000 / (1_000 + 3_000)
    of = {
        naming.EVENTS_PERIOD: 4_000.0,
        naming.ERRORS_PERIOD: 3_000.0,
        naming.RATIO_PERIOD: ratio,
        naming.COVERAGE: 0.5,
        naming.BUDGET_REMAINING: 1 - ratio * 0.5 / 0.1,
    } | {f"slo:sli_error:ratio_rate{window}": ratio for window in ("6h", "1d", "3d")}
    moment = Moment(60, {("a-1", name): value for name, value in of.items()}, 100)

    found = ages([moment], "a-")

    assert found == {number: [pytest.approx(30)] for number in found}
    assert len(found) == 5
