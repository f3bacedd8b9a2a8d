"""The schema and the pages that are kept in docs/ are those that slogen makes now."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from slogen.cli import main
from slogen.cli.exits import Exit
from slogen.formats import load_paths
from slogen.formats.slogen_yaml.keys import API_VERSION, KINDS
from slogen.formats.slogen_yaml.schema import schema
from slogen.formats.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read_file
from tests.formats.slogen_yaml.page import EXAMPLES, ROOT, page
from tests.golden_cases import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
SCHEMA_FILE = DOCS / "reference" / "slogen.schema.json"
PAGE = DOCS / "reference" / "yaml.md"
_IS_SLOGEN = re.compile(rf"^apiVersion: {API_VERSION}$", re.MULTILINE)
_MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def _definitions(folder: Path) -> list[Path]:
    """Return the files of slogen YAML in a folder."""
    files = (path for path in folder.rglob("*.yaml") if "build" not in path.parts)
    return sorted(path for path in files if _IS_SLOGEN.search(path.read_text("utf-8", "replace")))


def _is_accepted(path: Path) -> bool:
    """Tell whether a file of a golden case is built without a fault."""
    case = FOLDER / path.relative_to(FOLDER).parts[0]
    return (case / "transcript.txt").read_text().endswith("exit 0\n")


EXAMPLE_FILES = _definitions(DOCS / "examples")
RIGHT_FILES = [*EXAMPLE_FILES, *filter(_is_accepted, _definitions(FOLDER))]


def _printed() -> str:
    result = CliRunner().invoke(main, ["schema"])
    assert result.exit_code == Exit.FINE
    return result.stdout


@pytest.mark.parametrize("file", [SCHEMA_FILE, PAGE], ids=lambda file: file.name)
def test_what_is_made_is_kept(file: Path, request: pytest.FixtureRequest) -> None:
    """The kept schema is what ``slogen schema`` prints, and the page is made from that."""
    made = _printed() if file == SCHEMA_FILE else page(schema())
    if request.config.getoption("--rewrite-goldens"):
        file.write_text(made, "utf-8")

    assert file.read_text("utf-8") == made


def test_the_printed_schema_is_the_one_of_the_library() -> None:
    """What is printed is the schema, as JSON that ends with a line break."""
    assert json.loads(_printed()) == schema()
    assert _printed().endswith("}\n")


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_example_names_its_schema(path: Path) -> None:
    """The first line of an example leads editors to the kept schema."""
    modeline = _MODELINE.match(path.read_text("utf-8"))

    assert modeline is not None
    assert (path.parent / modeline[1]).resolve() == SCHEMA_FILE


@pytest.mark.parametrize("path", RIGHT_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_schema_accepts_what_is_kept(path: Path) -> None:
    """All examples, and what golden cases build without a fault, are right to the schema."""
    root = read_file(path).root
    assert root is not None
    errors = Draft202012Validator(schema()).iter_errors(_value(root))

    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def _value(node: Node) -> object:
    """Return what other readers of YAML 1.2 make of a file."""
    match node:
        case MappingNode():
            return {key: _value(value) for key, value in node.items()}
        case SequenceNode():
            return [_value(value) for value in node]
        case ScalarNode(kind="int" | "float"):
            return float(node.text)
        case ScalarNode(kind="bool"):
            return node.text.lower() == "true"
        case ScalarNode(kind="null"):
            return None
        case ScalarNode():
            return node.text
    raise AssertionError(node)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_an_example_that_loads(kind: str) -> None:
    """The examples on the page are parts of files that give an SLO of their kind."""
    loaded = load_paths([EXAMPLES / f"{kind}.yaml"])

    assert loaded.faults == ()
    assert loaded.findings == ()
    assert [slo.sli.kind for slo in loaded.slos] == [kind]
