"""``slogen list``: the SLOs at a glance, and which alerts each has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import slogen
from slogen.cli.exits import Exit
from slogen.rules import AlertingRule
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
GUARD = "min_bad_events 3"
KEPT = "keep_firing_for 10m"
FULL = f"""\
ID                 SERVICE  NAME          OBJECTIVE  WINDOW  KIND         GROUP_BY       OWNER
shop-availability  shop     availability  99.9%      30d     events
  page    14.4x over 1h/5m  spends 2%     SLOBurnRatePage          {KEPT}, {GUARD}
  page    6x over 6h/30m    spends 5%     SLOBurnRatePage          {KEPT}, {GUARD}
  ticket  3x over 1d/2h     spends 10%    SLOBurnRateTicket        {GUARD}
  ticket  1x over 3d/6h     spends 10%    SLOBurnRateTicket        {GUARD}
  ticket  exhausted                       SLOErrorBudgetExhausted  keep_firing_for 1h, {GUARD}
  ticket  stale                           SLODataStale             for 10m
data-freshness     data     freshness     80%        1d      time_slices  tenant,region  team-data
  page    4.5x over 30m/5m  spends 9.38%  SLOBurnRatePage          {KEPT}
  page    4x over 3h/15m    spends 50%    SLOBurnRatePage          {KEPT}
  ticket  2x over 6h/30m    spends 50%    SLOBurnRateTicket
  ticket  exhausted                       SLOErrorBudgetExhausted  keep_firing_for 1h
  ticket  stale                           SLODataStale             for 10m
"""
TUNED = """\
from slogen import SLO, Alert, AlertPolicy, Events, Settings, Tier

slow = Tier("ticket", long="8h", burn_rate=2, for_="5m")
burning = Alert(name="Burning")
policy = AlertPolicy(
    preset="pages_only", tiers=[slow], page=burning, low=True, violated=True, stale=False
)
slo = SLO(
    service="s",
    name="n",
    objective="99%",
    window="7d",
    sli=Events(total="requests", bad="errors"),
    alerts=policy,
    settings=Settings(severities={"page": "critical"}),
)
"""


@pytest.fixture(autouse=True)
def more() -> None:
    """Write a second script."""
    Path("more.py").write_text(MORE)


def test_a_table_is_for_people() -> None:
    """A line an SLO, in the order of the scripts, and below it one for each tier and alert."""
    result = run("list", "slos.py", "more.py")

    assert result.exit_code == Exit.FINE
    assert result.stdout == FULL
    assert result.stderr == "hello\n"


def test_a_brief_table_has_the_slos_alone() -> None:
    """Its columns are as wide as those of the table with tiers."""
    result = run("list", "slos.py", "more.py", "--brief")

    assert result.exit_code == Exit.FINE
    assert result.stdout == TABLE
    assert result.stdout.splitlines() == [
        line for line in FULL.splitlines() if not line.startswith(" ")
    ]


def test_what_is_tuned_is_shown() -> None:
    """Severities in the house's words, names, delays, and a part of the budget of three digits."""
    Path("tuned.py").write_text(TUNED)

    lines = run("list", "tuned.py").stdout.splitlines()

    assert lines[2:] == [
        f"  critical  14.4x over 1h/5m  spends 8.57%  Burning                  {KEPT}, {GUARD}",
        f"  critical  6x over 6h/30m    spends 21.4%  Burning                  {KEPT}, {GUARD}",
        f"  ticket    2x over 8h/40m    spends 9.52%  SLOBurnRateTicket        for 5m, {GUARD}",
        "  ticket    exhausted                       SLOErrorBudgetExhausted  keep_firing_for 1h, "
        + GUARD,
        f"  ticket    low                             SLOErrorBudgetLow        for 5m, {GUARD}",
        f"  ticket    violated                        SLOObjectiveViolated     for 5m, {GUARD}",
    ]


def test_an_slo_without_alerts_has_no_lines_below() -> None:
    """The preset that alerts nobody leaves the SLO's line alone."""
    Path("none.py").write_text(TUNED.replace("alerts=policy", "alerts=AlertPolicy.none()"))

    assert run("list", "none.py").stdout == run("list", "none.py", "--brief").stdout


def test_no_line_ends_with_a_space() -> None:
    """What is copied out of a terminal is clean."""
    lines = run("list", "slos.py", "more.py").stdout.splitlines()

    assert [line.rstrip() for line in lines] == lines


def test_brief_json_is_for_programs() -> None:
    """The columns of the table are the keys."""
    result = run("list", "slos.py", "more.py", "--format", "json", "--brief")

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


@pytest.mark.parametrize("command", [("list",), ("explain",), ("diff", "slos.py")])
def test_programs_read_errors_as_json(command: tuple[str, ...]) -> None:
    """With --format json an error is one document on stderr, with its place."""
    write("bad.py", objective="100%")

    result = run(*command, "bad.py", "--format", "json")

    (error,) = json.loads(result.stderr.replace("hello\n", ""))["diagnostics"]
    assert result.exit_code == Exit.INPUT
    assert result.stdout == ""
    assert (error["code"], error["file"], error["line"]) == ("invalid-value", "bad.py", 6)


def test_json_and_the_table_agree() -> None:
    """Whoever reads one need not read the other."""
    head, *lines = run("list", "more.py", "--brief").stdout.splitlines()
    (row,) = json.loads(run("list", "more.py", "--format", "json", "--brief").stdout)

    assert head.lower().split() == list(row)
    assert [line.split() for line in lines] == [list(row.values())]


def test_json_has_tiers_and_alerts() -> None:
    """Each is an object; what it does not have is null."""
    Path("tuned.py").write_text(TUNED)

    (row,) = json.loads(run("list", "tuned.py", "--format", "json").stdout)

    assert [tier["spends"] for tier in row["tiers"]] == ["8.57143%", "21.4286%", "9.52381%"]
    assert row["tiers"][2] == {
        "severity": "ticket",
        "burn_rate": 2,
        "long": "8h",
        "short": "40m",
        "spends": "9.52381%",
        "name": "SLOBurnRateTicket",
        "for": "5m",
        "keep_firing_for": None,
        "min_bad_events": 3,
    }
    assert [alert["kind"] for alert in row["alerts"]] == ["exhausted", "low", "violated"]
    assert row["alerts"][0] == {
        "kind": "exhausted",
        "severity": "ticket",
        "name": "SLOErrorBudgetExhausted",
        "for": None,
        "keep_firing_for": "1h",
        "min_bad_events": 3,
    }


@pytest.mark.parametrize(
    "alerts", [TUNED, TUNED.replace("low=True", "low=True, stale_groups=True")]
)
def test_what_is_listed_is_what_is_built(alerts: str) -> None:
    """Every alert of the rules is listed, with the number of bad events that it asks for."""
    Path("tuned.py").write_text(alerts.replace("slo = SLO(", 'slo = SLO(\n    group_by="tenant",'))
    rules = [
        (rule.alert, 3 if re.search(r">= 3$", rule.expr, re.MULTILINE) else None)
        for group in slogen.build(slogen.load("tuned.py")).rules[0].groups
        for rule in group.rules
        if isinstance(rule, AlertingRule)
    ]

    (row,) = json.loads(run("list", "tuned.py", "--format", "json").stdout)

    listed = [(alert["name"], alert["min_bad_events"]) for alert in row["tiers"] + row["alerts"]]
    assert sorted(listed, key=str) == sorted(rules, key=str)


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
    assert result.stdout == FULL


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
