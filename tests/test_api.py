"""The functions that scripts and the command line call."""

from __future__ import annotations

import linecache
from typing import TYPE_CHECKING, Any, cast

import pytest

import slogen
from slogen import SLO, AlertPolicy, Events, Service, Settings, Tier, Up, build, load
from slogen.api import all_findings, resolved
from slogen.errors import (
    DuplicateID,
    Faults,
    InputError,
    InvalidPromQL,
    InvalidValue,
    NothingToBuild,
    ScriptsRefused,
)
from slogen.exits import Exit
from slogen.formats import Loaded
from slogen.targets import TARGETS
from slogen.targets.grafana_configmap import GrafanaConfigMap
from slogen.units import Duration

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rules import AlertingRule

SCRIPT = """\
from slogen import SLO, Events

slo = SLO(service="shop", name="{}", objective="99%", window="30d", sli=Events(total="a", bad="b"))
"""


def slo(name: str = "n", objective: str = "99.9%", **changes: object) -> SLO:
    """Return an SLO with some arguments of one's own."""
    arguments: dict[str, object] = {
        "service": "s",
        "name": name,
        "objective": objective,
        "window": "30d",
        "sli": Events(total="requests", bad="errors"),
        **changes,
    }
    return SLO(**arguments)  # type: ignore[arg-type]


def test_builds_one_slo_alone() -> None:
    """An SLO needs no brackets."""
    made = slo()

    assert build(made) == build([made])


def test_builds_whatever_holds_slos() -> None:
    """SLOs may come from a list, a tuple or a generator, and keep their order."""
    made = [slo("b"), slo("a")]

    built = build(one for one in made)

    assert [resolved.definition.name for resolved in built.slos] == ["b", "a"]
    assert [rules.slo_id for rules in built.rules] == ["s-b", "s-a"]
    assert built == build(tuple(made))


@pytest.mark.parametrize(
    ("slos", "found"), [([5], "5"), ("slos.py", "'s'"), ([None], "None"), ([Service("s")], "Serv")]
)
def test_refuses_what_is_no_slo(slos: object, found: str) -> None:
    """An item that is no SLO is shown, with the place of the call."""
    with pytest.raises(InvalidValue, match=r"^an item of slos is") as caught:
        build(slos)  # type: ignore[arg-type]

    assert str(caught.value).startswith(f"an item of slos is {found}")
    assert str(caught.value).endswith("\n  allowed: SLO(...) objects")
    assert caught.value.position is not None
    assert __file__.endswith(caught.value.position.file)


def test_of_nothing_nothing_is_built() -> None:
    """A build without SLOs would remove every rule without a word."""
    with pytest.raises(NothingToBuild, match=r"^there is no SLO to build$"):
        build([])


def test_tells_every_fault() -> None:
    """One build shows all that is wrong."""
    high = AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=200)])

    with pytest.raises(Faults, match=r"two SLOs have the id") as caught:
        build([slo("a"), slo("a"), slo("b", objective="99%", alerts=high)])

    assert [type(fault) for fault in caught.value.faults] == [DuplicateID, InvalidValue]


def test_tells_what_all_checks_refuse() -> None:
    """What checks find in several SLOs, and between them, comes at once, each with its code."""
    slos = (
        slo("a", sli=Events(total='hits{code!="500"}', bad='hits{code="500"}')),
        slo("b", service=Service("s", owner="x"), sli=Events(total='a{b="1",b="2"}', bad="c")),
        slo("c", service=Service("s", owner="y")),
    )

    with pytest.raises(Faults, match="leaves out") as caught:
        build(slos)

    codes = [fault.code for fault in caught.value.each()]
    assert codes == ["contradictory-matchers", "contradictory-matchers", "two-owners"]
    assert all(fault.entry.exit == Exit.INPUT for fault in caught.value.each())


def test_tells_what_checks_refuse_beside_what_cannot_be_read() -> None:
    """A fault in one definition does not hide that another one cannot work."""
    unreadable = InvalidValue("x", "1", "2")
    refused = slo(sli=Events(total='a{b="1",b="2"}', bad="c"))

    with pytest.raises(Faults, match="selects nothing") as caught:
        resolved(Loaded((refused,), (unreadable,)), Settings())

    assert [fault.code for fault in caught.value.each()] == [
        "invalid-value",
        "contradictory-matchers",
    ]


