"""The objective whose hours are compared with what was counted, and how its time runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from slogen import SLO, Events, Selector, Service, Settings, build
from tests.pipeline.scaling import hastened

if TYPE_CHECKING:
    from pathlib import Path

TENANT = "tenant"
REQUESTS = Selector("hours_requests_total")
BAD = 'code="500"'
HOUR, FAST_INTERVAL, SLOW_INTERVAL = 3600, 30, 120
OFFSET, LONGEST_GAP = 120, 1800
"""In seconds of the rules' own time, as the others. VictoriaMetrics shows a sample after two of the
server's seconds, and a Prometheus that is restarted scrapes after five of them."""

_SETTINGS = Settings(offset=f"{OFFSET}s", longest_gap=f"{LONGEST_GAP}s")


def write_rules(
    file: Path, speed: int, *, name: str = "requests", without_hours: bool = False
) -> None:
    """Write the rules, with time running so many times faster, over those before.

    Args:
        file: Where to.
        speed: How many times faster time runs.
        name: The name of the SLO, whose id stays the same.
        without_hours: Whether the group that records hours is left out.
    """
    slo = SLO(
        id="hours-requests",
        service=Service("hours"),
        name=name,
        objective="99%",
        window="30d",
        group_by=[TENANT],
        sli=Events(total=REQUESTS, bad=REQUESTS.where(BAD)),
    )
    (built,) = build(slo, _SETTINGS).render("prometheus")
    text = hastened(built.text, speed)
    if without_hours:
        groups = yaml.safe_load(text)["groups"]
        kept = [group for group in groups if not group["name"].endswith(":slow")]
        text = yaml.safe_dump({"groups": kept})
    file.write_text(text)
