"""One server under load: it settles, and then its own metrics are read again and again."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import attrs

from tests.experiments.load.readings import Reading, durations, per_second, read
from tests.realtools.exporter import running_exporter, scraping
from tests.realtools.server import PrometheusServer, running_prometheus

READ_EVERY_SECONDS = 28
"""A little less than the shortest interval of a group, so that no evaluation goes unseen."""

RETENTION = "--storage.tsdb.retention.time=40d"
"""More than the longest history."""

_MIB = 2**20


@attrs.frozen(kw_only=True)
class Load:
    """What a server is given.

    Attributes:
        line: The line of Prometheus.
        rule_files: Its rules.
        counters: The raw series that it scrapes every 30 s, and how fast each grows.
        data: The folder of its time series.
        folder: For its configuration and its log.
        settle: Seconds before the first reading.
        seconds: From the first reading to the last.
        ratios: Queries whose results say whether the rules had something to read.
    """

    line: str
    rule_files: tuple[Path, ...]
    counters: Mapping[str, float]
    data: Path
    folder: Path
    settle: float
    seconds: float
    ratios: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Measured:
    """What was seen.

    Attributes:
        durations: Seconds of evaluations by part, sorted.
        missed: Evaluations not begun in time from the first reading to the last, by part.
        missed_before: How many there were from the start of the server to the first reading.
        failures: Evaluations of rules that failed since the start.
        appended: Samples written in a second.
        queried: Samples read by queries in a second, where the version counts them.
        cpu: CPU seconds in a second.
        memory: The most resident memory, in MiB.
        series: Series in the head.
        blocks: Bytes of blocks on disk.
        results: How many series each query found at the end; -1 where the server did not answer.
        others: CPU seconds in a second of all else that ran on the machine, this process included.
        seconds: How long it was.
    """

    durations: Mapping[str, list[float]]
    missed: Mapping[str, float]
    missed_before: float
    failures: float
    appended: float | None
    queried: float | None
    cpu: float
    memory: float
    series: float
    blocks: float
    results: Mapping[str, int]
    others: float
    seconds: float


def measure(load: Load) -> Measured:
    """Run a server under a load and return what was seen."""
    load.folder.mkdir(parents=True, exist_ok=True)
    with (
        running_exporter(load.counters, {}) as target,
        running_prometheus(
            load.line,
            load.rule_files,
            folder=load.folder,
            scrape_configs=[scraping(target, every="30s")],
            arguments=[RETENTION],
            data=load.data,
        ) as server,
    ):
        time.sleep(load.settle)
        before = _busy_seconds()
        readings = _readings(server, load.seconds)
        busy = _busy_seconds() - before
        results = {query: _count(server, query) for query in load.ratios}
    return _measured(readings, results, busy)


def _readings(server: PrometheusServer, seconds: float) -> list[Reading]:
    readings = [_reading(server)]
    end = readings[0].time + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, READ_EVERY_SECONDS))
        readings.append(_reading(server))
    return readings


def _reading(server: PrometheusServer) -> Reading:
    text = server.request("/metrics").decode()
    return read(text, time.monotonic())


def _busy_seconds() -> float:
    """Return the CPU seconds of the machine since its start that were not idle, on Linux."""
    words = Path("/proc/stat").read_text(encoding="ascii").split(maxsplit=9)
    user, nice, system, _, _, interrupt, soft, stolen = map(int, words[1:9])
    ticks = user + nice + system + interrupt + soft + stolen
    return ticks / os.sysconf("SC_CLK_TCK")


def _count(server: PrometheusServer, query: str) -> int:
    try:
        found = server.query(f"count({query})")
    except OSError:
        return -1
    return int(found[0][1]) if found else 0


def _measured(readings: list[Reading], results: Mapping[str, int], busy: float) -> Measured:
    first, last = readings[0], readings[-1]
    cpu = per_second(first, last, "process_cpu_seconds_total") or 0.0
    return Measured(
        durations=durations(readings, since=first),
        missed={part: count - first.missed.get(part, 0) for part, count in last.missed.items()},
        missed_before=sum(first.missed.values()),
        failures=last.totals.get("prometheus_rule_evaluation_failures_total", 0.0),
        appended=per_second(first, last, "prometheus_tsdb_head_samples_appended_total"),
        queried=per_second(first, last, "prometheus_engine_query_samples_total"),
        cpu=cpu,
        memory=max(one.totals["process_resident_memory_bytes"] for one in readings) / _MIB,
        series=last.totals["prometheus_tsdb_head_series"],
        blocks=last.totals["prometheus_tsdb_storage_blocks_bytes"],
        results=results,
        others=max(0.0, busy / (last.time - first.time) - cpu),
        seconds=last.time - first.time,
    )
