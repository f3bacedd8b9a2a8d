"""The files of the target ``victoriametrics`` on a real vmalert, with VictoriaMetrics behind it.

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

from slogen import SLO, Events, Selector, Service, Settings, build, load
from slogen.naming import EVENTS_LATELY, GROUP_EVENTS_LATELY
from slogen.rules import RecordingRule
from tests.pipeline.scaling import hastened, short
from tests.pipeline.story import FAILING, HEALTHY, SCRIPT
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

_AT_TIMES = {*BASES, EVENTS_LATELY, GROUP_EVENTS_LATELY}
"""What is recorded once an hour, or every ten minutes, and not at each evaluation."""

_PAGE = {"severity": "page", "slo_id": "shop-availability"}

_Rule = dict[str, Any]
REQUESTS = Selector("tenant_requests_total")
GROUPED = SLO(
    service=Service("tenants", settings=Settings(query_offset="1m", prometheus="3.5")),
    name="requests",
    objective="99%",
    window="30d",
    group_by="tenant",
    sli=Events(total=REQUESTS, bad=REQUESTS.where('code="500"')),
)


def test_vmalert_runs_what_was_built_for_it(tmp_path: Path) -> None:
    """Every series is recorded, no rule has an error, and pages fire in the same words.

    Of an SLO with groups, evaluated a minute in the past, the one that fails has a page and loses
    budget, and the other does not.
    """
    files = _rule_files(tmp_path)
    with (
        changing_exporter(HEALTHY | _tenants(0)) as exporter,
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
        exporter.counters.run_at(FAILING | _tenants(50))
        until(lambda: not _missing(files, victoria), seconds=_PATIENCE)
        page = until(lambda: _firing_page(vmalert), seconds=_PATIENCE)
        until(lambda: all(rule["lastSamples"] for rule in _lasting(vmalert)), seconds=60)
        until(lambda: _paged_tenants(vmalert), seconds=_PATIENCE)
        until(lambda: _budgets(victoria).get("a", 1) < 1, seconds=_PATIENCE)
        budgets, tenants = _budgets(victoria), _paged_tenants(vmalert)
        rules = _rules(vmalert, "recording") + _rules(vmalert, "alerting")

    assert len(rules) == sum(len(group.rules) for group in _groups(files))
    assert {(rule["health"], rule.get("lastError", "")) for rule in rules} == {("ok", "")}
    assert page["labels"] == LABELS | {"alertgroup": "slogen:shop-availability:fast"}
    assert SUMMARY.fullmatch(page["annotations"]["summary"])
    assert (tenants, budgets["b"]) == ({"a"}, 1)


def _rule_files(folder: Path) -> list[Path]:
    """Write the rule files of the story's SLO and of one with groups."""
    files = []
    for file in build([*load(SCRIPT), GROUPED]).render("victoriametrics", layout="slo"):
        files.append(folder / file.path.rpartition("/")[2])
        files[-1].write_text(hastened(file.text, _SPEED))
    return files


def _tenants(errors: float) -> dict[str, float]:
    """Return the requests a second of two tenants, of which one has errors."""
    return {
        f'tenant_requests_total{{tenant="{tenant}",code="{code}"}}': speed
        for tenant, bad in {"a": errors, "b": 0.0}.items()
        for code, speed in {"200": 100 - bad, "500": bad}.items()
    }


def _budgets(victoria: PrometheusServer) -> dict[str, float]:
    """Return what is left of the budget of each tenant."""
    found = victoria.query('slo:period_error_budget_remaining:ratio{slo_id="tenants-requests"}')
    return {labels["tenant"]: value for labels, value in found}


def _paged_tenants(vmalert: PrometheusServer) -> set[str]:
    """Return the tenants whose page fires."""
    firing = (
        alert["labels"]
        for alert in vmalert.get("/api/v1/alerts")["alerts"]
        if alert["state"] == "firing"
    )
    return {one["tenant"] for one in firing if "tenant" in one and one["severity"] == "page"}


def _missing(files: list[Path], victoria: PrometheusServer) -> set[str]:
    """Return what the rules record within ten minutes and VictoriaMetrics does not know."""
    rules = (rule for group in _groups(files) for rule in group.rules)
    records = {rule.record for rule in rules if isinstance(rule, RecordingRule)}
    return records - {*BASES} - set(victoria.get("/api/v1/label/__name__/values"))


def _groups(files: list[Path]) -> list[RuleGroup]:
    return [group for file in files for group in read_groups(file.read_text())]


def _rules(vmalert: PrometheusServer, kind: str) -> list[_Rule]:
    rules = (rule for group in vmalert.rule_groups() for rule in group["rules"])
    return [rule for rule in rules if rule["type"] == kind]


def _lasting(vmalert: PrometheusServer) -> list[_Rule]:
    """Return the rules that record at each evaluation."""
    return [rule for rule in _rules(vmalert, "recording") if rule["name"] not in _AT_TIMES]


def _firing_page(vmalert: PrometheusServer) -> _Rule | None:
    """Return the page once its words are up to date: the budget is recorded after it fires."""
    for alert in vmalert.get("/api/v1/alerts")["alerts"]:
        is_page = alert["labels"].items() >= _PAGE.items() and alert["state"] == "firing"
        if is_page and DESCRIPTION.fullmatch(alert["annotations"]["description"]):
            return dict(alert)
    return None
