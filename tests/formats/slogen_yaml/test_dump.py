"""What is dumped loads back equal, and reads as a person would have written it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, Tier, TimeSlices, Up, load
from slogen.errors import InvalidValue
from slogen.formats import dump
from slogen.formats.slogen_yaml.schema import schema
from slogen.formats.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read
from tests.formats.slogen_yaml import models
from tests.golden_cases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = Draft202012Validator(schema())
HEAD = "# yaml-language-server: $schema=slogen.schema.json\napiVersion: slogen/v1\n"
REQUESTS = Selector('requests_total{job="shop"}')
ERRORS = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
HOUSE = AlertPolicy(preset="standard", low=True, violated=True)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file to dump to."""
    return tmp_path_factory.mktemp("dump") / "slos.yaml"


def slo(name: str = "availability", service: Service | str = "shop", **changes: Any) -> SLO:  # noqa: ANN401
    """Return an SLO with something that differs."""
    arguments = {"objective": "99.9%", "window": "30d", "sli": ERRORS, **changes}
    return SLO(service=service, name=name, **arguments)


def body(*slos: SLO) -> str:
    """Return what a dump says below its head."""
    return dump(slos).removeprefix(f"{HEAD}\n")


def text(indented: str) -> str:
    """Return YAML that stands indented in a test."""
    return textwrap.dedent(indented).lstrip("\n")


def by_service(slos: tuple[SLO, ...]) -> tuple[SLO, ...]:
    """Return SLOs in their order, those of a service together."""
    order: list[Service] = []
    for one in slos:
        if one.service not in order:
            order.append(one.service)
    return tuple(sorted(slos, key=lambda one: order.index(one.service)))


def texts(node: Node | None) -> Any:  # noqa: ANN401 (as nested as the file)
    """Return a tree with what slogen reads as text, and nothing for other scalars."""
    if isinstance(node, MappingNode):
        return {key: texts(value) for key, value in node.items()}
    if isinstance(node, SequenceNode):
        return [texts(item) for item in node]
    return node.text if isinstance(node, ScalarNode) and node.kind == "text" else None


