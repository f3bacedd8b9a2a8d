"""Dashboards as files, in three ways, as slogen makes them and as a user changes them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml
from grafanalib import core

from slogen import SLO, Events, Selector, Service, build, naming
from slogen.errors import ForeignFile, InvalidValue
from slogen.targets.files import MARK, is_ours
from slogen.targets.grafana import Grafana
from slogen.targets.grafana_configmap import GrafanaConfigMap
from slogen.targets.grafana_operator import GrafanaOperator

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rule_set import RuleSet
    from slogen.targets.dashboard_target import DashboardTarget

REQUESTS = Selector("http_requests_total")
KEY = "team-shop/slo-shop"


def rules() -> RuleSet:
    """Return what is built from an SLO with an owner, and one without."""

    def one(service: Service) -> SLO:
        return SLO(
            service=service,
            name="availability",
            objective="99%",
            window="7d",
            sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
        )

    return build([one(Service("shop", owner="team-shop")), one(Service("stock"))])


def texts(target: str, **more: Any) -> dict[str, str]:  # noqa: ANN401 (arguments of write)
    """Return the texts of a target's files by their paths."""
    made = rules()
    if not more:
        return {file.path: file.text for file in made.render(target)}
    return {change.path: change.after or "" for change in made.pending("nowhere", [target], **more)}


def test_each_team_has_a_folder() -> None:
    """A service stands with its owner; what has none or is about all stands in a common one."""
    assert list(texts("grafana")) == [
        "grafana/slo/slogen-overview.json",
        "grafana/slo/slogen-report.json",
        "grafana/team-shop/slo-shop.json",
        "grafana/slo/slo-stock.json",
        "grafana/team-shop/slogen-team-team-shop.json",
        "grafana/slogen.yaml",
    ]


def test_the_provider_names_every_folder() -> None:
    """Grafana is told the title, the uid and the place of each folder."""
    content = yaml.safe_load(texts("grafana")["grafana/slogen.yaml"])

    assert content["apiVersion"] == 1
    assert [
        (one["folder"], one["folderUid"], one["options"]["path"]) for one in content["providers"]
    ] == [
        ("SLO", "slogen-slo", "/var/lib/grafana/dashboards/slogen/slo"),
        ("team-shop", "slogen-team-shop", "/var/lib/grafana/dashboards/slogen/team-shop"),
    ]


def test_the_uid_of_a_folder_has_its_whole_hash() -> None:
    """Two teams whose long names begin alike have folders of different uids, of 40 characters."""
    teams = [f"team-{'of-the-second-branch-' * 3}{number}" for number in (1, 2)]
    directories = [naming.folder(team) for team in teams]
    uids = [naming.folder_uid(directory) for directory in directories]

    assert uids[0][:25] == uids[1][:25]
    assert uids[0] != uids[1]
    assert all(naming.is_uid(uid) for uid in uids)


@pytest.mark.parametrize("target", [Grafana, GrafanaConfigMap, GrafanaOperator])
def test_options_change_every_dashboard(target: type[DashboardTarget]) -> None:
    """One folder for all of them, tags besides, and how often they are drawn anew."""
    chosen = target(folder_title="Reliability", refresh="5m", tags=["prod", "slogen", "prod"])
    boards = chosen.boards(rules().dashboards())

    assert {board.folder for board in boards} == {"Reliability"}
    for board in boards:
        shown = json.loads(board.text)
        assert (shown["refresh"], shown["tags"]) == ("5m", ["slogen", "prod"])


def test_dashboards_can_be_kept_from_refreshing() -> None:
    """The word stands for the empty text that Grafana asks for."""
    boards = Grafana(refresh="never").boards(rules().dashboards())

    assert {json.loads(board.text)["refresh"] for board in boards} == {""}


