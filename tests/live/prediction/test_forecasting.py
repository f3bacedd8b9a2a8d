"""Forecasts from what a server has recorded: groups, rulers, forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from slogen import SLO, Events, Service, Settings, Up, naming
from slogen.errors import InvalidValue
from slogen.live import Prometheus, forecast, report
from slogen.live.forms.documents import dumped, report_document
from slogen.live.forms.html import page
from slogen.live.forms.markdown import markdown
from slogen.live.forms.outlook import outlook_sections
from slogen.live.forms.text import document, outlook_document
from slogen.live.prediction.reading import recorded_hours
from slogen.live.readings import Fleet
from slogen.plan import resolve
from slogen.units import Duration
from tests.live.world import AT, Recorded, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.live.reports import GroupReport, Report

SCHEMA = Path(__file__).parent.parent.parent.parent / "docs" / "reference" / "report.schema.json"
HOUR = 3_600
SHOP = Service("shop", owner="team-shop")
AVAILABILITY = SLO(
    service=SHOP,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total="requests_total", bad='requests_total{code="500"}'),
)
BY_TENANT = SLO(
    service=SHOP,
    name="by-tenant",
    objective="99.9%",
    window="7d",
    group_by=("tenant",),
    sli=Events(total="requests_total", bad='requests_total{code="500"}'),
)
TARGETS = SLO(service=SHOP, name="up", objective="99%", window="7d", sli=Up(gauge='up{job="shop"}'))


def keep_hours(  # noqa: PLR0913 (two may be left out)
    world: World,
    slo_id: str,
    days: int,
    counts: Callable[[int], tuple[float, float]],
    labels: Mapping[str, str] | None = None,
    *,
    delay: int = 270,
) -> None:
    """Let the hours of a group be recorded, each under its own number."""
    last = int(AT.timestamp() // HOUR) - 1
    by_number: dict[int, list[int]] = {}
    for hour in range(last - days * 24 + 1, last + 1):
        by_number.setdefault(hour % 4, []).append(hour)
    for number, hours in by_number.items():
        own = {"slo_id": slo_id, "slo_hour": str(number), **(labels or {})}
        for place, metric in enumerate((naming.EVENTS_SUM, naming.ERRORS_SUM)):
            points = [((hour + 1) * HOUR + delay, counts(last + 1 - hour)[place]) for hour in hours]
            world.curves[metric].append((own, points))


def constant(events: float, errors: float) -> Callable[[int], tuple[float, float]]:
    """Return counts that are the same in each hour."""
    return lambda _: (events, errors)


@pytest.fixture(scope="module")
def asked() -> Report:
    """Return the forecast of three SLOs: one alone, one by tenants, one that counts time."""
    world = World.of(resolve((AVAILABILITY, BY_TENANT, TARGETS), Settings()))
    world.record("shop-availability", Recorded(events=720_000.0, errors=360.0))
    keep_hours(world, "shop-availability", 90, lambda _: (1_000.0, 0.5))
    for tenant, days in (("a", 60), ("b", 9)):
        labels = {"tenant": tenant}
        world.record("shop-by-tenant", Recorded(events=16_800.0, errors=1.68, labels=labels))
        keep_hours(world, "shop-by-tenant", days, lambda _: (100.0, 0.01), labels)
    world.record("shop-up", Recorded(events=604_800.0, errors=6_048.0))
    keep_hours(world, "shop-up", 30, lambda back: (3_600.0, 36.0 if back > 168 else 0.0))
    with world.serving() as stub:
        return forecast(Prometheus(stub.url), (AVAILABILITY, BY_TENANT, TARGETS), at=AT)


def groups_of(found: Report) -> dict[tuple[str, ...], GroupReport]:
    """Return the groups, by SLO and labels."""
    return {(slo.id, *group.labels.values()): group for slo in found.slos for group in slo.groups}


def test_each_group_has_its_own_outlook(asked: Report) -> None:
    """A tenant of 60 days has a forecast, one of nine days is told how many are needed."""
    groups = groups_of(asked)
    alone, old, young = (
        groups[key].outlook
        for key in (
            ("shop-availability",),
            ("shop-by-tenant", "a"),
            ("shop-by-tenant", "b"),
        )
    )

    assert alone is not None
    assert alone.forecast is not None
    assert alone.forecast.share_left.middle == pytest.approx(0.5, abs=0.01)
    assert old is not None
    assert old.forecast is not None
    assert old.forecast.share_left.middle == pytest.approx(0.9, abs=0.01)
    assert young is not None
    assert young.no_forecast == "9 whole days are recorded, 28 are needed"
    assert young.met is not None
    assert young.met.independent == 1


def test_time_is_forecast_in_seconds(asked: Report) -> None:
    """What was bad until a week ago leaves the window of a week, and no more comes."""
    outlook = groups_of(asked)["shop-up",].outlook

    assert outlook is not None
    assert outlook.forecast is not None
    assert outlook.forecast.exhausted.earliest == 0
    assert outlook.met is not None
    assert outlook.met.objective == pytest.approx(0.99)


def test_json_is_what_its_schema_says(asked: Report) -> None:
    """It says how far is looked, and what is not known is null with a reason."""
    found = json.loads(dumped(report_document(asked)))
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))

    assert found["ahead"] == {"horizon": 7 * 86_400, "history": 90 * 86_400}
    outlooks = [group["outlook"] for slo in found["slos"] for group in slo["groups"]]
    assert len(outlooks) == 4
    assert all((one["forecast"] is None) == bool(one["no_forecast"]) for one in outlooks)


def test_every_form_says_what_comes(asked: Report) -> None:
    """Text, Markdown and the page have every cell of both tables."""
    texts = (document(asked), outlook_document(asked), markdown(asked).replace("\\", ""))
    shown = page(asked)

    for section in outlook_sections(asked):
        for cell in {cell for row in section.rows for cell in row}:
            assert all(cell in text for text in texts), cell
            assert cell in shown, cell


def test_the_tables_say_what_they_are_made_of(asked: Report) -> None:
    """A row for each group; the last column says how much is known, or what is lacking."""
    budgets, objectives = outlook_sections(asked)
    rows = {row[0]: row for row in budgets.rows}

    assert budgets.title == "Forecast for 7d"
    assert rows["shop-availability"] == (
        "shop-availability",
        "50.0%",
        "84",
        "84 (84 to 84)",
        "50.0%",
        "50.0% to 50.0%",
        "0%",
        "-",
        "90 days",
    )
    assert rows["shop-by-tenant (tenant=b)"][-1] == "9 whole days are recorded, 28 are needed"
    assert objectives.title == "Objectives that the windows of 90d met"
    (row,) = (row for row in objectives.rows if row[0] == "shop-availability")
    assert row[1:] == (
        "99.9%/30d",
        "100.0%",
        "99.9500%",
        "1,441",
        "90.0 days",
        "3",
        "100%",
    )


def test_a_report_has_outlooks_where_they_are_asked_for() -> None:
    """From Python nobody asks for 90 days of hours by the way; a month has no outlook."""
    world = World.of(resolve(AVAILABILITY, Settings()))
    world.record("shop-availability", Recorded(events=720_000.0, errors=360.0))
    keep_hours(world, "shop-availability", 30, lambda _: (1_000.0, 0.5))
    with world.serving() as stub:
        prometheus = Prometheus(stub.url)
        plain = report(prometheus, AVAILABILITY, at=AT)
        outlook = report(prometheus, AVAILABILITY, at=AT, outlook=True)
        month = report(prometheus, AVAILABILITY, at=AT, outlook=True, month="2026-10")

    assert plain.slos[0].groups[0].outlook is None
    assert outlook.slos[0].groups[0].outlook is not None
    assert month.ahead is None
    assert all(group.outlook is None for slo in month.slos for group in slo.groups)


def test_of_two_rulers_the_worse_is_forecast() -> None:
    """The hours of the ruler that counted more bad events are those that leave and come."""
    world = World.of(resolve(AVAILABILITY, Settings()))
    for replica, errors in (("a", 0.2), ("b", 0.8)):
        labels = {"replica": replica}
        bad = 720 * errors
        world.record("shop-availability", Recorded(events=720_000.0, errors=bad, labels=labels))
        keep_hours(world, "shop-availability", 40, constant(1_000.0, errors), labels)
    with world.serving() as stub:
        found = forecast(Prometheus(stub.url), AVAILABILITY, at=AT)
    outlook = found.slos[0].groups[0].outlook

    assert outlook is not None
    assert outlook.forecast is not None
    assert outlook.forecast.leaving == pytest.approx(0.8 * 7 * 24)
    assert outlook.forecast.share_left.middle == pytest.approx(0.2, abs=0.01)


def test_few_questions_are_asked_about_many_slos() -> None:
    """Three months of hours are two questions for each 31 days, for a hundred SLOs too."""
    slos = [
        SLO(
            service=SHOP,
            name=f"slo-{number}",
            objective="99.9%",
            window="30d",
            sli=AVAILABILITY.sli,
        )
        for number in range(100)
    ]
    world = World.of(resolve(slos, Settings()))
    with world.serving() as stub:
        forecast(Prometheus(stub.url), slos, at=AT)
    hours = [request for request in stub.seen if "sum1h" in request.query and "[3" in request.query]
    sizes = {request.query.rpartition("[")[2] for request in hours}
    ago = {AT.timestamp() - float(request.fields["time"]) for request in hours}

    assert sizes == {"31d]"}
    assert ago >= {0, 31 * 86_400}
    assert len([request for request in stub.seen if "d]" in request.query]) < 20


def test_a_horizon_that_is_none_is_refused_before_anybody_is_asked() -> None:
    """With what is allowed."""
    world = World.of(resolve(AVAILABILITY, Settings()))
    with world.serving() as stub, pytest.raises(InvalidValue, match="whole hours, from 1h to 90d"):
        forecast(Prometheus(stub.url), AVAILABILITY, at=AT, horizon="200d")

    assert stub.seen == []


def test_both_samples_of_an_hour_count() -> None:
    """A backfill adds its part of an hour within that hour, and the rules theirs after it."""
    found = []
    for parts in ((1.0,), (0.75, 0.25)):
        plan = resolve(AVAILABILITY, Settings())
        world = World.of(plan)
        for part, delay in zip(parts, (270, -1_800), strict=False):
            keep_hours(world, "shop-availability", 3, _growing(part), delay=delay)
        with world.serving() as stub:
            fleet = Fleet(prometheus=Prometheus(stub.url), slos=plan, at=AT)
            (hours,) = recorded_hours(fleet, {"shop-availability": Duration("7d")}).values()
        found.append((hours.by_hour(hours.events), hours.by_hour(hours.errors)))

    assert len(found[0][0]) == 72
    assert found[1] == found[0]


def _growing(part: float) -> Callable[[int], tuple[float, float]]:
    """Return a part of counts that are others in each hour."""
    return lambda back: (part * 8 * back, part * 4 * back)
