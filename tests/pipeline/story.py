"""An incident from the first error to the last notification, told by real processes.

An exporter, a Prometheus with generated rules, an Alertmanager and a webhook run as they would in
production, but for time, which runs 60 times faster in the rules: a minute of theirs is a second.
What Prometheus itself measures in minutes (how far it looks back, and how it treats alerts with a
`for` when it is started) is shortened likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen import Duration, Settings, build, load
from slogen.plan import resolve
from slogen.plan.detection import time_to_fire, time_to_resolve
from tests.pipeline.log import Log, Wait
from tests.pipeline.scaling import hastened, short
from tests.realtools.alertmanager import Alertmanager, running_alertmanager
from tests.realtools.exporter import Exporter, changing_exporter, scraping
from tests.realtools.server import PrometheusServer, running_prometheus
from tests.realtools.waiting import until
from tests.realtools.webhook import Delivery, Webhook, running_webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from slogen.plan import ResolvedSLO, ResolvedTier

SCRIPT = Path(__file__).parent / "slos.py"
HEALTHY = {'http_requests_total{code="200"}': 100.0, 'http_requests_total{code="500"}': 0.0}
FAILING = {'http_requests_total{code="200"}': 50.0, 'http_requests_total{code="500"}': 50.0}

_SPEED = 60
_ERROR_RATIO = Decimal("0.5")
_YOUTH = Duration("15m")
"""How old the SLO is at least when errors begin, in the rules' own time."""
_PATIENCE = 90
"""How long each thing that has to happen may take, in real seconds."""
_RESEND_DELAY = "10s"
"""Of a minute only a sixth: Alertmanager forgets an alert that is not sent again for four times as
long, and a server may need more than four real seconds to restart."""

_Alert = dict[str, Any]


@attrs.frozen(kw_only=True)
class Incident:
    """What was seen of an incident.

    Attributes:
        deliveries: All alerts that the webhook got, in order.
        page: The page as Alertmanager knew it, before and after Prometheus was restarted.
        ticket: The ticket, likewise.
        at_the_end: All alerts that Alertmanager knew when the page was over.
        detection: From the first error to the page.
        recovery: From the last error to the word that the page is over.
        log: The times.
    """

    deliveries: Sequence[Delivery]
    page: tuple[_Alert, _Alert]
    ticket: tuple[_Alert, _Alert]
    at_the_end: Sequence[_Alert]
    detection: Wait
    recovery: Wait
    log: Log


def run(line: str, folder: Path) -> Incident:
    """Let an incident happen to the Prometheus of a line, and return what was seen.

    Raises:
        TimeoutError: Something did not happen; the notes on it have the servers' logs.
    """
    with (
        running_webhook() as webhook,
        running_alertmanager(line, _routes(webhook.url), folder=folder) as alertmanager,
        changing_exporter(HEALTHY) as exporter,
    ):
        stage = _Stage(
            line=line,
            folder=folder,
            rules=rule_files(folder, _SPEED),
            webhook=webhook,
            alertmanager=alertmanager,
            exporter=exporter,
        )
        return stage.play()


def rule_files(folder: Path, speed: int) -> list[Path]:
    """Write the rule files of the script, with time running so many times faster."""
    built = build(load(SCRIPT))
    built.write(folder / "build")
    files = [folder / "build" / file.path for file in built.render("prometheus")]
    for file in files:
        file.write_text(hastened(file.read_text(), speed))
    return files


def _routes(url: str) -> Mapping[str, object]:
    """Return a configuration of Alertmanager, with half a minute as half a second, and so on."""
    return {
        "route": {
            "receiver": "webhook",
            "group_by": ["alertname", "slo_id"],
            "group_wait": "500ms",
            "group_interval": "2s",
            "repeat_interval": "4h",
        },
        "inhibit_rules": [
            {
                "source_matchers": ['severity="page"'],
                "target_matchers": ['severity="ticket"'],
                "equal": ["slo_id"],
            }
        ],
        "receivers": [
            {"name": "webhook", "webhook_configs": [{"url": url, "send_resolved": True}]}
        ],
    }