def texts_of(value: Any) -> Any:  # noqa: ANN401
    """Return the same of what PyYAML has read."""
    if isinstance(value, dict):
        return {key: texts_of(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [texts_of(item) for item in value]
    return value if isinstance(value, str) else None


@given(models.slos())
def test_a_dump_loads_back_equal(file: Path, slos: tuple[SLO, ...]) -> None:
    """All that Python can say is said; SLOs of a service stand together."""
    file.write_text(dump(slos), "utf-8")

    loaded = load(file)

    assert tuple(loaded) == by_service(slos)
    assert loaded.findings == ()


@settings(max_examples=50)
@given(models.slos())
def test_a_dump_of_what_was_dumped_is_the_same(file: Path, slos: tuple[SLO, ...]) -> None:
    """There is one way to write a model, byte for byte."""
    file.write_text(dump(slos), "utf-8")

    assert dump(load(file)) == dump(slos)


@settings(max_examples=50)
@given(models.slos())
def test_other_readers_read_the_same_texts(slos: tuple[SLO, ...]) -> None:
    """PyYAML, which is of YAML 1.1, takes the same for texts, and reads the same in them."""
    dumped = dump(slos)

    assert texts_of(yaml.safe_load(dumped)) == texts(read(dumped.encode(), "slos.yaml").root)


@settings(max_examples=50)
@given(models.slos())
def test_the_schema_accepts_a_dump(slos: tuple[SLO, ...]) -> None:
    """An editor that reads the first line marks nothing in what slogen wrote."""
    errors = [error.message for error in SCHEMA.iter_errors(yaml.safe_load(dump(slos)))]

    assert errors == []


def test_the_smallest_slo_takes_a_few_lines() -> None:
    """What equals its default is left out."""
    assert dump([slo()]) == text(
        """
        # yaml-language-server: $schema=slogen.schema.json
        apiVersion: slogen/v1

        services:
          - name: shop
            slos:
              - name: availability
                objective: 99.9%
                window: 30d
                sli:
                  events:
                    total: requests_total{job="shop"}
                    bad_where: code=~"5.."
        """
    )


def test_the_schema_stands_where_it_is_said_to() -> None:
    """Editors look for it from the file."""
    head = dump([slo()], schema="https://example.com/s.json").splitlines()[0]

    assert head == "# yaml-language-server: $schema=https://example.com/s.json"


def test_the_place_of_the_schema_is_one_line() -> None:
    """A line break would end the comment."""
    with pytest.raises(InvalidValue, match="one line of printable characters"):
        dump([slo()], schema="a\nservices: []")


def test_the_erp_is_said_as_in_its_twin(tmp_path: Path) -> None:
    """The dump of a whole example loads back equal to it."""
    erp = load(ROOT / "docs" / "examples" / "erp")
    (tmp_path / "erp.yaml").write_text(dump(erp))

    assert tuple(load(tmp_path / "erp.yaml")) == tuple(erp)


def test_settings_of_all_services_stand_at_the_top() -> None:
    """What holds for the whole file is said once."""
    both = [slo(service=Service(n, settings=Settings(scrape_interval="15s"))) for n in ("a", "b")]

    assert body(*both).startswith("settings:\n  scrape_interval: 15s\n\nservices:\n")
    assert body(*both).count("settings:") == 1


def test_other_settings_stand_with_their_service() -> None:
    """A service without settings does not take those of another."""
    mixed = (slo(service=Service("a", settings=Settings(scrape_interval="15s"))), slo(service="b"))

    assert body(*mixed).startswith(
        "services:\n  - name: a\n    settings:\n      scrape_interval: 15s\n"
    )


def test_a_policy_of_several_slos_has_a_name() -> None:
    """It is called as the first SLO that has it."""
    slos = (slo("a", alerts=HOUSE), slo("b", alerts=HOUSE), slo("c"))

    assert body(*slos).startswith(
        "policies:\n  a:\n    low: true\n    violated: true\n\nservices:\n"
    )
    assert body(*slos).count("alerts: a\n") == 2


def test_a_policy_of_all_slos_is_the_default() -> None:
    """No SLO has to say it then, and one more will have it."""
    slos = (
        slo("a", alerts=AlertPolicy.tickets_only()),
        slo("b", alerts=AlertPolicy.tickets_only()),
    )

    assert body(*slos).startswith("defaults:\n  alerts: tickets_only\n\nservices:\n")
    assert body(*slos).count("alerts") == 1


def test_the_standard_policy_is_not_said() -> None:
    """It is what an SLO has anyway, whether one or all have it."""
    assert "alerts" not in body(slo("a"), slo("b"))
    assert "alerts" not in body(slo("a"), slo("b", alerts=AlertPolicy.none())).split("name: b")[0]


def test_a_policy_of_one_slo_stands_with_it() -> None:
    """What nobody shares needs no name."""
    assert "policies" not in body(slo("a", alerts=HOUSE), slo("b"))


def test_a_policy_that_differs_in_a_key_is_based_on_another() -> None:
    """Of policies that are much the same the reader sees the difference."""
    other = AlertPolicy(preset="standard", low=True, violated=False, low_below="50%")
    longer = AlertPolicy(preset="standard", low=True, violated=True, low_below="50%")
    slos = [slo(f"{n}{m}", alerts=p) for n, p in (("a", HOUSE), ("b", longer)) for m in "12"]

    assert "  b1:\n    based_on: a1\n    low_below: 50%\n" in body(*slos)
    assert body(*slos, slo("c", alerts=other)).count("based_on") == 1


def test_a_policy_of_one_slo_may_be_based_on_one_of_several() -> None:
    """It stands with its SLO, and says the difference only."""
    own = AlertPolicy(preset="standard", low=True, violated=True, low_below="50%")
    slos = (slo("a", alerts=HOUSE), slo("b", alerts=HOUSE), slo("c", alerts=own))

    assert body(*slos).endswith(
        "        alerts:\n          based_on: a\n          low_below: 50%\n"
    )


def test_policies_are_based_on_one_that_is_written_in_full() -> None:
    """Nobody has to follow a chain to see what an alert does."""
    first = AlertPolicy(low=True, violated=True, incomplete=True, labels={"a": "b"})
    second = attrs.evolve(first, low_below="50%")
    policies = (first, second, attrs.evolve(second, labels={"a": "c"}))
    slos = [slo(f"{n}{m}", alerts=p) for n, p in zip("abc", policies, strict=True) for m in "12"]

    assert "  c1:\n    based_on: a1\n    low_below: 50%\n    labels:\n      a: c\n" in body(*slos)


def test_a_tier_begins_with_what_a_reader_looks_for() -> None:
    """Who is told, and how fast the budget burns over which windows, then the rest."""
    tier = Tier(
        "page",
        name="Burns",
        long="1h",
        burn_rate="14.4",
        for_="0s",
        labels={"on": "{{ $labels.a }}"},
    )

    assert body(slo(alerts=AlertPolicy(tiers=[tier]))).endswith(
        textwrap.indent(
            text(
                """
                tiers:
                  - severity: page
                    name: Burns
                    long: 1h
                    burn_rate: 14.4
                    for: 0s
                    labels:
                      "on": "{{ $labels.a }}"
                """
            ),
            " " * 10,
        )
    )


def test_several_lines_stand_below_each_other() -> None:
    """As nobody cares how a description ends, its block needs no sign for that."""
    assert body(slo(description="a\nb")).endswith("description: |\n          a\n          b\n")


@pytest.mark.parametrize(
    ("slos", "name"),
    [
        (("none", "shop-none"), "shop-none"),
        (("a: b", "c: d"), "shared"),
        (("taken", "shop-taken"), "shop-taken"),
        (("1st", "shop-1st"), "shop-1st"),
    ],
    ids=["preset", "odd", "taken", "number"],
)
def test_a_name_is_free(slos: tuple[str, str], name: str) -> None:
    """A preset's word, a name that is taken and an odd one are passed over; the id comes next."""
    first = [slo("taken", id=str(number), alerts=HOUSE) for number in (1, 2)]
    other = AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=2)])
    more = [slo(slos[0], id=slos[1], alerts=other), slo("z", alerts=other)]

    assert body(*first, *more).count(f"alerts: {name}\n") == 2
    assert f"\n  {name}:\n    tiers:\n" in body(*first, *more)


