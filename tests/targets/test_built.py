"""Which SLOs share a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.targets.built import by_file
from tests.targets.samples import RULE, built_of

if TYPE_CHECKING:
    from slogen.targets.built import Layout

SLOS = (
    built_of("b", "z", RULE),
    built_of("a", "y", RULE),
    built_of("b", "x", RULE),
)


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("service", {"a": ["y"], "b": ["z", "x"]}),
        ("slo", {"x": ["x"], "y": ["y"], "z": ["z"]}),
        ("single", {"slogen": ["z", "y", "x"]}),
    ],
)
def test_a_layout_decides_who_shares_a_file(layout: Layout, expected: dict[str, list[str]]) -> None:
    """Files are sorted by name, and within one the SLOs keep their order."""
    files = by_file(SLOS, layout)

    assert {name: [one.rules.slo_id for one in slos] for name, slos in files.items()} == expected
    assert list(files) == sorted(files)


@pytest.mark.parametrize("layout", ["service", "slo", "single"])
def test_every_slo_is_in_one_file(layout: Layout) -> None:
    """None is lost and none is written twice."""
    found = [one for slos in by_file(SLOS, layout).values() for one in slos]

    assert sorted(found, key=id) == sorted(SLOS, key=id)


@pytest.mark.parametrize("layout", ["service", "slo", "single"])
def test_without_slos_there_is_no_file(layout: Layout) -> None:
    """Not even the single file is made of nothing."""
    assert by_file((), layout) == {}
