"""What a backfill computes, against promtool, which evaluates the rules one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Settings,
    TimeSlices,
    Up,
    build,
    naming,
)
from slogen.live import Prometheus, backfill
from tests.live.replay.counters import PACE, counters
from tests.realtools import promtool
from tests.realtools.backfill import Past

if TYPE_CHECKING:
    from pathlib import Path

START = 1_764_201_600  # 2025-11-27 00:00 UTC, where an hour has the number of that at the epoch
MINUTES = 9 * 60 + 17
BEGAN = START + 9 * 3_600
"""When the rules of the server begin that is asked: what was before is computed."""
SETTINGS = Settings(slow_interval="30s")
"""promtool evaluates all groups at one interval."""
REQUESTS = Selector('requests_total{job="shop"}')
LINE = re.compile(r"(?P<metric>[a-z0-9_:]+)(?P<labels>{.*}) (?P<value>\S+) (?P<at>\d+)")
METRICS = (
    naming.ERRORS_INCREASE,
    naming.EVENTS_INCREASE,
    naming.ERRORS_SUM,
    naming.EVENTS_SUM,
    naming.EVENTS_HOUR,
    naming.EVENTS_LATELY,
)
OFTEN, HOURLY = METRICS[:2], METRICS[2:5]


@attrs.frozen(kw_only=True)
class Case:
    """An SLI, and the raw series that it is about, each with how many scrapes it comes late."""

    sli: Events | Latency | TimeSlices | Up | ErrorRatio
    series: Mapping[str, tuple[int, Sequence[float]]]
    group_by: tuple[str, ...] = ()

    @property
    def slo(self) -> SLO:
        """The SLO, with the alert on its groups' data."""
        return SLO(
            service="shop",
            name="availability",
            objective="99.5%",
            window="7d",
            sli=self.sli,
            group_by=self.group_by,
            alerts=AlertPolicy(stale_groups=bool(self.group_by)),
        )

    @property
    def metrics(self) -> tuple[str, ...]:
        """What is filled."""
        return (*METRICS, *([naming.GROUP_EVENTS_LATELY] if self.group_by else []))


def _two_tenants() -> dict[str, tuple[int, list[int]]]:
    """Return counters of two tenants, of which one comes in the middle of an hour and goes."""
    bad, good = counters(MINUTES, [(130, 12, 0.9), (535, 10, 0.3)])
    others = counters(MINUTES, [(200, 40, 0.2)], seed=2)
    return {
        f'requests_total{{job="shop",tenant="{tenant}",code="{code}"}}': (late, values)
        for tenant, code, late, values in (
            ("a", 500, 0, bad),
            ("a", 200, 0, good),
            ("b", 500, 37, others[0][: 6 * 120]),
            ("b", 200, 37, others[1][: 6 * 120]),
        )
    }


def _one_service() -> tuple[list[int], list[int], list[int]]:
    """Return how many requests failed, were good, and were there, until each scrape."""
    bad, good = counters(MINUTES, [(130, 12, 0.9), (535, 10, 0.3)])
    return bad, good, [sum(pair) for pair in zip(bad, good, strict=True)]


def _cases() -> dict[str, Case]:
    _, good, total = _one_service()
    scrapes = range(len(total))
    outage = [0.0 if 300 <= at < 340 else 1.0 for at in scrapes]
    return {
        "groups": Case(
            sli=Events(total=REQUESTS, bad=REQUESTS.where('code="500"')),
            series=_two_tenants(),
            group_by=("tenant",),
        ),
        "latency": Case(
            sli=Latency(histogram="rpc_seconds", under="1s"),
            series={
                'rpc_seconds_bucket{le="1.0"}': (0, good),
                'rpc_seconds_bucket{le="+Inf"}': (0, total),
                "rpc_seconds_count": (0, total),
            },
        ),
        "good of another metric": Case(
            sli=Events(total="orders_total", good="shipped_total"),
            series={"orders_total": (0, total), "shipped_total": (0, good)},
        ),
        "up": Case(
            sli=Up(gauge='up{job="shop"}'),
            series={
                'up{job="shop",instance="a"}': (0, outage),
                'up{job="shop",instance="b"}': (90, [1.0] * (len(total) - 90)),
            },
        ),
        "time slices": Case(
            sli=TimeSlices(query="max(queue_length)", good_when="< 100"),
            series={"queue_length": (5, [float(at * 37 % 140) for at in scrapes][5:])},
        ),
        "error ratio": Case(
            sli=ErrorRatio(query="probe_failure_ratio"),
            series={"probe_failure_ratio": (0, [at % 8 / 8 for at in scrapes])},
        ),
    }


