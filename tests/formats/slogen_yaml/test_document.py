"""What files of slogen YAML say, inherit and refer to."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
    build,
    load,
)
from slogen.errors import InputError

HEAD = "apiVersion: slogen/v1\n"
UP = Up(gauge="up")
SMALLEST = """\
apiVersion: slogen/v1
services:
  - name: shop
    slos:
      - name: availability
        objective: 99.9%
        window: 30d
        sli:
          up:
            gauge: up
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> None:
    """Write a file of definitions."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(f"{HEAD}{dedent(text)}", encoding="utf-8")


def one_slo(service: str = "name: shop", more: str = "", sli: str = "up: {gauge: up}") -> str:
    """Return a file's text with one SLO."""
    return (
        f"services:\n  - {service}\n    slos:\n      - name: a\n        objective: 99%\n"
        f"        window: 30d\n        sli: {{{sli}}}\n{more}"
    )


def slo(**arguments: object) -> SLO:
    """Return the SLO of `one_slo`, with other arguments."""
    return SLO(
        **{  # type: ignore[arg-type]
            "service": "shop",
            "name": "a",
            "objective": "99%",
            "window": "30d",
            "sli": UP,
            **arguments,
        }
    )


def faults(*paths: str) -> list[str]:
    """Return the first lines of what is wrong with files."""
    with pytest.raises(InputError, match=r".") as caught:
        load(*paths)
    return [str(fault.diagnostic).split("\n")[0] for fault in caught.value.each()]


def test_the_smallest_useful_slo_takes_ten_lines() -> None:
    """A service, a name, an objective, a window and an indicator are enough."""
    Path("a.yaml").write_text(SMALLEST, encoding="utf-8")

    assert len(SMALLEST.splitlines()) == 10
    assert load("a.yaml") == (slo(name="availability", objective="99.9%"),)


@pytest.mark.parametrize(
    ("text", "sli"),
    [
        (
            "events: {total: 'a{b=\"c\"}', bad_where: 'code=~\"5..\"'}",
            Events(total='a{b="c"}', bad=Selector('a{b="c"}').where('code=~"5.."')),
        ),
        (
            "events: {total: a, good_where: 'x!=\"\"'}",
            Events(total="a", good=Selector("a").where('x!=""')),
        ),
        ("events: {total: a, bad: b}", Events(total="a", bad="b")),
        (
            "events: {total: 'rate(a[$window])', bad: 'rate(b[$window])'}",
            Events(total="rate(a[$window])", bad="rate(b[$window])"),
        ),
        (
            "latency: {histogram: a, under: 2.5ms, unit: s, native: true}",
            Latency(histogram="a", under="2.5ms", unit="s", native=True),
        ),
        ("error_ratio: {query: a / b}", ErrorRatio(query="a / b")),
        (
            'time_slices: {query: time() - max(a), good_when: "<= 300", when_missing: bad}',
            TimeSlices(query="time() - max(a)", good_when="<= 300", when_missing="bad"),
        ),
        (
            "error_ratio: {query: a / b, when_missing: bad}",
            ErrorRatio(query="a / b", when_missing="bad"),
        ),
        ("up: {gauge: up, when_missing: bad}", Up(gauge="up", when_missing="bad")),
        ("events: {total: a, bad: b, when_missing: unknown}", Events(total="a", bad="b")),
        ("up: {gauge: up}", UP),
    ],
)
def test_every_kind_of_indicator_can_be_said(text: str, sli: object) -> None:
    """A tag is the class, its keys are the arguments."""
    write("a.yaml", one_slo(sli=text))

    assert load("a.yaml") == (slo(sli=sli),)


def test_every_argument_of_an_slo_and_a_service_can_be_said() -> None:
    """What Python takes as an argument is a key in YAML."""
    service = """\
name: shop
    owner: team
    tier: "1"
    description: sells
    runbook: https://r.example.com
    labels: {area: web}
    settings: {scrape_interval: 15s, naming: sloth, severities: {page: critical}}"""
    more = """\
        id: the-id
        group_by: [tenant]
        owner: other
        description: |
          Two
          lines.
        runbook: https://r.example.com/a
        labels: {team: core}
        settings: {offset: 1m}
        alerts: tickets_only
"""
    write("a.yaml", one_slo(service, more))
    (made,) = load("a.yaml")

    assert made == slo(
        service=Service(
            "shop",
            owner="team",
            tier="1",
            description="sells",
            runbook="https://r.example.com",
            labels={"area": "web"},
            settings=made.service.settings,
        ),
        id="the-id",
        group_by=["tenant"],
        owner="other",
        description="Two\nlines.",
        runbook="https://r.example.com/a",
        labels={"team": "core"},
        settings=Settings(offset="1m"),
        alerts=AlertPolicy.tickets_only(),
    )
    assert made.service.settings.naming is not None
    assert made.service.settings.naming.id == "sloth_id"
    assert str(made.service.settings.scrape_interval) == "15s"


