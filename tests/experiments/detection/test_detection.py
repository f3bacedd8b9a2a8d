"""Situations are what they say, and promtool's answers are read as it means them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Events, Settings
from slogen.plan import resolve, time_to_fire
from tests.experiments.detection.__main__ import said
from tests.experiments.detection.asking import Pages, pages
from tests.experiments.detection.situations import DAY, STEP, incident, quiet_month
from tests.experiments.detection.tools import SLOGEN, of_files

if TYPE_CHECKING:
    from pathlib import Path

ANY_FAILURE = """\
groups:
  - name: any
    rules:
      - alert: Failing
        expr: increase(failures_total[75s]) > 0
        labels: {severity: page}
"""


def test_an_incident_has_the_failures_that_it_says() -> None:
    """A day is quiet, a part of the requests fails until the end, and nothing afterwards."""
    found = incident("half", 0.5, 600)

    assert found.failures[DAY // STEP] == 0
    assert found.failures[-1] == 600 * 10 * 0.5
    assert found.failures[(DAY + 1_200) // STEP] == found.failures[-1]
    assert found.requests[-1] == found.seconds * 10
    assert len(found.requests) == len(found.failures) == found.seconds // STEP + 1


def test_a_quiet_month_has_nights_and_fails_at_random() -> None:
    """A third of a day has six requests an hour, and one of a hundred fails; each run is alike."""
    month = quiet_month()
    nights = sum(
        month.requests[(day * DAY + DAY // 3) // STEP] - month.requests[day * DAY // STEP]
        for day in range(30)
    )

    assert nights == pytest.approx(30 * 48, rel=0.1)
    assert month.failures[-1] / month.requests[-1] == pytest.approx(0.01, rel=0.1)
    assert month == quiet_month()
    assert month.failures != quiet_month(seed=2).failures


@pytest.mark.parametrize("line", ["2", "3"])
def test_what_promtool_says_is_read(line: str, tmp_path: Path) -> None:
    """A rule that pages while a minute holds a failure begins once and ends a minute late."""
    (tmp_path / "any-99.9.yaml").write_text(ANY_FAILURE)
    tool = of_files("any", 'severity="page"', str(tmp_path / "any-{objective}.yaml"))
    found = incident("all", 1, 600)

    assert pages(line, tool, found, tmp_path / "failing") == Pages(
        first=DAY + STEP, last=DAY + 690, times=1, seconds=660
    )
    none = pages(line, tool, incident("none", 0, 600), tmp_path / "fine")
    assert none == Pages(first=None, last=None, times=0, seconds=0)


def test_of_a_time_without_an_incident_pages_are_counted(tmp_path: Path) -> None:
    """A rule that pages for every failure pages for each of a few days that is not too close."""
    (tmp_path / "any-99.yaml").write_text(ANY_FAILURE)
    tool = of_files("any", 'severity="page"', str(tmp_path / "any-{objective}.yaml"))
    days = quiet_month(3)

    found = pages("3", tool, days, tmp_path / "days")

    assert (found.first, found.last) == (None, None)
    assert 0 < found.times <= days.failures[-1]
    assert found.seconds >= found.times * STEP


@pytest.mark.long
def test_slogen_pages_when_it_says(tmp_path: Path) -> None:
    """A total outage is paged within the time that the plan predicts."""
    sli = Events(total="requests_total", bad="failures_total")
    slo = SLO(service="shop", name="availability", objective="99.9%", window="30d", sli=sli)
    (plan,) = resolve(slo, Settings())
    predicted = time_to_fire(plan, plan.tiers[0], Decimal(1))
    outage = incident("all", 1, 600)

    found = pages("3", SLOGEN, outage, tmp_path / "work")

    assert found.first is not None
    assert outage.begin is not None
    assert predicted is not None
    after = found.first - outage.begin
    assert predicted.earliest.seconds <= after <= predicted.latest.seconds


def test_times_are_said_from_the_beginning_and_the_end() -> None:
    """A page is late by so much after the beginning, and stays so long after the end."""
    outage = incident("all", 1, 600)
    fired = Pages(first=DAY + 105, last=DAY + 1_215, times=2, seconds=900)

    assert said(outage, fired) == "page after 1m30s, resolved after 10m00s, 2 times"
    assert said(outage, Pages(first=None, last=None, times=0, seconds=0)) == "no page"
    assert said(quiet_month(1), fired) == "2 pages, 0.2 h"
