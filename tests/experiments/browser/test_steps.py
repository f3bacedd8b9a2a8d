"""The stand-in for Grafana's server asks Prometheus what Grafana would ask it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.experiments.browser.steps import fill, step_of

HOUR, DAY = 3_600_000, 86_400_000


@pytest.mark.parametrize(
    ("query", "span", "step"),
    [
        ({"maxDataPoints": 1_000}, HOUR, 15_000),
        ({"maxDataPoints": 1_000}, DAY, 60_000),
        ({"maxDataPoints": 1_000, "interval": "2m"}, DAY, 120_000),
        ({"maxDataPoints": 1_000, "intervalMs": DAY}, 30 * DAY, DAY),
        ({"maxDataPoints": 100_000}, 30 * DAY, 300_000),
    ],
)
def test_a_step_is_round_and_no_finer_than_wanted(
    query: dict[str, Any], span: int, step: int
) -> None:
    """A step follows from the width of the panel, its least interval and Prometheus' limit."""
    found = step_of(query, 0, span)

    assert found == step


def test_variables_of_time_are_filled_in_either_spelling() -> None:
    """A longer name is not taken for a shorter one that it begins with."""
    expr = fill(
        "a[$__rate_interval] b[${__interval}] $__interval_ms c[$__range] $__range_s",
        step=60_000,
        scrape=15_000,
        span=HOUR,
    )

    assert expr == "a[75s] b[1m] 60000 c[3600s] 3600"
