"""What docs/howto.md shows is built, and what it claims is shown by promtool."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import build, load
from slogen.cli.exits import Exit
from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.cli.running import run
from tests.golden_cases import ROOT
from tests.realtools import promtool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "howto.md").read_text()
FILES = dict(_BLOCK.findall(PAGE))
_STEP = 30
"""Seconds between two scrapes, and two evaluations."""
_MINUTE = 60 // _STEP
_PER_STEP = 300
_PAGES = 'max(ALERTS{alertname="SLOBurnRatePage",alertstate="firing"})'
_STALE = 'max(ALERTS{alertname="SLODataStale"})'
_ANY = 'max(ALERTS{alertstate="firing"})'
_SPENT = f"(sum(sum_over_time({ERRORS_INCREASE}[4h])) > bool 0) == 1"
"""Whether budget was spent since the beginning."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that holds the files of the page."""
    monkeypatch.chdir(tmp_path)
    Path("slos").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text)


def _counter(minutes: int, counts: Iterable[tuple[int, int]]) -> str:
    """Return a counter that grows within spans of minutes, in promtool's notation."""
    spans, value, values = tuple(counts), 0, []
    for step in range(minutes * _MINUTE):
        values.append(str(value))
        value += _PER_STEP * any(a * _MINUTE <= step < b * _MINUTE for a, b in spans)
    return " ".join(values)


def _gauge(minutes: int, begin: int, end: int) -> str:
    steps = range(minutes * _MINUTE)
    return " ".join(str(int(begin * _MINUTE <= step < end * _MINUTE)) for step in steps)


def _judge(
    line: str, text: str, series: Mapping[str, str], asked: Mapping[str, Mapping[int, bool]]
) -> None:
    """Let promtool say whether alerts fire at minutes as they have to."""
    Path("one.yaml").write_text(text)
    build(load("one.yaml")).write("build", layout="single")
    (rules,) = Path("build/prometheus").glob("*.yaml")
    questions = [
        {
            "expr": expr,
            "eval_time": f"{minute}m",
            "exp_samples": [{"labels": "{}", "value": 1}] if fires else [],
        }
        for expr, moments in asked.items()
        for minute, fires in moments.items()
    ]
    test = {
        "rule_files": [str(rules.absolute())],
        "evaluation_interval": f"{_STEP}s",
        "tests": [
            {
                "interval": f"{_STEP}s",
                "input_series": [{"series": k, "values": v} for k, v in series.items()],
                "promql_expr_test": questions,
            }
        ],
    }
    Path("test.yaml").write_text(json.dumps(test))
    promtool.test_rules(line, [Path("test.yaml").absolute()])


def test_every_block_is_a_file() -> None:
    """Nothing on the page is left untested."""
    assert len(FILES) == PAGE.count("```yaml") == 5


def test_the_files_are_built_together() -> None:
    """There is nothing to say but what the page says: a free query estimates, traffic is low."""
    result = run("build", "slos", "--out", "build")

    codes = set(re.findall(r"\[([a-z-]+)\]$", result.stderr, re.MULTILINE))
    assert result.exit_code == Exit.FINE
    assert codes == {"events-estimated", "low-traffic"}


_SHOP = 'http_requests_total{{job="shop",code="{}"}}'.format
_WORK = range(120, 150)


def _maintenance(name: str) -> dict[str, str]:
    """Return a shop that fails during maintenance, and fails for real an hour later."""
    outage, end = 210, 230
    good = ((0, _WORK.start), (_WORK.stop, outage))
    return {
        _SHOP(200): _counter(end, good),
        _SHOP(500): _counter(end, ((_WORK.start, _WORK.stop), (outage, end))),
        f'{name}{{service="shop"}}': _gauge(end, _WORK.start - 1, _WORK.stop),
    }


_QUIET = dict.fromkeys((121, 125, 135, 149, 150, 151, 152, 153, 155, 160, 170, 200, 210), False)


@pytest.mark.parametrize("line", ["2", "3"])
def test_maintenance_pages_at_neither_end(line: str) -> None:
    """Nobody is woken before, during or after it; a failure that is none of it pages."""
    series = _maintenance("maintenance_active")
    stale = dict.fromkeys((135, 145, 149), False)

    _judge(
        line,
        FILES["slos/maintenance.yaml"],
        series,
        {
            _PAGES: _QUIET | {215: True},
            _ANY: _QUIET,
            _STALE: stale,
            _SPENT: _QUIET | {209: False, 215: True},
        },
    )


def test_requests_that_succeed_in_maintenance_save_nothing() -> None:
    """Neither part is counted: what succeeds then is no reason for more failures later."""
    series = _maintenance("maintenance_active")
    end, work = 230, (_WORK.start, _WORK.stop)
    series[_SHOP(200)] = _counter(end, ((0, 210),))
    counted = f"(sum(sum_over_time({EVENTS_INCREASE}[{{}}])) > bool 0) == 1".format

    _judge(
        "3",
        FILES["slos/maintenance.yaml"],
        series,
        {counted("10m"): {work[0]: True, work[1] - 1: False, work[1] + 15: True}},
    )


def test_without_data_maintenance_would_be_stale() -> None:
    """What `unless` leaves out is missing, and an alert says so after ten minutes."""
    text = FILES["slos/maintenance.yaml"]
    flag = 'max_over_time(maintenance_active{service="shop"}[$window])'
    factor = f"* on () (1 - (max({flag}) or vector(0)))"
    with_unless = text.replace(factor, f"unless on () (max({flag}) == 1)")
    assert with_unless.count("unless") == 2

    series = _maintenance("maintenance_active")
    _judge("3", with_unless, series, {_STALE: {115: False, 135: True}})


