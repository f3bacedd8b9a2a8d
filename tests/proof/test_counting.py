"""What scenarios about counters feed and expect, where promtool alone does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Latency, Selector, Service, Settings, build
from slogen.proof import prove
from slogen.proof.counting import seconds_counted
from slogen.proof.subject import Subject
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import SLI
    from slogen.targets.built import Built

REQUESTS = Selector('requests_total{job="shop"}')
EVENTS = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))


def built(sli: SLI, settings: Settings | None = None) -> Built:
    """Return the rules of an SLO."""
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99%",
        window="30d",
        sli=sli,
        settings=settings,
    )
    return build([slo]).built[0]


@pytest.mark.parametrize(("fast", "seconds"), [("30s", 450), ("1m", 420)])
def test_seconds_are_counted_from_the_first_evaluation_on(fast: str, seconds: int) -> None:
    """What the first evaluation knows already counts for none."""
    one = built(EVENTS, Settings(scrape_interval="30s", fast_interval=fast))
    subject = Subject(slo=one.slo, rules=one.rules, groups=({},))

    assert seconds_counted(subject, Duration("8m")) == seconds


def test_a_bucket_is_spelled_in_two_ways() -> None:
    """A second series has the other spelling alone, a third one has both."""
    one = built(Latency(histogram="duration_seconds", under="1s"))
    scenarios = [s for part in prove(one.slo, one.rules).parts for s in part.scenarios]
    (scenario,) = (s for s in scenarios if s.name.startswith("a bucket counts once"))
    buckets = {entry.series for entry in scenario.inputs if "_bucket" in entry.series}

    assert {series for series in buckets if "+Inf" not in series} == {
        'duration_seconds_bucket{le="1"}',
        'duration_seconds_bucket{le="1.0",pod="pod-b"}',
        'duration_seconds_bucket{le="1.0",pod="pod-c"}',
        'duration_seconds_bucket{le="1",pod="pod-c"}',
    }
