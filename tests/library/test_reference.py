"""The page of the library is made from its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import library
from slogen.library import entries
from tests.golden_cases import ROOT
from tests.library.page import page

if TYPE_CHECKING:
    from slogen.library.entry import Entry

PAGE = ROOT / "docs" / "reference" / "library.md"
ENTRIES = pytest.mark.parametrize("entry", entries().values(), ids=entries().keys())


def test_the_page_is_made_from_the_entries(request: pytest.FixtureRequest) -> None:
    """The kept page has every entry with its arguments, its traps, its source and its versions."""
    if request.config.getoption("--rewrite-goldens"):
        PAGE.write_text(page(), "utf-8")

    assert PAGE.read_text("utf-8") == page()


@ENTRIES
def test_an_entry_says_where_it_comes_from(entry: Entry) -> None:
    """There is an address, a version, and a sentence on every argument."""
    said = set(entry.annotations) - {"return"}

    assert all(address.startswith("https://") for address in entry.exporter.source)
    assert entry.exporter.of
    assert entry.exporter.versions
    assert all(f"\n    {name}: " in entry.doc for name in said)


def test_every_entry_can_be_imported_by_its_name() -> None:
    """The list of names is that of the entries, and each name gives its function."""
    assert sorted(library.__all__) == list(entries())
    assert [getattr(library, name).__name__ for name in library.__all__] == library.__all__


def test_what_is_no_entry_is_no_attribute() -> None:
    """A name that the library lacks is refused as Python does it."""
    with pytest.raises(AttributeError, match=r"module 'slogen\.library' has no attribute 'nginx'"):
        _ = library.nginx
