"""Proofs of SLOs in the corners of what can be said, and of rules that a hand has spoilt."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from itertools import cycle
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
    build,
)
from tests.realtools import promtool
from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

TARGETS = ("prometheus", "promtool-tests")
REQUESTS = Selector('http_requests_total{job="shop"}')
EVENTS = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
QUERIES = Events(
    total="rate(hits_total[$window]) + rate(misses_total[$window])",
    bad="rate(misses_total[$window])",
)
ALL = AlertPolicy(preset="standard", low=True, violated=True)
NONE = AlertPolicy.none()


def slo(name: str, **said: Any) -> SLO:  # noqa: ANN401 (whatever an SLO takes)
    """Return an SLO with all alerts, unless something else is said."""
    usual = {"objective": "99.9%", "window": "24h", "sli": EVENTS, "alerts": ALL}
    return SLO(id=name, service=Service("shop"), name=name, **{**usual, **said})


OWN = AlertPolicy(
    preset="none",
    tiers=(
        Tier("page", long="4m", burn_rate="20"),
        Tier("page", long="15m", burn_rate="10", for_="3m"),
        Tier("ticket", long="2d", burn_rate="1.5", keep_firing_for="1h"),
        Tier("ticket", long="7h", short="50m", burn_rate="3.3", name="Odd one"),
    ),
    exhausted=Alert("page", name="Gone", for_="7m", keep_firing_for="0s"),
    low=True,
    low_below="40%",
    violated=True,
)

SOUND = (
    slo(
        "bad of another metric",
        objective="99.999%",
        sli=Events(total=REQUESTS, bad="failures_total"),
    ),
    slo(
        "own tiers",
        objective="99.5%",
        window="7d",
        sli=ErrorRatio(query="error_ratio"),
        alerts=OWN,
        settings=Settings(alert_names={"SLODataStale": "Stale"}, severities={"page": "critical"}),
    ),
    slo(
        "judged over a range",
        objective="95%",
        sli=TimeSlices(query="sum by (tenant) (rate(work_total[$window]))", good_when=">= 3"),
        group_by="tenant",
    ),
    slo("odd ☃ {{ id }} 'x' \"y\"", objective="99.5%", window="1h", sli=Up(gauge="up")),
    slo(
        "often",
        objective="99%",
        window="1h",
        settings=Settings(scrape_interval="5s"),
        alerts=AlertPolicy(
            preset="none", tiers=[Tier("page", long="20m", burn_rate="5")], violated=True
        ),
    ),
    slo("lenient", objective="80%", window="90d", sli=Up(gauge="up"), alerts=AlertPolicy.none()),
)

CORNERS = (
    slo(
        "part of a sum",
        objective="95%",
        sli=TimeSlices(
            query='sum by (tenant) (rate(r_total{code!~"5.."}[$window]))'
            " / sum by (tenant) (rate(r_total[$window]))",
            good_when="> 0.99",
        ),
        group_by="tenant",
        alerts=NONE,
    ),
    slo(
        "difference",
        objective="95%",
        sli=TimeSlices(
            query='end_offset{job="k"} - on (topic) max by (topic, group) (committed{group="x"})',
            good_when="<= 100",
        ),
        alerts=NONE,
    ),
    slo(
        "two metrics with the same labels",
        objective="95%",
        sli=Events(total='r_total{job="k"}', bad='failed_total{job="k"}'),
        alerts=NONE,
    ),
    slo(
        "matchers in another order",
        objective="95%",
        sli=Events(total='r_total{job="k"}', bad='r_total{code=~"5..",job="k"}'),
        alerts=NONE,
    ),
    slo(
        "part of a sum, in another order",
        objective="95%",
        sli=ErrorRatio(
            query='sum(rate(r_total{code=~"5..",job=~"k|l"}[$window]))'
            ' / sum(rate(r_total{job=~"k|l"}[$window]))',
        ),
        alerts=NONE,
    ),
    slo(
        "six gauges",
        objective="95%",
        sli=Up(gauge='up{job=~"k|l|m",zone=~"a|b|c|d"}'),
        alerts=NONE,
    ),
    slo(
        "least of several",
        objective="95%",
        sli=TimeSlices(
            query='min(min_over_time(workers{pool=~"a|b|c"}[$window]))', good_when=">= 2"
        ),
        settings=Settings(scrape_interval="5m", slow_interval="5m", offset="1m"),
        alerts=NONE,
    ),
    slo("queries", window="2h", sli=QUERIES, group_by="tenant"),
    slo(
        "late",
        window="1h",
        settings=Settings(offset="1m", scrape_interval="5s"),
        alerts=AlertPolicy(
            preset="none", tiers=[Tier("page", long="10m", burn_rate="2", min_bad_events=2)]
        ),
    ),
    slo(
        "patient",
        alerts=AlertPolicy(
            preset="none",
            tiers=[Tier("page", long="4m", burn_rate="2", for_="7m", min_bad_events=2)],
        ),
    ),
    slo(
        "hasty",
        window="1h",
        alerts=AlertPolicy(preset="none", stale=Alert(for_="0s", keep_firing_for="20m")),
    ),
    slo(
        "scraped more often",
        window="1h",
        settings=Settings(scrape_interval="15s", fast_interval="30s"),
    ),
    slo(
        "scraped less often",
        window="1h",
        sli=Events(total=REQUESTS, good="served_total"),
        settings=Settings(scrape_interval="1m", fast_interval="30s"),
    ),
    slo(
        "missing groups of a query",
        window="1h",
        sli=TimeSlices(query="stddev by (tenant) (a)", good_when="< 1", when_missing="bad"),
        group_by=["tenant"],
        alerts=NONE,
    ),
    slo(
        "one group",
        window="1h",
        sli=Up(gauge='up{job="shop"}'),
        group_by=["job"],
        alerts=AlertPolicy(preset="none", stale_groups=True),
    ),
    slo("strict", window="1h", alerts=AlertPolicy(preset="none", violated=Alert(for_="0s"))),
)
"""Delays and feeds that scenarios have to take care of."""


def _written(one: SLO, folder: Path) -> list[Path]:
    """Write the rules of an SLO and their tests, and return the files of tests."""
    build(one).write(folder, TARGETS)
    return sorted(folder.glob("promtool-tests/*.yaml"))


@pytest.mark.parametrize(
    ("one", "line"),
    list(zip(SOUND, cycle(("2", "3")), strict=False)),
    ids=lambda each: each if isinstance(each, str) else each.id,
)
def test_rules_pass_their_own_proof(one: SLO, line: str, tmp_path: Path) -> None:
    """Each file of its proof passes, under a line of promtool; `test_various` tries both."""
    assert "SUCCESS" in promtool.test_rules(line, _written(one, tmp_path))


@pytest.mark.parametrize("one", CORNERS, ids=lambda one: one.id)
def test_corners(one: SLO, tmp_path: Path) -> None:
    """The same for delays that are none, or long, and for data that is late."""
    assert "SUCCESS" in promtool.test_rules("3", _written(one, tmp_path))


@pytest.mark.parametrize(
    ("sli", "side"),
    [
        (TimeSlices(query="sum(rate(a_total[$window]))", good_when=">= 0"), "bad"),
        (TimeSlices(query="sum(rate(a_total[$window]))", good_when="< 0"), "good"),
        (ErrorRatio(query="-rate(a_total[$window])"), "bad"),
    ],
)
def test_a_side_that_cannot_be_reached_fails(sli: Any, side: str, tmp_path: Path) -> None:  # noqa: ANN401
    """Where no value is bad, or none is good, the proof fails, and nothing else in it does."""
    files = _written(slo("one side", sli=sli, objective="90%", alerts=NONE), tmp_path)

    assert _failing(files, tmp_path / "verdicts.xml") == {f"some value of the query is {side}"}


def test_a_side_without_series_is_no_failure(tmp_path: Path) -> None:
    """Where no series can be made for the query, nothing is said of its values."""
    query = 'sum(rate(a{code="5"}[$window])) / sum(a)'
    sli = TimeSlices(query=query, good_when=">= 0")
    texts = [file.read_text() for file in _written(slo("mixed", sli=sli), tmp_path)]

    assert all("# The base series are fed, not the raw ones" in text for text in texts)
    assert not any("some value of the query" in text for text in texts)


COUNTS = "what is selected counts, and nothing else"
LOST = "missed scrapes and restarts lose nothing"
SPOILT = "a series that gives NaN or Inf takes nothing else with it"
NEEDED = "alerts about budget and objective need 3 bad events"
WEIGHT = "events weigh, not minutes"
RENAMED = "a renamed service keeps its history"
YOUNG_PAGE = "SLOBurnRatePage 14.4x over 1h and 5m waits for 6m and fires just above its burn rate"
FEW = (
    "SLOBurnRatePage 14.4x over 1h and 5m needs 3 bad events",
    "SLOBurnRatePage 6x over 6h and 30m needs 3 bad events",
)
HOURS = "an hour is recorded once, and what is open counts as well"
LASTING = "what is left of a budget will be gone in time"
SPENT = "a budget is spent, through all of its states"
VIOLATED = "SLOObjectiveViolated fires below the objective"
STALE = "SLODataStale fires when the data ends"
PAGE = tuple(
    f"SLOBurnRatePage 14.4x over 1h and 5m fires at {level}"
    for level in (
        "a total outage, and resolves",
        "ten times its burn rate",
        "twice its burn rate",
    )
)


@attrs.frozen
class Edit:
    """What a hand did to a rule file: a pattern, what stands there then, and what catches it."""

    what: str
    found: str
    put: str
    caught_by: Collection[str]


EDITS = (
    Edit(
        "another bad code",
        r'code=~"5',
        'code=~"4',
        {COUNTS, LOST, SPOILT, *PAGE, YOUNG_PAGE, *FEW, HOURS},
    ),
    Edit(
        "hours of bad events forgotten",
        r"(sum_over_time\(slo:sli_errors:)sum1h(\S+\[30d\]\))",
        r"\1sum2h\2",
        {HOURS, SPENT},
    ),
    Edit(
        "a window that keeps the old name",
        r"sum\((sum_over_time\(\S+\[6h\]\))\)",
        r"\1",
        {RENAMED, LASTING},
    ),
    Edit(
        "hours of bad events that overlap",
        r"(count_values\(\"slo_hour\", floor\(vector\(time\(\) / 3600) \+ 3",
        r"\1 + 4",
        {HOURS, YOUNG_PAGE},
    ),
    Edit("a short window twice as long", r"\[5m\]", "[10m]", {PAGE[0]}),
    Edit("exhausted when overspent", r"(BudgetExhausted\n.+\n.+) <= 0", r"\1 < -1", {SPENT}),
    Edit("low waits for long", r"(BudgetLow\n(?:.+\n)+? +for:) 5m", r"\1 3h", {SPENT, NEEDED}),
    Edit(
        "violated waits for long",
        r"(ObjectiveViolated\n(?:.+\n)+? +for:) 5m",
        r"\1 15m",
        {VIOLATED, NEEDED},
    ),
    Edit("stale hours", r"absent\(slo:sli_errors:increase", "absent(slo:sli_errors:open", {STALE}),
    Edit("the budget lasts", r"(\[1h\]\)\)) / 3600", r"\1 / 36000", {LASTING}),
    Edit("low at once", r"(BudgetLow\n(?:.+\n)+?) +for: 5m\n", r"\1", {SPENT}),
    Edit("another current burn rate", r"(current_burn_rate\S+\n.+ / 0\.0)01", r"\g<1>1", {SPENT}),
    Edit("another burn rate", r"(period_burn_rate\S+\n.+ / 0\.0)01", r"\g<1>1", {SPENT}),
    Edit("another budget as a constant", r"vector\(0\.001\)", "vector(0.01)", {SPENT}),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_what_an_edit_is_caught_by(edit: Edit, tmp_path: Path) -> None:
    """Each of these scenarios fails."""
    files = _edited((edit,), tmp_path)
    names = {name for file in files for name in _kept(file, edit.caught_by)}
    assert names == set(edit.caught_by)

    assert _failing([file for file in files if file.exists()], tmp_path / "verdicts.xml") == names


@pytest.mark.parametrize("edit", EDITS[2:4], ids=lambda edit: edit.what)
def test_an_edit_fails_under_the_older_line(edit: Edit, tmp_path: Path) -> None:
    """It tells no names, but it fails as well."""
    files = [file for file in _edited((edit,), tmp_path) if _kept(file, edit.caught_by)]

    with pytest.raises(promtool.PromtoolError, match="FAILED"):
        promtool.test_rules("2", files)


def _kept(file: Path, names: Collection[str]) -> set[str]:
    """Leave these scenarios alone in a file, none but them, and return those that it has.

    A file that has none of them is removed: evaluations are what tests cost.
    """
    head, *scenarios = re.split(r"(?m)^(?=  - name: )", file.read_text())
    named = {yaml.safe_load(text)[0]["name"]: text for text in scenarios}
    kept = [text for name, text in named.items() if name in names]
    file.unlink()
    if kept:
        file.write_text(head + "".join(kept))
    return named.keys() & names


def _edited(edits: tuple[Edit, ...], folder: Path) -> list[Path]:
    """Write rules, edit them, and return the files of tests."""
    files = _written(slo("edited", window="30d"), folder)
    rules = folder / "prometheus" / "edited.yaml"
    text = rules.read_text()
    for edit in edits:
        before, text = text, re.sub(edit.found, edit.put, text)
        assert text != before, edit.what
    rules.write_text(text)
    return files


def _failing(files: list[Path], report: Path) -> set[str]:
    """Return the names of the scenarios that fail: only the newer promtool tells them."""
    outcome = run(find("promtool", "3"), "test", f"--junit={report}", "rules", *files, seconds=300)
    assert outcome.code in (0, 1), outcome.output
    suites = ET.parse(report).iter("testsuite")  # noqa: S314 (promtool's own)
    cases = [case for suite in suites for case in suite.iter("testcase")]
    assert cases
    failing = {case.get("name", "") for case in cases if case.find("failure") is not None}
    assert bool(failing) == bool(outcome.code), outcome.output
    return failing
