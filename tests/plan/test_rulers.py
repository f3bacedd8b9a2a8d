"""How late alerts are on other rulers, beside what was measured on real ones."""

from __future__ import annotations

import pytest

from slogen import Duration, Settings
from slogen.plan import Timing
from slogen.plan.rulers import PROMETHEUS, Ruler
from slogen.targets.mimir import Mimir
from slogen.targets.prometheus import Prometheus
from slogen.targets.thanos import Thanos
from slogen.targets.victoriametrics import VictoriaMetrics

USUAL = Timing.of(Settings())
LATE_DATA = Timing.of(Settings(query_offset="1m", prometheus="3.5"))
BARELY = Timing.of(Settings(query_offset="20s", prometheus="3.5"))


@pytest.mark.parametrize(
    ("ruler", "measured"),
    [
        (PROMETHEUS, 0),
        (Thanos().ruler, 4),
        (Thanos(stateless=True).ruler, 71),
        (VictoriaMetrics().ruler, 98),
        (Mimir(ruler_evaluation_delay_duration="0s").ruler, 7),
        (Mimir().ruler, 60),
    ],
    ids=["prometheus", "thanos", "thanos-stateless", "vmalert", "mimir-at-once", "mimir"],
)
def test_lateness_is_what_was_measured(ruler: Ruler, measured: int) -> None:
    """Pages of total outages came so many seconds later on real rulers, to half an interval.

    Prometheus 3.5: 148 to 150 s; Thanos Ruler 151 to 158, without a store 216 to 225; vmalert 1.145
    246 to 248; Cortex, Mimir's ancestor, without a delay 147 to 165; Prometheus with a
    ``query_offset`` of a minute, which Mimir's delay is, 210.
    """
    planned = ruler.lateness(USUAL, is_slow=False)

    assert abs(float(planned.seconds) - measured) < 15


@pytest.mark.parametrize(
    ("ruler", "timing", "fast", "slow"),
    [
        (Prometheus().ruler, LATE_DATA, "0ms", "0ms"),
        (Mimir().ruler, LATE_DATA, "0ms", "0ms"),
        (Mimir().ruler, USUAL, "1m", "1m"),
        (VictoriaMetrics().ruler, USUAL, "90s", "150s"),
        (VictoriaMetrics().ruler, LATE_DATA, "1m", "2m"),
        (VictoriaMetrics().ruler, BARELY, "70s", "130s"),
        (VictoriaMetrics(eval_offset="5s").ruler, USUAL, "1m", "2m"),
        (Thanos(stateless=True).ruler, USUAL, "1m", "2m"),
    ],
)
def test_lateness_follows_from_what_groups_say(
    ruler: Ruler, timing: Timing, fast: str, slow: str
) -> None:
    """A query_offset that groups have counts in the plan already; vmalert asks for 30s at least.

    A chain of three rules waits two intervals of its group where each is written elsewhere first.
    """
    found = [str(ruler.lateness(timing, is_slow=is_slow)) for is_slow in (False, True)]

    assert found == [str(Duration(each)) if each != "0ms" else "0d" for each in (fast, slow)]
