"""What is fed is what the proofs feed."""

from __future__ import annotations

from slogen import SLO, Events, Service, TimeSlices, build
from tests.experiments.rulers.feeding import outage


def test_an_outage_is_that_of_the_proofs() -> None:
    """Counters go on, all of them bad ones; a gauge goes to the bad side of its limit."""
    service = Service("shop")
    rules = build(
        [
            SLO(
                service=service,
                name="a",
                objective="99%",
                window="30d",
                sli=Events(total="requests_total", bad='requests_total{code="500"}'),
            ),
            SLO(
                service=service,
                name="b",
                objective="99%",
                window="30d",
                sli=TimeSlices(query="lag", good_when="<= 300"),
            ),
        ]
    )

    healthy, failing = outage(rules.built)

    (good,) = (name for name, speed in healthy.counters.items() if speed)
    assert healthy.counters == {good: 100, 'requests_total{code="500"}': 0}
    assert failing.counters == {good: 0, 'requests_total{code="500"}': 100}
    assert healthy.gauges["lag"] <= 300 < failing.gauges["lag"]
