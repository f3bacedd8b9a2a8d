"""Which days are asked for, and which samples of them count."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slogen import SLO, Events, Selector, Settings
from slogen.live import Prometheus
from slogen.live.replay.reading import read_recorded
from slogen.plan import resolve
from tests.live.stub import serving

if TYPE_CHECKING:
    from tests.live.stub import Handler, Request

HOUR, DAY = 3_600, 86_400
MIDNIGHT = 1_764_201_600  # 2025-11-27 00:00 UTC
SLI = Events(total=Selector("requests_total"), bad=Selector("requests_total").where('code="500"'))


def _answer(handler: Handler, request: Request) -> None:
    """Answer with a sample each half hour of the day that ends."""
    until = int(float(request.fields["time"]))
    values = [[at, "1"] for at in range(until - DAY, until + 1, HOUR // 2)]
    is_window = not request.query.startswith("min")
    series = [{"metric": {}, "values": values}] if is_window else []
    kind = "matrix" if is_window else "vector"
    data = {"resultType": kind, "result": series}
    handler.answer(json.dumps({"status": "success", "data": data}))


def test_days_are_whole_and_samples_before_the_beginning_do_not_count() -> None:
    """A day is asked for until midnight, and what is read of it begins after the beginning."""
    slo = SLO(service="shop", name="availability", objective="99.5%", window="7d", sli=SLI)
    (plan,) = resolve(slo, Settings())
    start, end = 1_000 * (MIDNIGHT + 18 * HOUR), 1_000 * (MIDNIGHT + DAY + 6 * HOUR)
    with serving(_answer) as stub:
        found = read_recorded(Prometheus(stub.url), plan, start, end, lambda: None)
        asked = {request.fields["time"] for request in stub.seen if "[" in request.query}
    (counts,) = found.counts.values()
    until = {f"{MIDNIGHT + seconds:.3f}" for seconds in (DAY, DAY + 6 * HOUR)}

    assert asked - {f"{start / 1_000:.3f}"} == until
    assert datetime.fromtimestamp(counts.times[0] / 1_000, UTC).hour == 18
    assert [counts.times[0], counts.times[-1]] == [start + 1_800_000, end]
    assert found.samples == 2 * 24
