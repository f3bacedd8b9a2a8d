"""What a backfill computes, against promtool, which evaluates the rules one after the other."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, AlertPolicy, Events, Selector, Settings, build, naming
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
    naming.GROUP_EVENTS_LATELY,
)


def slo() -> SLO:
    """Return an SLO with groups, and with the alert on their data."""
    return SLO(
        service="shop",
        name="availability",
        objective="99.5%",
        window="7d",
        sli=Events(total=REQUESTS, bad=REQUESTS.where('code="500"')),
        group_by=["tenant"],
        alerts=AlertPolicy(stale_groups=True),
    )


def raw() -> dict[str, list[int]]:
    """Return counters of two tenants, of which one comes in the middle of an hour and goes."""
    bad, good = counters(MINUTES, [(130, 12, 0.9), (535, 10, 0.3)])
    others = counters(MINUTES, [(200, 40, 0.2)], seed=2)
    found = {}
    for tenant, code, values in (
        ("a", 500, bad),
        ("a", 200, good),
        ("b", 500, others[0][: 6 * 120]),
        ("b", 200, others[1][: 6 * 120]),
    ):
        found[f'requests_total{{job="shop",tenant="{tenant}",code="{code}"}}'] = values
    return found


@pytest.mark.parametrize("line", ["2", "3"])
def test_a_backfill_is_what_rules_record_that_ran(line: str, tmp_path: Path) -> None:
    """Every sample has the value and the time of the rules', and no hour is missing."""
    past = Past(line=line, folder=tmp_path / "past")
    past.add_samples((name, _samples(name, values)) for name, values in raw().items())
    past.add_samples([(f'{naming.EVENTS_INCREASE}{{slo_id="shop-availability"}}', [(BEGAN, 1.0)])])
    with past.serving() as server:
        at = datetime.fromtimestamp(BEGAN + 4 * 3_600, UTC)
        found = backfill(
            Prometheus(server.address), slo(), SETTINGS, out=tmp_path / "out.om", at=at
        )
    lines = (tmp_path / "out.om").read_text().splitlines()
    chosen = [each for n, each in enumerate(lines[:-1]) if n % 7 == 0 or ":increase" not in each]
    asked = [query for each in chosen for query in _asked(each, line)]
    for metric in METRICS:
        written = sum(each.startswith(f"{metric}{{") for each in lines)
        # The last hour is recorded four minutes after it.
        end = BEGAN - START + (240 if metric in METRICS[2:5] else -PACE)
        length = f"{6 * 3_600 - 1}s" if metric in METRICS[:2] else "1d"
        asked.append((end, f"sum(count_over_time({metric}[{length}]))", str(written)))
    build(slo(), SETTINGS).write(tmp_path)
    test = tmp_path / "test.yml"
    test.write_text(json.dumps(_test(asked)))

    assert lines[-1] == "# EOF"
    assert {LINE.fullmatch(each)["metric"] for each in lines[:-1]} == {*METRICS}  # type: ignore[index]
    assert (found.slos[0].groups, found.slos[0].written) == (2, len(lines) - 1)
    assert "SUCCESS" in promtool.test_rules(line, [test])


def _samples(name: str, values: list[int]) -> list[tuple[int, float]]:
    late = _late(name)
    return [(START + PACE * (late + n), float(value)) for n, value in enumerate(values)]


def _late(name: str) -> int:
    """Return how many scrapes after the others a tenant comes."""
    return 37 if 'tenant="b"' in name else 0


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


def _test(asked: list[tuple[int, str, str]]) -> dict[str, object]:
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
        {"series": name, "values": " ".join(["_"] * _late(name) + [*map(str, values)])}
        for name, values in raw().items()
    ]
    return {
        "rule_files": ["prometheus/shop.yaml"],
        "evaluation_interval": f"{PACE}s",
        "group_eval_order": [f"slogen:shop-availability:{part}" for part in naming.GROUP_PARTS],
        "tests": [
            {"interval": f"{PACE}s", "input_series": series, "promql_expr_test": expressions}
        ],
    }
