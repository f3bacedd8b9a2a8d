"""With query_offset a proof leaves out what promtool would refuse, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import (
    SLO,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    TimeSlices,
    Up,
    build,
)
from slogen.proof import prove
from tests.realtools import promtool

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.model import SLI

REQUESTS = Selector('requests_total{job="shop"}')
SHOP = SLO(
    service=Service("shop"),
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    settings=Settings(query_offset="2m", prometheus="3.5"),
)


def test_slow_tiers_are_left_out() -> None:
    """They read hours, which promtool does not take beside those that rules record."""
    (built,) = build([SHOP]).built
    proof = prove(built.slo, built.rules)
    detections = [s.detection for part in proof.parts for s in part.scenarios if s.detection]

    assert {str(detection.tier.long) for detection in detections} == {"1h", "6h"}
    assert any(
        "Windows above 6h, the budget and texts of alerts are not shown" in text
        for text in proof.remarks
    )


SLIS: dict[str, SLI] = {
    "up": Up(gauge='up{job="shop"}'),
    "query": ErrorRatio(query="stddev(a)"),
    "missing": TimeSlices(query="max(a)", good_when="> 0", when_missing="bad"),
    "native": Latency(histogram="a_seconds", under="1s", native=True),
}


@pytest.mark.parametrize("offset", ["15s", "2m"])
@pytest.mark.parametrize("name", SLIS)
def test_rules_pass_their_own_proof(name: str, offset: str, tmp_path: Path) -> None:
    """What is recorded, and when an alert fires, bears a time before that of its evaluation."""
    settings = Settings(query_offset=offset, prometheus="3.5")
    late = attrs.evolve(SHOP, objective="99%", sli=SLIS[name], settings=settings)
    build(late).write(tmp_path, ("prometheus", "promtool-tests"))

    assert "SUCCESS" in promtool.test_rules("3", sorted(tmp_path.glob("promtool-tests/*.yaml")))
