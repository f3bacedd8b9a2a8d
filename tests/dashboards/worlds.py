"""Services whose past is known.

One is healthy, one burns, one has fallen silent, one is 40 minutes old, one was never measured.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import attrs

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    Events,
    RuleSet,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    build,
)
from slogen import naming as names
from slogen.plan import resolve
from slogen.rules import AlertingRule, RecordingRule, RuleGroup
from slogen.units import Duration
from tests.realtools.backfill import Past, Run
from tests.truth.arithmetic import DAY, HOUR, MINUTE, Traffic
from tests.truth.scenario import END
from tests.truth.traffic import Counter, Course

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from slogen.plan import ResolvedSLO

METRIC = "http_requests_total"
GAUGE = "data_age_seconds"
LIMIT = 300
BORN = -9 * DAY
"""When everything begins, relative to `END`, which is now."""
SCRAPE = 30
SILENT_SINCE = -2 * HOUR
BURNING_SINCE = -5 * HOUR
STALE_SINCE = -4 * HOUR
YOUNG_SINCE = -40 * MINUTE
PAGING_SINCE = -50 * MINUTE
PAGE = 'alertname="Fast",severity="critical",slo_id="burning-availability",tenant="acme"'
"""The page of the tenant that burns: its labels, as far as they matter."""
_PHASE = 7
_KEPT_FOR = 26 * HOUR
_SETTINGS = Settings(severities={"page": "critical", "ticket": "warning"})


def _counters(group: str, rate: float, bad: Course) -> tuple[Counter, ...]:
    tenant = f',tenant="{group}"' if group else ""
    good = Course.steady(rate)
    return (
        Counter(labels=f'code="200"{tenant}', course=good, born=BORN, group=group),
        Counter(labels=f'code="500"{tenant}', course=bad, bad=True, born=BORN, group=group),
    )


CALM = _counters("", 10, Course.steady(0.002))
"""0.02 % of errors, all the time."""
BURNING = (
    *_counters("acme", 10, Course.steady(0.05).during(BURNING_SINCE, DAY, 4)),
    *_counters("bolt", 20, Course.steady(0.02)),
    *(attrs.evolve(one, gone=SILENT_SINCE) for one in _counters("cold", 10, Course.steady(0.03))),
)
"""Three tenants: one has had 29 % of errors for five hours, one is healthy, one is gone."""
SILENT = tuple(
    attrs.evolve(one, gone=SILENT_SINCE) for one in _counters("", 5, Course.steady(0.01))
)
"""Nothing is served any more."""
YOUNG = tuple(attrs.evolve(one, born=YOUNG_SINCE) for one in _counters("", 10, Course.steady(0.02)))
"""0.2 % of errors, for forty minutes."""
TRAFFIC = {"calm": CALM, "burning": BURNING, "silent": SILENT, "young": YOUNG}


def age(time: int) -> float:
    """Return how old the data of the burning service were: too old for the last four hours."""
    return 900 if time > STALE_SINCE else 60


def slos() -> tuple[SLO, ...]:
    """Return the SLOs of the services: of different windows, groups and kinds."""

    def requests(job: str) -> Selector:
        return Selector(f'{METRIC}{{job="{job}"}}')

    def available(service: Service, window: str, objective: str, **more: object) -> SLO:
        every = requests(service.name)
        return SLO(
            service=service,
            name="availability",
            objective=objective,
            window=window,
            sli=Events(total=every, bad=every.where('code=~"5.."')),
            **more,  # type: ignore[arg-type]
        )

    calm = Service("calm", owner="team-a", runbook="https://runbooks.example.com/calm")
    burning = Service("burning", owner="team-b")
    silent, young, unborn = Service("silent"), Service("young"), Service("unborn")
    own = AlertPolicy(
        tiers=[
            Tier("page", name="Fast", long="1h", burn_rate="3"),
            Tier("ticket", long="6h", burn_rate="2"),
        ],
        exhausted=Alert("page"),
        low=True,
        violated=True,
    )  # fmt: skip
    fresh = TimeSlices(query=f'{GAUGE}{{job="burning"}}', good_when=f"<= {LIMIT}")
    return (
        available(calm, "7d", "99.9%", alerts=AlertPolicy(preset="standard", violated=True)),
        available(burning, "7d", "95%", group_by=("tenant",), alerts=own),
        SLO(
            service=burning, name="freshness", objective="90%", window="1d", sli=fresh, alerts=own,
            owner="team-a",
        ),
        available(silent, "7d", "99%"),
        available(young, "7d", "99%"),
        available(unborn, "7d", "99%"),
    )  # fmt: skip


def rules() -> RuleSet:
    """Return what slogen builds for them."""
    return build(slos(), _SETTINGS)


def resolved() -> tuple[ResolvedSLO, ...]:
    """Return them as dashboards take them."""
    return resolve(slos(), _SETTINGS)


def make(past: Past) -> None:
    """Write the past of the services: raw series, what rules recorded, firing alerts."""
    past.add_samples(_samples())
    rule_set = rules()
    kept = frozenset(
        {
            names.ratio_rate(Duration("1h")),
            names.ERROR_BUDGET,
            names.CURRENT_BURN_RATE,
            names.ALERT_SERIES,
        }
    )
    early = frozenset({names.ERROR_BUDGET})
    moments = (END - 7 * DAY, END)
    recorded = tuple(group for one in rule_set.rules for group in one.groups)
    past.add_rules([Run(groups=recorded, spans=((END + BORN, END),), moments=moments, kept=early)])
    lately = tuple(map(_alerts, recorded))
    firing = tuple(group for group in lately if group.rules)
    past.add_rules([Run(groups=_only(recorded, kept), spans=((END - _KEPT_FOR, END),), kept=kept)])
    past.add_rules([Run(groups=firing, spans=((END - HOUR, END),), kept=kept)])


def _only(groups: Iterable[RuleGroup], kept: frozenset[str]) -> tuple[RuleGroup, ...]:
    cut = (
        attrs.evolve(
            group,
            rules=tuple(
                rule
                for rule in group.rules
                if isinstance(rule, RecordingRule) and rule.record in kept - {names.ERROR_BUDGET}
            ),
        )
        for group in groups
    )
    return tuple(group for group in cut if group.rules)


def _alerts(group: RuleGroup) -> RuleGroup:
    """Return rules that record what Prometheus itself would of alerts, but for their delays."""
    made = tuple(
        RecordingRule(
            record=names.ALERT_SERIES,
            expr=f"0 * (\n{rule.expr}\n) + 1",
            labels={
                **rule.labels,
                names.ALERT_LABEL: rule.alert,
                names.ALERT_STATE_LABEL: names.FIRING,
            },
        )
        for rule in group.rules
        if isinstance(rule, AlertingRule)
    )
    return attrs.evolve(group, name=f"{group.name}:alerts", rules=made)


def _samples() -> Iterator[tuple[str, Iterator[tuple[int, float]]]]:
    first = BORN - 2 * HOUR
    scrapes = range(first - first % SCRAPE + _PHASE, 1, SCRAPE)

    def of(values: Callable[[int], float]) -> Iterator[tuple[int, float]]:
        return ((END + time, values(time)) for time in scrapes)

    for job, counters in TRAFFIC.items():
        for one in counters:
            samples = ((END + time, value) for time, value in one.samples(scrapes))
            yield f'{METRIC}{{job="{job}",{one.labels}}}', samples
    yield f'{GAUGE}{{job="burning"}}', of(age)
    lately = (time for time in scrapes if time > -HOUR)
    yield f"{names.ACTIVE_SINCE}{{{PAGE}}}", ((END + time, END + PAGING_SINCE) for time in lately)


def traffic(job: str, group: str = "") -> Traffic:
    """Return what a service, or a group of it, is about."""
    return Traffic(counters=tuple(one for one in TRAFFIC[job] if not group or one.group == group))


def world(line: str, folder: Path) -> Path:
    """Make the TSDB below a folder and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    make(Past(line=line, folder=folder))
    return folder


def copied(home: Path, folder: Path) -> None:
    """Copy the blocks of a world to another folder, for another server."""
    blocks = shutil.ignore_patterns("wal", "chunks_head", "lock", "queries.active")
    shutil.copytree(home / "data", folder / "data", ignore=blocks)
