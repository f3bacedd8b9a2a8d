"""The page of a report: alone, without script, and with the numbers of its JSON."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live import Prometheus
from slogen.live.forms import cells
from slogen.live.forms.charts import burn_down, pieces, sparkline
from slogen.live.forms.documents import report_document
from slogen.live.forms.html import page
from slogen.live.forms.sections import sections
from slogen.live.readings import Fleet
from slogen.live.reporting import reported
from tests.live.world import AT, remember, troubled_erp

if TYPE_CHECKING:
    from slogen.live.readings import Points
    from slogen.live.reports import Report

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=y>&\"'\x1b[1m"


class Reader(HTMLParser):
    """Reads a page: its tags with their attributes, and the texts of its cells."""

    def __init__(self, text: str) -> None:
        """Read a whole page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self._is_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and begin a row or a cell."""
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._is_cell:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def erp() -> Report:
    """Return a report on the ERP on a bad day, with the history of each budget."""
    world = troubled_erp()
    remember(world)
    with world.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT)
        return reported(fleet, history=True)


def test_stands_alone(erp: Report) -> None:
    """No script, no handler, no style but its own, and nothing that is fetched."""
    tags = Reader(page(erp)).tags
    names = {name for name, _ in tags}
    attributes = {key for _, found in tags for key in found}

    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not {key for key in attributes if key.startswith("on")} | (attributes & {"src", "style"})
    assert "url(" not in page(erp)
    assert "@import" not in page(erp)


def test_its_policy_allows_its_own_style_alone(erp: Report) -> None:
    """The hash in the content security policy is that of the style in the page."""
    text = page(erp)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_the_numbers_are_those_of_the_json(erp: Report) -> None:
    """Every row of the page can be counted again from the document."""
    rows = [dict([row]) for row in Reader(page(erp)).rows if len(row) == 2]
    merged: list[dict[str, str]] = [{}]
    for row in rows:
        if "state" in row:
            merged.append({})
        merged[-1] |= row
    groups = [(slo, group) for slo in report_document(erp)["slos"] for group in slo["groups"]]

    for (slo, group), shown in zip(groups, merged[1:], strict=True):
        assert shown["state"] == group["state"]
        assert shown["result"] == group["verdict"]
        assert shown["of all"] == cells.amount(group["events"], slo["unit"])
        sli = 1 - group["errors"] / group["events"]
        assert shown["SLI"] == cells.sli(sli, slo["objective"])
        if group["state"] != "no data":
            total = (1 - slo["objective"]) * group["events"] / group["coverage"]
            left = round(1 - group["errors"] / total, 9)
            assert shown["budget left"] == cells.percent(left)


def test_has_all_sections_with_their_rows(erp: Report) -> None:
    """The tables of text and Markdown are there, cell by cell."""
    rows = Reader(page(erp)).rows

    for section in sections(erp):
        assert list(section.head) in rows
        assert all(list(row) in rows for row in section.rows)


def test_each_slo_has_a_line_and_each_group_a_chart_with_its_table(erp: Report) -> None:
    """Where a history was recorded it is drawn, twice, and said in words for who cannot see."""
    tags = Reader(page(erp)).tags
    charts = [found for name, found in tags if name == "svg"]
    drawn = [slo for slo in erp.slos if slo.groups]

    assert [chart["class"] for chart in charts].count("sparkline") == len(drawn) == 13
    assert [chart["class"] for chart in charts].count("chart") == 13
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)


def test_a_report_without_history_has_no_chart(erp: Report) -> None:
    """Nothing is drawn that was not asked for, and the numbers stay."""
    slos = tuple(
        attrs.evolve(slo, groups=tuple(attrs.evolve(g, history=()) for g in slo.groups))
        for slo in erp.slos
    )
    text = page(attrs.evolve(erp, slos=slos))

    assert "<svg" not in text
    assert "-38.0%" in text


def test_shows_hostile_texts_as_they_are(erp: Report) -> None:
    """A name, a description, a link and a warning of the server do nothing but stand there."""
    (first, *rest) = erp.slos
    hostile = attrs.evolve(
        first,
        id=HOSTILE,
        description=HOSTILE,
        owner=HOSTILE,
        runbook=f"javascript:{HOSTILE}",
        remarks=(HOSTILE,),
        groups=(attrs.evolve(first.groups[0], labels={HOSTILE: HOSTILE}),),
    )
    text = page(attrs.evolve(erp, slos=(hostile, *rest), warnings=(HOSTILE,)))
    reader = Reader(text)

    assert not {name for name, _ in reader.tags} & {"script", "img"}
    assert "\x1b" not in text
    assert not any((found.get("href") or "#").startswith("javascript") for _, found in reader.tags)
    assert all("onerror" not in found for _, found in reader.tags)


def test_links_lead_to_parts_of_the_page_and_to_runbooks(erp: Report) -> None:
    """Each row leads to its chart, and a runbook of http or https is a link without a referrer."""
    (first, *rest) = erp.slos
    with_runbook = attrs.evolve(first, runbook="https://runbooks.example.com/a?b=c&d=e")
    tags = Reader(page(attrs.evolve(erp, slos=(with_runbook, *rest)))).tags
    anchors = {found["id"] for name, found in tags if name == "article"}
    links = [found for name, found in tags if name == "a"]

    assert {f"#{anchor}" for anchor in anchors} == {
        link["href"] for link in links if (link["href"] or "").startswith("#")
    }
    assert {"href": "https://runbooks.example.com/a?b=c&d=e", "rel": "noreferrer"} in links


def test_many_groups_have_rows_and_few_have_charts(erp: Report) -> None:
    """An SLO of a thousand tenants does not make a page of a thousand charts."""
    (first, *_) = erp.slos
    groups = tuple(
        attrs.evolve(first.groups[0], labels={"tenant": str(number)}) for number in range(30)
    )
    text = page(attrs.evolve(erp, slos=(attrs.evolve(first, groups=groups),)))

    assert text.count('class="chart"') == 20
    assert "10 more groups are in the tables below." in text
    assert f"{first.id} (tenant=29)" in text


HISTORIES = st.lists(
    st.tuples(
        st.integers(min_value=1_600_000_000, max_value=1_900_000_000),
        st.floats(min_value=-50, max_value=1),
    ),
    min_size=2,
    max_size=80,
    unique_by=lambda point: point[0],
).map(lambda points: tuple((float(at), share) for at, share in sorted(points)))


@given(history=HISTORIES, is_month=st.booleans())
def test_every_point_is_drawn_within_the_chart(history: Points, is_month: bool) -> None:  # noqa: FBT001 (a strategy)
    """Whatever a budget did, no line leaves the picture, and none is NaN."""
    for chart in (burn_down(history, is_month=is_month, name="x"), sparkline(history, "x")):
        width, height = float(chart.attrib["width"]), float(chart.attrib["height"])
        for line in chart.iter("polyline"):
            pairs = [pair.split(",") for pair in line.attrib["points"].split()]
            assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in pairs)
        assert "nan" not in tostring(chart, encoding="unicode").lower()


@given(history=HISTORIES)
def test_pieces_hold_every_point_once(history: Points) -> None:
    """A gap breaks a line, and loses nothing of it."""
    assert tuple(point for piece in pieces(history) for point in piece) == history


def test_the_same_report_is_the_same_page(erp: Report) -> None:
    """A page can be kept in git."""
    assert page(erp) == page(erp)
