"""Hours of what a scenario feeds: every sample belongs to one, and each has all of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
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
STEPS = st.sampled_from([1, 2, 3, 4, 12])
"""How many samples an hour has."""


def _one_by_one(runs: Iterable[Samples]) -> list[Decimal | None]:
    return [run.value for run in runs for _ in range(run.count)]


def _step(samples: int) -> Duration:
    return Duration(f"{60 // samples}m")


@given(RUNS, STEPS)
def test_each_sample_bears_its_hour(runs: list[Samples], samples: int) -> None:
    """Of four labels one has a sample's value: that of the hour in which it is, modulo 4."""
    values = _one_by_one(runs)

    told = {label: _one_by_one(own) for label, own in told_apart(runs, _step(samples))}

    assert {label: len(own) for label, own in told.items()} == dict.fromkeys(told, len(values))
    for place, value in enumerate(values):
        hour = str(place // samples % 4)
        assert {label: own[place] for label, own in told.items()} == {
            label: value if label == hour else None for label in told
        }
        assert hour in told


@given(RUNS, STEPS)
def test_an_hour_is_there_at_its_end(runs: list[Samples], samples: int) -> None:
    """The sum of an hour is recorded when it is over, unless there were no samples in it."""
    values = _one_by_one(runs)
    expected: dict[int, Decimal] = {}
    for end in range(samples, len(values) + 1, samples):
        known = [value for value in values[end - samples : end] if value is not None]
        if known:
            expected[end] = sum(known, Decimal(0))

    recorded = _one_by_one(sums(runs, _step(samples)))

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
