"""``slogen list``: the SLOs at a glance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import project, run, write

MORE = """\
from slogen import SLO, Service, TimeSlices

data = Service("data", owner="team-data")
sli = TimeSlices(query="time() - max by (tenant, region) (updated)", good_when="<= 300")
slo = SLO(
    service=data,
    name="freshness",
    objective="80%",
    window="24h",
    sli=sli,
    group_by=("tenant", "region"),
)
"""
TABLE = """\
ID                 SERVICE  NAME          OBJECTIVE  WINDOW  KIND         GROUP_BY       OWNER
shop-availability  shop     availability  99.9%      30d     events
data-freshness     data     freshness     80%        1d      time_slices  tenant,region  team-data
"""


@pytest.fixture(autouse=True)
def more() -> None:
    """Write a second script."""
    Path("more.py").write_text(MORE)


def test_a_table_is_for_people() -> None:
    """A line an SLO, in the order of the scripts, with columns that are as wide as needed."""
    result = run("list", "slos.py", "more.py")

    assert result.exit_code == Exit.FINE
    assert result.stdout == TABLE
    assert result.stderr == "hello\n"


def test_no_line_ends_with_a_space() -> None:
    """What is copied out of a terminal is clean."""
    lines = run("list", "slos.py", "more.py").stdout.splitlines()

    assert [line.rstrip() for line in lines] == lines


def test_json_is_for_programs() -> None:
    """The columns of the table are the keys."""
    result = run("list", "slos.py", "more.py", "--format", "json")

    assert result.exit_code == Exit.FINE
    assert json.loads(result.stdout) == [
        {
            "id": "shop-availability",
            "service": "shop",
            "name": "availability",
            "objective": "99.9%",
            "window": "30d",
            "kind": "events",
            "group_by": "",
            "owner": "",
        },
        {
            "id": "data-freshness",
            "service": "data",
            "name": "freshness",
            "objective": "80%",
            "window": "1d",
            "kind": "time_slices",
            "group_by": "tenant,region",
            "owner": "team-data",
        },
    ]


def test_json_and_the_table_agree() -> None:
    """Whoever reads one need not read the other."""
    head, *lines = run("list", "more.py").stdout.splitlines()
    (row,) = json.loads(run("list", "more.py", "--format", "json").stdout)

    assert head.lower().split() == list(row)
    assert [line.split() for line in lines] == [list(row.values())]


def test_yaml_is_a_definition() -> None:
    """What is printed can be built instead of the scripts, to the same rules."""
    result = run("list", "slos.py", "more.py", "--format", "yaml")
    Path("all.yaml").write_text(result.stdout)
    run("build", "slos.py", "more.py", "--out", "scripts")

    assert result.exit_code == Exit.FINE
    assert result.stdout.startswith("# yaml-language-server: $schema=slogen.schema.json\n")
    assert run("build", "all.yaml", "--out", "scripts", "--check").exit_code == Exit.FINE


def test_yaml_leaves_to_the_project_what_it_says() -> None:
    """The project file goes on to say whom an SLO without an owner belongs to."""
    before = run("list", "slos.py", "--format", "yaml").stdout
    project('defaults.owner = "team-sre"\nscrape_interval = "15s"')

    assert run("list", "slos.py", "--format", "yaml").stdout == before


def test_yaml_is_not_printed_of_what_is_wrong() -> None:
    """Two SLOs with one id are told before anybody writes them down again."""
    Path("twice.py").write_text(MORE)

    result = run("list", "more.py", "twice.py", "--format", "yaml")

    assert result.exit_code == Exit.INPUT
    assert "data-freshness" in result.stderr
    assert result.stdout == ""


def test_letters_stay_as_they_are() -> None:
    """Names are shown as they were written."""
    write("slos.py", old='service="shop"', new='service="Größe"')

    assert '"service": "Größe"' in run("list", "slos.py", "--format", "json").stdout


def test_listing_writes_nothing() -> None:
    """Looking is free."""
    project('paths = "slos.py"\nout = "out"')
    before = sorted(Path().rglob("*"))

    run("list")

    assert sorted(Path().rglob("*")) == before


def test_lists_what_the_project_names() -> None:
    """Without a PATH the project file says what there is; an output folder is not needed."""
    project('paths = ["slos.py", "more.py"]')

    result = run("list")

    assert result.exit_code == Exit.FINE
    assert result.stdout == TABLE


def test_the_owner_of_the_project_answers_for_the_rest() -> None:
    """Where neither the SLO nor its service has an owner, the table shows the one of the rules."""
    project('paths = ["slos.py", "more.py"]\ndefaults.owner = "team-sre"')

    rows = json.loads(run("list", "--format", "json").stdout)

    assert [row["owner"] for row in rows] == ["team-sre", "team-data"]


def test_without_paths_it_is_code_2() -> None:
    """Where nothing says what to list, that is told with what to write."""
    result = run("list")

    assert result.exit_code == Exit.USAGE
    assert "no PATH given, and no project file names any" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("form", ["", "yml", "JSON"])
def test_an_unknown_form_is_code_2(form: str) -> None:
    """There are three forms."""
    result = run("list", "slos.py", "--format", form)

    assert result.exit_code == Exit.USAGE
    assert "'table', 'json', 'yaml'" in result.stderr


def test_a_bad_input_is_code_3() -> None:
    """A script that fails is told as in a build, and nothing is listed."""
    write("slos.py", objective="0%")

    result = run("list", "slos.py", "more.py")

    assert result.exit_code == Exit.INPUT
    assert "slos.py:6:" in result.stderr
    assert result.stdout == ""
