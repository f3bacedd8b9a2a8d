"""A session rewrites its own part of a page, and nothing else."""

from __future__ import annotations

import pytest

from tests.experiments.marked import replaced, section

BEGINS, ENDS = "<!-- nox -s load begins -->\n", "<!-- nox -s load ends -->\n"


def test_what_stands_outside_of_the_marks_stays() -> None:
    """Only the text between the marks of the session is another."""
    page = f"before\n{BEGINS}old\n{ENDS}<!-- nox -s accuracy begins -->\nafter\n"

    found = replaced(page, "load", "new\nlines\n")

    assert found == page.replace("old\n", "new\nlines\n")
    assert section(found, "load") == "new\nlines\n"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("nothing\n", r"<!-- nox -s load begins --> 0 times, not once"),
        (BEGINS, r"<!-- nox -s load ends --> 0 times, not once"),
        (BEGINS + BEGINS + ENDS, r"<!-- nox -s load begins --> 2 times, not once"),
        (ENDS + BEGINS, r"<!-- nox -s load ends --> before <!-- nox -s load begins -->"),
    ],
)
def test_a_page_without_its_marks_is_refused(page: str, message: str) -> None:
    """A mark that is missing, doubled or out of order is named, and nothing is written."""
    with pytest.raises(ValueError, match=message):
        replaced(page, "load", "new\n")
