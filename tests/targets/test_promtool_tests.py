"""Test files for promtool: their names, what they refer to, and that promtool can read them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from slogen import SLO, AlertPolicy, ErrorRatio, Events, Service, Settings, TimeSlices, build
from slogen.errors import InvalidValue
from slogen.targets.files import HEADER
from tests.realtools import promtool
from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.targets.built import Layout
    from slogen.targets.files import File

TARGET = "promtool-tests"
EVENTS = Events(total='requests_total{job="shop"}', bad='requests_total{job="shop",code="500"}')
RATIO = ErrorRatio(query="predict_linear(bad[1h], 60)")
HEAD = f"""\
{HEADER}
# promtool evaluates as Prometheus does. On other rulers alerts may fire later: their rule files say
# at the head how much.
"""
HOSTILE = [
    "with \"double\", 'single' and `back` quotes",
    "two\nlines: of text\n- and a list",
    "# no comment",
    "{{ a template",
    "größe ☃ 𝄞",
    "yes",
    "1e3",
    "\\n \\x41 \\",
    "a: b",
    "${HOME} %d %s",
]
PRINTABLE = st.characters(exclude_categories=["C", "Z"])
LINES = st.sampled_from("\n #:{}\"'")


def slo(
    name: str = "availability",
    *,
    service: str = "shop",
    description: str = "",
    sli: Events | ErrorRatio | TimeSlices = EVENTS,
    slo_id: str | None = None,
) -> SLO:
    """Return an SLO whose proof is short: its window is an hour, and it has no tiers."""
    return SLO(
        service=Service(service),
        name=name,
        id=slo_id or f"{service}-{name}",
        objective="99%",
        window="1h",
        sli=sli,
        description=description,
        alerts=AlertPolicy(preset="none", violated=True),
    )


def rendered(*slos: SLO, layout: Layout = "service") -> tuple[File, ...]:
    """Return the test files of SLOs."""
    return build(slos).render(TARGET, layout=layout)


def test_names_tell_the_slo_and_the_pace() -> None:
    """A file holds what is shown about one SLO at one pace, the quickest first."""
    policy = AlertPolicy.standard()
    built = build(
        SLO(service="a", name="b", objective="99.9%", window="30d", sli=EVENTS, alerts=policy)
    )

    assert [file.path for file in built.render(TARGET)] == [
        f"promtool-tests/a-b.{pace}.yaml" for pace in ("30s", "1m", "5m", "10m", "12m", "1h", "6h")
    ]


def test_a_file_has_the_pace_of_its_name() -> None:
    """All groups are evaluated so often, in the order in which they depend on each other."""
    for file in rendered(slo()):
        document = yaml.safe_load(file.text)
        assert PurePosixPath(file.path).name == (
            f"shop-availability.{document['evaluation_interval']}.yaml"
        )
        assert document["group_eval_order"] == [
            f"slogen:shop-availability:{group}" for group in ("fast", "slow", "budget")
        ]


@pytest.mark.parametrize(
    ("layout", "names"),
    [
        ("service", ["a", "a", "b"]),
        ("slo", ["a-1", "a-2", "b-1"]),
        ("single", ["slogen", "slogen", "slogen"]),
    ],
)
def test_layouts_decide_which_rules_are_read(layout: Layout, names: list[str]) -> None:
    """A test reads the file that holds the rules of its SLO."""
    slos = [slo("1", service="a"), slo("2", service="a"), slo("1", service="b")]
    read = {
        PurePosixPath(file.path).name.split(".")[0]: yaml.safe_load(file.text)["rule_files"]
        for file in rendered(*slos, layout=layout)
    }
    written = {file.path for file in build(slos).render("prometheus", layout=layout)}

    assert read == {
        slo_id: [f"../prometheus/{name}.yaml"]
        for slo_id, name in zip(("a-1", "a-2", "b-1"), names, strict=True)
    }
    assert {f"prometheus/{name}.yaml" for name in names} == written


def test_promtool_evaluates_nothing_in_vain() -> None:
    """It evaluates each rule of a file in each test: unless told, those of the SLO alone."""
    rules = build([slo("1", service="a"), slo("2", service="a")])
    groups = {
        f"../{file.path}": [group["name"] for group in yaml.safe_load(file.text)["groups"]]
        for file in rules.render("prometheus")
    }

    for file in rules.render(TARGET):
        test = yaml.safe_load(file.text)
        (rule_file,) = test["rule_files"]
        assert groups[rule_file] == test["group_eval_order"]


def test_layouts_show_the_same() -> None:
    """Only the rule file differs, not what is asked of it."""

    def shown(layout: Layout) -> list[tuple[str, str]]:
        """Return the paths of files, and what stands below the line about the rule file."""
        files = rendered(slo(), layout=layout)
        return [(file.path, file.text.partition("evaluation_interval:")[2]) for file in files]

    assert shown("service") == shown("slo") == shown("single")


def test_a_remark_where_base_series_are_fed() -> None:
    """Where no series can be made the head of each file says why; else it says nothing."""
    remarked = "# The base series are fed, not the raw ones: slogen cannot tell which series"

    fed, raw = rendered(slo(sli=RATIO)), rendered(slo())

    assert all(file.text.startswith(f"{HEAD}{remarked}") for file in fed)
    assert all(file.text.startswith(f"{HEAD}rule_files:") for file in raw)


def test_a_remark_where_samples_bear_earlier_times() -> None:
    """With query_offset the time of a check is not the time at which anybody is sent an alert."""
    late = SLO(
        service=Service("shop", settings=Settings(query_offset="1m", prometheus="3.5")),
        name="a",
        objective="99%",
        window="30d",
        sli=EVENTS,
    )
    remark = "# Checks ask about the times that samples bear: an alert is sent 1m later.\n"

    assert all(remark in file.text for file in build(late).render(TARGET))
    assert not any("bear" in file.text for file in rendered(slo()))


@settings(max_examples=40)
@given(st.text(PRINTABLE, min_size=1, max_size=12), st.text(PRINTABLE | LINES, max_size=30))
def test_any_text_makes_yaml(name: str, description: str) -> None:
    """Whatever a name and a description are, files begin with the header and are read again."""
    try:
        named = slo(name, description=description, slo_id=name)
    except InvalidValue:
        reject()

    for file in rendered(named):
        document = yaml.safe_load(file.text)
        assert file.text.startswith(f"{HEADER}\n")
        assert set(document) == {
            "rule_files",
            "evaluation_interval",
            "group_eval_order",
            "tests",
        }
        asked = {"promql_expr_test", "alert_rule_test"}
        assert all(test["name"] and test.keys() & asked for test in document["tests"])


def hostile() -> list[SLO]:
    """Return SLOs whose names, ids and descriptions are hostile."""
    lines = [text.replace("\n", " ") for text in HOSTILE]
    return [
        slo(line, description=text, slo_id=f"{number} {line}")
        for number, (line, text) in enumerate(zip(lines, HOSTILE, strict=True))
    ]


@pytest.mark.long
@pytest.mark.parametrize(("line", "first"), [("2", 0), ("3", 1)])
def test_promtool_reads_hostile_texts(line: str, first: int, tmp_path: Path) -> None:
    """Quotes, line breaks and letters of all kinds change nothing in what is shown.

    Each SLO has four files: both lines read each text, and each of them every second file.
    """
    build(hostile()).write(tmp_path, ("prometheus", TARGET), layout="slo")
    files = sorted(tmp_path.glob(f"{TARGET}/*.yaml"))

    assert len(files) == len(rendered(*hostile())) == 4 * len(HOSTILE)
    assert "FAILED" not in promtool.test_rules(line, files[first::2])


def test_an_id_like_a_template(tmp_path: Path) -> None:
    """The tests of an SLO ask for its own alerts, whatever its id is and the file holds."""
    slos = [slo("a", slo_id="{{ a"), slo("b", slo_id="{{ b")]
    build(slos).write(tmp_path, ("prometheus", TARGET), layout="single")

    assert promtool.test_rules("3", sorted(tmp_path.glob(f"{TARGET}/*.yaml")))


def test_an_id_is_made_a_file_name() -> None:
    """What no file system takes does not stand in a file's name, and names stay distinct."""
    ids = ["a/b", "a b", "a.b", "A-B", "../a", 'a"b']
    files = rendered(*(slo(f"n{n}", slo_id=slo_id) for n, slo_id in enumerate(ids)))
    names = [PurePosixPath(file.path) for file in files]

    assert {str(name.parent) for name in names} == {TARGET}
    assert len({str(name).casefold() for name in names}) == len(files)


PROGRAM = """
from slogen import SLO, Events, build
requests = 'requests_total{handler!~"/health|/live",pod=~"shop-[a-z0-9]{4}"}'
sli = Events(total=requests, bad="failures_total")
slo = SLO(service="a", name="b", objective="99.9%", window="30d", sli=sli, group_by=("x", "y"))
print([file.text for file in build(slo).render("promtool-tests")])
"""


def test_the_same_in_every_process() -> None:
    """No hash and no chance decides anything in a file."""
    printed = {
        subprocess.run(  # noqa: S603 (this very Python)
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in "123"
    }

    assert len(printed) == 1
    assert "shop-" in printed.pop()


def test_a_failure_names_what_was_asked(tmp_path: Path) -> None:
    """Rules that are not there fail every file, and promtool says what it asked for."""
    build(slo()).write(tmp_path, ("prometheus", TARGET))
    (tmp_path / "prometheus" / "shop-availability.yaml").write_text("groups: []\n")
    for file in sorted(tmp_path.glob(f"{TARGET}/*.yaml")):
        outcome = run(find("promtool", "3"), "test", "rules", file, seconds=60)
        assert outcome.code == 1
        assert 'slo_id=\\"shop-availability\\"' in outcome.output