def test_names_that_are_taken_get_a_number() -> None:
    """Where neither name nor id is free there is always a next one."""
    tiers = [AlertPolicy(tiers=[Tier("page", long="1h", burn_rate=n)]) for n in (2, 3, 4)]
    slos = [slo("x", id="x", alerts=policy) for policy in tiers for _ in "12"]
    policies = body(*slos).partition("\nservices:")[0]

    assert [line for line in policies.splitlines() if line[2:3].strip()][1:] == [
        *("  x:", "  x-2:", "  x-3:")
    ]


def test_an_indicator_of_several_slos_has_a_name() -> None:
    """SLOs of a service that look at the same events say so."""
    strict = slo("strict", objective="99.99%")

    assert body(slo(), strict) == text(
        """
        services:
          - name: shop
            slis:
              availability:
                events:
                  total: requests_total{job="shop"}
                  bad_where: code=~"5.."
            slos:
              - name: availability
                objective: 99.9%
                window: 30d
                sli: availability

              - name: strict
                objective: 99.99%
                window: 30d
                sli: availability
        """
    )


def test_services_of_one_name_stay_two() -> None:
    """They differ in what they say, and each SLO keeps its own."""
    slos = (slo("a", Service("shop", owner="x")), slo("b", Service("shop", owner="y")))

    assert body(*slos).count("- name: shop\n") == 2


def test_equal_services_are_one() -> None:
    """Whether a script makes an object once or twice cannot be seen."""
    slos = (slo("a", Service("shop", owner="x")), slo("b", Service("shop", owner="x")))

    assert body(*slos).count("- name: shop\n") == 1


def test_slos_of_a_service_stand_together() -> None:
    """A script that takes turns is written as a person would."""
    slos = (slo("a", "one"), slo("a", "two"), slo("b", "one"))
    lines = [line.strip() for line in body(*slos).splitlines() if "name:" in line]

    assert lines == ["- name: one", "- name: a", "- name: b", "- name: two", "- name: a"]


def test_bad_events_of_another_metric_are_written_in_full() -> None:
    """Only what has all matchers of the total, and more, is a part of it."""
    sli = Events(total=REQUESTS, bad='requests_total{code="500",job="shop"}')

    assert 'bad: requests_total{code="500",job="shop"}\n' in body(slo(sli=sli))


def test_a_long_query_has_a_line_for_each_operand() -> None:
    """What does not fit on a line is broken where a reader would break it."""
    query = f"max(a{'x' * 40}) > max(b{'x' * 40}) or max(b{'x' * 40})"
    sli = TimeSlices(query=query, good_when=">= 1")

    assert text(
        f"""
        query: |
          max(a{"x" * 40})
          > max(b{"x" * 40})
          or max(b{"x" * 40})
        good_when: ">= 1"
        """
    ) in textwrap.dedent(body(slo(sli=sli)).partition("time_slices:\n")[2])


def test_promql_with_quotes_stands_in_single_quotes() -> None:
    """Where PromQL cannot stand plain its own quotes need no backslash."""
    assert """gauge: up{job="a: b"}""" not in body(slo(sli=Up(gauge='up{job="a: b"}')))
    assert """gauge: 'up{job="a: b"}'\n""" in body(slo(sli=Up(gauge='up{job="a: b"}')))


def test_a_unit_that_the_name_tells_is_not_said() -> None:
    """It is said where the name does not tell it."""
    erp = body(*load(ROOT / "docs" / "examples" / "erp"))

    assert "histogram: database_query_duration_seconds\n            under: 100ms\n" in erp
    assert "under: 100ms\n            unit" not in erp
    assert "under: 2s\n            unit: s\n" in erp


def test_the_longest_text_loads_back(file: Path) -> None:
    """Python takes no text that is too long for a file."""
    text = "\n".join(["x" * 100] * 198)
    file.write_text(dump([slo(description=text)]))

    assert load(file)[0].description == text


def test_a_policy_without_tiers_says_so() -> None:
    """No tiers are not the standard ones, which a policy has that says nothing."""
    none = AlertPolicy(preset="none")

    assert body(slo(alerts=none)).endswith("alerts:\n          preset: none\n")
    assert "alerts" not in body(slo(alerts=AlertPolicy()))
