"""The table of formats: each file is of one, by what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from slogen.formats import loading, script, slogen_yaml, table
from slogen.formats.format import Contents, Document, Format
from slogen.formats.loading import load_paths
from slogen.formats.yaml.nodes import MappingNode
from slogen.model import SLO, Up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OURS = """\
apiVersion: slogen/v1
services:
  - name: shop
    slos: [{name: a, objective: 99%, window: 30d, sli: {up: {gauge: up}}}]
"""


def _is_list_of_gauges(document: Document) -> bool:
    root = document.yaml.root
    return isinstance(root, MappingNode) and "gauges" in root


def _read(documents: Sequence[Document]) -> Contents:
    slo = SLO(service="s", name="gauge", objective="99%", window="30d", sli=Up(gauge="up"))
    return Contents({document.resolved: (slo,) for document in documents})


GAUGES = Format(suffixes=(".yaml",), holds="gauges", recognise=_is_list_of_gauges, read=_read)


@pytest.fixture
def with_gauges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter another format for YAML."""
    formats = (script.FORMAT, GAUGES, slogen_yaml.FORMAT)
    monkeypatch.setattr(table, "FORMATS", formats)
    monkeypatch.setattr(loading, "FORMATS", formats)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.usefixtures("with_gauges")
def test_two_formats_share_a_suffix(tmp_path: Path) -> None:
    """A folder may hold files of several formats, each read by the one that recognises it."""
    _file(tmp_path, "a.yaml", OURS)
    _file(tmp_path, "b.yaml", "gauges: [up]\n")

    loaded = load_paths([tmp_path])

    assert loaded.faults == ()
    assert [slo.id for slo in loaded.slos] == ["shop-a", "s-gauge"]


@pytest.mark.usefixtures("with_gauges")
@pytest.mark.parametrize("text", ["a: 1\n", "[]\n", "{\n", ""])
def test_what_nobody_recognises_is_refused_by_slogen_yaml(tmp_path: Path, text: str) -> None:
    """A file of no known format is refused with what slogen YAML needs, and never in silence."""
    path = _file(tmp_path, "a.yaml", text)

    assert table.format_of(Document(path)) is slogen_yaml.FORMAT
    assert load_paths([path]).faults != ()


def test_a_script_is_recognised_unread(tmp_path: Path) -> None:
    """A Python script is one by its name: reading it would run it."""
    assert table.format_of(Document(tmp_path / "nothing.py")) is script.FORMAT


def test_a_file_is_read_once(tmp_path: Path) -> None:
    """Recognising a file and reading it are one look at the disk."""
    document = Document(_file(tmp_path, "a.yaml", OURS))

    assert document.yaml is document.yaml


@pytest.mark.usefixtures("with_gauges")
def test_an_empty_file_names_what_its_format_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no SLO, the message says what SLOs look like in that format."""
    empty = attrs.evolve(
        GAUGES, read=lambda documents: Contents({d.resolved: () for d in documents})
    )
    formats = (script.FORMAT, empty, slogen_yaml.FORMAT)
    monkeypatch.setattr(table, "FORMATS", formats)
    monkeypatch.setattr(loading, "FORMATS", formats)

    (fault,) = load_paths([_file(tmp_path, "b.yaml", "gauges: []\n")]).faults

    assert fault.diagnostic.allowed == "gauges"
