"""One TSDB for many scenarios, and what a real Prometheus finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.rules import AlertingRule
from tests.realtools.backfill import Past
from tests.truth.scenario import END, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.realtools.server import PrometheusServer

_LOOK_BACK = 150
_HOURS = f"{naming.ERRORS_SUM}|{naming.EVENTS_SUM}|{naming.EVENTS_HOUR}"
_HOURS_LOOK_BACK = 7_500
"""There are samples of the newest hour that is recorded, and of the one before."""


@attrs.frozen
class Sample:
    """A recorded value, when it was recorded relative to `END`, and the labels it has."""

    value: float
    at: float
    labels: dict[str, str]


@attrs.frozen(kw_only=True)
class Found:
    """What was recorded for a scenario, and which alerts' expressions hold, at a moment.

    Attributes:
        line: Of the Prometheus that was asked.
        scenario: The scenario.
        moment: The moment, relative to `END`.
        samples: The newest samples, by the name of the series.
        firing: Labels of the results of each alert's expression, by the alert's name, its long
            window and its threshold.
    """

    line: str
    scenario: Scenario
    moment: int
    samples: dict[str, list[Sample]]
    firing: dict[tuple[str, str, str], list[dict[str, str]]]

    def of(self, name: str, group: str) -> Sample | None:
        """Return the one sample of a series that a group has."""
        found = [s for s in self.samples.get(name, ()) if s.labels.get("tenant", "") == group]
        assert len(found) < 2, f"{name} twice: {found}"
        return found[0] if found else None

    def total(self, name: str, group: str) -> Sample | None:
        """Return the sum of the samples that a group has, of those that were recorded last."""
        found = [s for s in self.samples.get(name, ()) if s.labels.get("tenant", "") == group]
        last = max((each.at for each in found), default=0.0)
        newest = [each for each in found if each.at == last]
        if not newest:
            return None
        return attrs.evolve(newest[0], value=sum(each.value for each in newest))


def make(past: Past, scenarios: Iterable[Scenario]) -> None:
    """Write the past of scenarios: their series, and what slogen's rules made of them."""
    chosen = tuple(scenarios)
    past.add_samples(
        one for scenario in chosen if scenario.job is None for one in scenario.samples()
    )
    past.add_rules([run for scenario in chosen for run in scenario.runs()])


def world(line: str, folder: Path, scenarios: Iterable[Scenario]) -> dict[tuple[str, int], Found]:
    """Make the TSDB of scenarios and return what is there, by scenario and moment."""
    chosen = tuple(scenarios)
    past = Past(line=line, folder=folder)
    make(past, chosen)
    with past.serving() as server:
        found = [
            Found(
                line=line,
                scenario=scenario,
                moment=moment,
                samples=_samples(server, scenario.slo_id, moment),
                firing=_firing(server, scenario, moment),
            )
            for scenario in chosen
            for moment in scenario.moments
        ]
    return {(one.scenario.name, one.moment): one for one in found}


def _samples(server: PrometheusServer, slo_id: str, moment: int) -> dict[str, list[Sample]]:
    """Return the newest samples of each series; of those of hours, the newest of each group."""
    theirs = f'slo_id="{slo_id}"'
    latest = f'{{__name__=~"slo:.+|slo_info",__name__!~"{_HOURS}",{theirs}}}[{_LOOK_BACK}s]'
    hours = f'{{__name__=~"{_HOURS}",{theirs}}}[{_HOURS_LOOK_BACK}s]'
    found: dict[str, list[Sample]] = {}
    newest: dict[tuple[str, str], Sample] = {}
    for sample in _newest(server, latest, moment):
        found.setdefault(sample.labels["__name__"], []).append(sample)
    for sample in sorted(_newest(server, hours, moment), key=lambda each: each.at):
        newest[sample.labels["__name__"], sample.labels.get("tenant", "")] = sample
    for (name, _), sample in newest.items():
        found.setdefault(name, []).append(sample)
    return found


def _newest(server: PrometheusServer, query: str, moment: int) -> Iterator[Sample]:
    for series in server.get("/api/v1/query", query=query, time=END + moment)["result"]:
        time, value = series["values"][-1]
        yield Sample(float(value), float(time) - END, series["metric"])


def _firing(
    server: PrometheusServer, scenario: Scenario, moment: int
) -> dict[tuple[str, str, str], list[dict[str, str]]]:
    alerts = [
        rule for group in scenario.rules() for rule in group.rules if isinstance(rule, AlertingRule)
    ]
    names = naming.Naming()
    return {
        (rule.alert, rule.labels.get(names.window, ""), rule.labels.get(names.burn_rate, "")): [
            labels for labels, _ in server.query(rule.expr, END + moment)
        ]
        for rule in alerts
    }