def test_alerts_can_be_said_in_full() -> None:
    """Tiers, and the four alerts about the budget, with all of their arguments."""
    more = """\
        alerts:
          preset: standard
          tiers:
            - severity: page
              long: 1h
              short: 10m
              burn_rate: 14.4
              for: 2m
              min_bad_events: 5
              labels: {team: core}
            - {severity: ticket, long: 6h, spends: 5%, keep_firing_for: 0s}
          exhausted: {severity: page, name: Gone}
          low: true
          low_below: 20%
          violated: false
          stale: false
          annotations: {dashboard_url: "https://g.example.com/{{ $labels.slo_id }}"}
"""
    write("a.yaml", one_slo(more=more))
    tiers = (
        Tier(
            "page",
            long="1h",
            short="10m",
            burn_rate="14.4",
            for_="2m",
            min_bad_events=5,
            labels={"team": "core"},
        ),
        Tier("ticket", long="6h", spends="5%", keep_firing_for="0s"),
    )

    assert load("a.yaml") == (
        slo(
            alerts=AlertPolicy(
                preset="standard",
                tiers=tiers,
                exhausted=Alert("page", name="Gone"),
                low=True,
                low_below="20%",
                stale=False,
                annotations={"dashboard_url": "https://g.example.com/{{ $labels.slo_id }}"},
            )
        ),
    )


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("standard", AlertPolicy.standard()),
        ("pages_only", AlertPolicy.pages_only()),
        ("tickets_only", AlertPolicy.tickets_only()),
        ("none", AlertPolicy.none()),
    ],
)
def test_a_preset_is_a_word(text: str, policy: AlertPolicy) -> None:
    """The named constructors of `AlertPolicy` are words."""
    write("a.yaml", one_slo(more=f"        alerts: {text}\n"))

    assert load("a.yaml") == (slo(alerts=policy),)


def test_slos_refer_to_indicators_of_their_service() -> None:
    """An indicator with a name is written once, and is one object."""
    write(
        "a.yaml",
        """\
        services:
          - name: shop
            slis:
              gauge: {up: {gauge: up}}
            slos:
              - {name: a, objective: 99%, window: 30d, sli: gauge}
              - {name: b, objective: 90%, window: 7d, sli: gauge}
        """,
    )
    first, second = load("a.yaml")

    assert (first, second) == (slo(), slo(name="b", objective="90%", window="7d"))
    assert first.sli is second.sli


def test_the_nearest_default_counts() -> None:
    """An SLO's own word wins, then its service's defaults, the file's, and those it inherits."""
    write("_house.yaml", "defaults: {objective: 90%, window: 1d, group_by: far, alerts: none}\n")
    write(
        "a.yaml",
        """\
        inherits: _house.yaml
        defaults: {objective: 91%, window: 2d, group_by: [near]}
        services:
          - name: shop
            defaults: {objective: 92%, window: 3d}
            slos:
              - {name: a, objective: 93%, sli: {up: {gauge: up}}}
        """,
    )

    expected = slo(objective="93%", window="3d", group_by=["near"], alerts=AlertPolicy.none())
    assert load("a.yaml") == (expected,)


def test_settings_of_a_file_are_those_of_its_services() -> None:
    """What a service says itself wins; what a file inherits comes last."""
    write("_house.yaml", "settings: {scrape_interval: 10s, owner: house, offset: 1m}\n")
    text = one_slo("name: shop\n    settings: {scrape_interval: 30s}")
    write("a.yaml", f"inherits: _house.yaml\nsettings: {{owner: file}}\n{text}")

    (made,) = load("a.yaml")
    settings = Settings(scrape_interval="30s", owner="file", offset="1m")
    assert made.service.settings == settings


def test_policies_are_inherited_over_several_files() -> None:
    """A file has the policies of those that it inherits, and of those that they inherit."""
    write("shared/_far.yaml", "policies: {far: {preset: standard, low: true}, both: {low: true}}\n")
    write("shared/_near.yaml", "inherits: _far.yaml\npolicies: {both: {violated: true}}\n")
    write("_other.yaml", "defaults: {alerts: far}\n")
    text = one_slo().replace("        sli", "        alerts: both\n        sli")
    write("a.yaml", "inherits: [shared/_near.yaml, _other.yaml]\n" + text)
    write("b.yaml", "inherits: [shared/_near.yaml, _other.yaml]\n" + one_slo("name: other"))
    near, far = load("a.yaml", "b.yaml")

    assert near.alerts == AlertPolicy(violated=True)
    assert far.alerts == AlertPolicy(preset="standard", low=True)


