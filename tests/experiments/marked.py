"""The part of a page of the docs that a session writes, between two comments of Markdown."""

from __future__ import annotations

from pathlib import Path

MEASURED = Path(__file__).parent.parent.parent / "docs" / "measured.md"
"""The page of what was measured."""


def section(page: str, session: str) -> str:
    """Return what stands between the marks of a session.

    Raises:
        ValueError: The page does not have both marks once, in their order.
    """
    begin, end = _place(page, session)
    return page[begin:end]


def replaced(page: str, session: str, text: str) -> str:
    r"""Return the page with another text between the marks of a session.

    >>> page = "a\n<!-- nox -s x begins -->\nold\n<!-- nox -s x ends -->\nb\n"
    >>> replaced(page, "x", "new\n")
    'a\n<!-- nox -s x begins -->\nnew\n<!-- nox -s x ends -->\nb\n'

    Raises:
        ValueError: The page does not have both marks once, in their order.
    """
    begin, end = _place(page, session)
    return page[:begin] + text + page[end:]


def write(session: str, text: str, page: Path = MEASURED) -> None:
    """Put a text between the marks of a session in a page.

    Raises:
        ValueError: The page does not have both marks once, in their order.
    """
    page.write_text(replaced(page.read_text("utf-8"), session, text), "utf-8")


def _place(page: str, session: str) -> tuple[int, int]:
    marks = [f"<!-- nox -s {session} {word} -->\n" for word in ("begins", "ends")]
    for mark in marks:
        if page.count(mark) != 1:
            raise ValueError(f"the page has {mark.strip()} {page.count(mark)} times, not once")
    begin, end = page.index(marks[0]) + len(marks[0]), page.index(marks[1])
    if end < begin:
        raise ValueError(f"the page has {marks[1].strip()} before {marks[0].strip()}")
    return begin, end