CASES = _cases()


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_backfill_is_what_rules_record_that_ran(case: Case, line: str, tmp_path: Path) -> None:
    """Every sample has the value and the time of the rules', and no hour is missing."""
    past = Past(line=line, folder=tmp_path / "past")
    past.add_samples((name, _samples(*course)) for name, course in case.series.items())
    past.add_samples([(f'{naming.EVENTS_INCREASE}{{slo_id="shop-availability"}}', [(BEGAN, 1.0)])])
    with past.serving() as server:
        at = datetime.fromtimestamp(BEGAN + 4 * 3_600, UTC)
        found = backfill(
            Prometheus(server.address), case.slo, SETTINGS, out=tmp_path / "out.om", at=at
        )
    lines = (tmp_path / "out.om").read_text().splitlines()
    chosen = [each for n, each in enumerate(lines[:-1]) if n % 7 == 0 or ":increase" not in each]
    asked = [query for each in chosen for query in _asked(each, line)]
    for metric in case.metrics:
        written = sum(each.startswith(f"{metric}{{") for each in lines)
        # The last hour is recorded four minutes after it.
        end = BEGAN - START + (240 if metric in HOURLY else -PACE)
        length = f"{6 * 3_600 - 1}s" if metric in OFTEN else "1d"
        asked.append((end, f"sum(count_over_time({metric}[{length}]))", str(written)))
    build(case.slo, SETTINGS).write(tmp_path)
    test = tmp_path / "test.yml"
    test.write_text(json.dumps(_test(case, asked)))

    assert lines[-1] == "# EOF"
    assert {LINE.fullmatch(each)["metric"] for each in lines[:-1]} == {*case.metrics}  # type: ignore[index]
    assert found.slos[0].written == len(lines) - 1
    assert "SUCCESS" in promtool.test_rules(line, [test])


def _samples(late: int, values: Sequence[float]) -> list[tuple[int, float]]:
    return [(START + PACE * (late + n), float(value)) for n, value in enumerate(values)]


def _asked(sample: str, line: str) -> list[tuple[int, str, str]]:
    """Return when to ask for a sample, how, and its value; and the same for its time.

    A half hour of Prometheus 2 has one evaluation more, if its first moment is one. In promtool,
    where all groups run at the same moments, it always is.
    """
    match = LINE.fullmatch(sample)
    assert match
    series, at = match["metric"] + match["labels"], int(match["at"]) - START
    time = (at, f"timestamp({series})", str(at))
    if line == "2" and match["metric"].endswith(":sum30m"):
        return [time]
    return [(at, series, match["value"]), time]


def _test(case: Case, asked: list[tuple[int, str, str]]) -> dict[str, object]:
    epoch = {naming.EVENTS_HOUR: START}
    expressions = []
    for at, query, value in asked:
        labels = query if "{" in query and not query.startswith("timestamp") else "{}"
        if query.startswith("timestamp"):
            labels = query[query.index("{") : -1]
        shift = epoch.get(query.partition("{")[0], 0)
        sample = {"labels": labels, "value": float(value) - shift}
        expressions.append({"expr": query, "eval_time": f"{at}s", "exp_samples": [sample]})
    series = [
        {"series": name, "values": " ".join(["_"] * late + [*map(str, values)])}
        for name, (late, values) in case.series.items()
    ]
    return {
        "rule_files": ["prometheus/shop-availability.yaml"],
        "evaluation_interval": f"{PACE}s",
        "group_eval_order": [f"slogen:shop-availability:{part}" for part in naming.GROUP_PARTS],
        "tests": [
            {"interval": f"{PACE}s", "input_series": series, "promql_expr_test": expressions}
        ],
    }
