"""Twelve minutes of a real server beside exporters that log what happened.

No setting of slogen is changed: its rules expect scrapes every 30 s. Each job sends events as soon
as its first count is recorded. Then scrapes are missed, a scrape takes 8 s, a pod of the fleet
leaves, the exporters are restarted, and so is the server.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import attrs

from slogen import build
from slogen.naming import EVENTS_INCREASE
from tests.counted.comparing import Count, counts
from tests.counted.job import Fault, Job
from tests.counted.slos import JOB, slos
from tests.realtools.server import PrometheusServer, running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FAULTS = {
    "15s": {2: Fault.REFUSED, 3: Fault.DROPPED, 6: Fault.DROPPED, 9: Fault.SLOW},
    "30s": {2: Fault.REFUSED, 4: Fault.DROPPED, 6: Fault.SLOW},
    "60s": {1: Fault.SLOW, 2: Fault.REFUSED},
    "2m": {1: Fault.SLOW, 2: Fault.REFUSED},
}
"""The jobs, each named for its scrape interval, and what happens to which of their scrapes."""

POD_LEAVES = 270
EXPORTERS_RESTART = 390
SERVER_STOPS = 490
SERVER_STARTS = 530
SENDING_ENDS = 560
END = 725
"""Seconds since the server was first ready."""

_FIRST_COUNT_SECONDS = 200
_MISSED = re.compile(
    r"^prometheus_rule_group_iterations_missed_total"
    r'\{rule_group="[^"]*:counted-(\w+):fast"\} (\S+)$',
    re.MULTILINE,
)
_EXPORTER_DOWN_SECONDS = 3


@attrs.frozen(kw_only=True)
class Seen:
    """What happened, and what was counted of it.

    Attributes:
        line: The line of Prometheus.
        restarted: When the exporters were restarted, in seconds since the epoch.
        stopped: When the server was told to stop.
        missed: How many evaluations a busy machine made the server miss, by the name of the SLO.
        counts: What was counted.
    """

    line: str
    restarted: float
    stopped: float
    missed: Counter[str]
    counts: tuple[Count, ...]


def run(line: str, folder: Path) -> Seen:
    """Let the twelve minutes pass on a line of Prometheus, and return what was seen."""
    jobs = [Job(interval, faults) for interval, faults in FAULTS.items()]
    rules = rule_files(folder)
    with ExitStack() as exporters:
        for job in jobs:
            exporters.enter_context(job.serving())
        with _prometheus(line, rules, jobs, folder / "first") as server:
            clock = Clock()
            send_when_counted(server, jobs)
            clock.wait_until(POD_LEAVES)
            for job in jobs:
                job.lose_pod()
            clock.wait_until(EXPORTERS_RESTART)
            restarted = restart_exporters(jobs, exporters)
            clock.wait_until(SERVER_STOPS)
            missed = _missed(server)
            stopped = time.time()
        clock.wait_until(SERVER_STARTS)
        with _prometheus(line, rules, jobs, folder / "second") as server:
            clock.wait_until(SENDING_ENDS)
            for job in jobs:
                job.stop_sending()
            clock.wait_until(END)
            counted = counts(jobs, server)
            missed += _missed(server)
    return Seen(line=line, restarted=restarted, stopped=stopped, missed=missed, counts=counted)


def _missed(server: PrometheusServer) -> Counter[str]:
    """Return how many evaluations of the base series a server says that it missed."""
    found = _MISSED.findall(server.request("/metrics").decode())
    return Counter({name: round(float(value)) for name, value in found})


class Clock:
    """The seconds since it was made."""

    def __init__(self) -> None:
        """Begin at 0."""
        self._began = time.monotonic()

    def wait_until(self, seconds: float) -> None:
        """Wait until so many seconds have passed."""
        time.sleep(max(0.0, self._began + seconds - time.monotonic()))


def rule_files(folder: Path) -> list[Path]:
    """Write the rules, with no setting changed, and return the files."""
    built = build(slos)
    built.write(folder / "build")
    return [folder / "build" / file.path for file in built.render("prometheus")]


@contextmanager
def _prometheus(
    line: str, rules: Sequence[Path], jobs: Sequence[Job], folder: Path
) -> Iterator[PrometheusServer]:
    folder.mkdir(parents=True)
    with running_prometheus(
        line,
        rules,
        folder=folder,
        data=folder.parent / "data",
        scrape_configs=[job.scrape_config for job in jobs],
    ) as server:
        yield server


def send_when_counted(server: PrometheusServer, jobs: Sequence[Job]) -> None:
    """Let each job send as soon as its first count is recorded: its first values are known then."""

    def all_send() -> bool:
        found = server.query(EVENTS_INCREASE)
        for job in jobs:
            counts = [1 for labels, _ in found if labels[JOB] == job.interval]
            if len(counts) == len(slos) and not job.is_sending:
                job.send()
        return all(job.is_sending for job in jobs)

    until(all_send, seconds=_FIRST_COUNT_SECONDS, pause=1)


def restart_exporters(jobs: Sequence[Job], exporters: ExitStack) -> float:
    """Stop all exporters, start them again with counters at 0, and return when they stopped."""
    stopped = time.time()
    exporters.close()
    time.sleep(_EXPORTER_DOWN_SECONDS)
    for job in jobs:
        job.forget()
        exporters.enter_context(job.serving())
    return stopped
