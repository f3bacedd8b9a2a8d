"""The page on proofs says of each edit which scenario catches it, or that none does."""

from __future__ import annotations

from pathlib import Path

from tests.proof.inherited_edits import INHERITED, NOT_SHOWN

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "proof.md"
CAUGHT, PASSES = "| scenario that fails | edits |", "| edit that passes | why |"


def rows(head: str) -> dict[str, str]:
    """Return the rows of a table of the page, by their first column."""
    _, _, behind = PAGE.read_text().partition(f"{head}\n| --- | --- |\n")
    lines = behind.partition("\n\n")[0].splitlines()
    cells = (line.strip("| ").partition(" | ") for line in lines)
    return {first: second for first, _, second in cells}


def test_the_page_says_what_catches_an_edit() -> None:
    """Each edit stands in the row of its scenario, and nothing else stands there."""
    caught: dict[str, list[str]] = {}
    for edit in INHERITED:
        caught.setdefault(edit.caught_by, []).append(edit.what)

    assert rows(CAUGHT) == {scenario: "; ".join(edits) for scenario, edits in caught.items()}


def test_the_page_says_why_an_edit_passes() -> None:
    """Each edit that no scenario catches is named, with a reason."""
    passing = rows(PASSES)

    assert list(passing) == [edit.what for edit in NOT_SHOWN]
    assert all(passing.values())
