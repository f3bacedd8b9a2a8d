"""A report as one page of HTML that stands alone: no script, no network, light and dark, printable.

Its content security policy allows its own style, by its hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from slogen.live.forms import cells
from slogen.live.forms.charts import burn_down, sparkline
from slogen.live.forms.outlook import gone, left_then, met
from slogen.live.forms.sections import sections, tally_text
from slogen.live.forms.text import remarks
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.live.forms.section import Section
    from slogen.live.reports import GroupReport, Report, SLOReport

_HEAD = ("state", "SLO", "left", "over time", "SLI", "objective", "measured", "result", "alerts")
_FEWEST_POINTS = 2
_MOST_GROUPS = 20
"""How many groups of an SLO have charts; all have their rows."""


def page(report: Report) -> str:
    """Return the page of a report; charts are there where the report has a history."""
    html = Element("html", {"lang": "en"})
    html.append(_head(report))
    body = SubElement(html, "body")
    _summary(body, report)
    _overview(body, report)
    _add(body, "h2", "Budgets over time")
    for slo in report.slos:
        body.append(_article(slo, is_month=bool(report.month)))
    for section in sections(report):
        _section(body, section)
    if notes := list(remarks(report)):
        _add(body, "h2", "Remarks")
        items = SubElement(body, "ul")
        for note in notes:
            _add(items, "li", note)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


@lru_cache(maxsize=1)
def _style() -> str:
    return files("slogen.live.forms").joinpath("style.css").read_text("utf-8")


def _head(report: Report) -> Element:
    head = Element("head")
    SubElement(head, "meta", {"charset": "utf-8"})
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    view = "width=device-width, initial-scale=1"
    SubElement(head, "meta", {"name": "viewport", "content": view})
    SubElement(head, "meta", {"name": "referrer", "content": "no-referrer"})
    _add(head, "title", _title(report))
    SubElement(head, "style").text = _style()
    return head


def _title(report: Report) -> str:
    over = report.month or f"{report.at:%Y-%m-%d}"
    return f"Service level objectives, {over}"


def _summary(body: Element, report: Report) -> None:
    header = SubElement(body, "header")
    _add(header, "h1", _title(report))
    asked = f"{report.server}, {report.at:%Y-%m-%d %H:%M} UTC"
    _add(header, "p", asked, "faint")
    _add(header, "p", cells.percent(report.health_score / 100, 0), "score")
    _add(header, "p", f"of the SLOs have a healthy budget: {tally_text(report.tally)}")


def _overview(body: Element, report: Report) -> None:
    """Add a row for each SLO, with a sparkline of its worst group."""
    rows = _table(body, _HEAD, "scroll overview")
    for slo in report.slos:
        group, known = slo.worst, cells.known(slo.worst)
        row = SubElement(rows, "tr")
        _add(row, "td", slo.state, f"state {_class(slo.state)}")
        link = SubElement(SubElement(row, "td"), "a", {"href": f"#{_anchor(slo)}"})
        link.text = printable(cells.slo_name(slo))
        _add(row, "td", cells.percent(known.share_left if known else None), "number")
        line = SubElement(row, "td")
        if group and len(group.history) >= _FEWEST_POINTS:
            line.append(sparkline(group.history, slo.id))
        _add(row, "td", cells.sli(known.sli if known else None, slo.objective), "number")
        _add(row, "td", f"{slo.objective_text}/{slo.window}")
        _add(row, "td", cells.percent(group.measured if group else None, 0), "number")
        _add(row, "td", slo.verdict)
        _add(row, "td", cells.alerts(slo.all_alerts))


def _article(slo: SLOReport, *, is_month: bool) -> Element:
    """Return the part about an SLO: a chart of each group, and a table beside it."""
    article = Element("article", {"id": _anchor(slo)})
    _add(article, "h3", slo.id)
    if slo.description:
        _add(article, "p", slo.description)
    owner = SubElement(article, "p", {"class": "faint"})
    owner.text = printable(f"{slo.service}, {slo.owner or 'no owner'}")
    if slo.runbook.startswith(("https://", "http://")):
        owner.text += ", "
        link = SubElement(owner, "a", {"href": slo.runbook, "rel": "noreferrer"})
        link.text = "runbook"
    for group in slo.groups[:_MOST_GROUPS]:
        article.append(_beside(slo, group, is_month=is_month))
    if not slo.groups:
        _add(article, "p", slo.state, f"state {_class(slo.state)}")
    if (hidden := len(slo.groups) - _MOST_GROUPS) > 0:
        _add(article, "p", f"{hidden} more groups are in the tables below.", "faint")
    return article


def _beside(slo: SLOReport, group: GroupReport, *, is_month: bool) -> Element:
    """Return a chart and the numbers of a group, side by side where there is room."""
    pair = Element("div", {"class": "beside"})
    name = cells.group_name(group)
    if len(group.history) >= _FEWEST_POINTS:
        figure = SubElement(pair, "figure")
        figure.append(burn_down(group.history, is_month=is_month, name=f"{slo.id} {name}".strip()))
        _add(figure, "figcaption", f"What was left of the error budget{f', {name}' * bool(name)}")
    rows = SubElement(SubElement(pair, "table"), "tbody")
    for label, value in _facts(slo, group):
        row = SubElement(rows, "tr")
        _add(row, "th", label)
        _add(row, "td", value, f"state {_class(group.state)}" if label == "state" else "")
    return pair


def _facts(slo: SLOReport, group: GroupReport) -> Iterable[tuple[str, str]]:
    """Yield what there is to know about a group."""
    known = cells.known(group)
    budget = known.budget if known else None
    burns = ", ".join(f"{window} {cells.burn(rate)}" for window, rate in group.burn_rates.items())
    yield from ((label, value) for label, value in group.labels.items())
    yield "state", group.state
    yield "budget left", f"{cells.percent(budget.share_left if budget else None)}"
    yield "that is", cells.left_of(budget, slo.unit)
    yield "SLI", cells.sli(group.sli, slo.objective)
    yield "95 times in 100 between", cells.interval(group.interval, slo.objective)
    yield "bad", cells.amount(group.errors, slo.unit)
    yield "of all", cells.amount(group.events, slo.unit)
    yield "result", group.verdict
    yield "burn rates", burns
    yield "gone in", cells.gone_in(known)
    if group.outlook:
        forecast, found = group.outlook.forecast, group.outlook.met
        yield "left then", left_then(forecast) if forecast else group.outlook.no_forecast
        yield "gone", gone(forecast)
        yield "windows met", met(found, slo.objective) if found else group.outlook.no_met
    yield "existed for", f"{cells.percent(group.coverage, 0)} of {slo.window}"
    yield "measured", cells.percent(group.measured, 0)


def _section(body: Element, section: Section) -> None:
    _add(body, "h2", section.title)
    rows = _table(body, section.head)
    for cells_ in section.rows:
        row = SubElement(rows, "tr")
        for cell in cells_:
            _add(row, "td", cell)


def _table(body: Element, head: Iterable[str], name: str = "scroll") -> Element:
    """Add a table that scrolls where it is too wide, and return its body."""
    table = SubElement(SubElement(body, "div", {"class": name}), "table")
    row = SubElement(SubElement(table, "thead"), "tr")
    for text in head:
        _add(row, "th", text)
    return SubElement(table, "tbody")


def _add(parent: Element, tag: str, text: str, name: str = "") -> None:
    SubElement(parent, tag, {"class": name} if name else {}).text = printable(text)


def _class(state: str) -> str:
    return state.replace(" ", "-")


def _anchor(slo: SLOReport) -> str:
    """Return where the part about an SLO stands in the page, whatever its id holds."""
    return f"slo-{slo.id.encode().hex()}"
