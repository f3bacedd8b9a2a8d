"""The load test reads metrics, writes histories and makes baselines as it says."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import attrs
import promql_parser
import pytest

from slogen import build
from tests.experiments.load.estates import Estate, many_groups, many_slos
from tests.experiments.load.history import BLOCK_SECONDS, Past, write_blocks
from tests.experiments.load.measuring import Measured
from tests.experiments.load.raw import WINDOWS, mean_series, write_raw
from tests.experiments.load.readings import durations, per_second, quantile, read
from tests.experiments.load.runs import Run, Step, bearable
from tests.experiments.load.slos import BURNING_EVERY, SERIES_OF_AN_SLO, error_ratio, loaded
from tests.experiments.load.tables import raw_table, slogen_table
from tests.realtools.server import running_prometheus

if TYPE_CHECKING:
    from pathlib import Path

_WHEN = "prometheus_rule_group_last_evaluation_timestamp_seconds"
METRICS = f"""\
# TYPE prometheus_rule_group_last_duration_seconds gauge
prometheus_rule_group_last_duration_seconds{{rule_group="/r/a.yaml;slogen:a:fast"}} 0.002
prometheus_rule_group_last_duration_seconds{{rule_group="/r/a.yaml;slogen:a:slow"}} 0
{_WHEN}{{rule_group="/r/a.yaml;slogen:a:fast"}} 1.7e+09
{_WHEN}{{rule_group="/r/a.yaml;slogen:a:slow"}} -6.2e+10
prometheus_rule_group_iterations_missed_total{{rule_group="/r/a.yaml;slogen:a:fast"}} 3
prometheus_rule_group_iterations_missed_total{{rule_group="/r/b.yaml;slogen:b:fast"}} 4
prometheus_tsdb_head_samples_appended_total{{type="float"}} 1000
prometheus_tsdb_head_samples_appended_total{{type="histogram"}} 77
process_cpu_seconds_total 12.5
"""


def _measured(**missed: float) -> Measured:
    return Measured(
        durations={"raw": [0.3], "fast": [0.001, 0.003]},
        missed=missed,
        missed_before=0.0,
        failures=0.0,
        appended=10.0,
        queried=None,
        cpu=0.5,
        memory=100.0,
        series=5.0,
        blocks=1e6,
        results={"x": 2, "y": -1},
        others=0.25,
        seconds=60.0,
    )


def test_metrics_become_totals_and_groups() -> None:
    """Labels are summed up, a group that never ran is left out, histograms are no floats."""
    reading = read(METRICS, time=5.0)

    assert reading.groups == {"/r/a.yaml;slogen:a:fast": (1.7e9, 0.002)}
    assert reading.missed == {"fast": 7}
    assert reading.totals["prometheus_tsdb_head_samples_appended_total"] == 1000
    assert reading.totals["process_cpu_seconds_total"] == 12.5


def test_a_total_of_one_version_may_be_unlabelled() -> None:
    """Prometheus 2.42 counts appended samples with a label, older ones without: both are read."""
    reading = read("prometheus_tsdb_head_samples_appended_total 6\n", time=0.0)

    assert reading.totals["prometheus_tsdb_head_samples_appended_total"] == 6


def test_an_evaluation_that_two_readings_saw_counts_once() -> None:
    """Only a new time of evaluation is a new evaluation, and those of the settling are left out."""
    first = read(METRICS, time=0.0)
    second = read(METRICS.replace("1.7e+09", "1.8e+09").replace("0.002", "0.004"), time=30.0)

    assert durations([first, second, second], since=first) == {"fast": [0.004]}


def test_totals_become_speeds() -> None:
    """A speed is the growth over the seconds between; a total that is not there has none."""
    first, second = read("a 1\n", time=10.0), read("a 7\n", time=12.0)

    assert per_second(first, second, "a") == 3
    assert per_second(first, second, "b") is None


def test_quantiles_are_values_that_were_seen() -> None:
    """The 99th of a hundred values is the 99th, the last is the maximum."""
    values = [float(value) for value in range(1, 101)]

    assert [quantile(values, part) for part in (0, 0.5, 0.99, 1)] == [1, 50, 99, 100]


def test_capacity_follows_from_cpu_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """50 SLOs that take half of one of two CPUs let 200 be expected."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    assert bearable(Step(slos=50, shortcut=False, measured=_measured())) == 200