@attrs.frozen(kw_only=True)
class _Stage:
    """All that takes part, and stays; Prometheus comes and goes."""

    line: str
    folder: Path
    rules: list[Path]
    webhook: Webhook
    alertmanager: Alertmanager
    exporter: Exporter
    log: Log = attrs.field(factory=Log)

    def play(self) -> Incident:
        """Let errors begin, Prometheus be restarted, and errors end."""
        with self.prometheus("first") as server:
            detection = self.errors_begin(server)
            ticket = self.alert("ticket", lambda alert: alert["status"]["state"] == "suppressed")
            self.log.say("the ticket fires, and Alertmanager suppresses it")
            page, since = self.alert("page"), until_firing(server, "ticket")
            self.log.say("Prometheus is told to stop")
        stopped = self.stopped()
        with self.prometheus("second") as server:
            self.log.say("Prometheus is back, on the same data")
            until_firing(server, "page")
            self.log.say("the page fires in it")
            until_firing(server, "ticket", since=since)
            self.log.say("the ticket fires in it, since when it did before")
            page_again, ticket_again = self.alert("page", stopped), self.alert("ticket", stopped)
            self.log.say("Alertmanager has heard of both again")
            recovery = self.errors_end()
            known = self.alertmanager.alerts()
        return Incident(
            deliveries=tuple(self.webhook.deliveries),
            page=(page, page_again),
            ticket=(ticket, ticket_again),
            at_the_end=known,
            detection=detection,
            recovery=recovery,
            log=self.log,
        )

    def prometheus(self, name: str) -> AbstractContextManager[PrometheusServer]:
        """Run a Prometheus on the data of the one before."""
        folder = self.folder / name
        folder.mkdir()
        return running_prometheus(
            self.line,
            self.rules,
            folder=folder,
            data=self.folder / "data",
            scrape_configs=[scraping(self.exporter.target, every=short("30s", _SPEED))],
            alertmanagers=[self.alertmanager.target],
            arguments=[
                f"--query.lookback-delta={short('5m', _SPEED)}",
                f"--rules.alert.for-grace-period={short('10m', _SPEED)}",
                f"--rules.alert.for-outage-tolerance={short('1h', _SPEED)}",
                f"--rules.alert.resend-delay={_RESEND_DELAY}",
            ],
        )

    def errors_begin(self, server: PrometheusServer) -> Wait:
        """Inject errors into a healthy service, and wait for the page."""
        plan, tier = _planned("page")
        until(lambda: _age(server, plan) >= _YOUTH and _has_budget(server), seconds=_PATIENCE)
        age = _age(server, plan)
        self.exporter.counters.run_at(FAILING)
        began = self.log.say(f"errors begin: half of all requests; the SLO is {age} old")
        arrived = self.delivery("firing")
        span = time_to_fire(plan, tier, _ERROR_RATIO, age=age)
        assert span is not None, "the page never fires, by the plan"
        wait = Wait(took=arrived.time - began, plan=span, speed=_SPEED)
        self.log.add(arrived.time, f"the page arrives at the webhook, {wait}")
        return wait

    def errors_end(self) -> Wait:
        """Let the service be healthy again, and wait for the word that the page is over."""
        plan, tier = _planned("page")
        self.exporter.counters.run_at(HEALTHY)
        ended = self.log.say("errors end")
        arrived = self.delivery("resolved")
        span = time_to_resolve(plan, tier, _ERROR_RATIO)
        wait = Wait(took=arrived.time - ended, plan=span, speed=_SPEED)
        self.log.add(arrived.time, f"the webhook hears that the page is resolved, {wait}")
        return wait

    def delivery(self, status: str) -> Delivery:
        """Wait for a page of a status."""

        def found() -> Delivery | None:
            pages = (d for d in self.webhook.deliveries if d.labels["severity"] == "page")
            return next((page for page in pages if page.status == status), None)

        return until(found, seconds=_PATIENCE)

    def alert(self, severity: str, accepts: Callable[[_Alert], bool] = bool) -> _Alert:
        """Wait for an alert of Alertmanager's."""

        def found() -> _Alert | None:
            alerts = (a for a in self.alertmanager.alerts() if a["labels"]["severity"] == severity)
            return next((alert for alert in alerts if accepts(alert)), None)

        return until(found, seconds=_PATIENCE)

    def stopped(self) -> Callable[[_Alert], bool]:
        """Return what tells the alerts that Alertmanager has heard of since now."""
        now = datetime.now(UTC)
        self.log.say("Prometheus has stopped")
        return lambda alert: _moment(alert["updatedAt"]) > now


def until_firing(
    server: PrometheusServer, severity: str, since: datetime | None = None
) -> datetime:
    """Wait until an alert fires, if need be since a given second, and return since when it does."""

    def found() -> datetime | None:
        for alert in server.get("/api/v1/alerts")["alerts"]:
            if alert["labels"]["severity"] == severity and alert["state"] == "firing":
                second = _moment(alert["activeAt"]).replace(microsecond=0)
                return second if since in (None, second) else None
        return None

    return until(found, seconds=_PATIENCE)


def _planned(severity: str) -> tuple[ResolvedSLO, ResolvedTier]:
    (plan,) = resolve(load(SCRIPT), Settings())
    return plan, next(tier for tier in plan.tiers if tier.alert.severity == severity)


def _age(server: PrometheusServer, plan: ResolvedSLO) -> Duration:
    """Return for how long base series have been recorded, in the rules' own time."""
    samples = server.query(f"sum(count_over_time(slo:sli_events:increase[{short('6h', _SPEED)}]))")
    count = int(samples[0][1]) if samples else 0
    return plan.timing.fast_interval * count if count else Duration.zero()


def _has_budget(server: PrometheusServer) -> bool:
    return bool(server.query("slo:period_error_budget_remaining:ratio"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
