"""The rules for Prometheus on a real vmalert, with VictoriaMetrics behind it.

What differs there:

- A rule's result is written by HTTP and is seen a few seconds later, so that a rule reads what
  the one before it recorded some evaluations ago. Time therefore runs 15 times faster only: the
  slow groups' two minutes are eight seconds, long enough for a write to be seen.
- Evaluations look at the past: `-rule.evalDelay`, 30s, is a fifteenth here, as is the look-back,
  which is called `-datasource.queryStep`.
- `rate` does not extrapolate, and takes the sample before its range into account.
- Alerts have a label more, `alertgroup`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen.rules import RecordingRule
from tests.pipeline.scaling import short
from tests.pipeline.story import FAILING, HEALTHY, rule_files
from tests.pipeline.test_pipeline import DESCRIPTION, LABELS, SUMMARY
from tests.realtools.exporter import changing_exporter, scraping
from tests.realtools.hours import BASES
from tests.realtools.victoria import running_victoria, running_vmalert
from tests.realtools.waiting import until
from tests.rule_files import read_groups

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rules import RuleGroup
    from tests.realtools.server import PrometheusServer

_SPEED = 15
_PATIENCE = 120
"""How long each thing that has to happen may take, in real seconds."""

_Rule = dict[str, Any]


def test_vmalert_runs_the_same_rules(tmp_path: Path) -> None:
    """Every series is recorded, no rule has an error, and the page fires in the same words."""
    files = rule_files(tmp_path, _SPEED)
    with (
        changing_exporter(HEALTHY) as exporter,
        running_victoria(
            folder=tmp_path,
            scrape_configs=[scraping(exporter.target, every=short("30s", _SPEED))],
            arguments=["-search.latencyOffset=1s"],
        ) as victoria,
        running_vmalert(
            files,
            victoria,
            folder=tmp_path,
            arguments=[
                f"-datasource.queryStep={short('5m', _SPEED)}",
                f"-rule.evalDelay={short('30s', _SPEED)}",
                "-remoteWrite.flushInterval=200ms",
            ],
        ) as vmalert,
    ):
        until(lambda: victoria.query("slo:sli_error:ratio_rate5m"), seconds=_PATIENCE)
        exporter.counters.run_at(FAILING)
        until(lambda: not _missing(files, victoria), seconds=_PATIENCE)
        page = until(lambda: _firing_page(vmalert), seconds=_PATIENCE)
        until(lambda: all(rule["lastSamples"] for rule in _lasting(vmalert)), seconds=60)
        rules = _rules(vmalert, "recording") + _rules(vmalert, "alerting")

    assert len(rules) == sum(len(group.rules) for group in _groups(files))
    assert {(rule["health"], rule.get("lastError", "")) for rule in rules} == {("ok", "")}
    assert page["labels"] == LABELS | {"alertgroup": "slogen:shop-availability:fast"}
    assert SUMMARY.fullmatch(page["annotations"]["summary"])


def _missing(files: list[Path], victoria: PrometheusServer) -> set[str]:
    """Return what the rules record at each evaluation and VictoriaMetrics does not know."""
    rules = (rule for group in _groups(files) for rule in group.rules)
    records = {rule.record for rule in rules if isinstance(rule, RecordingRule)}
    return records - {*BASES} - set(victoria.get("/api/v1/label/__name__/values"))


def _groups(files: list[Path]) -> list[RuleGroup]:
    return [group for file in files for group in read_groups(file.read_text())]


def _rules(vmalert: PrometheusServer, kind: str) -> list[_Rule]:
    rules = (rule for group in vmalert.rule_groups() for rule in group["rules"])
    return [rule for rule in rules if rule["type"] == kind]


def _lasting(vmalert: PrometheusServer) -> list[_Rule]:
    """Return the rules that record at each evaluation: those of hours do once an hour."""
    return [rule for rule in _rules(vmalert, "recording") if rule["name"] not in BASES]


def _firing_page(vmalert: PrometheusServer) -> _Rule | None:
    """Return the page once its words are up to date: the budget is recorded after it fires."""
    for alert in vmalert.get("/api/v1/alerts")["alerts"]:
        is_page = alert["labels"]["severity"] == "page" and alert["state"] == "firing"
        if is_page and DESCRIPTION.fullmatch(alert["annotations"]["description"]):
            return dict(alert)
    return None
