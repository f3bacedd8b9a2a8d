"""Whatever can be wrong with a dashboard is found, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.experiments.browser.__main__ import tools
from tests.experiments.browser.broken import broken, good
from tests.experiments.browser.drawing import Drawing, Drawn, draw
from tests.experiments.browser.findings import findings, judged
from tests.experiments.browser.grafana import serving
from tests.experiments.browser.links import Links
from tests.realtools.backfill import Past
from tests.truth.scenario import END

if TYPE_CHECKING:
    from pathlib import Path

    from tests.experiments.browser.broken import Broken

BROKEN = {f"broken-{number}": one for number, one in enumerate(broken())}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawn]:
    """Draw the good dashboard and all broken ones, with one browser, by uid."""
    folder = tmp_path_factory.mktemp("browser")
    past = Past(line="3", folder=folder)
    times = range(END - 21_600, END + 1_800, 60)
    past.add_samples([('up{job="shop"}', [(time, 1.0) for time in times])])
    dashboards = {uid: one.dashboard | {"uid": uid} for uid, one in BROKEN.items()}
    dashboards["good"] = good()
    drawings = [Drawing(dashboard=one, theme="dark", width=1_000) for one in dashboards.values()]
    ready = tools()
    with past.serving() as server, serving(ready.site(dashboards, server)) as address:
        found = draw(
            drawings,
            address=address,
            page=ready.page,
            chromium=ready.chromium,
            pictures=folder / "pictures",
        )
    return {one.drawing.dashboard["uid"]: one for one in found}


LINKS = Links({uid: good() for uid in ("good", *BROKEN)})


def test_nothing_is_wrong_with_a_good_dashboard(drawn: dict[str, Drawn]) -> None:
    """A panel of every type, drawn with data, gives no finding."""
    found = findings(drawn["good"], LINKS)

    assert not found


@pytest.mark.parametrize(
    ("uid", "one"), BROKEN.items(), ids=[f"{one.kind} {one.words[:20]}" for one in BROKEN.values()]
)
def test_what_is_broken_is_found(uid: str, one: Broken, drawn: dict[str, Drawn]) -> None:
    """Each broken dashboard gives a finding of its kind that says where to look."""
    found = [each for each in findings(drawn[uid], LINKS) if each.kind == one.kind]

    assert [each for each in found if one.words in each.detail], findings(drawn[uid], LINKS)


def test_what_is_declared_empty_is_no_finding(drawn: dict[str, Drawn]) -> None:
    """A panel with words of its own for no value may have none."""
    (uid,) = [uid for uid, one in BROKEN.items() if one.kind == "empty query"]
    dashboard = drawn[uid].drawing.dashboard
    first, *others = dashboard["panels"]
    config = {"defaults": {"noValue": "none fires"}, "overrides": []}
    declared = {**dashboard, "panels": [{**first, "fieldConfig": config}, *others]}
    drawing = Drawing(dashboard=declared, theme="dark", width=1_000)
    found = findings(Drawn(drawing=drawing, report=drawn[uid].report), LINKS)

    assert not found


def test_what_is_asked_for_one_kind_of_slo_has_to_be_there_for_one(drawn: dict[str, Drawn]) -> None:
    """A query that contradicts itself in every drawing is about no SLO at all."""
    (uid,) = [uid for uid, one in BROKEN.items() if one.kind == "empty panel"]
    alone = judged([drawn[uid]], LINKS)
    beside = judged([drawn[uid], drawn["good"]], LINKS)

    assert [one.detail for one in alone if one.kind == "empty query"] == ["A: for no SLO"]
    assert not [one for one in beside if one.kind == "empty query"]


def test_a_variable_with_all_is_empty_only_where_it_always_is(drawn: dict[str, Drawn]) -> None:
    """An SLO without groups has no values for the variable of a group, and shows all."""
    (uid,) = [uid for uid, one in BROKEN.items() if one.kind == "empty variable"]
    report = dict(drawn[uid].report)
    report["variables"] = [{**one, "has_all": True} for one in report["variables"]]
    one = Drawn(drawing=drawn[uid].drawing, report=report)

    assert [each.kind for each in judged([one], LINKS)].count("empty variable") == 1
    assert "empty variable" not in [each.kind for each in judged([one, drawn["good"]], LINKS)]


def test_a_drawing_is_kept_as_a_picture(
    drawn: dict[str, Drawn], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each drawing leaves a PNG with the name of the dashboard, the theme and the width."""
    pictures: list[Path] = [*tmp_path_factory.getbasetemp().rglob("good-dark-1000.png")]

    assert drawn
    assert [file.read_bytes()[:4] for file in pictures] == [b"\x89PNG"]
