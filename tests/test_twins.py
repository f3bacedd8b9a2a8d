"""Python and YAML are equals: the two ERPs are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from slogen import build, load
from slogen.model.project import Layout
from slogen.targets import TARGETS
from tests.golden_cases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON, YAML = (ROOT / "docs" / "examples" / name for name in ("erp", "erp-yaml"))


def test_the_twins_are_equal_models() -> None:
    """The same SLOs come in the same order, and there is nothing to say about the files."""
    twin = load(YAML, scripts=False)

    assert tuple(twin) == tuple(load(PYTHON))
    assert twin.findings == ()


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("target", TARGETS)
def test_the_twins_are_built_to_the_same_bytes(target: str, layout: Layout) -> None:
    """No target writes where a definition came from."""
    files = build(load(PYTHON)).render(target, layout)

    assert build(load(YAML)).render(target, layout) == files
    assert files


@pytest.mark.parametrize("file", sorted(YAML.iterdir()), ids=lambda file: file.name)
def test_editors_find_the_schema(file: Path) -> None:
    """Each file begins with the line by which editors check it as it is typed."""
    head, _ = file.read_text().split("\n", 1)
    place = head.removeprefix("# yaml-language-server: $schema=")

    assert (YAML / place).resolve() == ROOT / "docs" / "reference" / "slogen.schema.json"
    assert (YAML / place).is_file()
