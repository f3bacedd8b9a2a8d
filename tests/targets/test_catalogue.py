"""Pages for people: every SLO is found, every alert explained, and no text breaks a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, Settings, build, load
from slogen.naming import ALERTS
from slogen.targets.catalogue_text import plain, prose
from slogen.targets.files import is_ours
from tests.golden_cases import ROOT
from tests.rule_files import metrics

if TYPE_CHECKING:
    from slogen.rule_set import RuleSet

REQUESTS = Selector("http_requests_total")
EVERYTHING = AlertPolicy(
    preset="standard", low=True, violated=True, incomplete=True, stale_groups=True
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def slo(name: str = "availability", **more: Any) -> SLO:  # noqa: ANN401 (arguments of SLO)
    """Return an SLO."""
    service = more.pop("service", Service("shop", owner="team-shop"))
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
    return SLO(service=service, name=name, sli=sli, objective="99.9%", window="30d", **more)


def pages(*slos: SLO, **settings: Any) -> dict[str, str]:  # noqa: ANN401 (settings)
    """Return the files by their paths below the target's folder."""
    rules: RuleSet = build(list(slos), Settings(**settings))
    return {file.path.partition("/")[2]: file.text for file in rules.render("catalogue")}


def test_the_index_leads_to_every_page() -> None:
    """Each SLO has a page, and the index links to each, whatever its id is."""
    found = pages(slo(), slo(name="café & co", service=Service("Größe", owner="a|b")))
    links = [unquote(link) for link in re.findall(r"\]\((.*)\)", found["index.md"])]

    assert {*links, "index.md"} == {*found}
    assert len(found) == 3
    assert all(map(is_ours, found.values()))


def test_the_index_is_sorted() -> None:
    """By owner, service and name, in whichever order the SLOs were defined."""
    one, other = slo("b"), slo("a")

    assert pages(one, other) == pages(other, one)


def test_a_page_says_what_is_promised() -> None:
    """Objective, budget as a ratio and as an outage, groups, owner and links stand on top."""
    (page,) = (
        text
        for path, text in pages(
            slo(
                group_by="tenant",
                runbook="https://r.example.com/shop",
                description="Users can buy.",
            ),
            grafana="https://g.example.com/",
        ).items()
        if path != "index.md"
    )

    assert "\n# shop availability\n\nUsers can buy.\n\n| | |\n| --- | --- |\n" in page
    for row in (
        "| Objective | 99.9% over 30d |",
        "| Error budget | 0.1%, or 43m12s of a total outage |",
        "| A budget for each | tenant |",
        "| Owner | team&#45;shop |",
        "| Runbook | [https://r.example.com/shop](https://r.example.com/shop) |",
        "(https://g.example.com/d/slo-shop?var-slo=shop-availability) |",
    ):
        assert row.replace("&#45;", "-") in page
    assert "## Runbook" not in page


def test_every_alert_has_a_first_step() -> None:
    """Each alert that an SLO can have is in the table, with when it fires and what to do."""
    page = pages(slo(alerts=EVERYTHING, group_by="tenant"))["slos/shop-availability.md"]
    rows = re.findall(r"^\| (SLO\w+) \| (\w+) \| (.+) \| (.+) \|$", page, re.MULTILINE)

    assert {name for name, *_ in rows} == ALERTS - {"SLOBurnRateInfo"}
    assert (
        "SLOBurnRatePage",
        "page",
        (
            "more than 1.44% is bad over both 1h and 5m: 14.4 times what the budget allows, "
            "and at least 3 events were bad"
        ),
    ) in [row[:3] for row in rows]
    assert "less than 25% of the error budget is left" in page


@pytest.mark.parametrize(
    ("given", "is_there"),
    [
        ({}, True),
        ({"runbook": "https://r.example.com"}, False),
        ({"alerts": AlertPolicy(preset="none", stale=False, exhausted=Alert())}, True),
        (
            {
                "alerts": AlertPolicy(
                    preset="none", stale=False, exhausted=Alert(runbook="https://r.example.com")
                )
            },
            False,
        ),
        ({"alerts": AlertPolicy.none()}, True),
    ],
)
def test_a_skeleton_stands_where_there_is_no_runbook(given: dict[str, Any], is_there: bool) -> None:  # noqa: FBT001 (what is expected)
    """Neither the SLO nor each of its alerts has one: then the page has what to fill in."""
    page = pages(slo(**given))["slos/shop-availability.md"]

    assert ("## Runbook" in page) is is_there
    assert ("## What users notice" in page) is is_there


