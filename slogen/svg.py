"""The few shapes of SVG that a chart consists of; places are pixels, with one decimal."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[float, float]


def add(root: ET.Element, tag: str, text: str = "", **attributes: str) -> None:
    """Add an element with some text; attributes without a value are left out."""
    given = {name: value for name, value in attributes.items() if value}
    ET.SubElement(root, tag, given).text = text or None


def add_text(root: ET.Element, place: Place, text: str, style: str = "") -> None:
    """Add a text at a place, in a class or several."""
    x, y = place
    add(root, "text", text, **{"class": style, "x": pixels(x), "y": pixels(y)})


def add_line(root: ET.Element, start: Place, end: Place, style: str) -> None:
    """Add a straight line from one place to another."""
    ends = zip(("x1", "y1", "x2", "y2"), map(pixels, (*start, *end)), strict=True)
    add(root, "line", **{"class": style, **dict(ends)})


def add_dot(root: ET.Element, place: Place, style: str) -> None:
    """Add a dot around a place."""
    x, y = place
    add(root, "circle", **{"class": style, "cx": pixels(x), "cy": pixels(y), "r": "3.5"})


def path(places: Sequence[Place]) -> str:
    """Return the path through places, without those that no pixel lies between.

    >>> path([(1, 2), (1.01, 2), (3, 4)])
    'M 1.0 2.0 L 3.0 4.0'
    """
    words = [f"{pixels(x)} {pixels(y)}" for x, y in places]
    kept = [words[0], *(after for before, after in pairwise(words) if after != before)]
    return f"M {' L '.join(kept)}"


def pixels(value: float) -> str:
    """Return a number of pixels."""
    return f"{value:.1f}"
