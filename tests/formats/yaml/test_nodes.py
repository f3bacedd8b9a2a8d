"""Nodes know where they stand, in lines and columns as editors count them."""

from __future__ import annotations

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode, Source, step
from slogen.formats.yaml.reading import read
from slogen.source import Occurrence

TEXT = """\
# services of the house
services:
  - name: café   # é is one character
    slis: {up: {gauge: up}}
    query: |
      foo
      or bar
    'odd key': [a, "b"]
"""


def tree(text: str = TEXT) -> MappingNode:
    """Return the root of a file."""
    root = read(text.encode(), "slos.yaml").root
    assert isinstance(root, MappingNode)
    return root


def service(text: str = TEXT) -> MappingNode:
    """Return the service of a file."""
    return cast("MappingNode", cast("SequenceNode", tree(text)["services"]).items[0])


def test_a_value_is_placed_and_has_a_path() -> None:
    """A place is a line, a column, an end and the way from the top."""
    place = service()["name"].position()

    assert (str(place), place.end_column) == ("slos.yaml:3:11", 15)
    assert place.path == "$.services[0].name"
    assert place.excerpt()[1] == "      |           ^^^^"


def test_a_key_is_placed() -> None:
    """A key has a place of its own, and a path that quotes what is no name."""
    place = service().key_position("odd key")

    assert (str(place), place.path) == ("slos.yaml:8:5", "$.services[0]['odd key']")


def test_a_mapping_stands_at_its_first_key() -> None:
    """What is said of a block mapping is marked at the key that it begins with."""
    place = service().position()

    assert (str(place), place.end_column) == ("slos.yaml:3:5", 9)


def test_an_argument_is_the_value_of_a_key() -> None:
    """As an origin a mapping places its arguments, and itself for those that it does not have."""
    node = tree("for: 5m\nbad_where: x\n")

    assert str(node.position("for_")) == "slos.yaml:1:6"
    assert str(node.position("bad")) == "slos.yaml:2:12"
    assert str(node.position("other")) == "slos.yaml:1:1"


def test_a_piece_of_a_block_is_found_in_its_line() -> None:
    """A piece of a text of several lines is placed in the line that it stands in."""
    place = service()["query"].position().of(Occurrence("bar"))

    assert (str(place), place.end_column) == ("slos.yaml:7:10", 13)
    assert place.excerpt()[0] == "    7 |       or bar"


def test_lines_end_as_editors_think() -> None:
    """Windows' and old Macs' line ends count as one; a line separator of Unicode does not."""
    for end in ("\n", "\r\n", "\r"):
        assert str(service(TEXT.replace("\n", end))["name"].position()) == "slos.yaml:3:11"
    assert str(tree('a: "x\u2028y"\nb: 1\n')["b"].position()) == "slos.yaml:2:4"


def test_what_an_alias_repeats_stands_where_it_was_written() -> None:
    """The place of a repeated value is that of its anchor."""
    node = tree("a: &x {b: 1}\nc: *x\n")["c"]

    assert isinstance(node, MappingNode)
    assert node["b"].position().path == "$.a.b"


def test_changed_mappings_keep_their_place() -> None:
    """What is made of a mapping stands where it stood, and the mapping stays as it was."""
    node = service()
    other = tree("name: x\nlabel: y\n")

    assert node.without("name").position() == node.position()
    assert node.with_entries(name=other["name"])["name"] is other["name"]
    assert sorted(node.over(other).keys()) == sorted({*node.keys(), "label"})
    assert node.over(other)["name"] is node["name"]
    assert list(node.only("slis").keys()) == ["slis"]
    assert "name" in node


def test_steps_of_a_path_are_read_as_they_are_written() -> None:
    """A name needs no quotes, everything else has them."""
    assert (step("slo-id"), step(3), step("a.b")) == (".slo-id", "[3]", "['a.b']")


@given(st.text("ab\r\n\t é", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_every_place_is_within_its_file(text: str, begin: int, length: int) -> None:
    """Whatever the line ends, a place is in a line that exists, and its excerpt can be shown."""
    source = Source("a", text)
    place = source.position(begin, begin + length)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 2
    assert place.source is not None
    assert place.source.split("\n")[0] == lines[place.line - 1]
    assert len(place.excerpt()) in {0, 2}


def test_scalars_keep_what_was_written() -> None:
    """A number is the text that stands there, with its kind beside it."""
    node = tree("a: 99.90\n")["a"]

    assert isinstance(node, ScalarNode)
    assert (node.text, node.kind) == ("99.90", "float")