def test_queries_ask_for_recorded_series() -> None:
    """What a page lets a person ask is what rules record."""
    rules = build(load(ROOT / "docs" / "examples" / "erp"))
    recorded = {line for file in rules.render() for line in re.findall(r"record: (\S+)", file.text)}
    asked = [
        query
        for file in rules.render("catalogue")
        for query in re.findall(r"```promql\n(.*?)\n```", file.text, re.DOTALL)
    ]

    assert len(asked) == 3 * len(rules.slos)
    assert {name for query in asked for name in metrics(query)} <= recorded


@given(TEXTS)
def test_a_text_is_shown_as_it_is(words: str) -> None:
    """Markdown and HTML find nothing of their own in it, and a reader sees every character."""
    escaped = plain(words)

    assert html.unescape(escaped) == " ".join(words.split())
    assert not set(escaped.replace("&#", "")) & set("\\`*_{}[]()+!|~$<>")
    assert "\n" not in escaped


def test_no_text_ends_a_block_of_code() -> None:
    """A fence is longer than the backticks that it holds."""
    service = Service("a```b", owner="x")
    page = pages(slo(service=service))["slos/a%60%60%60b-availability.md"]

    assert "\n````markdown\n# a```b availability\n" in page


def test_a_page_says_for_how_long_and_how_many() -> None:
    """An alert that waits, or asks for bad events, says so where it says when it fires."""
    policy = AlertPolicy(preset="standard", page=Alert(for_="2m"), low=True, min_bad_events=5)
    own = pages(slo(alerts=policy))["slos/shop-availability.md"]
    least = "at least 5 events were bad"

    assert f"14.4 times what the budget allows, and {least}, for 2m |" in own
    assert f"| the error budget is spent, and {least} |" in own
    assert f"of the error budget is left, and {least}, for 5m |" in own
    assert "| there is no data at all, and the service was not idle before, for 10m |" in own
    assert (
        "least"
        not in pages(slo(alerts=AlertPolicy(preset="standard", min_bad_events=1)))[
            "slos/shop-availability.md"
        ]
    )


@pytest.mark.parametrize(
    ("objective", "window", "outage"),
    [
        ("99.9999999%", "1h", "0.0000001%, or less than 1ms"),
        ("99.9999%", "1h", "0.0001%, or 3ms"),
        ("99.96%", "1h", "0.04%, or 1s"),
        ("99.5%", "7d", "0.5%, or 50m24s"),
        ("90%", "365d", "10%, or 36d12h"),
        ("0.1%", "365d", "99.9%, or 364d15h14m24s"),
    ],
)
def test_a_budget_is_as_long_as_it_is(objective: str, window: str, outage: str) -> None:
    """Neither is a tiny one rounded up, nor a long one counted in hours alone."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
    short = SLO(service=Service("shop"), name="a", sli=sli, objective=objective, window=window)

    assert f"| Error budget | {outage} of a total outage |" in pages(short)["slos/shop-a.md"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- a\n- b", ["- a", "- b", ""]),
        ("* a\n+ b|c", ["- a", "- b&#124;c", ""]),
        ("1. a\n2) b", ["1. a", "2) b", ""]),
        ("Before\n- a\nAfter", ["Before", "", "- a", "", "After", ""]),
        ("---\n===\n- - -", ["&#45;--", "", "&#61;==", "", "- &#45; -", ""]),
        ("-\n1.\n2001. A year", ["&#45;", "", "1&#46;", "", "2001. A year", ""]),
        ("-5 degrees\n0.5 s", ["&#45;5 degrees", "", "0&#46;5 s", ""]),
        ("    code\n\n\ttab", ["code", "", "tab", ""]),
    ],
)
def test_a_description_keeps_its_lists(text: str, lines: list[str]) -> None:
    """Items stand together; what else begins like a block of Markdown is shown as it is."""
    assert list(prose(text)) == lines


@given(st.lists(TEXTS, max_size=4))
def test_every_line_of_a_description_is_shown(texts: list[str]) -> None:
    """No word is lost, and no line begins a block but an item of a list."""
    text = "\n".join(texts)
    shown = [line for line in prose(text) if line]

    words = re.sub(r"(?m)^\s*[*+](?=\s+\S)", "-", text).split()
    assert " ".join(map(html.unescape, shown)).split() == words
    assert not any(re.match(r"\s|[=>#]|-(?! )|[0-9]+[.)]$", line) for line in shown)