@pytest.mark.parametrize(
    ("option", "value"),
    [("refresh", "often"), ("tags", "production"), ("folder_title", "a/b"), ("tags", [""])],
)
def test_options_that_grafana_does_not_know_are_refused(option: str, value: object) -> None:
    """The fault names the option and what is allowed."""
    with pytest.raises(InvalidValue, match=rf"Grafana\.{option}"):
        Grafana(**{option: value})  # type: ignore[arg-type]


def test_a_configmap_holds_one_dashboard() -> None:
    """The sidecar finds it by its label, and the folder by its annotation."""
    text = texts("grafana-configmap")["grafana-configmap/team-shop/slo-shop.yaml"]
    content = yaml.safe_load(text)

    assert content["metadata"] == {
        "name": "slo-shop",
        "labels": {"grafana_dashboard": "1"},
        "annotations": {"grafana_folder": "team-shop"},
    }
    assert list(content["data"]) == ["slo-shop.json"]
    assert json.loads(content["data"]["slo-shop.json"])["uid"] == "slo-shop"


def test_the_operator_gets_a_resource() -> None:
    """The resource names its folder and leaves the uid to the dashboard."""
    text = texts("grafana-operator")["grafana-operator/team-shop/slo-shop.yaml"]
    content = yaml.safe_load(text)

    assert content["apiVersion"] == "grafana.integreatly.org/v1beta1"
    assert content["kind"] == "GrafanaDashboard"
    assert content["spec"].keys() == {"instanceSelector", "folder", "json"}
    assert json.loads(content["spec"]["json"])["uid"] == "slo-shop"


@pytest.mark.parametrize("target", ["grafana", "grafana-configmap", "grafana-operator"])
def test_every_file_says_whose_it_is(target: str) -> None:
    """JSON has no comments: a dashboard says it in the description that it begins with."""
    assert all(is_ours(text) for text in texts(target).values())


def test_a_file_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    """A dashboard that slogen did not write stops the build."""
    place = tmp_path / "grafana/team-shop/slo-shop.json"
    place.parent.mkdir(parents=True)
    place.write_text('{"title": "mine"}')

    with pytest.raises(ForeignFile, match=r"slo-shop\.json"):
        rules().write(tmp_path, ["grafana"])

    assert place.read_text() == '{"title": "mine"}'


