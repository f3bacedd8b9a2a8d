"""With query_offset a proof leaves out what promtool would refuse, and says so."""

from __future__ import annotations

from slogen import SLO, Events, Selector, Service, Settings, build
from slogen.proof import prove

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
