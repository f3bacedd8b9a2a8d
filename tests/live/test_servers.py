"""Status, report and gate against real servers that evaluate the rules of the ERP."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import jsonschema
import pytest

from slogen import Settings, build
from slogen.checks.given import Given
from slogen.compiler import compile_slo
from slogen.exits import Exit
from slogen.live import BudgetPolicy, Prometheus, gate
from slogen.live.checks import findings
from slogen.live.checks.view import ServerView, Subject
from slogen.live.errors import WrongServer
from slogen.live.forms.documents import dumped, report_document
from slogen.live.prediction.results import Ahead
from slogen.live.readings import Fleet
from slogen.live.recovery import dated
from slogen.live.reporting import reported
from slogen.naming import ERRORS_PERIOD
from slogen.plan import ResolvedSLO, resolve
from slogen.promql.expr import call
from slogen.recorded.many import newest_of
from slogen.units import Duration
from tests.cli.running import run
from tests.live.past import DAYS, GROWING, STANDING, History, requests, seconds_bad
from tests.live.prediction.futures import recorded_at
from tests.live.world import ERP, erp
from tests.realtools.backfill import Past
from tests.realtools.exporter import changing_exporter, scraping
from tests.realtools.hours import HOUR
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.reports import GroupReport, Report

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "reference" / "report.schema.json"
DAY = 24 * HOUR
QUICK = Settings(scrape_interval="5s", slow_interval="10s", origin=None)
"""So that a chain of rules is through in half a minute."""
STATES = {
    "database-availability": "exhausted",
    "frontend-availability": "critical",
    "user-registration-success": "warning",
    "task-creation-success": "young",
    "user-data-freshness": "no data",
    "frontend-interaction": "not recorded",
    "backend-api-throughput": "not recorded",
}
"""The states that are not healthy."""
UNLIMITED = Given(traffic=10**9, retention=Duration("10y"))
"""What checks of traffic and retention have nothing to say about."""
ARGUMENTS = (
    "--storage.tsdb.retention.time=10y",
    "--storage.tsdb.min-block-duration=2h",
    "--storage.tsdb.max-block-duration=2h",
)


@attrs.frozen(kw_only=True)
class Living:
    """A server that evaluates the rules, what it should know, and what is asked about."""

    url: str
    slos: tuple[ResolvedSLO, ...]
    histories: Mapping[str, History]

    def fleet(self, at: datetime | None = None) -> Fleet:
        """Return who is asked about what."""
        moment = at or datetime.now(UTC)
        return Fleet(prometheus=Prometheus(self.url), slos=self.slos, at=moment)


def histories(slos: tuple[ResolvedSLO, ...], now: int) -> dict[str, History]:
    """Return what the SLOs counted until now, of most for forty days."""
    counts = {
        "backend-api-availability": requests(60_000, 0.4, 1),
        "backend-api-latency": requests(60_000, 10, 2),
        "backend-api-quality": requests(60_000, 2, 3),
        "database-availability": requests(90_000, 0.7, 4),
        "database-latency": requests(90_000, 12, 5),
        "frontend-availability": requests(20_000, 4.75, 6),
        "frontend-performance": requests(20_000, 9, 7),
        "user-registration-success": requests(400, 9.2, 8),
        "task-creation-success": requests(900, 1, 9),
        "backend-api-saturation": seconds_bad(60),
        "database-saturation": seconds_bad(0),
        "user-data-freshness": seconds_bad(0),
    }
    days = {"user-registration-success": 12.0, "task-creation-success": 10 / 24}
    known = {slo.definition.id: slo for slo in slos}
    return {
        slo_id: History(
            slo=known[slo_id],
            counts=of_hour,
            first=int(now - days.get(slo_id, DAYS) * DAY) // HOUR,
            # Its data ended before Prometheus began: a sample is seen for five minutes.
            now=now - 600 * (STATES.get(slo_id) == "no data"),
        )
        for slo_id, of_hour in counts.items()
    }


@pytest.fixture(scope="module", params=["2", "3"])
def living(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Living]:
    """Run a Prometheus on forty days of the ERP until all of its rules have been evaluated."""
    folder: Path = tmp_path_factory.mktemp("living")
    definitions = [
        attrs.evolve(slo.definition, settings=QUICK.over(slo.definition.settings)) for slo in erp()
    ]
    slos = resolve(definitions, Settings(origin=None))
    found = histories(slos, int(time.time()))
    past = Past(line=request.param, folder=folder)
    past.data.mkdir()
    past.add_samples(series for history in found.values() for series in history.series())
    recorded = [definition for definition in definitions if definition.id in found]
    build(recorded, Settings(origin=None)).write(folder / "out", ["prometheus"])
    rules = sorted((folder / "out" / "prometheus").glob("*.yaml"))
    with (
        changing_exporter(GROWING, STANDING) as exporter,
        running_prometheus(
            request.param,
            rules,
            folder=folder,
            data=past.data,
            scrape_configs=[scraping(exporter.target, every="5s")],
            arguments=ARGUMENTS,
        ) as server,
    ):
        stage = Living(url=server.address, slos=slos, histories=found)
        until(lambda: _is_through(stage), seconds=150, pause=2)
        yield stage


def _is_through(stage: Living) -> bool:
    """Tell whether all that can be recorded is, and the alert about the spent budget fires."""
    try:
        report = reported(stage.fleet())
    except WrongServer:
        return False
    states = {slo.id: slo.state for slo in report.slos}
    pages = {slo.id for slo in report.slos if slo.pages}
    return "database-availability" in pages and all(
        state == STATES.get(slo_id, "healthy") for slo_id, state in states.items()
    )


def of_events(report: Report) -> Iterator[tuple[str, GroupReport]]:
    """Yield the groups of SLOs that count events."""
    for slo in report.slos:
        if slo.unit == "events" and slo.groups:
            yield slo.id, slo.groups[0]


def evaluated_at(fleet: Fleet, slo_id: str) -> float:
    """Return when the counts of an SLO's window were recorded last."""
    (time_,) = (
        value
        for (found, _), value in fleet.numbers(
            lambda part: call("timestamp", newest_of(part, ERRORS_PERIOD).operand)
        ).items()
        if found == slo_id
    )
    return time_


