"""When the first page of a total outage comes at low traffic: the arithmetic against promtool."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, Events, Settings, build
from slogen.plan import resolve
from slogen.plan.traffic import time_to_alert
from slogen.units import Duration
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.plan import TimeRange

_BEGIN = 40 * 60 + 7
"""When everything begins to fail: between two scrapes, and when each tier up to 6h may fire."""
_END = {"30s": _BEGIN + 6000, "2m": _BEGIN + 8 * 3600}
"""Until when there is data, by the scrape interval, which is that of the evaluations too."""

CASES = [
    pytest.param(scrape, rates, line, id=f"{scrape}-{line}")
    for scrape, rates in (("30s", ("60", "12", "6", "3", "2")), ("2m", ("2", "0.4", "0.3")))
    for line in ("2", "3")
]


@attrs.frozen(kw_only=True)
class Outage:
    """A group of an SLO, whose events come at equal distances and fail from some moment on.

    Attributes:
        rate: Events an hour.
        part: When the first event of the outage comes, as a part of the distance.
        scrape: The time between two scrapes.
    """

    rate: Fraction
    part: Fraction
    scrape: str

    @property
    def matcher(self) -> str:
        """What selects the group."""
        return f'traffic="{float(self.rate)}, {float(self.part)}"'

    def series(self) -> list[dict[str, str]]:
        """Return all requests, and those that failed, at each scrape."""
        step = int(Duration(self.scrape).seconds)
        events = [self._events(time) for time in range(0, _END[self.scrape] + step, step)]
        return [
            self._series("requests_total", [number - events[0] for number in events]),
            self._series("failures_total", [max(number, 0) for number in events]),
        ]

    def _events(self, time: int) -> int:
        """Return how many events there were since the outage began; a negative number before."""
        return math.floor((time - _BEGIN) * self.rate / 3600 + 1 - self.part)

    def _series(self, metric: str, values: list[int]) -> dict[str, str]:
        return {"series": f"{metric}{{{self.matcher}}}", "values": " ".join(map(str, values))}

    def questions(self, times: TimeRange | None) -> list[dict[str, Any]]:
        """Return what is asked: whether it is paged within a range of times and not before."""
        if times is None:
            return [self._asked(_END[self.scrape], is_paged=False)]
        earliest, latest = (_BEGIN + int(time.seconds) for time in (times.earliest, times.latest))
        return [self._asked(earliest - 1, is_paged=False), self._asked(latest, is_paged=True)]

    def _asked(self, time: int, *, is_paged: bool) -> dict[str, Any]:
        page = f'ALERTS{{alertstate="firing",severity="page",{self.matcher}}}'
        return {
            "expr": f"max by (traffic) (present_over_time({page}[9h]))",
            "eval_time": f"{time}s",
            "exp_samples": [{"labels": f"{{{self.matcher}}}", "value": 1}] if is_paged else [],
        }


def _slo(scrape: str) -> SLO:
    return SLO(
        service="shop",
        name="slow",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests_total", bad="failures_total"),
        group_by="traffic",
        settings=Settings(scrape_interval=scrape),
    )


def _test(slo: SLO, outages: list[Outage]) -> dict[str, Any]:
    """Return a test that each outage is paged when it is predicted."""
    (plan,) = resolve(slo, Settings())
    pages = [tier for tier in plan.tiers if tier.alert.urgency == "page"]
    predicted = [(outage, time_to_alert(plan, pages, outage.rate)) for outage in outages]
    return {
        "interval": outages[0].scrape,
        "input_series": [series for outage in outages for series in outage.series()],
        "promql_expr_test": [
            asked for outage, times in predicted for asked in outage.questions(times)
        ],
    }


@pytest.mark.long
@pytest.mark.parametrize(("scrape", "rates", "line"), CASES)
def test_the_first_page_comes_when_it_is_predicted(
    scrape: str, rates: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    """A total outage is paged within its range, whether its first event comes early or late."""
    slo = _slo(scrape)
    build(slo).write(tmp_path / "build")
    outages = [
        Outage(rate=Fraction(rate), part=Fraction(part), scrape=scrape)
        for rate in rates
        for part in ("0.002", "1")
    ]
    content = {
        "rule_files": ["build/prometheus/shop-slow.yaml"],
        "evaluation_interval": scrape,
        "group_eval_order": [f"slogen:shop-slow:{part}" for part in ("fast", "slow", "budget")],
        "tests": [_test(slo, outages)],
    }
    path = tmp_path / "outage.test.yaml"
    path.write_text(json.dumps(content))

    assert "SUCCESS" in promtool.test_rules(line, [path])