def test_a_policy_can_be_based_on_another_one() -> None:
    """It takes the keys that it does not have: of a policy above, below, or inherited."""
    write("_house.yaml", "policies: {house: {preset: standard, low: true, stale: false}}\n")
    text = """\
        inherits: _house.yaml
        policies:
          last: {based_on: middle, violated: true}
          middle: {based_on: house, low: false}
        """
    inline = one_slo("name: other", "        alerts: {based_on: middle, stale: true}\n")
    write("a.yaml", dedent(text) + one_slo(more="        alerts: last\n"))
    write("b.yaml", dedent(text) + inline)
    first, second = load("a.yaml", "b.yaml")

    assert first.alerts == AlertPolicy(preset="standard", stale=False, violated=True)
    assert second.alerts == AlertPolicy(preset="standard")


def test_a_file_hands_on_neither_services_nor_indicators() -> None:
    """An ordinary file can be inherited from as well: its SLOs are not built twice."""
    write("a.yaml", "defaults: {alerts: none}\n" + one_slo())
    write("b.yaml", "inherits: a.yaml\n" + one_slo("name: other"))

    assert [one.service.name for one in load(".")] == ["shop", "other"]


def test_yaml_and_python_are_mixed_in_one_build() -> None:
    """A folder's files are read in the order of their names, whatever they are written in."""
    write("a.yaml", one_slo("name: one"))
    write("c.yml", one_slo("name: three"))
    write("_d.yaml", one_slo("name: four"))
    Path("b.py").write_text(
        "from slogen import SLO, Up\n"
        "x = SLO(service='two', name='a', objective='99%', window='30d', sli=Up(gauge='up'))\n",
        encoding="utf-8",
    )

    assert [one.service.name for one in load(".")] == ["one", "two", "three"]


def test_definitions_without_python_load_where_scripts_are_refused() -> None:
    """YAML runs nothing, so that it may come from anybody."""
    write("a.yaml", one_slo())

    assert len(load("a.yaml", scripts=False)) == 1


def test_a_file_is_read_once_however_often_it_is_named() -> None:
    """The SLOs of a file that is named twice are there once."""
    write("a.yaml", one_slo())

    assert len(load("a.yaml", "./a.yaml", ".")) == 1


def test_an_object_stands_where_it_was_written() -> None:
    """What the compiler says about an SLO later points into the file."""
    write("a.yaml", one_slo())
    (made,) = load("a.yaml")
    assert made.origin is not None
    place = made.origin.position("objective")

    assert place is not None
    assert (str(place), place.path) == ("a.yaml:6:20", "$.services[0].slos[0].objective")


def test_faults_of_all_files_are_told_in_their_order() -> None:
    """One run shows what is wrong everywhere, file by file and from top to bottom."""
    write("_house.yaml", "defaults: {alert: none}\npolicies: {p: {tears: []}}\n")
    write("a.yaml", "inherits: _house.yaml\n" + one_slo("name: 5"))
    write("b.yaml", "inherits: _house.yaml\n" + one_slo(sli="down: {}"))

    assert faults("a.yaml", "b.yaml") == [
        "a.yaml:4:11: error: name is the number 5",
        "_house.yaml:2:12: error: alert is no key that slogen knows here",
        "_house.yaml:3:16: error: tears is no key that slogen knows here",
        "b.yaml:9:15: error: down is no key that slogen knows here",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inherits: no.yaml\n", 'a.yaml:2:11: error: inherits is "no.yaml", which does not exist'),
        ("inherits: a.yaml\n", 'a.yaml:2:11: error: inherits is "a.yaml", which inherits this'),
        ("inherits: /etc/x.yaml\n", 'a.yaml:2:11: error: inherits is "/etc/x.yaml"'),
        ("inherits: x.json\n", 'a.yaml:2:11: error: inherits is "x.json"'),
        ("inherits: [5]\n", "a.yaml:2:12: error: inherits[0] is the number 5"),
        ("inherits: {}\n", "a.yaml:2:11: error: inherits is a mapping"),
        ("defaults: []\n", "a.yaml:2:11: error: defaults is a list"),
        ("defaults: {window: 5}\n", "a.yaml:2:20: error: window is the number 5"),
        ("policies: {none: {}}\n", 'a.yaml:2:12: error: a key of policies is "none", which is a'),
        ("policies: {p: {based_on: q}}\n", 'a.yaml:2:26: error: based_on is "q", which is not'),
        ("policies: {p: {based_on: p}}\n", 'a.yaml:2:26: error: based_on is "p", which is based'),
        ("settings: {naming: pyrra}\n", "a.yaml:2:20: error: naming is 'pyrra'"),
    ],
)
def test_what_a_file_says_wrongly_is_placed(text: str, expected: str) -> None:
    """References that lead nowhere, and values of the wrong kind, are told once."""
    write("a.yaml", text + one_slo())

    (found,) = faults("a.yaml")
    assert found.startswith(expected)


