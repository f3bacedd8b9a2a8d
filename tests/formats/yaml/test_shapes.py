"""What may stand behind a key: values that look like what is needed, and are not."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidValue, WrongType
from slogen.formats.yaml.nodes import MappingNode, Node
from slogen.formats.yaml.reading import read
from slogen.formats.yaml.shapes import Count


def _value(text: str) -> Node:
    root = read(f"count: {text}".encode(), "a.yaml").root
    assert isinstance(root, MappingNode)
    return root["count"]


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("3.0", 3), ("0x10", 16), ("1e3", 1000)])
def test_whole_numbers_in_all_spellings(text: str, number: int) -> None:
    """What YAML 1.2 takes for a whole number is one."""
    assert Count().read(_value(text)) == number


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", ".nan", "2.5", "1e999", "true", '"3"', "~", "[]"]
)
def test_what_is_no_whole_number(text: str) -> None:
    """What is endless, broken or no number at all is of the wrong type."""
    with pytest.raises(WrongType, match="allowed: a whole number"):
        Count().read(_value(text))


def test_a_whole_number_too_long_to_be_meant() -> None:
    """A number of many digits is out of range, not of another type."""
    with pytest.raises(InvalidValue, match="at most 15 characters") as caught:
        Count().read(_value("1" * 5000))

    assert caught.value.code == "invalid-value"
