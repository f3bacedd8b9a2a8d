"""SLOs of every kind, with and without groups, whose alerts all fire at once and say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    RuleSet,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
    build,
    naming,
)
from slogen.compiler.sharing import Compiled
from slogen.rules import AlertingRule, RuleGroup
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model.sli import SLI
    from slogen.targets.built import Built

TENANT = 'a "quoted" one'
DAYS = 30
OLD, YOUNG = 1.0, 2400 / (DAYS * 86_400)
"""How much of its window a group has existed for: all of it, or 40 minutes."""
LASTS = 100_000
"""For how many seconds the budget lasts that is left."""

_REQUESTS = Selector('http_requests_total{job="shop"}')
_KINDS: dict[str, SLI] = {
    "bad": Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."')),
    "good": Events(
        total='sum by (tenant) (rate(cache_reads_total{job="shop"}[$window]))',
        good='sum by (tenant) (rate(cache_hits_total{job="shop"}[$window]))',
    ),
    "latency": Latency(histogram='http_request_duration_seconds{job="shop"}', under="300ms"),
    "ratio": ErrorRatio(query="max by (tenant) (avg_over_time(checkout_error_ratio[$window]))"),
    "slices": TimeSlices(query="time() - max by (tenant) (imported_timestamp)", good_when="<= 300"),
    "up": Up(gauge='probe_success{job="blackbox",instance="https://shop.example.com"}'),
}
_SHOP = Service("shop", owner="team-shop")
_VALUES = {
    naming.ALERT_PAGE: "91",
    naming.ALERT_TICKET: "3.04",
    naming.ALERT_EXHAUSTED: "-1.5",
    naming.ALERT_LOW: "0.241",
    naming.ALERT_VIOLATED: "0.997",
    naming.ALERT_INCOMPLETE: "0.88",
    naming.ALERT_STALE: "1",
    naming.ALERT_STALE_GROUPS: "1",
}
"""What the expression of each alert gives; whether it gives that is not asked here."""


def _slo(name: str, sli: SLI, description: str = "", **more: object) -> SLO:
    arguments: dict[str, object] = {
        "service": _SHOP,
        "name": name,
        "objective": "99.9%",
        "window": f"{DAYS}d",
        "sli": sli,
        "description": description,
        "alerts": AlertPolicy(
            tiers=[
                Tier("page", long="1h", burn_rate="14.4"),
                Tier("ticket", long="3d", burn_rate=1),
            ],
            exhausted=True,
            low=True,
            violated=True,
            stale=True,
            stale_groups=True,
            incomplete=True,
        ),
        **more,
    }
    return SLO(**arguments)  # type: ignore[arg-type]


SLOS = (
    *(_slo(name, sli) for name, sli in _KINDS.items()),
    *(_slo(f"{name}-by-tenant", sli, group_by="tenant") for name, sli in _KINDS.items()),
    _slo(
        "young",
        _KINDS["bad"],
        "Ends with {{ a template }",
        group_by="tenant",
        runbook="https://runbooks.example.com/shop",
        settings=Settings(grafana="https://grafana.example.com"),
    ),
    _slo("young-up", _KINDS["up"]),
    _slo("unseen", _KINDS["bad"], "Checkout works.\n\nAsk {{ team }}, 100 % of the time."),
)
"""Old ones of every kind, two that are 40 minutes old and have no budget left, one without data."""


def recorded() -> dict[str, float]:
    """Return what the rules of these SLOs would have recorded."""
    return {
        f'{metric}{{slo_id="{slo.id}"{_group(slo)}}}': value
        for slo in SLOS
        for metric, value in _recorded(slo.name).items()
    }


def _group(slo: SLO) -> str:
    escaped = TENANT.replace('"', '\\"')
    return f',tenant="{escaped}"' if slo.group_by else ""


def _recorded(name: str) -> dict[str, float]:
    if name == "unseen":
        return {}
    is_young = name.startswith("young")
    return {
        naming.COVERAGE: YOUNG if is_young else OLD,
        naming.BUDGET_REMAINING: -1.5 if is_young else 0.241,
        naming.TIME_TO_EXHAUSTION: 0 if is_young else LASTS,
        naming.RATIO_PERIOD: 0.0025,
    }


def firing() -> RuleSet:
    """Return the alerts of all SLOs in one group, where each fires from the first evaluation on."""
    rules = build(SLOS)
    alerts = tuple(alert for one in rules.built for alert in _alerts(one))
    group = RuleGroup(name="firing", interval=Duration("1s"), rules=alerts)
    first = rules.built[0]
    whole = attrs.evolve(first, compiled=Compiled.alone(attrs.evolve(first.rules, groups=(group,))))
    return attrs.evolve(rules, built=(whole,))


def _alerts(one: Built) -> list[AlertingRule]:
    rules = [rule for group in one.rules.groups for rule in group.rules]
    return [_constant(one, rule) for rule in rules if isinstance(rule, AlertingRule)]


def _constant(one: Built, rule: AlertingRule) -> AlertingRule:
    value = _VALUES[rule.alert]
    has_group = one.slo.definition.group_by and rule.alert != naming.ALERT_STALE
    expr = _labelled(value) if has_group else f"vector({value})"
    return attrs.evolve(rule, expr=expr, for_=None, keep_firing_for=None)


def _labelled(value: str) -> str:
    escaped = TENANT.replace('"', '\\"')
    return f'label_replace(vector({value}), "tenant", "{escaped}", "", "")'
