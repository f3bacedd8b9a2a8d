"""Rules with unusual intervals and windows pass their own proof, in a number of evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import (
    SLO,
    AlertPolicy,
    Events,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
    build,
)
from slogen.proof import prove
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.model import SLI

_REQUESTS = Selector('http_requests_total{job="shop"}')
_EVENTS = Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."'))
_ROUND = Settings(scrape_interval="5m", slow_interval="5m")
_ODD = Settings(scrape_interval="7s", slow_interval="28s")
_APART = Settings(scrape_interval="40s", fast_interval="1m")
_OF_DATA = AlertPolicy(preset="none", violated=True, incomplete=True)
_ENOUGH = 200
"""So many evaluations are enough for a scenario of a window above five minutes."""


def _slo(name: str, sli: SLI, settings: Settings | None = None, **said: object) -> SLO:
    usual = {"objective": "99%", "window": "30d", "alerts": AlertPolicy.none(), **said}
    service = Service("shop")
    return SLO(id=name, service=service, name=name, sli=sli, settings=settings, **usual)  # type: ignore[arg-type]


UNUSUAL = (
    _slo("up-every-5m", Up(gauge='up{job="shop"}'), _ROUND),
    _slo("alerts-of-up-every-5m", Up(gauge="up"), _ROUND, window="12h", alerts=AlertPolicy()),
    _slo("up-of-instances-every-5m", Up(gauge="up"), _ROUND, group_by="instance"),
    _slo(
        "missing-every-5m",
        TimeSlices(query="lag_seconds", good_when="<= 300", when_missing="bad"),
        _ROUND,
    ),
    _slo("events-every-5m", _EVENTS, _ROUND, alerts=_OF_DATA),
    _slo("events-every-7s", _EVENTS, _ODD, alerts=_OF_DATA),
    _slo("events-every-7s-a-minute-late", _EVENTS, _ODD.over(Settings(offset="1m"))),
    _slo("events-every-40s-by-the-minute", _EVENTS, _APART),
    _slo("up-every-7s", Up(gauge='up{job="shop"}'), _ODD),
    _slo("an-hour-every-5m", _EVENTS, _ROUND, window="1h", objective="80%", alerts=AlertPolicy()),
    _slo(
        "low-of-90d",
        _EVENTS,
        window="90d",
        alerts=AlertPolicy(preset="none", low=True),
        objective="99.9%",
    ),
)


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("slo", UNUSUAL, ids=lambda slo: slo.id)
def test_rules_pass_their_own_proof(slo: SLO, line: str, tmp_path: Path) -> None:
    """Whatever intervals and windows fit each other, each file of the proof passes."""
    build(slo).write(tmp_path, ("prometheus", "promtool-tests"))

    assert "SUCCESS" in promtool.test_rules(line, sorted(tmp_path.glob("promtool-tests/*.yaml")))


def test_intervals_that_are_no_part_of_a_minute_cost_no_more_evaluations() -> None:
    """A tier over 6h is evaluated every ten minutes or so, not every 7 seconds for 13 hours."""
    alerts = AlertPolicy(preset="none", tiers=[Tier("page", long="6h", burn_rate="6")])
    (built,) = build(_slo("odd", _EVENTS, _ODD, alerts=alerts)).built
    tiers = [
        (part.pace, scenario)
        for part in prove(built.slo, built.rules).parts
        for scenario in part.scenarios
        if "6x over 6h and 30m" in scenario.name and "bad events" not in scenario.name
    ]

    assert tiers
    for pace, scenario in tiers:
        assert scenario.checks[-1].at.milliseconds // pace.milliseconds < _ENOUGH
