"""What each SLO of a service promises, counts and whom it tells, as text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from slogen.dashboards.explore import explore_link
from slogen.dashboards.panels import Panel

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO

_MOST = 100
"""Of how many SLOs a panel tells: more are neither read nor light."""
_CHARACTERS, _LINE, _ROW = 140, 21, 38
"""How many characters a line has on a narrow screen, and the pixels of a line and of a row."""
_TALLEST = 20
_LINK = re.compile(r"(?<=])\([^()\s]+\)")
"""The address of a link, which nobody sees."""


def explained(slos: tuple[ResolvedSLO, ...], width: int) -> Panel:
    """Return the panel that says what the SLOs of a service are about."""
    told = slos[:_MOST]
    parts = [_paragraph(one) for one in told]
    if len(slos) > len(told):
        parts.append(f"{len(slos) - len(told)} more SLOs are not told of here.")
    lines = sum(1.7 + len(html.unescape(_LINK.sub("", part))) // _CHARACTERS for part in parts)
    return Panel(
        kind="text",
        title="What is promised",
        description="The SLOs of this service: their objectives, what counts as bad, who answers.",
        width=width,
        height=min(_TALLEST, 2 + round(lines * _LINE / _ROW)),
        content="\n\n".join(parts),
    )


def _paragraph(one: ResolvedSLO) -> str:
    slo = one.definition
    sentences = [f"**{_plain(slo.name)}** {slo.objective} over {slo.window}."]
    if slo.description:
        sentences.append(f"{_plain(slo.description).rstrip('.')}.")
    sentences.append(f"Bad: <i>{_plain(slo.sli.bad_in_words(one.timing.base_range))}</i>.")
    if slo.owner:
        sentences.append(f"{_plain(slo.owner)}.")
    if slo.runbook:
        sentences.append(f"[Runbook]({_address(slo.runbook)})")
    sentences.append(f"[Explore]({explore_link(one)})")
    return " ".join(sentences)


def _plain(text: str) -> str:
    """Return a text in which Markdown, HTML and Grafana find nothing of their own."""
    escaped = html.escape(" ".join(text.split()))
    for character in "$|*_[]`\\~":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return escaped


def _address(url: str) -> str:
    unsafe = {"(": "%28", ")": "%29", "$": "%24", " ": "%20", "<": "%3C", ">": "%3E"}
    return "".join(unsafe.get(character, character) for character in url)
