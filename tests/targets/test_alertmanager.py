"""The configuration of Alertmanager: it loads, it routes, and a wrong route is refused."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, Alert, AlertPolicy, Events, Service, Settings, build
from slogen.errors import InvalidValue
from slogen.naming import Naming
from slogen.targets.alertmanager import Alertmanager
from slogen.targets.routes import Route, route_faults, severity_words
from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from slogen.rule_set import RuleSet

SLI = Events(total="requests_total", bad="failures_total")
LINES = pytest.mark.parametrize("line", ["2", "3"])
ROUTES = (
    Route(owner="team-shop", severity="page", receiver="shop-pager"),
    Route(owner="team-shop", receiver="shop-chat"),
    Route(severity="page", receiver="pager"),
)


def slo(service: str = "shop", owner: str = "team-shop", **more: Any) -> SLO:  # noqa: ANN401 (arguments)
    """Return an SLO."""
    given: dict[str, Any] = {"objective": "99%", "window": "30d", "sli": SLI, **more}
    return SLO(service=Service(service, owner=owner), name="a", **given)


def text(rules: RuleSet, *routes: Route) -> str:
    """Return the file."""
    (file,) = rules.render(Alertmanager(routes=routes))
    assert file.path == "alertmanager/slogen.yaml"
    return file.text


def amtool(line: str, *arguments: str | Path) -> str:
    """Return what amtool prints when it ends well."""
    outcome = run(find("amtool", line), *arguments, seconds=60)
    assert outcome.code == 0, outcome.output
    return outcome.output


def odd() -> RuleSet:
    """Return SLOs with both namings, groups, and names that are hard to quote."""
    policy = AlertPolicy(
        preset="standard",
        page=Alert(name='a"b\\c|d (é)'),
        ticket=Alert(name="{{ x }}"),
        low=Alert("info"),
    )
    words = Settings(severities={"page": 'P"1"', "ticket": "P.2"}, identity={"env": "prod"})
    return build(
        [
            slo(alerts=policy, settings=words, group_by=("tenant", "no")),
            slo("stock", 'a"b\\', settings=Settings(naming=Naming.sloth())),
            slo("plain"),
        ]
    )


@LINES
@pytest.mark.parametrize("names", ["plain", "odd"])
def test_amtool_accepts_it_alone(line: str, names: str, tmp_path: Path) -> None:
    """The file is a whole configuration, whatever alerts, words, owners and labels are called."""
    rules = odd() if names == "odd" else build(slo())
    file = tmp_path / "slogen.yaml"
    file.write_text(text(rules, *ROUTES, Route(owner='a"b\\', receiver="x: y")))

    amtool(line, "check-config", file)


@LINES
def test_amtool_accepts_it_merged(line: str, tmp_path: Path) -> None:
    """The parts that the file's head names fit into a configuration that was there before."""
    house: dict[str, Any] = {
        "route": {"receiver": "house", "routes": [{"receiver": "house", "matchers": ['a="b"']}]},
        "inhibit_rules": [],
        "receivers": [{"name": name} for name in ("house", "shop-pager", "shop-chat", "pager")],
    }
    ours = yaml.safe_load(text(build(slo()), *ROUTES))
    house["route"]["routes"] = [*ours["route"]["routes"], *house["route"]["routes"]]
    house["inhibit_rules"] += ours["inhibit_rules"]
    file = tmp_path / "alertmanager.yml"
    file.write_text(yaml.safe_dump(house))

    amtool(line, "check-config", file)


@LINES
@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        (("slo_id=a", "severity=P1", "slo_owner=team-shop"), "shop-pager"),
        (("slo_id=a", "severity=P2", "slo_owner=team-shop"), "shop-chat"),
        (("slo_id=a", "severity=P1", "slo_owner=other"), "pager"),
        (("slo_id=a", "severity=P2", "slo_owner=other"), "default"),
        (("severity=P1", "slo_owner=team-shop"), "default"),
    ],
)
def test_alerts_go_where_routes_say(
    line: str, labels: tuple[str, ...], receiver: str, tmp_path: Path
) -> None:
    """Owner and severity choose, in the house's words; the first that fits counts."""
    words = Settings(severities={"page": "P1", "ticket": "P2"})
    file = tmp_path / "slogen.yaml"
    file.write_text(text(build(slo(), words), *ROUTES))
    asked = ("config", "routes", "test", f"--config.file={file}")

    amtool(line, *asked, f"--verify.receivers={receiver}", *labels)