def test_all_findings_have_errors_beside_the_rest() -> None:
    """What a check refuses in one SLO hides neither warnings nor notes, and is not raised."""
    refused = slo("a", sli=Events(total='a{b="1",b="2"}', bad="c"))

    found = all_findings(Loaded((refused, slo("b", "90%"))), Settings())

    assert [(finding.slo_id, finding.code) for finding in found] == [
        ("s-a", "contradictory-matchers"),
        ("s-a", "bad-from-another-metric"),
        ("s-b", "tier-lowered"),
        ("s-b", "bad-from-another-metric"),
        ("s-a", "low-traffic"),
        ("s-b", "low-traffic"),
        ("s-a", "missing-owner"),
        ("s-b", "missing-owner"),
        ("s-a", "missing-runbook"),
        ("s-b", "missing-runbook"),
        ("s-a", "missing-description"),
        ("s-b", "missing-description"),
    ]


def test_all_findings_of_a_part_are_those_of_single_slos() -> None:
    """What several have in common is not known while one of them cannot be read."""
    unreadable = InvalidValue("x", "1", "2")

    found = all_findings(Loaded((slo("b", "90%"),), (unreadable,)), Settings())

    assert [finding.code for finding in found] == [
        "invalid-value",
        "tier-lowered",
        "bad-from-another-metric",
    ]


def test_all_findings_of_slos_that_do_not_fit_are_errors() -> None:
    """Where two share an id nothing is checked; the fault stands beside those of reading."""
    unreadable = InvalidValue("x", "1", "2")

    found = all_findings(Loaded((slo("a"), slo("a")), (unreadable,)), Settings())

    assert [finding.code for finding in found] == ["invalid-value", "duplicate-id"]


def test_an_error_that_is_read_twice_is_one_finding() -> None:
    """Two files that inherit a third have the same fault at the same place."""
    faults = (InvalidValue("x", "1", "2"), InvalidValue("x", "1", "2"), InvalidValue("y", "1", "2"))

    found = all_findings(Loaded((), faults), Settings())

    assert [finding.found for finding in found] == ["x is 1", "y is 1"]


def test_settings_that_do_not_fit_are_told_once() -> None:
    """A fault of the settings is one fault, however many SLOs are built with them."""
    with pytest.raises(InvalidValue, match=r"^Settings\.scrape_interval is 7s\n") as caught:
        build([slo("a"), slo("b")], Settings(scrape_interval="7s"))

    assert caught.value.position is not None


def test_the_nearest_settings_win() -> None:
    """An SLO's settings win over its service's, and those over the build's."""
    shop = Service("s", settings=Settings(scrape_interval="15s", base_range="2m"))
    near = slo(service=shop, settings=Settings(base_range="3m"))

    (resolved,) = build(near, Settings(scrape_interval="1m", offset="1m")).slos

    timing = resolved.timing
    assert timing.fast_interval == Duration("15s")
    assert timing.base_range == Duration("3m")
    assert timing.counter_offset == Duration("1m")


def test_a_fault_of_inherited_settings_is_told_where_they_stand() -> None:
    """What the build's settings say wrong is not blamed on an SLO that says something else."""
    far = Settings(scrape_interval="7s")
    near = slo(settings=Settings(offset="1m"))

    with pytest.raises(InvalidValue, match=r"Settings\.scrape_interval") as caught:
        build(near, far)

    assert far.origin is not None
    assert caught.value.position == far.origin.position("scrape_interval")


def test_findings_are_kept() -> None:
    """What is said of each SLO stands in their order, what is said of several follows."""
    sli = Events(total="requests", bad='requests{code="500"}')
    other = Events(total="answers", bad='answers{code="500"}')

    built = build(
        [slo("a", "90%", sli=sli), slo("b", "80%", sli=other), slo("c", sli=Up(gauge="up"))]
    )

    assert [(finding.slo_id, finding.code) for finding in built.findings] == [
        ("s-a", "tier-lowered"),
        ("s-b", "tier-lowered"),
        ("s-b", "tier-left-out"),
        ("s-a", "low-traffic"),
        ("s-b", "low-traffic"),
    ]


def test_renders_a_file_an_slo() -> None:
    """Promtool evaluates all rules of a file in each test of one: SLOs do not share a file."""
    built = build([slo("a"), slo("b"), slo("c", service="t")])

    assert built.render() == built.render("prometheus", "slo")
    assert len(built.render()) == 3