def test_a_step_is_borne_if_each_evaluation_ends_before_the_next() -> None:
    """One that takes longer than its interval is not borne, though none was missed meanwhile."""
    borne = Step(slos=50, shortcut=False, measured=_measured())
    late = attrs.evolve(borne.measured, durations={"raw": [0.3, 31.0]})

    assert borne.is_borne
    assert not attrs.evolve(borne, measured=late).is_borne
    assert not attrs.evolve(borne, measured=_measured(raw=1)).is_borne
    early = attrs.evolve(borne.measured, missed_before=1)
    assert not attrs.evolve(borne, measured=early).is_borne


def test_every_slo_has_its_raw_series() -> None:
    """The series of an SLO are its own, as many as the tables say, and slogen builds the SLO."""
    some = [loaded(number) for number in range(20)]
    names = [series for one in some for series in one.per_second]

    assert len(names) == len(set(names)) == 20 * SERIES_OF_AN_SLO
    assert len(build([one.slo for one in some]).rules) == 20
    assert {one.slo.sli.kind for one in some} == {"events", "latency"}


@pytest.mark.parametrize("number", [0, 8, 9, BURNING_EVERY - 1, 2 * BURNING_EVERY - 2])
def test_raw_series_have_the_error_ratio_that_is_said(number: int) -> None:
    """Bad events over events is what the generator promises, for each kind."""
    one = loaded(number)
    if one.slo.sli.kind == "latency":
        part, total = 'le="0.2"', "_count{"
    else:
        part, total = 'code="5', "{"
    bad = sum(speed for series, speed in one.per_second.items() if part in series)
    whole = sum(speed for series, speed in one.per_second.items() if total in series)

    ratio = 1 - bad / whole if one.slo.sli.kind == "latency" else bad / whole
    assert ratio == pytest.approx(error_ratio(number))


def test_raw_rules_parse_and_read_every_window(tmp_path: Path) -> None:
    """Each SLO has a group with all windows; the shortcut differs in the longest one only."""
    texts = []
    for shortcut in (False, True):
        files = write_raw(tmp_path / str(shortcut), 120, 10, shortcut=shortcut)
        groups = [group for file in files for group in json.loads(file.read_text())["groups"]]
        assert len(groups) == len({group["name"] for group in groups}) == 120
        texts.append([rule["expr"] for group in groups for rule in group["rules"]])
    raw, short = texts

    for expr in raw[: 10 * len(WINDOWS)] + short[: 10 * len(WINDOWS)]:
        promql_parser.parse(expr)
    assert [re.findall(r"\[(\w+)\]", expr)[0] for expr in raw[: len(WINDOWS)]] == list(WINDOWS)
    pairs = enumerate(zip(raw, short, strict=True))
    assert [n % len(WINDOWS) for n, (one, other) in pairs if one != other] == [7] * 120
    assert mean_series(3) in short[4 * len(WINDOWS) - 1]


@pytest.mark.parametrize("line", ["2", "3"])
def test_history_has_every_sample(line: str, tmp_path: Path) -> None:
    """A past that crosses the borders of blocks is in the server, each sample once."""
    now = int(time.time())
    seconds = BLOCK_SECONDS + 7200
    gauge = Past(series=('a{x="1"}', 'a{x="2"}'), mean=5.0, interval=120, seconds=seconds, noise=0)
    counter = Past(series=("b",), mean=2.0, interval=30, seconds=3600, counter=True)
    data = tmp_path / "data"

    write_blocks(line, (gauge, counter), now=now, data=data, work=tmp_path)
    with running_prometheus(line, (), folder=tmp_path, data=data) as server:
        counts = server.query(f"count_over_time(a[{seconds + 60}s])", now)
        grown = server.query("rate(b[1h])", now)
        means = server.query(f"avg_over_time(a[{seconds}s])", now)

    assert [count for _, count in counts] == [gauge.samples / 2] * 2
    assert [mean for _, mean in means] == [5, 5]
    assert grown[0][1] == pytest.approx(2, rel=0.01)
    assert not (tmp_path / "history.txt").exists()


