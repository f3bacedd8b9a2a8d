"""When alerts fire and resolve: what explain prints, against promtool at the real intervals.

Each error ratio that is printed happens to a group of its own, twice: it begins early and late
between two scrapes. Counters count between scrapes, as real ones do.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, Events, Service, Settings, TimeSlices, Up, build, load
from slogen.plan import ResolvedTier, TimeRange
from slogen.promql.selector import Selector
from slogen.units import Duration, number
from tests.realtools import promtool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.explanation.meaning import Explanation
    from slogen.rules import RuleGroup

ROOT = Path(__file__).parents[3]
PER_SECOND = 1_000_000
QUIET = Duration("10m")
"""For how much longer than the longest window there are no errors first."""
SIX_HOURS = Duration("6h")
PHASES = (2, 23)
"""Seconds after a scrape at which errors begin."""
PAGES = Selector('page_loads_total{job="shop"}')


@attrs.frozen(kw_only=True)
class Outage:
    """Errors of a constant share that happen to a group.

    Attributes:
        tier: The tier whose alert is looked for.
        ratio: The error ratio.
        begin: Seconds after which errors begin.
        end: Seconds after which they end.
        fires: After how long the alert is said to fire.
        resolves: After how long it is said to be over; None where nobody looks.
    """

    tier: ResolvedTier
    ratio: float
    begin: int
    end: int
    fires: TimeRange
    resolves: TimeRange | None

    @property
    def name(self) -> str:
        """The value of the group's label."""
        return f"{number(self.tier.threshold)}x, {self.ratio}, {self.begin}"

    @property
    def last(self) -> int:
        """When the last question is asked."""
        return self.end + (math.ceil(self.resolves.latest.seconds) if self.resolves else 0)

    def bad(self, time: int) -> float:
        """Return for how many seconds everything would have been bad so far."""
        return self.ratio * (max(min(time, self.end), self.begin) - self.begin)

    def is_bad(self, time: int) -> bool:
        """Tell whether there are errors."""
        return self.begin <= time < self.end

    def questions(self) -> Iterator[dict[str, Any]]:
        """Yield what promtool is asked: quiet until the earliest moment, firing at the latest."""
        yield self._asked(self.begin + int(self.fires.earliest.seconds) - 1, fires=False)
        yield self._asked(self.begin + int(self.fires.latest.seconds), fires=True)
        if self.resolves:
            yield self._asked(self.end + int(self.resolves.earliest.seconds) - 1, fires=True)
            yield self._asked(self.end + int(self.resolves.latest.seconds), fires=False)

    def _asked(self, time: int, *, fires: bool) -> dict[str, Any]:
        matchers = (
            'alertstate="firing"',
            f'slo_window="{self.tier.long}"',
            f'slo_burn_rate="{number(self.tier.threshold)}"',
            f'case="{self.name}"',
        )
        sample = {"labels": f'{{case="{self.name}"}}', "value": 1}
        return {
            "expr": f"max by (case) (ALERTS{{{','.join(matchers)}}})",
            "eval_time": f"{time}s",
            "exp_samples": [sample] if fires else [],
        }


def counted(outage: Outage, times: range) -> dict[str, list[float]]:
    """Return counters of all events, and of those that are bad."""
    return {
        'code="200"': [PER_SECOND * time - round(PER_SECOND * outage.bad(time)) for time in times],
        'code="500"': [round(PER_SECOND * outage.bad(time)) for time in times],
    }


def measured(outage: Outage, times: range) -> dict[str, list[float]]:
    """Return the parts of a histogram: all, and those that were quick enough."""
    return {
        "_count{": [PER_SECOND * time for time in times],
        '_bucket{le="0.2",': [
            PER_SECOND * time - round(PER_SECOND * outage.bad(time)) for time in times
        ],
    }


def gauged(outage: Outage, times: range) -> dict[str, list[float]]:
    """Return the part of the targets that is up."""
    return {"": [1 - outage.ratio * outage.is_bad(time) for time in times]}


def judged(outage: Outage, times: range) -> dict[str, list[float]]:
    """Return a value that is good or bad."""
    return {"": [600 if outage.is_bad(time) else 0 for time in times]}


@attrs.frozen(kw_only=True)
class Case:
    """An SLO, and what its series are.

    Attributes:
        slo: The SLO, without groups.
        series: A series as promtool writes it, with places for its part and for the group.
        values: What the parts of a series are at some seconds.
        longest: Up to which long window tiers are looked at.
    """

    slo: SLO
    series: str
    values: Any
    longest: Duration = SIX_HOURS


