"""Series for an exporter, out of the scenarios that prove SLOs: before an outage, and in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen.targets.promtool_tests import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.proof import Scenario
    from slogen.targets.built import Built

_STEPS = re.compile(r"(?P<value>-?[\d.]+)(?:\+(?P<step>[\d.]+))?x\d+")
_COUNTERS = ("_total", "_bucket", "_count", "_sum")


@attrs.frozen(kw_only=True)
class Feed:
    """What an exporter shows at a time.

    Attributes:
        counters: How much each counter grows in a second.
        gauges: The value of each gauge.
    """

    counters: Mapping[str, float]
    gauges: Mapping[str, float]


def outage(built: Iterable[Built]) -> tuple[Feed, Feed]:
    """Return what the raw series of SLOs are before a total outage, and during it.

    SLOs whose base series are fed in their proofs have none.
    """
    scenarios = [scenario for one in built if (scenario := _outage_of(one))]
    return _feed(scenarios, 0), _feed(scenarios, 1)


def _outage_of(built: Built) -> Scenario | None:
    """Return the scenario of a total outage that is fed with raw series."""
    for part in proof_of(built).parts:
        for scenario in part.scenarios:
            is_raw = not any(one.series.startswith("slo:") for one in scenario.inputs)
            if is_raw and scenario.detection and scenario.detection.ratio == 1:
                return scenario
    return None


def _feed(scenarios: Iterable[Scenario], phase: int) -> Feed:
    counters: dict[str, float] = {}
    gauges: dict[str, float] = {}
    for scenario in scenarios:
        for one in scenario.inputs:
            phases = one.values.split()
            steps = _STEPS.fullmatch(phases[min(phase, len(phases) - 1)])
            assert steps, one.values
            if one.series.partition("{")[0].endswith(_COUNTERS):
                counters[one.series] = float(steps["step"] or 0) / float(scenario.step.seconds)
            else:
                gauges[one.series] = float(steps["value"])
    return Feed(counters=counters, gauges=gauges)
