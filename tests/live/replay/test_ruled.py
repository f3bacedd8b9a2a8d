"""What a replay finds, against the alerts of a real Prometheus that ran the same rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from slogen import SLO, Events, Latency, Selector, Settings, TimeSlices, Up
from slogen.live import Prometheus, backtest
from slogen.live.replay.results import Agreement
from tests.live.replay.counters import PACE, counters
from tests.live.replay.ruled import EARLIER, START, ruled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from slogen.live import Backtest
    from slogen.model import SLI
    from tests.live.replay.counters import Bursts
    from tests.live.replay.ruled import Course, Courses

HOURS = 2
BURSTS: Bursts = ((3, 4, 0.3), (40, 10, 0.9), (80, 15, 0.3))
OTHER: Bursts = ((60, 8, 0.9),)
OUTAGE, SILENCE = range(30, 45), range(70, 85)
"""Minutes in which gauges are bad, and in which they and the good events are not there."""
SETTINGS = Settings()
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


def found(line: str, folder: Path) -> tuple[Backtest, Backtest]:
    """Return what is replayed from base series and from raw ones, beside ALERTS."""
    folder.mkdir()
    end = datetime.fromtimestamp(START, tz=UTC) + timedelta(hours=HOURS, seconds=-PACE)
    with ruled(line, SLOS, SETTINGS, courses(60 * HOURS), folder) as server:
        prometheus = Prometheus(server.address)
        recorded, raw = (
            backtest(prometheus, SLOS, SETTINGS, at=end, length=f"{HOURS}h", raw=raw)
            for raw in (False, True)
        )
    return recorded, raw


def test_a_replay_finds_the_alerts_of_a_server_that_ran_the_rules(tmp_path: Path) -> None:
    """From base series and from raw ones: each alert begins and ends within one evaluation."""
    lines = ("2", "3")
    with ThreadPoolExecutor(len(lines)) as pool:
        replays = [*pool.map(lambda line: found(line, tmp_path / line), lines)]
    for line, (recorded, raw) in zip(lines, replays, strict=True):
        for each in (recorded, raw):
            assert {group.is_raw for group in each.groups} == {each is raw}
            differing = {
                (line, each is raw, group.slo, group.group, tier.window): tier.agreement
                for group in each.groups
                for tier in group.now.tiers
                if tier.agreement
                != Agreement(same=len(tier.fired), only_replayed=0, only_recorded=0)
            }
            assert not differing
            fired = {group.slo: sum(len(t.fired) for t in group.now.tiers) for group in each.groups}
            assert min(fired.values()) > 0