def test_what_is_not_slogens_is_told_once() -> None:
    """A file of another format is refused by its version, not key by key."""
    Path("a.yaml").write_text("apiVersion: n9/v1alpha\nkind: SLO\nspec: {}\n", encoding="utf-8")

    assert faults("a.yaml") == ["a.yaml:1:13: error: apiVersion is n9/v1alpha, a file of Nobl9"]


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_is_told(text: str) -> None:
    """A file without anything in it is no definition."""
    Path("a.yaml").write_text(text, encoding="utf-8")

    assert faults("a.yaml") == ["error: a.yaml is empty"]


@pytest.mark.parametrize("text", ["services: []\n", "defaults: {alerts: none}\n"])
def test_a_file_without_slos_is_told_where_it_is_built(text: str) -> None:
    """A path without SLOs would make rules disappear in silence."""
    write("a.yaml", text)

    assert faults("a.yaml") == ["error: there is no SLO in a.yaml"]


def test_a_fault_of_a_name_does_not_hide_other_faults() -> None:
    """An SLO is checked also where its service, its indicator or its policy is wrong."""
    write(
        "a.yaml",
        """\
        services:
          - name: shop
            owner: 5
            slis: {broken: {up: {gauge: 'up{'}}}
            slos:
              - {name: a, objective: 100%, window: 30d, sli: broken, alerts: nobody}
        """,
    )

    assert [line.split(" is ")[0].split(": error: ")[1] for line in faults("a.yaml")] == [
        "owner",
        "gauge",
        "objective",
        "alerts",
    ]


def test_ids_are_distinct_over_files_of_both_kinds() -> None:
    """Two SLOs with one id are told with both places, beside what else is wrong."""
    write("a.yaml", one_slo())
    write("b.yaml", one_slo("name: shop\n    owner: x"))

    with pytest.raises(InputError, match="two SLOs have the id") as caught:
        build(load("a.yaml", "b.yaml"))

    lines = str(caught.value.diagnostic).split("\n")
    assert lines[0] == 'b.yaml:6:9: error: two SLOs have the id "shop-a"'
    assert "  the other one: a.yaml:5:9" in lines


def test_a_chain_of_policies_ends() -> None:
    """Policies that are based on one another without end are refused, not followed."""
    rows = [f"  p{number}: {{based_on: p{number + 1}}}\n" for number in range(40)]
    write("a.yaml", "policies:\n" + "".join(rows) + "  p40: {low: true}\n" + one_slo())

    assert all("the end of a long chain" in line for line in faults("a.yaml"))


def test_what_is_based_on_something_broken_is_not_told_again() -> None:
    """The fault of a policy is told where it stands, not once more for each that is based on it."""
    text = "policies: {broken: 5, based: {based_on: broken}}\n"
    write("a.yaml", text + one_slo(more="        alerts: {based_on: based}\n"))

    assert faults("a.yaml") == ["a.yaml:2:20: error: broken is the number 5"]


def test_a_chain_of_files_ends() -> None:
    """Files that inherit one another without end are refused, not followed."""
    for number in range(40):
        write(f"_{number}.yaml", f"inherits: _{number + 1}.yaml\n")
    write("_40.yaml", "defaults: {}\n")
    write("a.yaml", "inherits: _0.yaml\n" + one_slo())

    (found,) = faults("a.yaml")
    assert "the end of a long chain" in found


def test_says_that_services_of_an_inherited_file_are_not_built() -> None:
    """A file whose name begins with an underscore is not read for itself: the note says where."""
    write("_house.yaml", f"settings: {{owner: team}}\n{one_slo('name: lost')}")
    write("a.yaml", f"inherits: _house.yaml\n{one_slo()}")

    (note,) = load(".").findings

    assert note.message == (
        "the services of _house.yaml are not built: other files only inherit it"
    )
    assert note.remedy == "move them to a file whose name does not begin with an underscore"
    assert (note.code, note.severity, str(note.position)) == (
        "services-not-built",
        "note",
        "_house.yaml:3:1",
    )


def test_is_silent_of_an_inherited_file_that_is_read_too() -> None:
    """A file that is named is built, whatever its name begins with."""
    write("_house.yaml", f"settings: {{owner: team}}\n{one_slo('name: lost')}")
    write("a.yaml", f"inherits: _house.yaml\n{one_slo()}")

    assert load("a.yaml", "_house.yaml").findings == ()