def test_counts_are_those_of_the_hours(living: Living) -> None:
    """Bad events and events of each window equal the sums of what was counted, to the event."""
    fleet = living.fleet()
    report = reported(fleet)

    for slo_id, group in of_events(report):
        history = living.histories[slo_id]
        errors, events = history.window(
            float(history.slo.period.seconds), evaluated_at(fleet, slo_id)
        )
        assert group.errors == pytest.approx(errors, rel=1e-9), slo_id
        assert group.events == pytest.approx(events, rel=1e-9), slo_id
        assert group.sli == pytest.approx(1 - errors / events), slo_id


def test_budgets_are_those_of_the_arithmetic(living: Living) -> None:
    """What is left follows from the counts and from the age of each SLO, and nothing else."""
    fleet = living.fleet()
    report = reported(fleet)

    for slo_id, group in of_events(report):
        history = living.histories[slo_id]
        period, now = float(history.slo.period.seconds), evaluated_at(fleet, slo_id)
        errors, events = history.window(period, now)
        coverage = min((now - history.first * HOUR) / period, 1.0)
        total = (1 - float(history.slo.definition.objective.ratio)) * events / coverage
        assert group.coverage == pytest.approx(coverage, abs=90 / period), slo_id
        assert group.budget is not None
        assert group.budget.total == pytest.approx(total, rel=5e-3), slo_id
        assert group.share_left == pytest.approx(1 - errors / total, abs=5e-3), slo_id
        assert group.measured == pytest.approx(1.0), slo_id


def test_states_and_health_are_those_of_the_erp(living: Living) -> None:
    """Each SLO is in its state, and the score is the share of healthy ones."""
    report = reported(living.fleet())

    assert {slo.id: slo.state for slo in report.slos if slo.state != "healthy"} == STATES
    assert report.health_score == pytest.approx(100 * 7 / 14)
    assert report.slos[0].id == "database-availability"
    verdicts = {slo.id: slo.verdict for slo in report.slos}
    assert verdicts["database-availability"] == "missed"
    assert verdicts["backend-api-availability"] == "met"
    assert verdicts["task-creation-success"] == "not enough data"


