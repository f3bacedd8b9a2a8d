"""People read once what is found of many SLOs."""

from __future__ import annotations

from slogen.diagnostics import Code, Diagnostic
from slogen.lint.merging import merged
from slogen.source import Position

OF_MANY = Code.note("missing-owner", "SLOs have no owner", why="because", is_of_many=True)
OF_ONE = Code.note("tier-lowered", "a tier is lowered", why="because")


def note(slo_id: str, line: int, entry: Code = OF_MANY, found: str = "no owner") -> Diagnostic:
    """Return a finding."""
    return Diagnostic(entry=entry, found=found, slo_id=slo_id, origin=Position("a.yaml", line, 1))


def test_names_some_of_many_at_the_first_place() -> None:
    """Five SLOs without an owner are a line, and not five."""
    found = [note(f"s-{letter}", line) for line, letter in enumerate("abcde", start=1)]

    (one,) = merged(found)

    assert one.message == "s-a, s-b, s-c and 2 more: no owner"
    assert one.position == Position("a.yaml", 1, 1)
    assert merged(found[:2])[0].message == "s-a, s-b: no owner"


def test_leaves_alone_what_differs() -> None:
    """Other words, findings about one SLO, and those whose place matters stay as they are."""
    found = (
        note("s-a", 1),
        note("s-b", 2, found="no other"),
        note("s-c", 3, OF_ONE),
        note("s-d", 4, OF_ONE),
    )

    assert merged(found) == found