def test_several_words_of_a_severity_are_one_route() -> None:
    """Services may call their pages differently: a route for pages takes all of them."""
    rules = build([slo(), slo("stock", settings=Settings(severities={"page": "critical"}))])

    (route,) = yaml.safe_load(text(rules, ROUTES[2]))["route"]["routes"]

    assert route["routes"] == [{"receiver": "pager", "matchers": ['severity=~"critical|page"']}]


def test_a_severity_that_is_not_told_apart_is_refused() -> None:
    """Where tickets have the word of pages, a route for pages would take both."""
    rules = build(slo(), Settings(severities={"ticket": "page"}))

    with pytest.raises(InvalidValue, match=r"^Route\.severity") as caught:
        text(rules, Route(receiver="pager", severity="page"))

    assert str(caught.value) == (
        'Route.severity is "page", and alerts of that severity say "page", '
        'as those of "ticket" do\n'
        "  allowed: a severity with a word of its own\n"
        "  remedy: leave the severity out, or let `severities` have another word for ticket"
    )
    assert 'slo_id=~".+"' in text(rules, Route(receiver="pager", owner="team-shop"))


def test_a_route_that_no_alert_reaches_is_refused() -> None:
    """What takes more stands behind what takes less: all such routes are named."""
    routes = (Route(receiver="chat", owner="team-shop"), ROUTES[0], Route(receiver="a"), ROUTES[2])

    with pytest.raises(Exception, match="shop-pager") as caught:
        text(build(slo()), *routes)

    assert str(caught.value) == "\n".join(
        f'Route.receiver is "{name}", and routes in front of it take all of its alerts\n'
        "  allowed: routes that each take some alerts: the first that fits counts\n"
        "  remedy: put the route that takes less in front"
        for name in ("shop-pager", "pager")
    )


def test_a_route_is_hidden_by_several_together() -> None:
    """Where routes for each severity stand in front, nothing is left for an owner."""
    each = [Route(receiver=name, severity=name) for name in ("page", "ticket", "info")]
    routes = (*each, Route(receiver="late", owner="team-shop"))

    with pytest.raises(
        InvalidValue, match=r'^Route\.receiver is "late", and routes in front of it'
    ):
        text(build(slo()), *routes)
    assert text(build(slo()), *routes[1:])


OWNERS = st.sampled_from([None, "a", "b"])
SEVERITIES = st.sampled_from([None, "page", "ticket", "info"])
ROUTE = st.builds(Route, receiver=st.just("x"), owner=OWNERS, severity=SEVERITIES)


@given(st.lists(ROUTE, min_size=1, max_size=6))
def test_a_route_is_refused_if_no_alert_reaches_it(routes: list[Route]) -> None:
    """Whoever owns an alert and however urgent it is, the first route that fits gets it."""
    alerts = product(("a", "b", "c"), ("page", "ticket", "info"))
    reached = {_first(routes, owner, severity) for owner, severity in alerts} - {None}

    faults = list(route_faults(routes, severity_words([])))

    assert len(faults) == len(routes) - len(reached)


def _first(routes: list[Route], owner: str, severity: str) -> int | None:
    fits = (
        place
        for place, route in enumerate(routes)
        if route.owner in (None, owner) and route.severity in (None, severity)
    )
    return next(fits, None)


