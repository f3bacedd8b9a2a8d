"""From what a page reports to what is wrong with its dashboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import promql_parser

from slogen import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.experiments.browser.drawing import Drawn
    from tests.experiments.browser.links import Links

_NO_DATA = "No data"
_OF_NO_DATA = ("empty query", "empty panel", "empty variable")
_MAY_BE_EMPTY = re.compile(rf"\bALERTS\b|{naming.TIME_TO_EXHAUSTION}")
"""Series that are absent for good reasons: no alert fires, no budget is being overspent."""


@attrs.frozen(order=True)
class Finding:
    """Something wrong with a dashboard.

    Attributes:
        dashboard: Its uid.
        panel: The title of the panel; empty if it is about all of the dashboard.
        kind: What kind of fault it is.
        detail: What was found.
    """

    dashboard: str
    panel: str
    kind: str
    detail: str

    def __str__(self) -> str:
        place = f"{self.dashboard} / {self.panel}" if self.panel else self.dashboard
        return f"{place}: {self.kind}: {self.detail}"


def judged(drawn: Iterable[Drawn], links: Links) -> tuple[Finding, ...]:
    """Return what is wrong with a dashboard over all its drawings, of one SLO after the other.

    What is asked for one kind of SLO only has to give something for at least one of them.
    """
    every = [*drawn]
    found = dict.fromkeys(finding for one in every for finding in findings(one, links))
    return (*found, *dict.fromkeys(_never(every)))


def _never(drawn: Sequence[Drawn]) -> Iterator[Finding]:
    answered = {
        (panel["id"], query["ref"])
        for one in drawn
        for panel in one.report.get("panels", ())
        for query in panel["queries"]
        if query["series"]
    }
    filled = {each["name"] for one in drawn for each in _variables(one) if each["options"] != 0}
    for one in drawn:
        uid = one.drawing.dashboard["uid"]
        titles = {each["id"]: each["title"] for each in panels_of(one.drawing.dashboard)}
        for panel in one.report.get("panels", ()):
            for query in panel["queries"]:
                is_new = (panel["id"], query["ref"]) not in answered
                if is_new and asks_in_vain(query["expr"]):
                    words = f"{query['ref']}: for no SLO"
                    yield Finding(uid, titles[panel["id"]], "empty query", words)
        for variable in _variables(one):
            if variable["name"] not in filled:
                yield Finding(uid, "", "empty variable", variable["name"])


def _variables(drawn: Drawn) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = drawn.report.get("variables", ())
    return found


def findings(drawn: Drawn, links: Links) -> tuple[Finding, ...]:
    """Return what is wrong with a dashboard as it was drawn, in the order of its panels."""
    dashboard, report = drawn.drawing.dashboard, drawn.report
    found = [*_of_page(report, links)]
    panels = {panel["id"]: panel for panel in panels_of(dashboard)}
    reported = {panel["id"]: panel for panel in report.get("panels", ())}
    faults = [Finding(dashboard["uid"], "", *fault) for fault in found]
    for number, panel in panels.items():
        its = [("not drawn", f"panel {number}")]
        if number in reported:
            its = [*_of_panel(panel, reported[number], links)]
        faults += [Finding(dashboard["uid"], panel.get("title", ""), *fault) for fault in its]
    if not drawn.drawing.has_data:
        faults = [fault for fault in faults if fault.kind not in _OF_NO_DATA]
    return tuple(dict.fromkeys(faults))


def panels_of(dashboard: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the panels of a dashboard, also those in rows, without the rows themselves."""
    every = [each for panel in dashboard["panels"] for each in (panel, *panel.get("panels", ()))]
    return tuple(panel for panel in every if panel["type"] != "row")


def _of_page(report: Mapping[str, Any], links: Links) -> Iterator[tuple[str, str]]:
    for error in report.get("errors", ()):
        yield "error of the page", error
    for words in report.get("refused", ()):
        yield "refused query", words
    for variable in report.get("variables", ()):
        if variable["error"]:
            yield "refused query", f"of variable {variable['name']}: {variable['error']}"
        elif variable["options"] == 0 and not variable["has_all"]:
            yield "empty variable", variable["name"]
    for label in report.get("head", ()):
        yield "cut label", label
    yield from _broken(report.get("links", ()), links)
    yield from _broken(report.get("menu", ()), links, in_menu=True)


