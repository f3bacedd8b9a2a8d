"""What the rules would have recorded, given number by number, behind a stub of Prometheus."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.api import load
from slogen.model import Settings
from slogen.plan import ResolvedSLO, resolve
from tests.live.stub import Stub, matrix, serving, vector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.live.stub import Handler, Request

ERP = Path(__file__).parent.parent.parent / "docs" / "examples" / "erp"
AT = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
_NAME = re.compile(r"(?:(\w+)\(\s*)?(slo:[\w:]+|ALERTS)\{")
_SAMPLES = re.compile(r"^slo:[\w:]+\{[^}]*\}\[")
_IDS = re.compile(r'slo_id=~"([^"]*)"')

Series = tuple[dict[str, str], float]


@attrs.frozen(kw_only=True)
class Recorded:
    """What is recorded of a group; None for what is not there.

    Attributes:
        errors: Bad events of the SLO's window.
        events: Events of it.
        coverage: How much of the window the group has existed for.
        hours: How many hours of it had data; those of the whole window unless given.
        ratios: Error ratios, by the windows in the names of series.
        day: Bad events and events of the last day, as hours hold them; None for no hours.
        is_there: Whether there are data now.
        lasts: After how many seconds the budget will be gone.
        labels: The labels of the group.
    """

    errors: float | None = 0.0
    events: float | None = 1_000_000.0
    coverage: float | None = 1.0
    hours: float | None = None
    ratios: Mapping[str, float] = attrs.field(factory=lambda: {"1h": 0.0, "6h": 0.0, "1d": 0.0})
    day: tuple[float, float] | None = (0.0, 30_000.0)
    is_there: bool = True
    lasts: float | None = None
    labels: Mapping[str, str] = attrs.field(factory=dict)

    def series(self, slo: ResolvedSLO) -> Iterator[tuple[str, Series]]:
        """Yield the series, by the names of what is asked."""
        labels = {naming.Naming().id: slo.definition.id, **self.labels}
        hours = float(slo.period.seconds / 3600) if self.hours is None else self.hours
        values = {
            naming.ERRORS_PERIOD: self.errors,
            naming.EVENTS_PERIOD: self.events,
            naming.COVERAGE: self.coverage,
            naming.TIME_TO_EXHAUSTION: self.lasts,
            f"count_over_time {naming.EVENTS_HOUR}": hours,
            naming.EVENTS_INCREASE: 1.0 if self.is_there else None,
            naming.DATA_RATIO: 1.0 if self.is_there else None,
            f"sum_over_time {naming.ERRORS_SUM}": self.day[0] if self.day else None,
            f"sum_over_time {naming.EVENTS_SUM}": self.day[1] if self.day else None,
        }
        values |= {
            f"slo:sli_error:ratio_rate{window}": ratio for window, ratio in self.ratios.items()
        }
        for name, value in values.items():
            if value is not None:
                yield name, (labels, value)


@attrs.define
class World:
    """Some SLOs, and what a server has recorded of them.

    Attributes:
        slos: The SLOs.
        answers: The series, by the names of what is asked.
        curves: The answers to range queries and to questions for samples, likewise.
        warnings: What each answer warns of.
        has_alerts: Whether alerts of other rules are active.
    """

    slos: tuple[ResolvedSLO, ...]
    answers: dict[str, list[Series]] = attrs.field(factory=lambda: defaultdict(list))
    curves: dict[str, list[Any]] = attrs.field(factory=lambda: defaultdict(list))
    warnings: tuple[str, ...] = ()
    has_alerts: bool = True

    @classmethod
    def of(cls, slos: Iterable[ResolvedSLO]) -> World:
        """Return a server that evaluates the rules of SLOs, and has counted nothing."""
        world = cls(tuple(slos))
        for slo in world.slos:
            labels = {naming.Naming().id: slo.definition.id}
            objective = float(slo.definition.objective.ratio)
            world.answers[naming.OBJECTIVE].append((labels, objective))
            days = float(slo.definition.window.days)
            world.answers[naming.PERIOD_DAYS].append((labels, days))
        return world

    def record(self, slo_id: str, *groups: Recorded) -> None:
        """Let groups of an SLO be recorded."""
        (slo,) = (slo for slo in self.slos if slo.definition.id == slo_id)
        for group in groups:
            for name, series in group.series(slo):
                self.answers[name].append(series)

    def fire(self, slo_id: str, name: str, severity: str, **labels: str) -> None:
        """Let an alert fire."""
        alert = {naming.Naming().id: slo_id, "alertname": name, "severity": severity, **labels}
        self.answers[naming.ALERT_SERIES].append((alert, 1.0))

    def forget(self, slo_id: str) -> None:
        """Let the server know nothing of an SLO."""
        for name, series in self.answers.items():
            self.answers[name] = [each for each in series if each[0]["slo_id"] != slo_id]

    @contextmanager
    def serving(self) -> Iterator[Stub]:
        """Answer queries for the time of a with block."""
        with serving(self._respond) as stub:
            yield stub

    def _respond(self, handler: Handler, request: Request) -> None:
        match = _NAME.search(request.query)
        if match is None:
            handler.answer(self._about_all(request.query))
            return
        function, metric = match[1], match[2]
        name = f"{function} {metric}" if function and function.endswith("over_time") else metric
        ids = _IDS.search(request.query)
        known = re.compile(ids[1].replace("\\\\", "\\") if ids else ".*")
        if request.path.endswith("query_range") or _SAMPLES.search(request.query):
            chosen = [curve for curve in self.curves[name] if known.fullmatch(curve[0]["slo_id"])]
            handler.answer(matrix(*chosen))
        else:
            series = [each for each in self.answers[name] if known.fullmatch(each[0]["slo_id"])]
            more = {"warnings": list(self.warnings)} if self.warnings else {}
            handler.answer(vector(*series, **more))

    def _about_all(self, query: str) -> str:
        """Return the answer to a question about all SLOs that the server knows."""
        if query == "group(ALERTS)":
            return vector(*[({}, 1.0)] if self.has_alerts else ())
        known = self.answers[naming.OBJECTIVE]
        if query.startswith("count(group by"):
            return vector(*[({}, float(len(known)))] if known else ())
        return vector(*((labels, 1.0) for labels, _ in known[:3]))


def erp() -> tuple[ResolvedSLO, ...]:
    """Return the SLOs of the ERP."""
    return resolve(load(ERP), Settings())


def troubled_erp() -> World:
    """Return the ERP on a day when something of everything is wrong."""
    world = World.of(erp())
    troubles = {
        "database-availability": Recorded(
            errors=27_600.0,
            events=40_000_000.0,
            ratios={"1h": 0.00725, "6h": 0.0031},
            day=(1_466.0, 1_333_000.0),
            lasts=0.0,
        ),
        "backend-api-availability": Recorded(
            errors=23_800.0,
            events=26_000_000.0,
            ratios={"1h": 0.0021, "6h": 0.0042},
            day=(1_640.0, 866_000.0),
            lasts=16_200.0,
        ),
        "user-registration-success": Recorded(
            errors=15.0, events=2_000.0, ratios={"1h": 0.0, "6h": 0.01}, day=(3.0, 280.0)
        ),
        "task-creation-success": Recorded(
            errors=1.0,
            events=940.0,
            coverage=0.06,
            hours=10.0,
            ratios={"1h": 0.0, "6h": 0.0},
            day=(1.0, 940.0),
        ),
        "user-data-freshness": Recorded(is_there=False, ratios={}, day=None),
    }
    for slo_id, recorded in troubles.items():
        world.record(slo_id, recorded)
    for slo in world.slos:
        if slo.definition.id not in troubles:
            counts_events = slo.definition.sli.counts_events
            events = 26_000_000.0 if counts_events else 2_592_000.0
            healthy = Recorded(errors=240.0, events=events, ratios={"1h": 0.0001, "6h": 0.0})
            world.record(slo.definition.id, healthy)
    world.fire("database-availability", "ErrorBudgetBurnRateTooHigh", "critical", slo_window="1h")
    world.fire("database-availability", "ErrorBudgetExhausted", "critical")
    world.fire("backend-api-availability", "ErrorBudgetLow", "warning")
    world.forget("frontend-interaction")
    return world


def remember(world: World) -> None:
    """Let the server have recorded, over each window, how the budgets became what they are."""
    for slo in world.slos:
        errors = dict(_by_id(world.answers[naming.ERRORS_PERIOD])).get(slo.definition.id)
        events = dict(_by_id(world.answers[naming.EVENTS_PERIOD])).get(slo.definition.id)
        if errors is None or not events:
            continue
        left = 1 - errors / (float(slo.budget) * events)
        length, points = float(slo.period.seconds), []
        for number in range(61):
            share = number / 60
            wave = 0.04 * math.sin(9 * share) * (1 - share)
            points.append((AT.timestamp() - length * (1 - share), 1 - (1 - left) * share**2 + wave))
        curve = ({naming.Naming().id: slo.definition.id}, points)
        world.curves[naming.BUDGET_REMAINING].append(curve)


def _by_id(series: Iterable[Series]) -> Iterator[tuple[str, float]]:
    return ((labels[naming.Naming().id], value) for labels, value in series)