def test_refuses_unknown_targets() -> None:
    """A target that nobody knows is told with those that there are."""
    built = build(slo())

    with pytest.raises(InvalidValue, match=r"^target is") as caught:
        built.render("grafan")

    allowed = ", ".join(TARGETS)
    assert str(caught.value) == (
        f'target is "grafan"\n  allowed: {allowed}\n  remedy: did you mean "grafana"?'
    )


@pytest.mark.parametrize("layout", ["", "services", "SLO"])
def test_refuses_unknown_layouts(layout: str) -> None:
    """A layout that nobody knows is told with those that there are."""
    built = build(slo())

    with pytest.raises(InvalidValue, match=r"^layout is") as caught:
        built.render("json", layout)  # type: ignore[arg-type]

    assert str(caught.value) == f'layout is "{layout}"\n  allowed: slo, service, single'


def test_renders_each_layout() -> None:
    """A file holds one SLO, the SLOs of a service, or all."""
    built = build([slo("a"), slo("b"), slo("c", service="t")])

    assert [file.path for file in built.render(layout="slo")] == [
        "prometheus/s-a.yaml",
        "prometheus/s-b.yaml",
        "prometheus/t-c.yaml",
    ]
    assert [file.path for file in built.render(layout="service")] == [
        "prometheus/s.yaml",
        "prometheus/t.yaml",
    ]
    assert [file.path for file in built.render("json", "single")] == ["json/slogen.json"]


def test_writes_what_changed(tmp_path: Path) -> None:
    """A second build of the same SLOs writes nothing."""
    built = build(slo())

    first, second = built.write(tmp_path / "out"), built.write(str(tmp_path / "out"))

    assert [change.path for change in first] == ["prometheus/s-n.yaml", "slogen.manifest"]
    assert (tmp_path / "out/prometheus/s-n.yaml").read_text() == built.render()[0].text
    assert second == ()


def test_a_lone_name_is_one_target(tmp_path: Path) -> None:
    """A text is not a row of letters: who writes one target need not write a list."""
    changes = build(slo()).write(tmp_path, targets="json")

    assert any(change.path.startswith("json/") for change in changes)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (["json"], """target is "['json']"\n  allowed: """ + ", ".join(TARGETS)),
        (
            GrafanaConfigMap,
            (
                "target is the class GrafanaConfigMap\n  allowed: a target or a name\n"
                "  remedy: write GrafanaConfigMap()"
            ),
        ),
    ],
    ids=["a list", "a class"],
)
def test_what_is_no_target_is_said(target: Any, message: str) -> None:  # noqa: ANN401 (anything)
    """A list, or a class that was not called, is answered like an unknown name."""
    with pytest.raises(InvalidValue, match=r"^target is") as caught:
        build(slo()).render(target)

    assert str(caught.value) == message


def test_an_id_that_is_no_text_is_said() -> None:
    """What cannot be an id is answered before promtool is looked for."""
    with pytest.raises(InvalidValue, match=r"^slos is 5\n  allowed: ids, and patterns of ids$"):
        build(slo()).test(slos=cast("Any", [5]))


def test_writes_several_targets(tmp_path: Path) -> None:
    """Targets stand beside each other, and one that is named twice is written once."""
    built = build(slo())

    changes = built.write(tmp_path, ["prometheus", "json", "prometheus"], "single")

    assert [change.path for change in changes] == [
        "json/slogen.json",
        "prometheus/slogen.yaml",
        "slogen.manifest",
    ]


def test_tells_what_it_would_write(tmp_path: Path) -> None:
    """Asking writes nothing, and gives what writing gives."""
    built = build(slo())

    pending = built.pending(str(tmp_path / "out"), ["json"])

    assert not (tmp_path / "out").exists()
    assert built.write(tmp_path / "out", ["json"]) == pending