def test_burn_rates_come_from_windows_and_hours(living: Living) -> None:
    """1h and 6h are recorded, 24h of an SLO without such a tier is summed from its hours."""
    fleet = living.fleet()
    report = reported(fleet)

    for slo_id, group in of_events(report):
        history = living.histories[slo_id]
        budget = 1 - float(history.slo.definition.objective.ratio)
        errors, events = history.window(DAY, fleet.at.timestamp())
        rate = group.burn_rates["24h"]
        assert rate == pytest.approx(errors / events / budget, rel=0.02), slo_id
        short = history.slo.period >= history.slo.windows[-1]
        assert short
        assert group.burn_rates["1h"] is not None, slo_id
        assert group.burn_rates["6h"] is not None, slo_id


def test_time_is_counted_in_seconds(living: Living) -> None:
    """A minute in each night is half an hour in 30 days, of 7.2 hours that are allowed."""
    slos = {slo.id: slo for slo in reported(living.fleet()).slos}
    (group,) = slos["backend-api-saturation"].groups

    assert slos["backend-api-saturation"].unit == "seconds"
    assert group.errors == pytest.approx(30 * 60, abs=60)
    assert group.budget is not None
    assert group.budget.total == pytest.approx(0.01 * 30 * DAY, rel=2e-3)


def test_a_month_is_the_sum_of_its_hours(living: Living) -> None:
    """Of this month what is over, or of the last one where this one has just begun."""
    fleet = living.fleet()
    month = fleet.at if fleet.at.day > 2 else fleet.at.replace(day=1) - timedelta(days=1)
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    report = reported(fleet, f"{month:%Y-%m}", history=True)

    for slo_id, group in of_events(report):
        if slo_id in STATES and living.histories[slo_id].first * HOUR > start.timestamp():
            continue
        errors, events = living.histories[slo_id].between(start.timestamp(), end.timestamp())
        assert group.errors == pytest.approx(errors, rel=1e-9), slo_id
        assert group.events == pytest.approx(events, rel=1e-9), slo_id
        assert group.measured == pytest.approx(1.0), slo_id
        assert group.history[0] == (start.timestamp(), 1.0)


def test_a_forecast_begins_with_what_leaves(living: Living) -> None:
    """The hours that leave the window until next week are known to the event; 40 days are there."""
    fleet = living.fleet()
    report = reported(fleet, ahead=Ahead())
    now, week = fleet.at.timestamp(), 7 * DAY

    for slo_id, group in of_events(report):
        history = living.histories[slo_id]
        period, outlook = float(history.slo.period.seconds), group.outlook
        assert outlook is not None
        if slo_id in ("user-registration-success", "task-creation-success"):
            assert outlook.no_forecast.endswith("whole days are recorded, 28 are needed"), slo_id
            continue
        leaving = sum(
            history.counts(hour)[0]
            for hour in history.recorded_hours()
            if now - period < recorded_at(hour) <= now - period + week
        )
        assert outlook.forecast is not None, slo_id
        assert outlook.forecast.leaving == pytest.approx(leaving), slo_id
        assert outlook.forecast.days in (39, 40), slo_id
        # The ERP's traffic has the same chance on each day.
        daily = history.between(now - 28 * DAY, now)[0] / 28
        assert outlook.forecast.coming.middle == pytest.approx(7 * daily, rel=0.1), slo_id