def _of_panel(
    panel: Mapping[str, Any], report: Mapping[str, Any], links: Links
) -> Iterator[tuple[str, str]]:
    if report["error"]:
        yield "unknown panel", report["error"]
    queries = report["queries"]
    for query in queries:
        for error in query["errors"]:
            yield "refused query", f"{query['ref']}: {error}"
        is_empty = not (query["errors"] or query["series"])
        if is_empty and not (_is_declared(panel, query) or asks_in_vain(query["expr"])):
            yield "empty query", f"{query['ref']}: {query['expr']}"
    if queries and not any(query["series"] or _is_declared(panel, query) for query in queries):
        yield "empty panel", "no query gives a series"
    has_series = any(query["series"] for query in queries)
    if has_series and _NO_DATA in report["no_data"] and not _tells_no_data(panel):
        yield "no data shown", "though there are data"
    for label in report["cut"]:
        yield "cut label", label
    yield from _broken(report["links"], links)


def _tells_no_data(panel: Mapping[str, Any]) -> bool:
    """Tell whether a panel says itself of some of its data that there are none."""
    mappings = panel.get("fieldConfig", {}).get("defaults", {}).get("mappings", ())
    texts = (
        each["text"]
        for one in mappings
        if one["type"] == "value"
        for each in one["options"].values()
    )
    return panel["type"] == "table" or _NO_DATA in texts


def _broken(
    hrefs: Iterable[str], links: Links, *, in_menu: bool = False
) -> Iterator[tuple[str, str]]:
    for href in hrefs:
        if fault := links.fault(href, in_menu=in_menu):
            yield "broken link", f"{fault}: {href}"


def _is_declared(panel: Mapping[str, Any], query: Mapping[str, Any]) -> bool:
    """Tell whether a panel knows that a query may give nothing.

    It does if it, or what it sets for this query's fields, has words of its own for no value; or if
    the query is about series that are absent for good reasons.
    """
    config = panel.get("fieldConfig", {})
    if _says(config.get("defaults", {}).get("noValue")):
        return True
    for override in config.get("overrides", ()):
        matcher = override["matcher"]
        is_its = matcher == {"id": "byFrameRefID", "options": query["ref"]}
        words = {each["id"]: each["value"] for each in override["properties"]}.get("noValue")
        if is_its and _says(words):
            return True
    return _MAY_BE_EMPTY.search(query["expr"]) is not None


def asks_in_vain(expr: str) -> bool:
    """Tell whether a selector of a query wants a label to have two values at once.

    Panels have a query for each kind of SLO, and this one is about others than the chosen one.

    >>> asks_in_vain('up{job="a",job="b"}'), asks_in_vain('up{job="a",job=~"a|b"}')
    (True, False)
    """
    found = []

    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        elif isinstance(node, promql_parser.MatrixSelector):
            found.append(node.vector_selector)

    try:
        promql_parser.walk(promql_parser.parse(expr), visit)
    except ValueError:
        return False
    return any(_is_contradictory(node.matchers.matchers) for node in found)


def _is_contradictory(matchers: Iterable[promql_parser.Matcher]) -> bool:
    every = [*matchers]
    wanted = [(one.name, one.value) for one in every if one.op == promql_parser.MatchOp.Equal]
    return any(
        not _accepts(one, value) for name, value in wanted for one in every if one.name == name
    )


def _accepts(matcher: promql_parser.Matcher, value: str) -> bool:
    if matcher.op == promql_parser.MatchOp.Equal:
        return matcher.value == value
    if matcher.op == promql_parser.MatchOp.Re:
        return re.fullmatch(matcher.value, value) is not None
    return True


def _says(words: str | None) -> bool:
    return words is not None and words != _NO_DATA