@pytest.mark.parametrize("wrong", [{"targets": ["grafan"]}, {"layout": "services"}])
def test_what_is_not_known_makes_no_folder(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """A wrong word stops the build before it has begun."""
    built = build(slo())

    with pytest.raises(InvalidValue, match=r"^(target|layout) is"):
        built.write(tmp_path / "out", **wrong)

    assert not (tmp_path / "out").exists()


def test_says_what_its_changes_do_to_history(tmp_path: Path) -> None:
    """The changes that are planned and those that are made are judged alike."""
    build(slo()).write(tmp_path)
    edited = build(slo(group_by=("tenant",)))

    planned = edited.findings_of(edited.pending(tmp_path))
    made = edited.findings_of(edited.write(tmp_path))

    assert [finding.code for finding in planned] == ["history-lost"]
    assert made == planned
    assert edited.findings_of(edited.pending(tmp_path)) == ()


def test_loads_scripts_and_folders(tmp_path: Path) -> None:
    """Paths are scripts, or folders of scripts."""
    linecache.clearcache()
    (tmp_path / "folder").mkdir()
    (tmp_path / "one.py").write_text(SCRIPT.format("one"))
    (tmp_path / "folder/two.py").write_text(SCRIPT.format("two"))

    loaded = load(tmp_path / "one.py", str(tmp_path / "folder"))

    assert [made.name for made in loaded] == ["one", "two"]


def test_runs_no_script_that_is_not_trusted(tmp_path: Path) -> None:
    """Where no Python may be run a script is refused, and nothing of it is."""
    (tmp_path / "one.py").write_text("from pathlib import Path\nPath(__file__).unlink()\n")

    with pytest.raises(ScriptsRefused, match=r"one\.py is Python, and scripts are not allowed\n"):
        load(tmp_path / "one.py", scripts=False)

    assert (tmp_path / "one.py").exists()


def test_names_each_script_of_a_folder_that_is_not_run(tmp_path: Path) -> None:
    """It is the file that has to be read, or to go, and not its folder."""
    for name in ("one.py", "two.py", "three.yaml", "_four.py"):
        (tmp_path / name).write_text("")

    with pytest.raises(InputError, match=r"scripts are not allowed") as caught:
        load(tmp_path, scripts=False)

    said = [diagnostic.found for diagnostic in caught.value.diagnostics]
    assert said[:2] == [
        f"{tmp_path / name} is Python, and scripts are not allowed" for name in ("one.py", "two.py")
    ]
    assert "_four.py" not in str(said)


def test_keeps_slos_and_rules_together() -> None:
    """What was chosen for an SLO and what it was compiled to are found by the same number."""
    built = build([slo("b"), slo("a")])

    assert [one.slo for one in built.built] == list(built.slos)
    assert [one.rules for one in built.built] == list(built.rules)


def test_alerts_speak_the_words_of_the_settings() -> None:
    """What a house calls alerts and severities is in the rules that are built."""
    words = Settings(
        severities={"page": "critical", "ticket": "warning"},
        alert_names={"SLODataStale": "SLIMissing"},
        alert_labels={"team": "sre"},
    )

    built = build(slo(), words)

    alerts: list[AlertingRule] = [
        rule
        for group in built.rules[0].groups
        for rule in group.rules
        if isinstance(rule, slogen.rules.AlertingRule)
    ]
    assert {alert.labels["severity"] for alert in alerts} == {"critical", "warning"}
    assert {alert.labels["team"] for alert in alerts} == {"sre"}
    assert "SLIMissing" in {alert.alert for alert in alerts}


@pytest.mark.parametrize("name", slogen.__all__)
def test_exports_what_it_says(name: str) -> None:
    """Every name that slogen lists is there, and listed for those who explore."""
    assert getattr(slogen, name).__name__ == name
    assert name in dir(slogen)


def test_does_not_export_anything_else() -> None:
    """A name that slogen does not have is told as Python does."""
    with pytest.raises(AttributeError, match=r"^module 'slogen' has no attribute 'Nothing'$"):
        slogen.Nothing  # noqa: B018 (asking for it is the test)


def test_what_grows_too_long_is_told_where_it_stands() -> None:
    """Queries that fit, but not both into one expression, are refused at their SLO."""
    query = " + ".join(f"rate(a_long_name_of_a_counter_{n}[$window])" for n in range(390))
    made = SLO(
        service="s",
        name="n",
        objective="99%",
        window="1d",
        sli=Events(total=query, good=query.replace("_a_", "_the_")),
    )

    with pytest.raises(InvalidPromQL, match=r"an expression of slogen:s-n:fast") as caught:
        build(made)

    assert caught.value.origin == made.origin
