"""Hours of what a scenario feeds: every sample belongs to one, and each has all of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from slogen import SLO, Events, Selector, Service, Settings, build
from slogen.plan import resolve
from slogen.proof import prove
from slogen.proof.hourly import sums, told_apart
from slogen.proof.notation import Samples
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable

RUNS = st.lists(
    st.builds(Samples, st.integers(1, 30), st.none() | st.integers(0, 9).map(Decimal)), min_size=1
)
STEPS = st.sampled_from(["1h", "30m", "20m", "15m", "7m", "5m"])
"""How far samples are apart."""
_HOUR = 3600


def _one_by_one(runs: Iterable[Samples]) -> list[Decimal | None]:
    return [run.value for run in runs for _ in range(run.count)]


def _hour(place: int, step: Duration) -> int:
    """Return in which hour the sample at a place is."""
    return int(place * step.seconds) // _HOUR


@given(RUNS, STEPS)
@example([Samples(9, Decimal(1))], "7m")
def test_each_sample_bears_its_hour(runs: list[Samples], text: str) -> None:
    """Of four labels one has a sample's value: that of the hour in which it is, modulo 4."""
    values, step = _one_by_one(runs), Duration(text)

    told = {label: _one_by_one(own) for label, own in told_apart(runs, step)}

    assert {label: len(own) for label, own in told.items()} == dict.fromkeys(told, len(values))
    for place, value in enumerate(values):
        hour = str(_hour(place, step) % 4)
        assert {label: own[place] for label, own in told.items()} == {
            label: value if label == hour else None for label in told
        }
        assert hour in told


@given(RUNS, STEPS)
@example([Samples(9, Decimal(1))], "7m")
def test_an_hour_is_there_at_its_end(runs: list[Samples], text: str) -> None:
    """The sum of an hour is recorded when it is over, unless there were no samples in it."""
    values, step = _one_by_one(runs), Duration(text)
    expected: dict[int, Decimal] = {}
    for place in range(1, len(values) + 1):
        if (hour := _hour(place - 1, step)) == _hour(place, step):
            continue
        whole = [value for before, value in enumerate(values) if _hour(before, step) == hour]
        if known := [value for value in whole if value is not None]:
            expected[place] = sum(known, Decimal(0))

    recorded = _one_by_one(sums(runs, step))

    assert {place: value for place, value in enumerate(recorded) if value is not None} == expected


def test_slow_tiers_are_expected_to_the_hour() -> None:
    """Where hours are fed a proof knows when they are seen: within two hours an alert fires.

    One is for the hours at both ends of a window, one for the evaluation that sees the newest. That
    it is over takes one more: it is the short window that ends it, of one more sample or one fewer.
    """
    requests = Selector("requests_total")
    sli = Events(total=requests, bad=requests.where('code="500"'))
    slo = SLO(service=Service("shop"), name="a", objective="99.9%", window="30d", sli=sli)
    (planned,), (rules,) = resolve(slo, Settings()), build(slo).rules

    detections = [
        scenario.detection
        for part in prove(planned, rules).parts
        for scenario in part.scenarios
        if scenario.detection and scenario.detection.tier.is_slow
    ]

    assert len(detections) == 6
    assert len([one for one in detections if one.resolves]) == 2
    for detection in detections:
        fires, resolves = detection.fires, detection.resolves
        assert fires.latest.seconds - fires.earliest.seconds <= 2 * 3600
        assert not resolves or resolves.latest.seconds - resolves.earliest.seconds <= 3 * 3600
