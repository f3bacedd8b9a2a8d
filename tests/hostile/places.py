"""Every place of an SLO where a user's own words stand, and what is refused there by the book."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, Tier
from slogen.templates import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

TAME = {
    "service": "shop",
    "name": "availability",
    "id": "shop-availability",
    "owner": "core",
    "tier": "gold",
    "description": "Pages load.",
    "service label": "a",
    "label": "b",
    "identity label": "c",
    "severity": "wake",
    "alert name": "ShopBurns",
    "alert label": "d",
    "annotation": "e",
    "runbook": "f",
    "matcher": "g",
    "regex": "h",
    "query": "i",
}
"""What stands at each place while nothing hostile does."""

NOT_READ = "\ufffd"
"""What decoders make of bytes that they cannot read. Prometheus refuses it in PromQL and, since it
prints each expression and reads that again, even where it is written as an escape."""

LINKS = "https://runbooks.example.com/"
LONGEST_NAME = 120
_NAMES = {"service", "name", "id", "severity", "alert name"}
_PROSE = {"description", "annotation"}
_PROMQL = {"matcher", "regex", "query"}


def slo(said: Mapping[str, str]) -> SLO:
    """Return an SLO that has somebody's own words at some places.

    Its rules run so seldom that a server spends its time on reading thousands of them.
    """
    words = {**TAME, **said}
    requests = Selector(f"requests_total{{path={_quoted(words['matcher'])}}}")
    total = requests.where(f"page=~{_quoted(re.escape(words['regex']))}")
    bad = f'label_replace(vector(1), "text", {_quoted(words["query"])}, "", "")'
    page = Tier(
        "page",
        long="1h",
        burn_rate="14.4",
        name=words["alert name"],
        labels={"three": literal(words["alert label"])},
        annotations={"note": literal(words["annotation"])},
    )
    return SLO(
        service=Service(
            words["service"], tier=words["tier"], labels={"one": words["service label"]}
        ),
        name=words["name"],
        id=words["id"],
        objective="99.9%",
        window="6h",
        sli=Events(
            total=f"sum(rate({total}[$window])) or vector(0)",
            bad=f"{bad} unless rate(never_total[$window])",
        ),
        owner=words["owner"],
        description=described(words["description"]),
        runbook=LINKS + words["runbook"],
        labels={"two": words["label"]},
        alerts=AlertPolicy(tiers=[page], exhausted=False, stale=False),
        settings=Settings(
            scrape_interval="1m",
            base_range="5m",
            fast_interval="5m",
            slow_interval="5m",
            identity={"environment": words["identity label"]},
            severities={"page": words["severity"]},
        ),
    )


def described(text: str) -> str:
    """Return a description of several lines in which a text stands first and last."""
    return f"{text}\n\nand also\n{text}"


def everywhere(text: str) -> dict[str, str]:
    """Return a text at each place that takes it."""
    return {place: text for place in TAME if not refusal(place, text)}


def refusal(place: str, text: str) -> str:
    """Return for which reason the documentation has a text refused; nothing if it is taken."""
    if place in _PROMQL:
        halves = (unicodedata.category(character) == "Cs" for character in text)
        if any(halves):
            return "half a character (a lone surrogate)"
        return "U+FFFD" if NOT_READ in text else ""
    if place in _NAMES and (not text or text.strip() != text or len(text) > LONGEST_NAME):
        return f"1 to {LONGEST_NAME} characters, no space at either end"
    if not all(map(_prints, text.replace("\n", "") if place in _PROSE else text)):
        return "printable characters"
    if place == "runbook" and " " in text:
        return "an address that begins with https:// or http://"
    return ""


def _prints(character: str) -> bool:
    """Tell whether a character is a letter, a mark, a number, a sign or the blank."""
    kind = unicodedata.category(character)[0]
    return character == " " or (kind in "LMNPS" and character != NOT_READ)


def _quoted(text: str) -> str:
    """Return a PromQL string as a user writes it: the escapes of JSON are some of Go's."""
    return json.dumps(text, ensure_ascii=False)
