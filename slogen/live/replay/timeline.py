"""A backtest as a picture: what burnt, when each tier would have fired, and the incidents.

It has no script, no ids and no fonts of its own: the same backtest gives the same bytes. Its
colours follow the reader's choice of light or dark.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slogen.live.forms.cells import duration
from slogen.live.replay import forms
from slogen.source import printable
from slogen.svg import add, add_line, add_text, pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.replay.results import (
        Backtest,
        FiredAlert,
        GroupResult,
        Judgement,
        NearMiss,
        PolicyResult,
        TierResult,
    )

_WIDTH, _LEFT, _RIGHT = 940, 240, 20
_PLOT = _WIDTH - _LEFT - _RIGHT
_TOP, _LINE, _PANEL, _LANE, _AXIS, _GAP = 58, 18, 66, 16, 30, 26
_NARROWEST = 2.0
"""An alert of a minute is drawn at least so wide, in pixels."""
_SLOWEST, _FASTEST = 0.1, 1_000.0
"""The burn rates at the bottom and at the top of a panel; the axis is logarithmic."""
_GRID = (1.0, 10.0, 100.0)
_MOST_TICKS = 10
_LONGEST_SIDE, _LONGEST_ROW, _LONGEST_NAME = 12, 36, 50
"""How many characters there is room for."""
_HOUR, _DAY = 3_600, 86_400
_TICKS = (
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 3, 5, 7, 14, 30, 60)),
)
_STYLE = """
svg { background: #ffffff; }
text { fill: #1f2937; font: 12px system-ui, sans-serif; }
.title { font-size: 15px; font-weight: 600; }
.name { font-weight: 600; }
.small { fill: #4b5563; }
.left { text-anchor: end; }
.below { text-anchor: middle; }
.grid { stroke: #d1d5db; }
.burn { fill: #6b7280; }
.page { fill: #c2410c; }
.ticket { fill: #1d4ed8; }
.near { fill: none; stroke: #6b7280; }
.caught { fill: #047857; }
.missed { fill: #a21caf; }
.during { fill: #a21caf; fill-opacity: 0.1; }
@media (prefers-color-scheme: dark) {
svg { background: #111827; }
text { fill: #e5e7eb; }
.small { fill: #9ca3af; }
.grid { stroke: #374151; }
.burn { fill: #9ca3af; }
.page { fill: #fb923c; }
.ticket { fill: #60a5fa; }
.near { stroke: #9ca3af; }
.caught { fill: #34d399; }
.missed { fill: #e879f9; }
.during { fill: #e879f9; fill-opacity: 0.15; }
}
"""
_LEGEND = (
    ("page", "page"),
    ("ticket", "ticket"),
    ("near", "nearly fired"),
    ("caught", "incident caught"),
    ("missed", "incident missed"),
)


def backtest_svg(found: Backtest) -> str:
    """Return a backtest as SVG, with a line feed at the end.

    Each group has its burn rate over time, by the objective of the definitions, and below it a row
    for the incidents and one for each tier of each policy.
    """
    picture = _Picture(found)
    title = f"Backtest of {forms.head(found)[0]}"
    add(picture.root, "title", printable(title))
    add(picture.root, "desc", printable(" ".join(_said(found))))
    add(picture.root, "style", _STYLE)
    picture.write((20, 26), title, "title")
    picture.legend()
    for group in found.groups:
        picture.group(group)
    for note in forms.notes(found):
        picture.write((20, picture.y), note, "small")
        picture.y += _LINE
    return picture.text()


def _said(found: Backtest) -> Iterator[str]:
    """Yield a sentence for each policy of each group, for who hears the picture."""
    for group in found.groups:
        for name, policy in _sides(group, found):
            pages = sum(len(tier.fired) for tier in policy.tiers if tier.is_page)
            tickets = sum(len(tier.fired) for tier in policy.tiers if not tier.is_page)
            by = f", {name}" if name else ""
            caught = ""
            if found.has_incidents:
                of = len(policy.judgements)
                seen = sum(each.detected_after is not None for each in policy.judgements)
                caught = f", incidents caught {seen} of {of}"
            yield (
                f"{forms.name_of(group)}{by}, {policy.objective}: "
                f"pages {pages}, tickets {tickets}{caught}."
            )
    yield from (f"{note}." for note in forms.notes(found))


def _sides(group: GroupResult, found: Backtest) -> Sequence[tuple[str, PolicyResult]]:
    """Return the policies of a group with their names; one alone has none."""
    if group.before is None:
        return (("", group.now),)
    return ((found.against, group.before), (forms.NOW, group.now))


class _Picture:
    """A picture that grows downwards."""

    def __init__(self, found: Backtest) -> None:
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
        self.y = float(_TOP)
        self._found = found

    def text(self) -> str:
        """Return the picture, as high as it has become."""
        width, height = str(_WIDTH), f"{self.y:.0f}"
        box = f"0 0 {width} {height}"
        self.root.attrib |= {"width": width, "height": height, "viewBox": box}
        ET.indent(self.root)
        return ET.tostring(self.root, encoding="unicode") + "\n"

    def write(self, place: tuple[float, float], text: str, style: str) -> None:
        add_text(self.root, place, printable(text), style)

    def legend(self) -> None:
        """Say what colours mean; what is drawn of incidents only where there may be some."""
        shown = _LEGEND if self._found.has_incidents else _LEGEND[:3]
        for place, (style, name) in enumerate(shown):
            x = 20 + 125 * place
            self._bar((x, 40), (12, 10), style)
            self.write((x + 18, 49), name, "small")
        self.y += 10

    def group(self, group: GroupResult) -> None:
        """Draw a group: its name, what it burnt, the rows, and the time below them."""
        sides = _sides(group, self._found)
        objectives = " and ".join(
            f"{policy.objective} {name}".rstrip() for name, policy in reversed(sides)
        )
        self.y += 14
        name = _cut(forms.name_of(group), _LONGEST_NAME)
        self.write((20, self.y), f"{name}: {_cut(objectives, _LONGEST_NAME)}", "name")
        self.write((20, self.y + 16), forms.counted(group, self._found), "small")
        self.y += 28
        top = self.y
        self._burn(group)
        if self._found.has_incidents:
            self._lane("incidents")
            for judgement in group.now.judgements:
                self._incident(judgement, top)
            self.y += _LANE
        for name, policy in sides:
            for tier in policy.tiers:
                self._tier(name, tier)
        if not any(policy.tiers for _, policy in sides):
            self.write((_LEFT, self.y + 12), "It has no alert on burn rates.", "small")
            self.y += _LANE
        self._time(top)

    def _burn(self, group: GroupResult) -> None:
        """Draw the burn rate of each part of the time, as an area."""
        top, bottom = self.y, self.y + _PANEL
        budget = 1 - float(group.now.objective.rstrip("%")) / 100
        for burn in _GRID:
            y = bottom - _PANEL * _height(burn)
            add_line(self.root, (_LEFT, y), (_LEFT + _PLOT, y), "grid")
            self.write(
                (_LEFT - 8, y + 4),
                f"burn rate {burn:g}" if burn == 1 else f"{burn:g}",
                "small left",
            )
        shapes = []
        for part in group.parts:
            burn = part.errors / part.events / budget if part.events > 0 else 0.0
            if (high := _PANEL * _height(burn)) > 0:
                left, right = self._x(part.start), self._x(part.end)
                corners = f"M {pixels(left)} {pixels(bottom)} V {pixels(bottom - high)}"
                shapes.append(f"{corners} H {pixels(right)} V {pixels(bottom)} Z")
        if shapes:
            add(self.root, "path", **{"class": "burn", "d": " ".join(shapes)})
        add_line(self.root, (_LEFT, bottom), (_LEFT + _PLOT, bottom), "grid")
        self.y = top + _PANEL + 6

    def _tier(self, side: str, tier: TierResult) -> None:
        self._lane(f"{_cut(side, _LONGEST_SIDE)}: {_name(tier)}" if side else _name(tier))
        for near in tier.near_misses:
            self._event(near, near.end, "near", f"{_name(tier)} nearly fired")
        style = "page" if tier.is_page else "ticket"
        for fired in tier.fired:
            end = self._found.end if fired.end is None else fired.end
            self._event(fired, end, style, _name(tier))
        self.y += _LANE

    def _event(self, event: FiredAlert | NearMiss, end: float, style: str, what: str) -> None:
        """Draw an alert, with words for who points at it."""
        said = f"{what}: {forms.moment(event.start)} for {duration(end - event.start)}"
        self._span(event.start, end, style, said)

    def _incident(self, judgement: Judgement, top: float) -> None:
        incident = judgement.incident
        is_missed = judgement.detected_after is None
        name, found = incident.name or "incident", "missed" if is_missed else "caught"
        said = f"{name}: {forms.moment(incident.start)}, {found}"
        if self._span(incident.start, incident.end, found, said):
            left, width = self._place(incident.start, incident.end)
            self._bar((left, top), (width, self.y - top), "during")

    def _lane(self, name: str) -> None:
        """Name a row, and draw the line that it stands on."""
        self.write((_LEFT - 8, self.y + 11), _cut(name, _LONGEST_ROW), "small left")
        y = self.y + _LANE - 2
        add_line(self.root, (_LEFT, y), (_LEFT + _PLOT, y), "grid")

    def _time(self, top: float) -> None:
        """Draw what days it was below the rows."""
        start, end = self._found.start, self._found.end
        step = _step(end - start)
        for number in range(math.ceil(start / step), math.floor(end / step) + 1):
            at = number * step
            add_line(self.root, (self._x(at), top), (self._x(at), self.y + 2), "grid")
            form = "%m-%d" if step % _DAY == 0 else "%d %H:%M"
            said = f"{datetime.fromtimestamp(at, tz=UTC):{form}}"
            self.write((self._x(at), self.y + 16), said, "small below")
        self.y += _AXIS + _GAP

    def _span(self, start: float, end: float, style: str, said: str) -> bool:
        """Draw a time in the row, if some of it was replayed; tell whether it was."""
        if end <= self._found.start or start >= self._found.end:
            return False
        left, width = self._place(start, end)
        self._bar((left, self.y + 2), (width, _LANE - 6), style, said)
        return True

    def _place(self, start: float, end: float) -> tuple[float, float]:
        """Return the left border and the width of a time, within the picture."""
        left = self._x(max(start, self._found.start))
        width = max(self._x(min(end, self._found.end)) - left, _NARROWEST)
        return min(left, _LEFT + _PLOT - width), width

    def _bar(
        self, corner: tuple[float, float], size: tuple[float, float], style: str, said: str = ""
    ) -> None:
        names = ("x", "y", "width", "height")
        given = dict(zip(names, map(pixels, (*corner, *size)), strict=True))
        bar = ET.SubElement(self.root, "rect", {"class": style, **given})
        if said:
            add(bar, "title", printable(said))

    def _x(self, at: float) -> float:
        start, end = self._found.start, self._found.end
        return _LEFT + _PLOT * (at - start) / (end - start)


def _name(tier: TierResult) -> str:
    return f"{tier.severity} over {tier.window}, {tier.burn_rate}x"


def _cut(text: str, longest: int) -> str:
    """Return a text that fits; of a longer one the end stays, which tells paths apart.

    >>> _cut("main", 12), _cut("teams/shop/slos", 12)
    ('main', '…s/shop/slos')
    """
    return text if len(text) <= longest else f"…{text[1 - longest :]}"


def _height(burn: float) -> float:
    """Return how high a burn rate stands, from 0 to 1.

    >>> _height(0.0), _height(0.1), _height(10.0), _height(5_000.0)
    (0.0, 0.0, 0.5, 1.0)
    """
    if burn <= _SLOWEST:
        return 0.0
    return min(math.log(burn / _SLOWEST) / math.log(_FASTEST / _SLOWEST), 1.0)


def _step(length: float) -> int:
    """Return how many seconds two marks are apart, so that there is room for their words.

    >>> _step(2 * 86_400) // 3_600, _step(30 * 86_400) // 86_400, _step(400 * 86_400) // 86_400
    (6, 3, 60)
    """
    return next((step for step in _TICKS if length <= _MOST_TICKS * step), _TICKS[-1])