@pytest.mark.parametrize("line", ["2", "3"])
def test_without_a_flag_all_is_counted(line: str) -> None:
    """Where the flag does not exist, what fails pages."""
    series = _maintenance("another_metric")

    _judge(line, FILES["slos/maintenance.yaml"], series, {_PAGES: {125: True}})


def test_the_obvious_query_pages_when_maintenance_ends() -> None:
    """The flag of the moment is 0 while the rate still holds failures."""
    text = FILES["slos/maintenance.yaml"]
    obvious = text.replace(
        'max_over_time(maintenance_active{service="shop"}[$window])',
        'maintenance_active{service="shop"}',
    )
    assert obvious != text

    _judge("3", obvious, _maintenance("maintenance_active"), {_PAGES: {149: False, 155: True}})


_OPEN, _CLOSED, _EVENING = 90, 210, 260
"""In minutes since midnight: an earlier and shorter day than the page's, which takes less time."""
_HOURS = FILES["slos/hours.yaml"].replace("28920", str(60 * _OPEN + 120))
_HOURS = _HOURS.replace("64800", str(60 * _CLOSED))


def _desk() -> dict[str, str]:
    """Return a help desk that is down outside of its hours, and for real within them."""
    desk = 'http_requests_total{{job="desk",code="{}"}}'.format
    failure = (100, 115)
    return {
        desk(200): _counter(_EVENING, ((_OPEN, failure[0]), (failure[1], _CLOSED))),
        desk(500): _counter(_EVENING, ((0, _OPEN), failure, (_CLOSED, _EVENING))),
    }


@pytest.mark.parametrize("line", ["2", "3"])
def test_operating_hours_page_at_neither_end(line: str) -> None:
    """Neither when the desk opens nor when it closes; what fails between pages."""
    ends = (80, 89, 90, 91, 92, 93, 95, 99, 190, 209, 210, 211, 215, 230, 255)

    _judge(
        line,
        _HOURS,
        _desk(),
        {_PAGES: dict.fromkeys(ends, False) | {110: True}, _STALE: {85: False, 250: False}},
    )


def test_the_weekend_is_no_time_to_work() -> None:
    """From Saturday on nothing counts; from Monday on it does."""
    for days, fires in ((2, False), (3, False), (4, True)):  # the first of promtool is a Thursday
        text = _HOURS.replace("day_of_week()", f"day_of_week(vector(time() + {days * 86400}))")
        assert text != _HOURS

        _judge("3", text, _desk(), {_PAGES: {110: fires}})


def test_hours_from_eight_sharp_page_at_eight() -> None:
    """Without the two minutes, the last of the night is the first of the day."""
    text = _HOURS.replace(str(60 * _OPEN + 120), str(60 * _OPEN))

    _judge("3", text, _desk(), {_PAGES: {89: False, 93: True}})


@pytest.mark.parametrize("line", ["2", "3"])
def test_throughput_is_bad_below_the_limit(line: str) -> None:
    """Ten orders a second are enough; none are too few, by night too."""
    series = {'orders_total{result="success"}': _counter(130, ((0, 90),))}

    _judge(
        line,
        FILES["slos/throughput.yaml"],
        series,
        {_PAGES: {60: False, 89: False, 125: True}},
    )


def test_the_limit_of_the_day_is_higher() -> None:
    """Three orders a second are enough at night, and too few by day."""
    morning = FILES["slos/throughput.yaml"].replace(">= bool 21600", f">= bool {70 * 60}")
    assert morning != FILES["slos/throughput.yaml"]
    series = {'orders_total{result="success"}': f"0+{3 * _STEP}x240"}

    _judge("3", morning, series, {_PAGES: {60: False, 69: False, 110: True}})


@pytest.mark.parametrize("line", ["2", "3"])
def test_regions_are_told_apart(line: str) -> None:
    """What a region records and what it alerts bears its label."""
    api = 'http_requests_total{{job="api",code="{}"}}'.format
    series = {api(200): _counter(90, ((0, 70),)), api(500): _counter(90, ((70, 90),))}
    pages = 'max(ALERTS{alertname="SLOBurnRatePage",alertstate="firing",region="eu"})'

    _judge(line, FILES["slos/regions.yaml"], series, {pages: {60: False, 85: True}})


def test_a_batch_job_is_late_after_its_limit() -> None:
    """A success that is too long ago is bad, and so is a job that never had one."""
    late = {'import_last_success_timestamp_seconds{job="import"}': "0x600"}

    _judge(
        "3",
        FILES["slos/batch.yaml"],
        late,
        {
            _PAGES.replace("SLOBurnRatePage", 'SLOBurnRatePage",slo_name="pushed'): {
                110: False,
                200: True,
            }
        },
    )


def test_a_region_without_a_label_is_found() -> None:
    """Lint says of the page's file without its identity what the page says."""
    text = FILES["slos/regions.yaml"]
    Path("one.yaml").write_text(text.replace("settings:\n  identity: {region: eu}\n", ""))

    found = run("lint", "one.yaml", "--external-labels", "region").stdout
    assert "[identity-shared]" in found
    Path("one.yaml").write_text(text)
    assert "[identity-shared]" not in run("lint", "one.yaml", "--external-labels", "region").stdout