def test_samples_bear_the_number_of_an_hour(tmp_path: Path) -> None:
    """Each sample of an hourly past is there once, with the number of its hour or of one before."""
    now, hours = int(time.time()), 6
    base = Past(series=('a{x="1"}',), mean=5.0, interval=30, seconds=hours * 3600, hour=0)
    sums = Past(series=('b{x="1"}',), mean=7.0, interval=3600, seconds=hours * 3600, hour=1)
    data = tmp_path / "data"

    write_blocks("3", (base, sums), now=now, data=data, work=tmp_path)
    with running_prometheus("3", (), folder=tmp_path, data=data) as server:
        found = server.get("/api/v1/query", query='{x="1"}[7h]', time=now)["result"]

    samples = {(each["metric"]["__name__"], t) for each in found for t, _ in each["values"]}
    assert len(samples) == hours * 120 + hours
    for each in found:
        late = {"a": 0, "b": 1}[each["metric"]["__name__"]]
        numbers = {str((t // 3600 - late) % 4) for t, _ in each["values"]}
        assert numbers == {each["metric"]["slo_hour"]}


def test_tables_say_where_the_raw_way_broke() -> None:
    """The last step without misses and the first with some are named, and what was not tried."""
    steps = [
        Step(slos=50, shortcut=True, measured=_measured(raw=9)),
        Step(slos=100, shortcut=False, measured=_measured(raw=0)),
        Step(slos=200, shortcut=False, measured=_measured(raw=1)),
    ]

    text = raw_table(steps, days=30, sources=10)

    assert "Borne: 100 SLOs; not borne: 200." in text
    assert "not counted by this version" in text
    assert "2, no answer" in text
    assert text.count("| unknown |") == 2
    assert "the limit was not found" in raw_table(steps[:2], days=30, sources=10)


def test_tables_relate_durations_to_intervals() -> None:
    """Median, p99 and maximum are in milliseconds, the maximum also as a part of the interval."""
    run = Run(
        estate=many_slos(20),
        days=1,
        compacted=False,
        samples=10,
        measured=_measured(fast=0),
    )

    text = slogen_table([run])

    assert "| 20 SLOs: fast | 1d, blocks of 2h | 30 s | 2 | 1.0 | 3.0 | 3.0 | 0.01% |" in text
    assert f"| 20 SLOs | {run.estate.rules} | 1d, blocks of 2h | 10 |" in text


@pytest.mark.parametrize("estate", [many_slos(100), many_groups(100)], ids=["SLOs", "groups"])
def test_an_estate_has_a_past_of_what_its_rules_read(estate: Estate) -> None:
    """Whatever a rule reads over a range has a past, for each SLO or group once."""
    read = {
        found["name"]
        for one in estate.built.rules
        for group in one.groups
        for rule in group.rules
        for found in re.finditer(r"(?P<name>slo:sli_\w+:\w+)\{[^}]*\}\[\d+[dh]\]", rule.expr)
    }
    series = [series for past in estate.pasts(86_400) for series in past.series]

    assert len(series) == len(set(series)) == 5 * estate.count + len(estate.built.slos)
    assert read == {one.partition("{")[0] for one in series}


def test_groups_are_those_of_one_slo() -> None:
    """Each group has a good and a bad counter, and one of fifty burns."""
    estate = many_groups(100)

    assert len(estate.built.rules) == 1
    assert len(estate.counters) == 200
    assert sorted(estate.counters.values())[-3] == pytest.approx(0.9999)
    assert sum(estate.counters.values()) == pytest.approx(100)