def test_a_panel_of_ones_own_is_written_as_all_are() -> None:
    """A user's panels are migrated, too."""
    boards = rules().dashboards()
    panel = core.TimeSeries(
        title="Restarts",
        dataSource="${datasource}",
        targets=[core.Target(expr="changes(up[1h])", refId="A")],
        gridPos=core.GridPos(h=8, w=24, x=0, y=90),
        id=99,
    )
    boards[KEY] = attrs.evolve(boards[KEY], panels=[*boards[KEY].panels, panel])

    written = texts("grafana", dashboards=boards)
    *_, found = json.loads(written["grafana/team-shop/slo-shop.json"])["panels"]

    assert found["title"] == "Restarts"
    assert found["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    assert found["options"]["legend"]["showLegend"] is True
    assert found["targets"][0]["range"] is True
    assert "maxDataPoints" not in found


def test_dashboards_can_be_left_out_and_added() -> None:
    """What is given is what is written."""
    boards = {"Mine/mine": core.Dashboard(title="Mine", uid="mine")}

    written = texts("grafana-operator", dashboards=boards)

    (path,) = (path for path in written if path.endswith("mine.yaml"))
    assert path.startswith("grafana-operator/team-Mine".lower())
    assert yaml.safe_load(written[path])["spec"]["folder"] == "Mine"


def test_unchanged_dashboards_give_the_same_bytes() -> None:
    """Handing the dashboards back changes nothing."""
    handed_back = texts("grafana", dashboards=rules().dashboards())

    assert {path: handed_back[path] for path in texts("grafana")} == texts("grafana")


@pytest.mark.parametrize(
    ("boards", "words"),
    [
        ({"a/b": 1}, r'int of the key "a/b"'),
        ({"b": core.Dashboard(title="x", uid="b")}, r'of the key "b"'),
        ({"a/ä": core.Dashboard(title="x", uid="ä")}, r'of the key "a/ä"'),
        ({"a/b": core.Dashboard(title="x", uid="c")}, r'the uid "c" of the key "a/b"'),
        ({"a/b": core.Dashboard(title="x")}, r'the uid "None" of the key "a/b"'),
    ],
)
def test_refuses_what_is_no_dashboard_of_its_place(boards: dict[str, Any], words: str) -> None:
    """A wrong object, key or uid is told before anything is written."""
    with pytest.raises(InvalidValue, match=words):
        rules().pending("nowhere", ["grafana"], dashboards=boards)


def test_other_targets_do_not_wait_for_grafanalib() -> None:
    """A build of rules alone does not import it."""
    code = (
        "import sys; from slogen import SLO, Up, build; "
        "build(SLO(service='s', name='n', objective='9%', window='1d', sli=Up(gauge='up')))"
        ".render(); print('grafanalib' in sys.modules)"
    )
    outcome = subprocess.run(  # noqa: S603 (the command is written here)
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert outcome.stdout == "False\n"


def test_the_mark_comes_first() -> None:
    """The description begins with it, whatever a user writes there."""
    boards = {"a/b": core.Dashboard(title="x", uid="b", description="y" * 500)}
    written = texts("grafana", dashboards=boards)

    assert written["grafana/a/b.json"].startswith(f'{{\n  "description": "{MARK} yyy')


def test_the_options_of_configmaps_are_written() -> None:
    """The namespace, and labels and annotations beside those by which the sidecar works."""
    target = GrafanaConfigMap(
        namespace="monitoring",
        labels={"release": "prometheus", "grafana_dashboard": "yes"},
        annotations={"note": "a: b"},
    )
    content = yaml.safe_load(rules().render(target)[0].text)

    assert content["metadata"] == {
        "name": "slogen-overview",
        "namespace": "monitoring",
        "labels": {"grafana_dashboard": "yes", "release": "prometheus"},
        "annotations": {"grafana_folder": "SLO", "note": "a: b"},
    }


def test_the_options_of_the_operator_are_written() -> None:
    """The namespace, labels, annotations, and which instances of Grafana are meant."""
    target = GrafanaOperator(
        namespace="monitoring",
        labels={"a": "b"},
        annotations={"c": "d"},
        instances={"grafana": "production"},
    )
    content = yaml.safe_load(rules().render(target)[0].text)

    assert content["metadata"] == {
        "name": "slogen-overview",
        "namespace": "monitoring",
        "labels": {"a": "b"},
        "annotations": {"c": "d"},
    }
    assert content["spec"]["instanceSelector"] == {"matchLabels": {"grafana": "production"}}


def test_the_operator_needs_to_know_an_instance() -> None:
    """An empty selector would match none, or every one."""
    with pytest.raises(InvalidValue, match=r"^GrafanaOperator\.instances is empty\n"):
        GrafanaOperator(instances={})


@pytest.mark.parametrize("path", ["/srv/slo", "/srv/slo/"])
def test_the_provider_points_where_the_files_are(path: str) -> None:
    """The path of the files on Grafana's machine is an option."""
    *_, provider = rules().render(Grafana(path=path))

    assert [one["options"]["path"] for one in yaml.safe_load(provider.text)["providers"]] == [
        "/srv/slo/slo",
        "/srv/slo/team-shop",
    ]


@pytest.mark.parametrize("path", ["", "srv", "~/srv"])
def test_a_path_that_is_relative_is_refused(path: str) -> None:
    """Grafana would look for it below wherever it was started."""
    with pytest.raises(InvalidValue, match=r"^Grafana\.path is .*\n  allowed: an absolute path"):
        Grafana(path=path)
