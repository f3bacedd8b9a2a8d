"""SLOs of several kinds, replayed beside the alerts of a real Prometheus that ran their rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Latency, Selector, Settings, TimeSlices, Up
from slogen.live import Prometheus, backtest
from slogen.live.replay.results import Agreement
from tests.live.replay.counters import PACE, counters
from tests.live.replay.ruled import EARLIER, START, ruled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from slogen.live import Backtest
    from slogen.model import SLI
    from tests.live.replay.counters import Bursts
    from tests.live.replay.ruled import Course, Courses

LINES = ("2", "3")
HOURS = 2
BURSTS: Bursts = ((3, 4, 0.3), (40, 10, 0.9), (80, 15, 0.3))
OTHER: Bursts = ((60, 8, 0.9),)
OUTAGE, SILENCE = range(30, 45), range(70, 85)
"""Minutes in which gauges are bad, and in which they and the good events are not there."""
SETTINGS = Settings()
_REPLAY = Lock()
"""One replay at a time: both would use two processors."""
REQUESTS = Selector('requests_total{job="shop"}')
BAD = REQUESTS.where('code="500"')
KINDS: Mapping[str, SLI] = {
    "routes": Events(total=REQUESTS, bad=BAD),
    "difference": Events(total=REQUESTS, good="served_total"),
    "latency": Latency(histogram="request_seconds", under="200ms"),
    "probe": Up(gauge="probe_success", when_missing="bad"),
    "queue": TimeSlices(query="queue_length", good_when="<= 300"),
}
SLOS = tuple(
    SLO(
        service="shop",
        name=name,
        objective="99.5%",
        window="7d",
        group_by=["route"] if name == "routes" else [],
        sli=sli,
    )
    for name, sli in KINDS.items()
)


def courses(minutes: int) -> Courses:
    """Return each raw series, of two routes with faults of their own, of a probe and a queue."""
    found: dict[str, Course] = {}
    for seed, (route, bursts) in enumerate({"cart": BURSTS, "search": OTHER}.items()):
        bad, good = counters(minutes, bursts, seed)
        labels = f'job="shop",route="{route}"'
        total = [sum(pair) for pair in zip(bad, good, strict=True)]
        found |= {
            f'requests_total{{{labels},code="500"}}': (0, bad),
            f'requests_total{{{labels},code="200"}}': (0, good),
            f"served_total{{{labels}}}": (0, _with_silence(good)),
            f'request_seconds_bucket{{{labels},le="0.2"}}': (0, good),
            f'request_seconds_bucket{{{labels},le="+Inf"}}': (0, total),
            f"request_seconds_count{{{labels}}}": (0, total),
        }
    probe = [int(_minute(place) not in OUTAGE) for place in range(minutes * 60 // PACE)]
    queue = [10 if each else 900 for each in probe]
    for name, course in {"probe_success": probe, "queue_length": queue}.items():
        before = [course[0]] * (60 * EARLIER // PACE)
        found[name] = (-60 * EARLIER, [*before, *_with_silence(course)])
    return found


def _with_silence(course: Sequence[float]) -> list[float | None]:
    return [None if _minute(at) in SILENCE else value for at, value in enumerate(course)]


def _minute(place: int) -> int:
    return place * PACE // 60


@attrs.frozen(kw_only=True)
class Compared:
    """A tier of a group, replayed beside ALERTS.

    Attributes:
        line: Of the Prometheus that ran the rules.
        slo: The name of the SLO, and the group.
        is_raw: Whether raw series were replayed.
        window: The long window of the tier.
        agreement: How many alerts are the same.
    """

    line: str
    slo: str
    is_raw: bool
    window: str
    agreement: Agreement


def compared(folder: Path) -> tuple[Compared, ...]:
    """Return what each line of Prometheus and a replay make of the same series."""
    with ThreadPoolExecutor(len(LINES)) as pool:
        found = pool.map(lambda line: [*_of_line(line, folder / line)], LINES)
    return tuple(each for of_line in found for each in of_line)


def _of_line(line: str, folder: Path) -> Iterator[Compared]:
    folder.mkdir()
    end = datetime.fromtimestamp(START, tz=UTC) + timedelta(hours=HOURS, seconds=-PACE)
    with ruled(line, SLOS, SETTINGS, courses(60 * HOURS), folder) as server:
        prometheus = Prometheus(server.address)
        for raw in (False, True):
            with _REPLAY:
                found = backtest(prometheus, SLOS, SETTINGS, at=end, length=f"{HOURS}h", raw=raw)
            yield from _tiers(line, found)


def _tiers(line: str, found: Backtest) -> Iterator[Compared]:
    for group in found.groups:
        labels = ", ".join(value for _, value in group.group)
        name = group.slo.removeprefix("shop-")
        for tier in group.now.tiers:
            assert tier.agreement is not None
            yield Compared(
                line=line,
                slo=f"{name} ({labels})" if labels else name,
                is_raw=group.is_raw,
                window=tier.window,
                agreement=tier.agreement,
            )
