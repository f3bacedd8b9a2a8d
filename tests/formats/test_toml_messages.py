"""What project files are told that are wrong in usual ways, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from slogen.errors import InputError
from slogen.formats import load_project


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def fault(text: str | bytes, name: str = "slogen.toml") -> tuple[str, str, str]:
    """Return the place, what is found and the remedy of the one fault of a project file."""
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=r".") as caught:
        load_project(Path(name))
    (said,) = caught.value.diagnostics
    place = said.position
    return (f"{place.line}:{place.column}" if place else "", said.found, said.remedy)


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("[alert_labels]\nteam = 5\n", "2:8", "team is 5"),
        ("alert_labels = { a = 'x', b = 5 }\n", "1:31", "b is 5"),
        ("[severity_labels.page]\npager = 5\n", "2:9", "pager is 5"),
        ("severity_labels.page.pager = 5\n", "1:30", "pager is 5"),
        ("[severity_labels]\npage = 5\n", "2:8", "page is 5"),
        ("[severity_labels.page]\n'a-b' = 'x'\n", "2:1", "a key of page is 'a-b'"),
        ("[severity_labels.big]\na = 'x'\n", "1:18", "a key of severity_labels is 'big'"),
        ("[severities]\ncritical = 'x'\n", "2:1", "a key of severities is 'critical'"),
        ("[identity]\n'a-b' = 'x'\n", "2:1", "a key of identity is 'a-b'"),
        ("[alert_names]\nX = 'x'\n", "2:1", "a key of alert_names is 'X'"),
        ("[alert_annotations]\nsummary = '{{ $value'\n", "2:11", "summary is '{{ $value'"),
        ("targets = ['prometheus', 5]\n", "1:26", "targets[1] is 5"),
        ("paths = [\n  'a',  # the first\n  '',\n]\n", "3:3", "paths[1] is ''"),
        ("layout = ['slo', 'single']\n", "1:10", "layout is ['slo', 'single']"),
        ("alert_labels = 5\n", "1:16", "alert_labels is 5"),
        ("layout = true\n", "1:10", "layout is true"),
        ("offset = 2026-01-01\n", "1:10", "offset is 2026-01-01"),
    ],
)
def test_a_fault_in_a_table_stands_at_its_own_value(text: str, place: str, found: str) -> None:
    """Of a table that is wrong in one place, that place is shown, however deep it is."""
    at, told, _ = fault(text)

    assert (at, told) == (place, found)


def test_each_item_of_an_array_has_its_own_fault() -> None:
    """Two wrong items are two faults, each at its place."""
    Path("slogen.toml").write_text("targets = [5, 'json', 6]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r".") as caught:
        load_project(Path("slogen.toml"))

    assert [str(said.position) for said in caught.value.diagnostics] == [
        "slogen.toml:1:12",
        "slogen.toml:1:23",
    ]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("[alert_names]\nSLOBurnRatPage = 'x'\n", 'did you mean "SLOBurnRatePage"?'),
        ("[severities]\npaeg = 'x'\n", 'did you mean "page"?'),
        ("[severity_labels.tiket]\na = 'x'\n", 'did you mean "ticket"?'),
    ],
)
def test_a_name_that_is_almost_known_is_guessed(text: str, remedy: str) -> None:
    """Names of alerts and severities stand in tables, too."""
    assert fault(text)[2] == remedy


def test_each_part_of_a_table_has_its_own_fault() -> None:
    """Two wrong values of a table are two faults."""
    Path("slogen.toml").write_text("[alert_labels]\na = 5\nb = 6\nc = 'x'\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a is 5[^$]*b is 6") as caught:
        load_project(Path("slogen.toml"))

    assert len(caught.value.diagnostics) == 2


@pytest.mark.parametrize("header", ["tool.slogen", "slogen", "settings"])
def test_a_table_around_it_all_is_told_to_go(header: str) -> None:
    """In `slogen.toml` the keys stand at the top: tables of other files have none to hold them."""
    _, _, remedy = fault(f"[{header}]\nscrape_interval = '30s'\n")

    assert remedy.startswith(f"remove the header [{header}]: ")


def test_the_table_of_a_pyproject_stays() -> None:
    """In `pyproject.toml` the same table is what slogen reads."""
    Path("pyproject.toml").write_text("[tool.slogen]\nout = 'x'\n", encoding="utf-8")

    assert load_project(Path("pyproject.toml")).out is not None


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("owner = 'x'\n", "write it below [defaults]"),
        ("[defaults]\npaths = ['x']\n", "write it above [defaults]: it belongs to no table"),
        ("scrape_interval = 30s\n", 'write the value between quotes: "30s"'),
        ("out = build # where\n", 'write the value between quotes: "build"'),
        ("paths: ['slos']\n", "write = between a key and its value"),
        ("out = 'a'\nout = 'b'\n", "remove one of the two"),
        ("[defaults]\n[defaults]\n", "write all its keys below one header"),
        ("scrape_interval = 30\n", 'write its unit, such as "30s"'),
        ("prometheus = 3.5\n", 'write "3.5"'),
        ("prometheus = 'v3.5'\n", 'write "3.5"'),
        ("prometheus = '3'\n", 'write "3.0"'),
        ("prometheus = 'latest'\n", ""),
        ("paths = ['slos'\n", ""),
    ],
)
def test_usual_mistakes_have_a_remedy(text: str, remedy: str) -> None:
    """What is easily done wrong in TOML is told how it is done right."""
    assert fault(text)[2] == remedy


def test_other_encodings_are_named() -> None:
    """A file that is not UTF-8 is told so, at the byte that shows it if only one does."""
    assert fault("out = 'grüß'\n".encode("latin-1")) == (
        "1:10",
        "not TOML: not UTF-8: byte 0xfc, invalid start byte",
        "save it as UTF-8",
    )
    assert fault("out = 'x'\n".encode("utf-16")) == (
        "",
        "slogen.toml is UTF-16",
        "save it as UTF-8",
    )


def test_a_byte_order_mark_is_passed_over() -> None:
    """Editors of Windows begin a file with one; YAML may have it, too."""
    Path("slogen.toml").write_bytes(b"\xef\xbb\xbfout = 'x'\n")

    assert load_project(Path("slogen.toml")).out is not None
