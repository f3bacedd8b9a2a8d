"""What each SLO of a service promises, counts and whom it tells, as text."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from slogen.dashboards.panels import Panel
from slogen.plan.words import bad_words

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO

_MOST = 100
"""Of how many SLOs a panel tells: more are neither read nor light."""


def explained(slos: tuple[ResolvedSLO, ...], width: int) -> Panel:
    """Return the panel that says what the SLOs of a service are about."""
    told = slos[:_MOST]
    lines = [
        "| SLO | Objective | Bad is | Owner | Runbook |",
        "| --- | --- | --- | --- | --- |",
        *map(_line, told),
    ]
    if len(slos) > len(told):
        lines.append(f"\n{len(slos) - len(told)} more SLOs are not told of here.")
    return Panel(
        kind="text",
        title="What is promised",
        description="The SLOs of this service: their objectives, what counts as bad, who answers.",
        width=width,
        height=max(5, min(len(told), 12) * 2 + 2),
        content="\n".join(lines),
    )


def _line(one: ResolvedSLO) -> str:
    slo = one.slo
    promise = f"{slo.objective} over {slo.window}"
    name = f"**{_plain(slo.name)}**"
    if slo.description:
        name += f"<br>{_plain(slo.description)}"
    runbook = f"[open]({_address(slo.runbook)})" if slo.runbook else ""
    cells = (name, promise, f"<code>{_plain(bad_words(slo))}</code>", _plain(slo.owner), runbook)
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Return a text in which Markdown, HTML and Grafana find nothing of their own."""
    escaped = html.escape(" ".join(text.split()))
    for character in "$|*_[]`\\~":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return escaped


def _address(url: str) -> str:
    unsafe = {"(": "%28", ")": "%29", "|": "%7C", "$": "%24", " ": "%20", "<": "%3C", ">": "%3E"}
    return "".join(unsafe.get(character, character) for character in url)
