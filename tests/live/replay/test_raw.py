"""What is counted of raw series, against what the rules count of the same counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from slogen import SLO, Events, Selector, Settings
from slogen.live import Prometheus
from slogen.live.replay.reading import read_raw
from slogen.plan import resolve
from tests.live.replay.counters import PACE, counted, counters
from tests.realtools.backfill import Past

if TYPE_CHECKING:
    from pathlib import Path

START = 1_764_201_600  # 2025-11-27 00:00 UTC
MINUTES = 26 * 60
REQUESTS = Selector('requests_total{job="shop"}')
PART = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
OWN_BAD = Events(
    total='sum(rate(requests_total{job="shop"}[$window]))',
    bad="sum(rate(failures_total[$window]))",
)


@pytest.mark.parametrize("line", ["3"])
def test_raw_series_count_as_the_rules_do(line: str, tmp_path: Path) -> None:
    """Each evaluation finds what the rules find, over the border of a day and with queries."""
    bad, good = counters(MINUTES, [(130, 12, 0.9), (1_435, 10, 0.3)])
    past = Past(line=line, folder=tmp_path)
    past.add_samples(
        [
            ('requests_total{job="shop",code="500"}', _samples(bad)),
            ('requests_total{job="shop",code="200"}', _samples(good)),
            ("failures_total", _samples(bad)),
        ]
    )
    end = START + MINUTES * 60 - PACE
    expected = counted(bad, good)
    until = np.arange(0, 1_000 * MINUTES * 60, 1_000 * PACE)
    since = until - 1_000 * PACE
    with past.serving() as server:
        prometheus = Prometheus(server.address)
        for sli in (PART, OWN_BAD):
            slo = SLO(service="shop", name="availability", objective="99.5%", window="7d", sli=sli)
            (plan,) = resolve(slo, Settings())
            found = read_raw(prometheus, plan, 1_000 * START, 1_000 * end, lambda: None)
            (counts,) = found.counts.values()
            errors, events = counts.sums(since + 1_000 * START, until + 1_000 * START)

            assert np.allclose(errors, expected.sums(since, until)[0])
            assert np.allclose(events, expected.sums(since, until)[1])
            assert found.samples == 2 * len(counts.times)
            assert found.is_raw


def _samples(values: list[int]) -> list[tuple[int, float]]:
    return [(START + PACE * place, float(value)) for place, value in enumerate(values)]
