"""Samples are counted as a server counts them."""

from __future__ import annotations

from tests.experiments.load.samples import samples_a_second


def test_base_rules_read_what_a_server_says() -> None:
    """Hundred raw series more are 6,900 samples more of an evaluation, each 30 s."""
    few, many = (samples_a_second("28d", series, "1m")["fast"] for series in (100, 200))

    assert round((many - few) * 30) == 6_900


def test_long_windows_read_hours() -> None:
    """28 days are 672 samples of each count: nothing of the slow group grows with raw series."""
    few, many = (samples_a_second("28d", series, "1m")["slow"] for series in (8, 100))

    assert few == many
    assert few < 100
