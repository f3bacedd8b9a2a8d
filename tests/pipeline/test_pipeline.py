"""Errors become a page that a person can read, whatever happens to Prometheus meanwhile."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import Duration, build, load
from slogen.rules import AlertingRule
from tests.pipeline.scaling import hastened
from tests.pipeline.story import SCRIPT, run
from tests.rule_files import read_groups

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rules import Rule
    from tests.pipeline.log import Wait

LABELS = {
    "alertname": "SLOBurnRatePage",
    "severity": "page",
    "slo_burn_rate": "14.4",
    "slo_id": "shop-availability",
    "slo_name": "availability",
    "slo_owner": "team-shop",
    "slo_service": "shop",
    "slo_window": "1h",
}
SUMMARY = re.compile(
    r"shop availability: (?P<percentage>\d+(\.\d+)?)% of requests fail "
    r"over (1h|its first [0-9hms. ]+); 1% are allowed"
)
DESCRIPTION = re.compile(
    r"(Since [0-9: -]+ UTC\.\n)?"
    r"Burn rate: \d+\.\dx\. The alert fires above 14\.4x over both 1h and 5m\.\n"
    r"Budget: 9\d(\.\d+)?% left(, spent by [0-9: -]+ UTC at this rate)?\.\n"
    r"Objective: 99% over 30d\.\n"
    r"Owner: team-shop\n"
    r'Bad: http_requests_total\{job="shop",code=~"5\.\."\}, '
    r'of all http_requests_total\{job="shop"\}\n\n'
    r"Customers see the error page of the shop\."
)
_TIME = re.compile(r"(?<![\w.])\d+(?:ms|[smhd])\b")


def _in_time(wait: Wait) -> bool:
    """Whether something took as long as planned, but for the pipeline's own delays.

    Scrapes, evaluations, group_wait, HTTP and a busy machine may make it three times as long and
    ten seconds more.
    """
    return wait.earliest <= wait.took <= 3 * wait.latest + 10


@pytest.mark.parametrize("line", ["2", "3"])
def test_an_incident_is_one_page_from_its_begin_to_its_end(line: str, tmp_path: Path) -> None:
    """One page arrives in time and readable, hides the ticket, outlives a restart, and resolves."""
    incident = run(line, tmp_path)
    log = f"{incident.log}"
    (tmp_path / "log.txt").write_text(log)
    print(f"\n{log}")  # noqa: T201 - for pytest -s

    page, resolved = incident.deliveries
    summary = SUMMARY.fullmatch(page.annotations["summary"])
    assert [page.status, resolved.status] == ["firing", "resolved"], log
    assert page.labels == resolved.labels == LABELS
    assert summary
    assert float(summary["percentage"]) >= 14.4
    assert DESCRIPTION.fullmatch(page.annotations["description"]), page.annotations["description"]
    assert page.annotations["runbook_url"] == "https://runbooks.example.com/shop"

    for each in incident.page:
        assert each["status"]["state"] == "active"
        # Alertmanager writes a time with as many digits as it needs, or with three.
        began = {each["startsAt"], page.starts_at, resolved.starts_at}
        assert len({datetime.fromisoformat(time) for time in began}) == 1, began
    for each in incident.ticket:
        assert each["status"]["state"] == "suppressed"
        assert each["status"]["inhibitedBy"] == [incident.page[0]["fingerprint"]]
    assert incident.at_the_end == []
    assert _in_time(incident.detection), log
    assert _in_time(incident.recovery), log


def test_time_runs_faster_and_nothing_else_changes() -> None:
    """Each length of time is a sixtieth; names, labels, words and all other numbers stay."""
    (file,) = build(load(SCRIPT)).render("prometheus")
    groups, faster = read_groups(file.text), read_groups(hastened(file.text, 60))

    for group, hastened_group in zip(groups, faster, strict=True):
        assert hastened_group.interval * 60 == group.interval
        for rule, hastened_rule in zip(group.rules, hastened_group.rules, strict=True):
            assert _without_times(hastened_rule) == _without_times(rule)
            assert [each * 60 for each in _times(hastened_rule)] == _times(rule)
            assert hastened_rule.expr.count("(60 * time())") == rule.expr.count("time()")
    assert "time()" in file.text


@pytest.mark.parametrize("speed", [1, 60])
def test_what_time_it_is_runs_as_fast(speed: int) -> None:
    """The rules' time is the server's, as many times as far from 1970; names are no times."""
    text = hastened("timestamp(up) < time() - slo:time() % 3600", speed)

    assert text == f"timestamp(up) < ({speed} * time()) - slo:time() % 3600"


def _times(rule: Rule) -> list[Duration]:
    times = [Duration(text) for text in _TIME.findall(rule.expr)]
    if isinstance(rule, AlertingRule):
        times += [delay for delay in (rule.for_, rule.keep_firing_for) if delay]
    return times


def _without_times(rule: Rule) -> Rule:
    expr = _TIME.sub("T", _at_the_usual_speed(rule.expr))
    if isinstance(rule, AlertingRule):
        texts = {name: _at_the_usual_speed(text) for name, text in rule.annotations.items()}
        return attrs.evolve(rule, expr=expr, for_=None, keep_firing_for=None, annotations=texts)
    return attrs.evolve(rule, expr=expr)


def _at_the_usual_speed(text: str) -> str:
    return text.replace("(60 * time())", "time()")
