"""Patterns of ids, and what they choose."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidValue
from slogen.model.selection import matching

IDS = ("shop-latency", "shop-quality", "mail-latency")


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ((), IDS),
        (("*",), IDS),
        ("shop-*", IDS[:2]),
        (("*-latency", "shop-*"), IDS),
        (("mail-latency", "shop-latency"), ("shop-latency", "mail-latency")),
        (("shop-[lq]*",), IDS[:2]),
        (("mail-latenc?",), IDS[2:]),
    ],
)
def test_a_pattern_chooses(patterns: str | tuple[str, ...], expected: tuple[str, ...]) -> None:
    """What any pattern matches is chosen once, in the order of the SLOs."""
    assert matching(IDS, patterns) == expected


@pytest.mark.parametrize("pattern", ["shop", "Shop-*", "", "*-*-*", "shop-latency "])
def test_a_pattern_that_matches_nothing_is_refused(pattern: str) -> None:
    """Proving nothing must not look like proving all."""
    with pytest.raises(InvalidValue, match=r"^slos is .*, which no id matches") as caught:
        matching(IDS, ["mail-*", pattern])

    assert str(caught.value).endswith("\n  allowed: mail-latency, shop-latency, shop-quality")


def test_of_many_ids_some_are_shown() -> None:
    """A message stays readable where there are thousands of SLOs."""
    ids = [f"s-{number:03}" for number in range(500)]

    with pytest.raises(InvalidValue, match=r"s-000, s-001, .*s-019 and 480 more$"):
        matching(ids, "x")
