"""A picture: what is drawn lies where it should, and the same SLO gives the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from slogen import AlertPolicy, Service, Tier, TimeSlices
from tests.review.explanation.explaining import explained

SVG = "{http://www.w3.org/2000/svg}"
CASES: dict[str, dict[str, Any]] = {
    "events": {},
    "one tier": {
        "alerts": AlertPolicy(preset="none", tiers=[Tier("page", long="1h", burn_rate="999")])
    },
    "time": {"sli": TimeSlices(query="lag", good_when="< 3"), "objective": "80%", "window": "6h"},
    "many tiers": {
        "alerts": AlertPolicy(
            preset="none",
            tiers=[Tier("ticket", long="1h", burn_rate=str(rate)) for rate in range(2, 17)],
        )
    },
}


def drawn(name: str = "events") -> ET.Element:
    """Return the picture of a case."""
    return ET.fromstring(explained(**CASES[name]).svg())  # noqa: S314 (slogen's own)


def places(path: str) -> list[tuple[float, float]]:
    """Return the places that a path leads through."""
    numbers = [float(number) for number in re.findall(r"[\d.-]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("name", CASES)
def test_all_is_drawn_within_the_picture(name: str) -> None:
    """Curves lie in their charts, and nothing is no number."""
    root = drawn(name)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])

    for path in root.iter(f"{SVG}path"):
        for x, y in places(path.attrib["d"]):
            assert 64 <= x <= width - 150
            assert 84 <= y <= height
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < width
        assert 0 < float(text.attrib["y"]) < height


@pytest.mark.parametrize("name", CASES)
def test_the_more_errors_the_sooner(name: str) -> None:
    """A curve of the first chart falls, one of the second has as many points."""
    lines = [path for path in drawn(name).iter(f"{SVG}path") if "line" in path.attrib["class"]]
    tiers = len(lines) // 2

    assert len(lines) == 2 * tiers > 0
    for line in lines[:tiers]:
        for (left, above), (right, below) in pairwise(places(line.attrib["d"])):
            assert left <= right
            assert above <= below


@pytest.mark.parametrize("name", CASES)
def test_names_of_tiers_do_not_cover_each_other(name: str) -> None:
    """They stand beside the ends of their curves, a line apart."""
    names = [
        (float(text.attrib["x"]), float(text.attrib["y"]))
        for text in drawn(name).iter(f"{SVG}text")
        if text.attrib.get("class", "").startswith("fill")
    ]

    for (x, above), (other, below) in pairwise(sorted(names)):
        assert x == other
        assert below - above >= 14.9


def test_dots_are_what_the_text_says() -> None:
    """A total outage, ten times and twice the threshold of four tiers, in two charts."""
    assert len(list(drawn().iter(f"{SVG}circle"))) == 4 * 3 * 2


def test_the_same_slo_gives_the_same_bytes() -> None:
    """There is no id, no date, and nothing that is loaded."""
    svg = explained().svg()

    assert svg == explained().svg()
    assert not re.search(r"\bid=|\bhref|url\(|20\d\d-", svg)


def test_colours_follow_the_reader() -> None:
    """Each tier has a colour in light and in dark."""
    light, dark = explained().svg().split("@media (prefers-color-scheme: dark)")

    for tier in range(4):
        assert f".line.t{tier} {{ stroke:" in light
        assert f".line.t{tier} {{ stroke:" in dark


def test_without_tiers_there_is_nothing_to_draw() -> None:
    """It says so."""
    svg = explained(alerts=AlertPolicy.none()).svg()

    assert "It has no alert on burn rates." in svg
    assert "<path" not in svg


def test_names_are_escaped() -> None:
    """An id is text, whatever signs it has."""
    svg = explained(service=Service("a&b"), id="a<b>&c").svg()

    assert "a&lt;b&gt;&amp;c: 99.9% over 30d" in svg
