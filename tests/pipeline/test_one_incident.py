"""One incident is one notification, from generated alerts to what arrives at a receiver.

Prometheus evaluates the alerts as they were built, 60 times faster, on the series that they read:
an exporter gives the values, so that tickets over days need not be waited for. Alertmanager has the
configuration of the target ``alertmanager``, merged into one that was there before.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs
import pytest
import yaml

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, build, naming
from slogen.rules import AlertingRule
from slogen.targets.alertmanager import Alertmanager
from slogen.targets.routes import Route
from tests.pipeline.log import Log
from tests.pipeline.scaling import hastened, short
from tests.realtools.alertmanager import running_alertmanager
from tests.realtools.exporter import Exporter, changing_exporter, scraping
from tests.realtools.server import PrometheusServer, running_prometheus
from tests.realtools.waiting import until
from tests.realtools.webhook import Webhook, running_webhook
from tests.rule_files import metrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from slogen.rule_set import RuleSet
    from tests.realtools.webhook import Delivery

_SPEED = 60
_PATIENCE = 60
"""How long each thing that has to happen may take, in real seconds."""
_QUIET = 6
"""For how long nothing more has to arrive: three of Alertmanager's intervals, in real seconds."""
REQUESTS = Selector("http_requests_total")
FAST, SLOW = ("5m", "30m", "1h", "6h"), ("2h", "1d", "3d")
"""Windows that pages look at, and those that tickets look at."""


def rules() -> RuleSet:
    """Return an SLO with a budget for each tenant, whose page ends sooner than its empty budget."""
    return build(
        SLO(
            service=Service("shop", owner="team-shop"),
            name="availability",
            objective="99%",
            window="30d",
            group_by="tenant",
            sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
            alerts=AlertPolicy(
                preset="standard",
                page=Alert(keep_firing_for="3m"),
                exhausted=Alert(keep_firing_for="15m"),
            ),
        )
    )


@pytest.mark.parametrize("line", ["2", "3"])
def test_one_incident_is_one_notification(line: str, tmp_path: Path) -> None:
    """Two pages, two tickets and an empty budget are one page; another tenant has its own.

    When the page ends and the budget is still empty, that arrives as a ticket, which ends too.
    """
    with _staged(line, tmp_path) as stage:
        stage.burn("a", (*FAST, *SLOW), is_spent=True)
        stage.wait_for("pager", "firing", "a", "SLOBurnRatePage", "1h")
        stage.burn("b", FAST)
        stage.wait_for("pager", "firing", "b", "SLOBurnRatePage", "1h")
        fired, meanwhile = stage.firing(), stage.settled()
        stage.heal("a")
        stage.wait_for("pager", "resolved", "a", "SLOBurnRatePage", "1h")
        stage.wait_for("house", "firing", "a", "SLOErrorBudgetExhausted", "")
        stage.wait_for("house", "resolved", "a", "SLOErrorBudgetExhausted", "")
        stage.heal("b")
        stage.wait_for("pager", "resolved", "b", "SLOBurnRatePage", "1h")
        in_the_end = stage.settled()

    print(f"\n{stage.log}")  # noqa: T201 - for pytest -s
    assert fired == {
        ("a", "SLOBurnRatePage", "1h"),
        ("a", "SLOBurnRatePage", "6h"),
        ("a", "SLOBurnRateTicket", "1d"),
        ("a", "SLOBurnRateTicket", "3d"),
        ("a", "SLOErrorBudgetExhausted", ""),
        ("b", "SLOBurnRatePage", "1h"),
        ("b", "SLOBurnRatePage", "6h"),
    }
    pages = [
        Word(1, "pager", "firing", "a", "SLOBurnRatePage", "1h"),
        Word(2, "pager", "firing", "b", "SLOBurnRatePage", "1h"),
    ]
    assert meanwhile == pages
    # An alert that was inhibited may be named when it ends: Alertmanager says so of each.
    firing = [attrs.evolve(word, notification=0) for word in in_the_end if word.status == "firing"]
    ticket = Word(0, "house", "firing", "a", "SLOErrorBudgetExhausted", "")
    assert set(firing) == {attrs.evolve(page, notification=0) for page in pages} | {ticket}
    assert [word for word in in_the_end if word.status == "firing"][:2] == pages


@attrs.frozen
class Word:
    """What a notification says of an alert.

    Attributes:
        notification: Its number, from 1.
    """

    notification: int
    receiver: str
    status: str
    tenant: str
    alert: str
    window: str

    @classmethod
    def of(cls, delivery: Delivery) -> Word:
        """Return the word of a delivery."""
        labels = delivery.labels
        return cls(
            delivery.notification,
            delivery.receiver,
            delivery.status,
            labels["tenant"],
            labels["alertname"],
            labels.get("slo_window", ""),
        )

    def __str__(self) -> str:
        words = (self.receiver, self.status, self.tenant, self.alert, self.window)
        return f"notification {self.notification}: {' '.join(words)}"


