"""A past is made as a Prometheus that ran would have made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Selector, Service, build
from slogen.naming import (
    ERRORS_INCREASE,
    EVENTS_INCREASE,
    EVENTS_OPEN,
    EVENTS_PERIOD,
    EVENTS_SUM,
)
from slogen.rules import AlertingRule, RecordingRule, RuleGroup
from slogen.units import Duration
from tests.realtools.backfill import BLOCK, BackfillError, Past, Run, levels, remembered

if TYPE_CHECKING:
    from pathlib import Path

BORDER = 8_750 * BLOCK
GROUPS = (
    RuleGroup(
        name="fast",
        interval=Duration("30s"),
        rules=(
            RecordingRule(record="shop:rate", expr="rate(requests_total[90s])", labels={}),
            RecordingRule(record="shop:sum", expr="sum_over_time(shop:rate[1h])", labels={}),
        ),
    ),
    RuleGroup(
        name="slow",
        interval=Duration("2m"),
        rules=(
            RecordingRule(record="shop:twice", expr="2 * shop:sum", labels={"by": "rule"}),
            AlertingRule(alert="Many", expr="shop:twice > 0", labels={}, annotations={}),
        ),
    ),
)


def built(name: str) -> tuple[RuleGroup, ...]:
    """Return slogen's rules for the counter, of a service that has had another name."""
    total = Selector('requests_total{job="shop"}')
    sli = Events(total=total, bad=total.where('code="500"'))
    service = Service(name)
    slo = SLO(service=service, name="all", id="shop-all", objective="99%", window="1d", sli=sli)
    (rules,) = build([slo]).rules
    return rules.groups


def past(line: str, folder: Path, *, hours: int = 2) -> Past:
    """Return a TSDB with a counter that grows by 2 every second until so long after a border."""
    made = Past(line=line, folder=folder)
    times = range(BORDER - 3_600, BORDER + hours * 3_600 + 1, 30)
    made.add_samples(
        [('requests_total{job="shop"}', ((t, 2 * (t - BORDER) + 9_000) for t in times))]
    )
    return made


@pytest.mark.parametrize("line", ["2", "3"])
def test_rules_are_recorded_level_by_level(line: str, tmp_path: Path) -> None:
    """What reads what other rules record sees it, across groups and a border of blocks."""
    made, end = past(line, tmp_path), BORDER + 2 * 3_600
    made.add_rules([Run(groups=GROUPS, spans=((BORDER - 1_800, end),), moments=(end,))])

    with made.serving() as server:
        rate = server.query("shop:rate", end)
        beats = server.query("count_over_time(shop:rate[100m])", end)
        (twice,) = server.query("shop:twice", end)

    assert rate == [({"__name__": "shop:rate", "job": "shop"}, 2.0)]
    assert beats in ([({"job": "shop"}, 200.0)], [({"job": "shop"}, 199.0)])
    assert twice[0] == {"__name__": "shop:twice", "job": "shop", "by": "rule"}
    # Prometheus 2 counts the sample on the far border of a range.
    assert twice[1] == 2 * 2 * (121 if line == "2" else 120)


@pytest.mark.parametrize("line", ["2", "3"])
def test_a_span_that_begins_just_before_a_border_is_recorded(line: str, tmp_path: Path) -> None:
    """Promtool would end at once, and say nothing, where the first block has no evaluation."""
    made, end = past(line, tmp_path), BORDER + 3_600
    many = tuple(
        RuleGroup(
            name=f"group-{number}",
            interval=Duration("2m"),
            rules=(
                RecordingRule(record=f"shop:{number}", expr="vector(1)", labels={}),
                RecordingRule(
                    record=f"shop:count{number}",
                    expr=f"count_over_time(shop:{number}[50m])",
                    labels={},
                ),
            ),
        )
        for number in range(9)
    )
    made.add_rules([Run(groups=many, spans=((BORDER - 10, end),), moments=(end,))])

    with made.serving() as server:
        counts = [server.query(f"shop:count{number}", end)[0][1] for number in range(9)]

    assert set(counts) <= {25.0, 26.0}


@pytest.mark.parametrize("line", ["2", "3"])
def test_an_hour_is_recorded_once_by_the_rules_that_run_then(line: str, tmp_path: Path) -> None:
    """Hours that an edit, or a time without rules, lies next to are there once, with one name."""
    made, end = past(line, tmp_path, hours=4), BORDER + 4 * 3_600
    edited, woken = BORDER + 3_600 + 900, BORDER + 2 * 3_600 + 600
    before, after = built("old"), built("new")
    spans = ((edited, BORDER + 2 * 3_600), (woken, end))
    made.add_rules(
        [
            Run(groups=before, spans=((BORDER - 1_800, edited),)),
            Run(groups=after, spans=spans, moments=(end,)),
        ]
    )

    with made.serving() as server:
        asked = f"{EVENTS_SUM}[5h]"
        found = server.get("/api/v1/query", query=asked, time=end)["result"]
        (period,) = server.query(EVENTS_PERIOD, end)
        (events,) = server.query(f"sum(sum_over_time({EVENTS_INCREASE}[5h]))", end)

    recorded = sorted(
        (time - BORDER, each["metric"]["slo_hour"], each["metric"]["slo_service"], float(value))
        for each in found
        for time, value in each["values"]
    )
    hour = BORDER // 3_600 % 4
    assert [one[:3] for one in recorded] == [
        (270, str((hour - 1) % 4), "old"),
        (3_600 + 270, str(hour), "old"),
        (2 * 3_600 + 870, str((hour + 1) % 4), "new"),
        (3 * 3_600 + 270, str((hour + 2) % 4), "new"),
    ]
    assert [one[3] for one in recorded[1:]] == pytest.approx([7_200, 7_200, 6_000], abs=120)
    # What no hour holds yet is there, too, but for the last two minutes and a half.
    assert 0 <= events[1] - period[1] <= 2 * 150


def test_a_moment_just_after_a_border_is_refused(tmp_path: Path) -> None:
    """A moment whose evaluations lie in two blocks would be left out, so it is an error."""
    run = Run(groups=GROUPS, spans=((BORDER - 1_800, BORDER + 60),), moments=(BORDER + 60,))

    with pytest.raises(ValueError, match=r"less than \d+ s after a border of blocks"):
        past("3", tmp_path).add_rules([run])


def test_a_fault_has_the_words_of_promtool(tmp_path: Path) -> None:
    """Samples that promtool cannot read are an error with what it says."""
    with pytest.raises(BackfillError, match="parsing"):
        Past(line="3", folder=tmp_path).add_samples([("a b", [(BORDER, 1)])])


def test_levels_follow_what_rules_read() -> None:
    """A rule comes after those that it reads; what is read over a range is to be remembered."""
    assert levels(GROUPS) == {"shop:rate": 0, "shop:sum": 1, "shop:twice": 2}
    assert remembered(GROUPS) == {"shop:rate"}


def test_hours_come_after_both_base_series_and_before_what_reads_them() -> None:
    """That hours read themselves makes no circle."""
    found = levels(built("shop"))

    base = max(found[EVENTS_INCREASE], found[ERRORS_INCREASE])
    assert base < found[EVENTS_SUM] < found[EVENTS_OPEN] < found[EVENTS_PERIOD]