def _erp(slo_id: str) -> SLO:
    return next(slo for slo in load(ROOT / "docs" / "examples" / "erp") if slo.id == slo_id)


def _slo(**said: Any) -> SLO:  # noqa: ANN401 (whatever an SLO takes)
    usual = {"objective": "99%", "window": "30d", "service": Service("shop"), "name": "case"}
    return SLO(**{**usual, **said})


CASES = {
    "erp, counters": Case(
        slo=_erp("backend-api-availability"),
        series='http_requests_total{{service="backend-api",{part},case="{case}"}}',
        values=counted,
    ),
    "erp, a histogram": Case(
        slo=_erp("backend-api-latency"),
        series='http_request_duration_seconds{part}service="backend-api",case="{case}"}}',
        values=measured,
    ),
    "scraped every minute": Case(
        slo=_slo(
            objective="99.9%",
            sli=Events(total=PAGES, bad=PAGES.where('code="500"')),
            settings=Settings(scrape_interval="1m"),
        ),
        series='page_loads_total{{job="shop",{part},case="{case}"}}',
        values=counted,
        longest=Duration("1d"),
    ),
    "time slices": Case(
        slo=_slo(sli=TimeSlices(query="lag", good_when="<= 300")),
        series='lag{{case="{case}"}}',
        values=judged,
    ),
    "up": Case(slo=_slo(sli=Up(gauge="up")), series='up{{case="{case}"}}', values=gauged),
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "line"), [*((name, "3") for name in CASES), ("erp, counters", "2")]
)
def test_promtool_sees_the_times_that_are_printed(name: str, line: str, tmp_path: Path) -> None:
    """An alert fires within its range and not before, and is over within its range."""
    case = CASES[name]
    rules = build(attrs.evolve(case.slo, group_by=("case",)))
    rules.write(tmp_path / "build", layout="single")
    outages = tuple(_outages(build(case.slo).explain(case.slo.id), case))
    path = tmp_path / "outages.test.yaml"
    path.write_text(json.dumps(_content(case, rules.rules[0].groups, outages)))

    assert len(outages) >= 4
    assert "SUCCESS" in promtool.test_rules(line, [path])


@pytest.mark.parametrize("name", CASES)
def test_groups_are_told_the_same_times(name: str) -> None:
    """So that what happens to a group says what happens to the whole."""
    slo = CASES[name].slo
    grouped = build(attrs.evolve(slo, group_by=("case",))).explain(slo.id)
    whole = build(slo).explain(slo.id)

    for one, other in zip(grouped.tiers, whole.tiers, strict=True):
        assert (one.detections, one.resolves) == (other.detections, other.resolves)


def _outages(explanation: Explanation, case: Case) -> Iterator[Outage]:
    tiers = [each for each in explanation.tiers if each.tier.long <= case.longest]
    longest = max(each.tier.long for each in tiers)
    begin = int((longest + QUIET).seconds)
    for each in tiers:
        for found in each.detections:
            if not found.level.is_total and case.values is judged:
                continue
            for phase in PHASES:
                lasts = math.ceil(found.fires.latest.seconds)
                yield Outage(
                    tier=each.tier,
                    ratio=float(found.level.ratio),
                    begin=begin + phase,
                    end=begin + phase + lasts + phase,
                    fires=found.fires,
                    resolves=each.resolves if found.level.is_total else None,
                )


def _content(
    case: Case, groups: tuple[RuleGroup, ...], outages: tuple[Outage, ...]
) -> dict[str, Any]:
    interval = case.slo.settings.scrape_interval or Duration("30s")
    step = int(interval.seconds)
    times = range(0, max(outage.last for outage in outages) + step, step)
    series = [
        {
            "series": case.series.format(part=part, case=outage.name),
            "values": " ".join(map(str, values)),
        }
        for outage in outages
        for part, values in case.values(outage, times).items()
    ]
    return {
        "rule_files": ["build/prometheus/slogen.yaml"],
        "evaluation_interval": str(interval),
        "group_eval_order": [group.name for group in groups],
        "tests": [
            {
                "interval": str(interval),
                "input_series": series,
                "promql_expr_test": [
                    question for outage in outages for question in outage.questions()
                ],
            }
        ],
    }
