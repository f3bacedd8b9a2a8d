"""``slogen explain``: what SLOs mean, on stdout."""

from __future__ import annotations

import json

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import process, project, run, write, write_more
from tests.review.explanation.test_explain_json import VALIDATOR


def test_all_slos_are_explained_one_after_the_other() -> None:
    """In the order of the definitions, with an empty line between them."""
    write_more("latency")

    result = run("explain", ".")

    assert (result.exit_code, result.stderr) == (Exit.FINE, "hello\nhello\n")
    heads = [line for line in result.stdout.splitlines() if line.startswith("shop-")]
    assert heads == ["shop-latency: 99.9% over 30d", "shop-availability: 99.9% over 30d"]
    assert "\n\nshop-availability: " in result.stdout


def test_one_slo_is_explained() -> None:
    """Chosen by its id, or by a pattern."""
    write_more("latency", "quality")

    result = run("explain", ".", "--slo", "shop-lat*", "--format", "json")

    assert [slo["id"] for slo in json.loads(result.stdout)["slos"]] == ["shop-latency"]


def test_an_unknown_slo_is_a_mistake_of_the_command_line() -> None:
    """With the one that was meant, and all that there are."""
    result = run("explain", "slos.py", "--slo", "shop-availabilty")

    assert result.exit_code == Exit.USAGE
    assert result.stderr.endswith(
        'Error: --slo is "shop-availabilty", which no id matches\n'
        'did you mean "shop-availability"?\n'
        "There are: shop-availability\n"
    )
    assert result.stdout == ""


def test_a_picture_is_of_one_slo() -> None:
    """Of several there would be several pictures."""
    write_more("latency")

    refused = run("explain", ".", "--format", "svg")
    drawn = run("explain", ".", "--format", "svg", "--slo", "shop-latency")

    assert refused.exit_code == Exit.USAGE
    assert "--format svg draws one SLO, and there are 2: add --slo ID" in refused.stderr
    assert drawn.stdout.startswith("<svg ")


def test_markdown_has_a_heading_for_each_slo() -> None:
    """Several are one page."""
    write_more("latency")

    result = run("explain", ".", "--format", "markdown")

    assert result.stdout.count("### shop-") == 2
    assert "</details>\n\n### " in result.stdout


def test_traffic_is_that_of_the_command_line_or_of_the_project() -> None:
    """What lint is told holds here as well, unless something else is said."""
    project('paths = ["slos.py"]\n[lint]\ntraffic = 2400\n')

    assert "2400 events a day are 72000 in the window" in run("explain").stdout
    assert "100 events a day are 3000 in the window" in run("explain", "--traffic", "100").stdout
    assert "events a day" not in run("explain", "slos.py", "--project", _empty()).stdout


def _empty() -> str:
    return str(project('paths = ["slos.py"]\n', "empty.toml"))


def test_the_scrape_interval_counts() -> None:
    """Scrapes once a minute see an outage later."""
    seldom = run("explain", "slos.py", "--scrape-interval", "1m").stdout

    assert "every 1m, reading" in seldom
    assert seldom != run("explain", "slos.py").stdout


@pytest.mark.parametrize("form", ["text", "markdown", "json", "svg"])
def test_a_wrong_definition_is_an_error_at_its_place(form: str) -> None:
    """Nothing is explained."""
    write("slos.py", objective="100%")

    result = run("explain", "slos.py", "--format", form)

    assert (result.exit_code, result.stdout) == (Exit.INPUT, "")
    said = result.stderr if form != "json" else result.stderr.replace('\\"', '"')
    assert 'SLO.objective is "100%"' in said


TARGETS = """\
paths = ["slos.py"]
targets = ["prometheus", "mimir", "thanos", "victoriametrics", "catalogue", "mimir"]

[target.mimir]
ruler_evaluation_delay_duration = "2m"
"""
LATER = (
    "mimir: On this ruler alerts fire 2m later than is said above.",
    (
        "victoriametrics: On this ruler alerts fire 90s to 2m later than is said above. "
        "Over windows above 6h: 150s to 210s; about the budget left: 270s to 330s."
    ),
)


def test_a_ruler_of_the_project_may_be_later() -> None:
    """What is explained is about Prometheus: who has another ruler reads by how much it is late."""
    project(TARGETS)

    text, markdown = run("explain"), run("explain", "--format", "markdown")

    assert text.stdout.endswith("\n\n" + "\n".join(LATER) + "\n")
    assert markdown.stdout.endswith("\n\n" + "".join(f"- {line}\n" for line in LATER))


def test_nothing_is_said_of_rulers_that_are_not_late() -> None:
    """Prometheus is what is explained, and Thanos Ruler sees as soon what it has recorded."""
    project('paths = ["slos.py"]\ntargets = ["prometheus", "thanos"]\n')

    assert "this ruler" not in run("explain").stdout


def test_programs_read_how_late_rulers_are() -> None:
    """In seconds, each target that writes rules, also one that is not late."""
    project(TARGETS)

    document = json.loads(run("explain", "--format", "json").stdout)

    VALIDATOR.validate(document)
    late = {
        ruler["target"]: [tuple(span.values()) for span in ruler["later"].values()]
        for ruler in document["rulers"]
    }
    assert len(late) == len(document["rulers"])
    assert late == {
        "prometheus": [(0, 0)] * 3,
        "mimir": [(120, 120)] * 3,
        "thanos": [(0, 0)] * 3,
        "victoriametrics": [(90, 120), (150, 210), (270, 330)],
    }


def test_scripts_may_be_refused() -> None:
    """For definitions that somebody else wrote."""
    assert run("explain", "slos.py", "--no-scripts").exit_code == Exit.INPUT


@pytest.mark.parametrize("traffic", ["0", "-1", "many"])
def test_traffic_is_a_number_of_events(traffic: str) -> None:
    """Of 1 and more."""
    assert run("explain", "slos.py", "--traffic", traffic).exit_code == Exit.USAGE


@pytest.mark.parametrize(
    ("command", "unused"),
    [
        (("--version",), "slogen.review"),
        (("build", "slos.py", "--out", "out"), "slogen.review.explanation"),
        (("build", "slos.py", "--out", "out"), "slogen.review.comparison.differences"),
        (("explain", "slos.py"), "grafanalib"),
        (("explain", "slos.py"), "slogen.proof"),
        (("explain", "slos.py"), "slogen.review.explanation.detection_chart"),
    ],
)
def test_what_a_command_does_not_need_is_not_imported(
    command: tuple[str, ...], unused: str
) -> None:
    """Nobody waits for it."""
    code = (
        "import sys\nfrom slogen.cli import main\n"
        f"main({list(command)!r}, standalone_mode=False)\n"
        f"sys.exit({unused!r} in sys.modules)"
    )

    assert process("-c", code).returncode == 0