@attrs.frozen(kw_only=True)
class _Stage:
    """All that takes part, while it runs."""

    exporter: Exporter
    server: PrometheusServer
    webhook: Webhook
    log: Log = attrs.field(factory=Log)

    def burn(self, tenant: str, windows: Iterable[str], *, is_spent: bool = False) -> None:
        """Let a tenant's errors be all that there is, in some windows."""
        self.log.say(f"tenant {tenant} burns over {', '.join(windows)}")
        ratios = {series(f"slo:sli_error:ratio_rate{window}", tenant): 1.0 for window in windows}
        left = {series(naming.BUDGET_REMAINING, tenant): -1.0 if is_spent else 1.0}
        self.exporter.gauges.update({**ratios, **left})

    def heal(self, tenant: str) -> None:
        """Let a tenant be without errors again."""
        self.log.say(f"tenant {tenant} is healthy again")
        self.exporter.gauges.update(healthy(tenant))

    def firing(self) -> set[tuple[str, str, str]]:
        """Return what fires in Prometheus: tenant, alert and window."""
        found = self.server.query('ALERTS{alertstate="firing"}')
        return {
            (labels["tenant"], labels["alertname"], labels.get("slo_window", ""))
            for labels, _ in found
        }

    def wait_for(self, receiver: str, status: str, tenant: str, alert: str, window: str) -> None:
        """Wait until some notification says this of an alert."""
        wanted = Word(0, receiver, status, tenant, alert, window)

        def is_said() -> bool:
            return any(attrs.evolve(word, notification=0) == wanted for word in self._words())

        until(is_said, seconds=_PATIENCE)

    def settled(self) -> list[Word]:
        """Return what has arrived, once nothing more does."""
        time.sleep(_QUIET)
        words = self._words()
        self.log.say("so far\n" + "\n".join(map(str, words)))
        return words

    def _words(self) -> list[Word]:
        return [Word.of(delivery) for delivery in self.webhook.deliveries]


@contextmanager
def _staged(line: str, folder: Path) -> Iterator[_Stage]:
    """Run all servers for the time of a with block."""
    gauges = {**healthy("a"), **healthy("b")}
    with (
        running_webhook() as webhook,
        running_alertmanager(line, _merged(webhook.url), folder=folder) as alertmanager,
        changing_exporter({}, gauges) as exporter,
        running_prometheus(
            line,
            [_alerts(folder / "alerts.yaml")],
            folder=folder,
            scrape_configs=[
                {**scraping(exporter.target, every=short("30s", _SPEED)), "honor_labels": True}
            ],
            alertmanagers=[alertmanager.target],
            arguments=[
                f"--query.lookback-delta={short('5m', _SPEED)}",
                "--rules.alert.resend-delay=10s",
            ],
        ) as server,
    ):
        until(lambda: server.query(naming.BUDGET_REMAINING), seconds=_PATIENCE)
        yield _Stage(exporter=exporter, server=server, webhook=webhook)


def _alerts(file: Path) -> Path:
    """Write the alerts of the rule file, without the rules that record what they read."""
    (built,) = rules().render("prometheus")
    content = yaml.safe_load(built.text)
    for group in content["groups"]:
        group["rules"] = [rule for rule in group["rules"] if "alert" in rule]
    file.write_text(hastened(yaml.safe_dump(content, sort_keys=False, width=10_000), _SPEED))
    return file


def _merged(url: str) -> Mapping[str, object]:
    """Return a configuration with the target's routes in front, and its rules beside others."""
    target = Alertmanager(routes=[Route(severity="page", receiver="pager")])
    (file,) = rules().render(target)
    ours = yaml.safe_load(file.text)
    return {
        "route": {
            "receiver": "house",
            "group_wait": "2s",
            "group_interval": "2s",
            "routes": ours["route"]["routes"],
        },
        "inhibit_rules": ours["inhibit_rules"],
        "receivers": [
            {"name": name, "webhook_configs": [{"url": url, "send_resolved": True}]}
            for name in ("house", "pager")
        ],
    }


def healthy(tenant: str) -> dict[str, float]:
    """Return the series that alerts read, for a tenant that is a year old and has no errors."""
    alerts = [
        rule.expr
        for one in rules().rules
        for group in one.groups
        for rule in group.rules
        if isinstance(rule, AlertingRule)
    ]
    read = {name for expr in alerts for name in metrics(expr) if name.startswith("slo:")}
    values = {naming.COVERAGE: 1.0, naming.BUDGET_REMAINING: 1.0}
    return {
        series(name, tenant): 0.0 if "ratio_rate" in name else values.get(name, 100.0)
        for name in sorted(read)
    }


def series(name: str, tenant: str) -> str:
    """Return a series of a tenant, as an exporter writes it."""
    return f'{name}{{slo_id="shop-availability",tenant="{tenant}"}}'
