"""Alerts that wait or go on for hours: their fresh rules pass the scenarios about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, build
from slogen.proof import prove
from slogen.targets.prometheus import Prometheus
from slogen.targets.promtool_tests import text
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.proof import Scenario

_REQUESTS = Selector('requests_total{job="shop"}')
_NO_TIERS = AlertPolicy(preset="none", low=True, violated=True)
_ONCE = SLO(
    id="e",
    service=Service("shop"),
    name="e",
    objective="99.9%",
    window="30d",
    sli=Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."')),
    alerts=_NO_TIERS,
)
SPENT = "a budget is spent, through all of its states"
FEW = "alerts about budget and objective need 3 bad events"
EXHAUSTED = "SLOErrorBudgetExhausted needs 3 bad events"
LOW = "SLOErrorBudgetLow needs 3 bad events"
VIOLATED = "SLOObjectiveViolated needs 3 bad events"


def _slo(window: str, **policy: Any) -> SLO:  # noqa: ANN401 (arguments of a policy)
    return attrs.evolve(_ONCE, window=window, alerts=attrs.evolve(_NO_TIERS, **policy))


def _tried(slo: SLO, names: set[str], line: str, folder: Path) -> str:
    """Return what promtool says of some scenarios of a proof."""
    (one,) = build(slo).built
    proof, (rules,) = prove(one.slo, one.rules), Prometheus().render((one,), "slo")
    (folder / "rules.yaml").write_text(rules.text)
    files = []
    for part in proof.parts:
        chosen = tuple(each for each in part.scenarios if each.name in names)
        names = names - {each.name for each in chosen}
        if chosen:
            files.append(folder / f"{part.pace}.yaml")
            files[-1].write_text(text(proof, attrs.evolve(part, scenarios=chosen), "rules.yaml"))
    assert not names, "no such scenarios"
    return promtool.test_rules(line, files)


def _scenarios(slo: SLO) -> list[Scenario]:
    (one,) = build(slo).built
    return [each for part in prove(one.slo, one.rules).parts for each in part.scenarios]


def _needing(slo: SLO) -> set[str]:
    """Return the names of the scenarios about few bad events of a budget."""
    return {each.name for each in _scenarios(slo)} & {FEW, EXHAUSTED, LOW, VIOLATED}


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize(
    ("slo", "names"),
    [
        (_slo("30d", low=Alert(for_="20m")), {FEW}),
        (_slo("30d", low=Alert(for_="40m")), {EXHAUSTED, LOW, VIOLATED}),
        (_slo("30d", exhausted=Alert(for_="1h")), {LOW, VIOLATED}),
        (_slo("30d", violated=Alert(for_="30m"), exhausted=False), {LOW}),
        (_slo("1h", low=Alert(for_="40m")), {EXHAUSTED, VIOLATED}),
    ],
    ids=["together", "apart", "forgotten", "objective", "1h"],
)
def test_few_bad_events_while_an_alert_waits(
    slo: SLO, names: set[str], line: str, tmp_path: Path
) -> None:
    """Each alert is asked that still counts all of them then: together, where that can be."""
    assert _needing(slo) == names
    assert "SUCCESS" in _tried(slo, names, line, tmp_path)


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize(
    "slo",
    [
        _slo("30d", low_below="90%"),
        _slo("30d", exhausted=Alert(for_="10d")),
        _slo("7h", exhausted=Alert(for_="30s")),
        _slo("12h", low=Alert(for_="1m", keep_firing_for="90m"), low_below="50%"),
        _slo("30d", low=Alert(keep_firing_for="2d")),
    ],
    ids=["low-soon", "exhausted-for-days", "exactly-spent", "low-for-90m", "low-for-days"],
)
def test_alerts_about_a_budget_end(slo: SLO, line: str, tmp_path: Path) -> None:
    """However little of the budget they are about, and for however long."""
    assert "SUCCESS" in _tried(slo, {SPENT}, line, tmp_path)
