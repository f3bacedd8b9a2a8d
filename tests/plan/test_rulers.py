"""How late alerts are on other rulers, beside what was measured on real ones."""

from __future__ import annotations

from typing import get_args

import pytest

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, Tier, build
from slogen.plan import Timing
from slogen.plan.rulers import PROMETHEUS, About, Ruler
from slogen.targets.mimir import Mimir
from slogen.targets.prometheus import Prometheus
from slogen.targets.thanos import Thanos
from slogen.targets.victoriametrics import VictoriaMetrics
from tests.realtools import packages

USUAL = Timing.of(Settings())
LATE_DATA = Timing.of(Settings(query_offset="1m", prometheus="3.5"))
OFTEN = Timing.of(Settings(scrape_interval="15s"))
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
        (Prometheus(rule_query_offset="1m").ruler, 61),
    ],
    ids=[
        *("prometheus", "thanos", "thanos-stateless", "vmalert", "mimir-at-once", "mimir"),
        "rule-query-offset",
    ],
)
def test_lateness_is_what_was_measured(ruler: Ruler, measured: int) -> None:
    """Pages of total outages came so many seconds later on real rulers, to half an interval.

    Prometheus 3.5: 148 to 150 s; Thanos Ruler 151 to 158, without a store 216 to 225; vmalert 1.145
    246 to 248; Cortex, Mimir's ancestor, without a delay 147 to 165; Prometheus with a
    ``query_offset`` of a minute, which Mimir's delay is, 210.
    """
    planned = ruler.lateness(USUAL, "short_window")

    assert float(planned.earliest.seconds) - 15 < measured < float(planned.latest.seconds) + 15


def test_lateness_of_the_budget_is_what_was_measured() -> None:
    """On vmalert 1.145 a budget was said to be spent 253 s later than on Prometheus 3.5."""
    planned = VictoriaMetrics().ruler.lateness(OFTEN, "budget")

    assert float(planned.earliest.seconds) - 30 < 253 < float(planned.latest.seconds)


@pytest.mark.parametrize(
    ("ruler", "measured"),
    [
        (VictoriaMetrics().ruler, (97, 98, 98, 103, 108, 112)),
        (VictoriaMetrics(eval_offset="5s").ruler, (56, 57, 59, 62, 63, 71)),
    ],
    ids=["usual", "eval-offset"],
)
def test_lateness_of_six_pages_is_what_was_measured(
    ruler: Ruler, measured: tuple[int, ...]
) -> None:
    """Pages of the ERP came so many seconds later on vmalert 1.145 than on Prometheus 3.5.

    The phases of the six groups of Prometheus make a difference of half an interval.
    """
    planned = ruler.lateness(USUAL, "short_window")

    assert float(planned.earliest.seconds) - 15 < min(measured)
    assert max(measured) < float(planned.latest.seconds) + 15
    assert float(planned.earliest.seconds) <= sum(measured) / 6 <= float(planned.latest.seconds) + 5


@pytest.mark.parametrize(
    ("ruler", "timing", "late"),
    [
        (Prometheus().ruler, LATE_DATA, ("0d", "0d", "0d")),
        (Mimir().ruler, LATE_DATA, ("0d", "0d", "0d")),
        (Prometheus(rule_query_offset="2m").ruler, LATE_DATA, ("0d", "0d", "0d")),
        (Prometheus(rule_query_offset="2m").ruler, USUAL, ("2m", "2m", "2m")),
        (Thanos(rule_query_offset="30s").ruler, USUAL, ("30s", "30s", "30s")),
        (Thanos(stateless=True, rule_query_offset="30s").ruler, USUAL, ("90s", "150s", "270s")),
        (Mimir().ruler, USUAL, ("1m", "1m", "1m")),
        (VictoriaMetrics().ruler, USUAL, ("90s to 2m", "150s to 210s", "270s to 330s")),
        (VictoriaMetrics().ruler, LATE_DATA, ("1m to 90s", "2m to 3m", "4m to 5m")),
        (VictoriaMetrics().ruler, BARELY, ("70s to 100s", "130s to 190s", "250s to 310s")),
        (VictoriaMetrics(eval_offset="5s").ruler, USUAL, ("1m", "2m", "4m")),
        (Thanos(stateless=True).ruler, USUAL, ("1m", "2m", "4m")),
    ],
)
def test_lateness_follows_from_what_groups_say(
    ruler: Ruler, timing: Timing, late: tuple[str, ...]
) -> None:
    """A query_offset that groups have counts in the plan already; vmalert asks for 30s at least.

    A chain of three rules waits two intervals of its group where each is written elsewhere first;
    the budget that is left has a chain of five.
    """
    found = [ruler.lateness(timing, about) for about in get_args(About)]

    assert [{str(span.earliest), str(span.latest)} for span in found] == [
        set(span.split(" to ")) for span in late
    ]


def seen(settings: Settings) -> list[float]:
    """Return after how many seconds promtool sees an alert fire, at each error ratio."""
    requests = Selector("requests_total")
    page = AlertPolicy(tiers=(Tier("page", long="1h", spends="2%"),), exhausted=False, stale=False)
    rules = build(
        SLO(
            service=Service("shop", settings=settings),
            name="a",
            objective="99.9%",
            window="30d",
            sli=Events(total=requests, bad=requests.where('code="500"')),
            alerts=page,
        )
    )
    (verdict,) = rules.test(str(packages.find("promtool", "3")))
    assert verdict.passed
    return [float(one.fires or 0) for one in verdict.observations]


def test_a_delay_of_the_ruler_moves_all_that_is_proven() -> None:
    """What promtool shows, it shows so much later where all groups are evaluated in the past.

    A query_offset does in Prometheus what the delay does in Mimir.
    """
    at_once = Settings(prometheus="3.5", offset="15s")
    delayed = Settings(prometheus="3.5", offset="15s", query_offset="1m")
    late = float(Mimir().ruler.lateness(Timing.of(at_once), "short_window").latest.seconds)

    assert seen(delayed) == [time + late for time in seen(at_once)]