@pytest.mark.parametrize(
    ("route", "message"),
    [
        ({"severity": "info"}, 'no SLO of this build has an alert of the severity "info"'),
        (
            {"owner": "team-shop", "severity": "info"},
            'no SLO of "team-shop" has an alert of the severity "info"',
        ),
        ({"owner": "quiet"}, 'no SLO of "quiet" has an alert'),
        ({"owner": "shop", "severity": "page"}, 'no SLO of this build has the owner "shop"'),
    ],
)
def test_a_route_that_no_alert_takes_is_said(route: dict[str, Any], message: str) -> None:
    """Whether nobody has the owner, or nobody of them has an alert that is so urgent."""
    rules = build([slo(), slo("quiet", "quiet", alerts=AlertPolicy.none())])

    (finding,) = rules.findings_for(Alertmanager(routes=[Route(receiver="x", **route), ROUTES[0]]))

    assert (finding.code, finding.message) == ("route-without-slo", message)
    assert finding.position is not None


def test_a_route_for_nobody_is_said() -> None:
    """An owner that no SLO has is mostly misspelt; the route stays: other builds may have it."""
    rules = build(slo())
    target = Alertmanager(routes=[*ROUTES, Route(owner="team-shpo", receiver="x")])

    (finding,) = rules.findings_for(target)

    assert (finding.code, finding.message) == (
        "route-without-slo",
        'no SLO of this build has the owner "team-shpo"',
    )
    assert finding.position is not None
    assert Path(__file__).name in finding.position.file


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"receiver": ""}, r"^Route\.receiver is ''\n  allowed: 1 to 120 characters"),
        ({"receiver": "x", "owner": 5}, r"^Route\.owner is 5\n  allowed: a text"),
        (
            {"receiver": "x", "severity": "critical"},
            r'is \'critical\'\n  allowed: "page", "ticket"',
        ),
    ],
)
def test_a_wrong_route_is_refused(arguments: dict[str, Any], message: str) -> None:
    """Each argument says what it takes."""
    with pytest.raises(InvalidValue, match=message):
        Route(**arguments)


def test_what_is_no_route_is_refused() -> None:
    """A mapping is no route in Python: arguments have names there."""
    with pytest.raises(InvalidValue, match=r"^Alertmanager\.routes is \{'receiver': 'x'\}\n"):
        Alertmanager(routes=[{"receiver": "x"}])  # type: ignore[list-item]


def test_every_layout_has_the_one_file() -> None:
    """Inhibition is about all SLOs together."""
    rules = build([slo(), slo("stock")])

    assert (
        len({rules.render("alertmanager", layout) for layout in ("service", "slo", "single")}) == 1
    )


def test_without_alerts_nothing_is_inhibited() -> None:
    """An SLO whose policy has no alert adds a route and no rule."""
    content = yaml.safe_load(text(build(slo(alerts=AlertPolicy.none()))))

    assert "inhibit_rules" not in content
    assert content["route"]["routes"][0]["group_by"] == ["slo_id"]


def test_labels_of_servers_tell_incidents_apart() -> None:
    """What a server adds to alerts stands in the grouping and in every rule of inhibition."""
    (file,) = build([slo(group_by="tenant")]).render(Alertmanager(external_labels=["cluster"]))
    content = yaml.safe_load(file.text)

    wanted = ["slo_id", "cluster", "tenant"]
    assert content["route"]["routes"][0]["group_by"] == wanted
    assert {tuple(rule["equal"]) for rule in content["inhibit_rules"]} == {tuple(wanted)}


def test_alerts_that_are_divided_are_said() -> None:
    """A label by which another SLO has groups may tell a page from a ticket of this one."""
    teams = Settings(severity_labels={"page": {"team": "ops"}, "ticket": {"cluster": "eu"}})
    same = Settings(alert_labels={"team": "ops"})
    rules = build(
        [
            slo(group_by="team"),
            slo("stock", settings=teams),
            slo("search", settings=same),
        ]
    )

    found = rules.findings_for(Alertmanager(external_labels=["cluster"]))

    assert [(one.code, one.message) for one in found] == [
        ("incident-divided", 'stock-a: its alerts have several values of "cluster": "", "eu"'),
        ("incident-divided", 'stock-a: its alerts have several values of "team": "", "ops"'),
    ]
