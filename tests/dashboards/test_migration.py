"""grafanalib's JSON becomes that of a current Grafana, in panels that a user has made as well."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs
import pytest
from grafanalib import core
from grafanalib._gen import DashboardEncoder

from slogen import build, load
from slogen.dashboards.migration import migrated

TARGET = core.Target(expr="up", refId="A")


def shown(panel: Any) -> dict[str, Any]:  # noqa: ANN401 (of grafanalib, which has no types)
    """Return the JSON of a panel on a dashboard."""
    found: dict[str, Any] = migrated(core.Dashboard(title="x", uid="x", panels=[panel]))["panels"][
        0
    ]
    return found


def common(**more: object) -> dict[str, Any]:
    """Return what every panel of these tests has."""
    place = core.GridPos(h=8, w=8, x=0, y=0)
    return {"id": 1, "title": "a", "gridPos": place, "targets": [TARGET], **more}


def test_the_dashboard_has_no_key_that_grafana_forgot() -> None:
    """Only the keys of the last classic schema are written, the description first."""
    assert list(migrated(core.Dashboard(title="x", uid="x"))) == [
        *("description", "title", "uid", "tags", "schemaVersion", "version", "editable"),
        *("graphTooltip", "timezone", "time", "timepicker", "refresh", "links", "annotations"),
        *("templating", "panels"),
    ]


def test_a_shared_crosshair_is_kept() -> None:
    """The key that Grafana ignores becomes the one that it reads."""
    assert migrated(core.Dashboard(title="x", sharedCrosshair=True))["graphTooltip"] == 1


@pytest.mark.parametrize(
    ("given", "expected"), [("list", True), ("table", True), ("hidden", False)]
)
def test_legends_are_shown(given: str, expected: bool) -> None:  # noqa: FBT001 (a table's column)
    """Grafana hides a legend that does not say whether it is shown."""
    found = shown(core.TimeSeries(legendDisplayMode=given, **common()))

    assert found["options"]["legend"]["showLegend"] is expected
    assert found["options"]["legend"]["displayMode"] in {"list", "table"}


def test_coloured_cells_stay_coloured() -> None:
    """How a cell is drawn has moved to another key."""
    found = shown(core.Table(displayMode="color-background", **common()))

    custom = found["fieldConfig"]["defaults"]["custom"]
    assert custom["cellOptions"] == {"type": "color-background"}
    assert "displayMode" not in custom


def test_bar_gauges_have_modern_options() -> None:
    """What bar gauges had of their own is where all panels have it."""
    red = {"color": "red", "value": "null"}
    panel = core.BarGauge(format="percent", calc="max", max=50, thresholds=[red], **common())
    found = shown(panel)

    assert found["options"]["reduceOptions"] == {"calcs": ["max"], "fields": "", "values": False}
    assert "fieldOptions" not in found["options"]
    assert found["fieldConfig"]["defaults"]["unit"] == "percent"
    assert found["fieldConfig"]["defaults"]["max"] == 50
    assert found["fieldConfig"]["defaults"]["thresholds"] == {
        "mode": "absolute",
        "steps": [{"color": "red", "value": None}],
    }


@pytest.mark.parametrize(
    ("unit", "most", "expected"),
    [("suffix:x", 100, None), ("percent", 100, 100), ("suffix:x", 50, 50)],
)
def test_bars_end_where_somebody_said(unit: str, most: int, expected: int | None) -> None:
    """Grafanalib ends every bar at 100, which is all of a percentage and of nothing else."""
    found = shown(core.BarGauge(format=unit, max=most, **common()))

    assert found["fieldConfig"]["defaults"].get("max") == expected


def test_what_slogen_makes_needs_no_migration() -> None:
    """Its objects print as Grafana's own JSON, also with grafanalib's encoder."""
    for made in build(load("docs/examples/erp")).dashboards().values():
        printed = json.loads(json.dumps(made, cls=DashboardEncoder))

        assert list(printed) == list(migrated(made))
        assert printed == migrated(made)


def test_what_slogen_makes_can_be_changed_like_any_of_grafanalib() -> None:
    """A field that a user sets is printed, also one that slogen itself never uses."""
    made = build(load("docs/examples/erp")).dashboards()["team-backend/slo-backend-api"]
    panel = attrs.evolve(made.panels[0], title="Now", repeat=core.Repeat(variable="slo"))
    panel.fieldConfig["defaults"]["decimals"] = 2
    panel.extraJson = {"options": {"graphMode": "area"}}
    found = migrated(attrs.evolve(made, panels=[panel], refresh="5m"))
    changed = found["panels"][0]

    assert (found["refresh"], changed["title"], changed["repeat"]) == ("5m", "Now", "slo")
    assert changed["fieldConfig"]["defaults"]["decimals"] == 2
    assert changed["options"]["graphMode"] == "area"


def test_gauges_reduce_as_they_say() -> None:
    """The reducer of a gauge stands among its options."""
    found = shown(core.GaugePanel(calc="max", **common()))

    assert found["options"]["reduceOptions"]["calcs"] == ["max"]


@pytest.mark.parametrize(
    "source", ["${datasource}", {"type": "prometheus", "uid": "${datasource}"}]
)
def test_data_sources_are_objects(source: object) -> None:
    """A name alone is migrated in old schemas only."""
    found = shown(core.Stat(dataSource=source, **common()))

    expected = {"type": "prometheus", "uid": "${datasource}"}
    assert found["datasource"] == expected
    assert found["targets"][0]["datasource"] == expected


def test_no_limit_of_a_hundred_points() -> None:
    """Grafanalib's default is dropped, a user's own number is kept."""
    assert "maxDataPoints" not in shown(core.Stat(**common()))
    assert shown(core.Stat(maxDataPoints=500, **common()))["maxDataPoints"] == 500


def test_targets_have_no_old_keys() -> None:
    """Every point is asked for, and whether once or over a range is said."""
    assert shown(core.Stat(**common()))["targets"] == [
        {
            "refId": "A",
            "expr": "up",
            "legendFormat": "__auto",
            "editorMode": "code",
            "instant": False,
            "range": True,
        }
    ]


def test_decimals_become_numbers() -> None:
    """Grafanalib cannot print a Decimal; a user's panel may have one."""
    found = shown(
        core.Stat(extraJson={"fieldConfig": {"defaults": {"max": Decimal("1.5")}}}, **common())
    )

    assert found["fieldConfig"]["defaults"]["max"] == 1.5


def test_rows_keep_their_panels() -> None:
    """Panels in a row are migrated like others."""
    row = core.RowPanel(
        title="r", id=1, gridPos=core.GridPos(1, 24, 0, 0), panels=[core.Stat(**common())]
    )
    found = shown(row)

    assert found["type"] == "row"
    assert found["panels"][0]["targets"][0]["range"] is True


def test_a_variable_of_many_begins_with_all() -> None:
    """What is chosen at first is written as Grafana reads it."""
    made = core.Template(
        name="v", query="label_values(up, job)", multi=True, includeAll=True, default="$__all"
    )
    board = core.Dashboard(title="x", templating=core.Templating([made]))
    (found,) = migrated(board)["templating"]["list"]

    assert found["current"] == {"text": ["All"], "value": ["$__all"]}
    assert found["query"]["query"] == "label_values(up, job)"
    assert "auto" not in found
    assert "tagsQuery" not in found
