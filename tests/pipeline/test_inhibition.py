"""A real Alertmanager inhibits what the plan says, and nothing else, however labels are chosen.

Alerts are sent to it as a Prometheus would send them; what it inhibits is compared with the plan.
"""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from slogen import SLO, Alert, AlertPolicy, Events, Service, Settings, build
from slogen.naming import Naming
from slogen.plan.incidents import incident_alerts
from slogen.targets import alertmanager as target
from tests.realtools.alertmanager import running_alertmanager
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from slogen.plan import ResolvedSLO
    from slogen.rule_set import RuleSet
    from tests.realtools.alertmanager import Alertmanager

    Labels = Mapping[str, str]

_EVALUATED = 2
"""For how long Alertmanager may take to evaluate what it inhibits, in real seconds."""
TENANTS, CLUSTERS = ("", "a", "é|.*"), ("", "eu", "us")
EVERYTHING = AlertPolicy(preset="standard", low=True, violated=True, incomplete=True)


def rules() -> RuleSet:
    """Return SLOs with both namings, groups, words of their own, and names hard to quote."""
    odd = AlertPolicy(
        preset="standard",
        page=Alert(name='a"b\\c|d (é)'),
        ticket=Alert(name="{{ x }}"),
        low=Alert("info", name="page"),
    )
    chosen: dict[str, dict[str, Any]] = {
        "usual": {"alerts": EVERYTHING},
        "tenants": {"alerts": EVERYTHING, "group_by": "tenant"},
        "words": {"alerts": odd, "settings": Settings(severities={"page": 'P"1"', "info": "P.2"})},
        "sloth": {"alerts": EVERYTHING, "settings": Settings(naming=Naming.sloth())},
    }
    sli = Events(total="requests_total", bad="failures_total")
    return build(
        [
            SLO(service=Service("shop"), name=name, objective="99%", window="30d", sli=sli, **more)
            for name, more in chosen.items()
        ]
    )


def firing(slo: ResolvedSLO, **more: str) -> Iterator[tuple[Labels, bool]]:
    """Yield all alerts of an SLO, and whether the plan lets another one of them inhibit each."""
    alerts = incident_alerts(slo)
    for alert in alerts:
        window = {slo.naming.window: str(alert.window)} if alert.window else {}
        labels = {
            slo.naming.id: slo.definition.id,
            **window,
            **more,
            "alertname": alert.name,
            "severity": alert.severity,
        }
        yield labels, any(other.inhibits(alert) for other in alerts if other != alert)


def alerts_of_others() -> Iterator[Labels]:
    """Yield alerts that are about no SLO, with words that SLOs have."""
    for severity, name in product(("page", "ticket", 'P"1"'), ("SLOBurnRatePage", "Disk", "page")):
        yield {"alertname": name, "severity": severity}
        yield {"alertname": name, "severity": severity, "slo_id": "", "tenant": "a"}
        yield {"alertname": name, "severity": severity, "slo_window": "1h", "cluster": "eu"}


def inhibited(alertmanager: Alertmanager) -> dict[frozenset[tuple[str, str]], bool]:
    """Return whether each alert that it knows of is inhibited."""
    return {
        present(alert["labels"]): bool(alert["status"]["inhibitedBy"])
        for alert in alertmanager.alerts()
    }


def present(labels: Labels) -> frozenset[tuple[str, str]]:
    """Return labels as Alertmanager keeps them: none that is empty."""
    return frozenset((name, value) for name, value in labels.items() if value)


@pytest.mark.parametrize("line", ["2", "3"])
def test_what_is_inhibited_is_what_the_plan_says(line: str, tmp_path: Path) -> None:
    """Within an SLO, a group and a cluster, and never an alert of somebody else.

    A single page in a cluster of its own inhibits nothing elsewhere, and is not inhibited.
    """
    built = rules()
    wanted: dict[frozenset[tuple[str, str]], bool] = {}
    for slo, tenant, cluster in product(built.slos, TENANTS, CLUSTERS):
        for labels, is_inhibited in firing(slo, tenant=tenant, cluster=cluster):
            wanted[present(labels)] = is_inhibited
        lone, _ = next(firing(slo, tenant=tenant, cluster=f"{cluster}-alone"))
        wanted[present(lone)] = False
    wanted |= {present(labels): False for labels in alerts_of_others()}
    (file,) = built.render(target.Alertmanager(external_labels=["cluster"]))

    with running_alertmanager(line, yaml.safe_load(file.text), folder=tmp_path) as alertmanager:
        alertmanager.fire(map(dict, wanted))
        with suppress(TimeoutError):  # then what differs is shown below
            until(lambda: inhibited(alertmanager) == wanted, seconds=30)
        time.sleep(_EVALUATED)
        found = inhibited(alertmanager)

    assert found == wanted
    assert sum(wanted.values()) > len(wanted) / 2
