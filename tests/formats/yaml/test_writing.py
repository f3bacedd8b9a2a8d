"""What is written reads back the same, and has quotes only where they are needed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from slogen.formats.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read
from slogen.formats.yaml.writing import scalar, written
from tests.formats.slogen_yaml.models import ODD

if TYPE_CHECKING:
    from slogen.formats.yaml.writing import Tree

TEXTS = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LINES = st.lists(TEXTS, max_size=4).map("\n".join)
SCALARS = TEXTS | LINES | st.booleans() | st.integers() | st.decimals(-(10**9), 10**9, places=3)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter("<<".__ne__), inner, max_size=3)
    ),
)


def back(text: str) -> Any:  # noqa: ANN401 (as nested as what was written)
    """Return what slogen reads in a file."""
    reading = read(text.encode(), "a.yaml")
    assert not reading.faults
    return _value(reading.root)


def _value(node: Node | None) -> Any:  # noqa: ANN401
    if isinstance(node, MappingNode):
        return {key: _value(value) for key, value in node.items()}
    if isinstance(node, SequenceNode):
        return [_value(item) for item in node]
    assert isinstance(node, ScalarNode)
    if node.kind == "bool":
        return node.text == "true"
    return node.text if node.kind == "text" else Decimal(node.text)


@given(TREES)
@example([["a", ["on", {}]], [[]], {"": "\n"}, "a\n\nb\n"])
def test_a_tree_reads_back_the_same(tree: Tree) -> None:
    """Texts, numbers and truth values come back as what they were, however nested."""
    assert back(written({"a": tree})) == {"a": tree}


@given(st.dictionaries(TEXTS, TEXTS | LINES, max_size=3))
def test_every_reader_reads_the_same_texts(texts: dict[str, str]) -> None:
    """PyYAML, of YAML 1.1, and ruamel.yaml, of YAML 1.2, agree."""
    text = written({"a": {f"k{key}": value for key, value in texts.items()}})

    assert yaml.safe_load(text)["a"] == {f"k{key}": value for key, value in texts.items()}
    assert YAML(typ="safe").load(text) == yaml.safe_load(text)


@given(TREES)
def test_no_line_ends_with_a_space(tree: Tree) -> None:
    """An editor that strips spaces changes no text, and none is folded."""
    text = written({"a": tree})

    assert [line for line in text.split("\n") if line.endswith(" ")] == []
    assert all(character.isprintable() for character in text.replace("\n", ""))


@pytest.mark.parametrize(
    "text",
    [
        *("99.9%", "30d", "<= 300", 'code=~"5.."', "sum(rate(a{b!~'c'}[5m])) > 5", "$window", "y"),
        *(
            "https://x.example/a#b",
            "a:b",
            "Größe",
            "95% of 'all', or more",
            "日本 🦆",
            "a-b",
            "a - b",
        ),
    ],
)
def test_stands_plain_where_nobody_reads_anything_else(text: str) -> None:
    """Quotes that are not needed are noise."""
    assert scalar(text) == text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        *(
            (text, f'"{text}"')
            for text in ("", "on", "1:30", "012", "3.5", "null", "~", "2026-01-01")
        ),
        *(
            (text, f'"{text}"')
            for text in ("a: b", "a #b", "a:", " a", "a ", ">= 1", "!= 0", "- a", "<<")
        ),
        *(
            (text, f'"{text}"')
            for text in ("*a", "&a", "[a", "{a", "|", "%a", "@a", "`a", "#a", "?", "'")
        ),
        ('{a="b"}', """'{a="b"}'"""),
        ('a: "it\'s"', "'a: \"it''s\"'"),
        ("\\d: x", "'\\d: x'"),
        ('a\x00"\u2028\x85\U000e0001', '"a\\x00\\"\\u2028\\x85\\U000e0001"'),
        ("a\n\n", '"a\\n\\n"'),
    ],
)
def test_has_quotes_where_it_needs_them(text: str, quoted: str) -> None:
    """Double ones, or single ones around what has double ones or backslashes itself."""
    assert scalar(text) == quoted


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\n  b\n\nc\n", "t: |\n  a\n    b\n\n  c\n"),
        ("a\nb", "t: |-\n  a\n  b\n"),
        ("# a: 'b'\n- c\n", "t: |\n  # a: 'b'\n  - c\n"),
    ],
)
def test_several_lines_stand_in_a_literal_block(text: str, block: str) -> None:
    """They are read as they are written."""
    assert written({"t": text}) == block


@pytest.mark.parametrize("text", ["a \nb", " a\nb", "\na", "a\n\n", "a\tb\nc", "\n", "a\r\nb"])
def test_what_a_block_would_not_show_stands_in_quotes(text: str) -> None:
    """Spaces at the end of a line, tabs and empty lines around a text cannot be seen."""
    assert "|" not in written({"t": text})
    assert back(written({"t": text})) == {"t": text}


def test_lists_of_a_few_words_stand_on_one_line() -> None:
    """Others have a line for each item, below their key."""
    tree: dict[str, Tree] = {
        "a": ["region", "on"],
        "b": ["a b"],
        "c": ["x" * 50, "y" * 50],
        "d": [{"a": "b", "c": "d"}],
        "e": [],
    }

    assert written(tree) == (
        'a: [region, "on"]\n'
        "b:\n  - a b\n"
        f"c:\n  - {'x' * 50}\n  - {'y' * 50}\n"
        "d:\n  - a: b\n    c: d\n"
        "e: []\n"
    )


def test_entries_are_set_apart_where_that_is_asked_for() -> None:
    """A blank line stands between them, not around them."""
    tree: dict[str, Tree] = {
        "slos": [{"name": "a"}, {"name": "b", "tiers": [{"c": "d"}, {"e": "f"}]}]
    }

    assert written(tree, apart=["slos"]) == (
        "slos:\n  - name: a\n\n  - name: b\n    tiers:\n      - c: d\n      - e: f\n"
    )


def test_numbers_have_no_exponent() -> None:
    """They are written in the shortest exact form."""
    assert written({"a": Decimal("1E+3"), "b": Decimal("14.40"), "c": True, "d": 3}) == (
        "a: 1000\nb: 14.4\nc: true\nd: 3\n"
    )