def test_the_objective_that_windows_met_is_that_of_the_hours(living: Living) -> None:
    """Each window of 30 days that the 40 days hold is summed again."""
    report = reported(living.fleet(), ahead=Ahead())
    (group,) = (g for slo_id, g in of_events(report) if slo_id == "backend-api-availability")
    history = living.histories["backend-api-availability"]
    assert group.outlook is not None
    met = group.outlook.met
    assert met is not None
    counted = [history.counts(hour) for hour in history.recorded_hours()]
    parts = [counted[end - 720 : end] for end in range(720, len(counted) + 1)]
    shares = sorted(1 - sum(bad for bad, _ in part) / sum(n for _, n in part) for part in parts)

    assert met.windows == len(shares)
    assert met.independent == 1
    assert met.objective == pytest.approx(shares[len(shares) // 20], abs=1e-12)


def test_the_command_says_what_comes(living: Living) -> None:
    """Through the command line, from files of definitions, on a server that runs their rules."""
    result = run("forecast", str(ERP), "--prometheus", living.url, "--format", "json")
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))

    assert result.exit_code == Exit.FINE
    (spent,) = (slo for slo in found["slos"] if slo["id"] == "database-availability")
    forecast = spent["groups"][0]["outlook"]["forecast"]
    assert forecast["exhausted"]["earliest"] == 0
    assert forecast["recovered"] is not None


def test_a_report_is_what_its_schema_says(living: Living) -> None:
    """With the history of each budget, and the alerts that the server's own rules fire."""
    report = reported(living.fleet(), history=True)
    document = json.loads(dumped(report_document(report)))
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))

    assert document["slos"][0]["groups"][0]["alerts"][0]["name"] == "ErrorBudgetExhausted"
    assert document["warnings"] == []


def test_a_moment_before_the_rules_ran_is_one_error(living: Living) -> None:
    """A month ago this server recorded none of the SLOs, and that is said as one thing."""
    with pytest.raises(WrongServer, match=r"does not record any of the 14 SLOs .*, and no other"):
        reported(living.fleet(datetime.now(UTC) - timedelta(days=30)))


def test_the_gate_says_why_and_until_when(living: Living) -> None:
    """The spent budget recovers when enough of its bad hours have left the window."""
    fleet = attrs.evolve(
        living.fleet(),
        slos=tuple(s for s in living.slos if s.definition.id == "database-availability"),
    )
    report, policy = reported(fleet), BudgetPolicy(freeze_below="5%")
    decision = dated(gate(report, policy), report, policy, fleet)
    (page, spent) = decision.reasons
    budget = report.slos[0].groups[0].budget
    history = living.histories["database-availability"]

    assert (decision.outcome, decision.exit) == ("freeze", Exit.FINDINGS)
    assert page.text == "ErrorBudgetExhausted pages"
    assert (spent.kind, budget is not None) == ("exhausted", True)
    assert spent.until is not None
    assert budget is not None
    then = spent.until.timestamp() + 1
    left, before = (history.window(30 * DAY, at)[0] for at in (then, then - HOUR))
    # Nothing more fails: what is in the window then is what was counted until now.
    assert left <= 0.95 * budget.total < before


def test_the_gate_lets_what_is_healthy_go_on(living: Living) -> None:
    """The frontend's performance is healthy, young SLOs are named, and unknown is not yes."""

    def decided(*ids: str) -> tuple[str, int]:
        slos = tuple(slo for slo in living.slos if slo.definition.id in ids)
        decision = gate(reported(attrs.evolve(living.fleet(), slos=slos)))
        return decision.outcome, decision.exit

    assert decided("frontend-performance", "task-creation-success") == ("go", 0)
    assert decided("frontend-performance", "user-data-freshness") == ("unknown", 4)
    assert decided("frontend-performance", "frontend-interaction") == ("unknown", 4)


def test_lint_finds_what_the_server_lacks_and_nothing_else(living: Living) -> None:
    """The rules that run are those of the definitions, as Prometheus itself prints them."""
    view = ServerView(Prometheus(living.url), datetime.now(UTC))
    subjects = [Subject(slo=slo, rules=compile_slo(slo)) for slo in living.slos]
    found = {(finding.slo_id, finding.code) for finding in findings(view, subjects, UNLIMITED)}

    assert found == {
        ("frontend-interaction", "rules-not-loaded"),
        ("frontend-interaction", "series-missing"),
        ("backend-api-throughput", "rules-not-loaded"),
        ("user-data-freshness", "series-missing"),
    }
