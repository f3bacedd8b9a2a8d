"""Arguments: how names, texts, links and labels are converted, and how faults are blamed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.model import arguments

if TYPE_CHECKING:
    from collections.abc import Callable

NAME_LENGTHS = "allowed: 1 to 120 characters, no space at either end"


@attrs.frozen(field_transformer=arguments.blamed)
class Thing:
    """A class that converts its arguments as the model's classes do."""

    name: str = attrs.field(converter=arguments.name)
    note: str = ""


@pytest.mark.parametrize("value", ["a", "x" * 120, "backend API", "Größe", "a/b:c", "日本", "😀"])
def test_a_name_is_kept(value: str) -> None:
    """A name of one line is taken as it is."""
    assert arguments.name(value) == value


@pytest.mark.parametrize("value", ["", " ", " a", "a ", "x" * 121, "\u00a0a", "a\n"])
def test_refuses_names_of_the_wrong_length(value: str) -> None:
    """A name is neither empty nor long, and has no space at either end."""
    with pytest.raises(InvalidValue, match=NAME_LENGTHS):
        arguments.name(value)


@pytest.mark.parametrize(
    "value", ["a\nb", "a\tb", "a\x00b", "\u200b", "a\u2028b", "a\ud800", "a\x7fb"]
)
def test_refuses_names_that_do_not_print(value: str) -> None:
    """A name is one line of printable characters, and is shown escaped where it is not."""
    with pytest.raises(InvalidValue, match="allowed: one line of printable characters") as caught:
        arguments.name(value)

    assert caught.value.found == ascii(value)


@pytest.mark.parametrize(
    "convert", [arguments.name, arguments.line, arguments.prose, arguments.link]
)
@pytest.mark.parametrize("value", [None, 5, b"a", ["a"]])
def test_refuses_other_types(convert: object, value: object) -> None:
    """A text is a text: numbers and None are not turned into one."""
    assert callable(convert)
    with pytest.raises(InvalidValue, match="allowed: a text"):
        convert(value)


@pytest.mark.parametrize("convert", [arguments.line, arguments.prose])
def test_texts_are_bounded(convert: Callable[[str], str]) -> None:
    """What could not be read back from a file of definitions is no text in Python either."""
    assert convert("x" * 20_000)

    with pytest.raises(InvalidValue, match=r"is 20001 characters\n  allowed: at most 20000"):
        convert("x" * 20_001)


def test_prose_loses_blank_lines_at_the_ends() -> None:
    """A description may have lines, and those of triple quotes at its ends are dropped."""
    assert arguments.prose("\n\nfirst\n\nsecond\n") == "first\n\nsecond"


@pytest.mark.parametrize("value", ["a\tb", "a\r\nb", "a\x00"])
def test_refuses_prose_that_does_not_print(value: str) -> None:
    """A description holds lines, but no other control characters."""
    with pytest.raises(InvalidValue, match="allowed: lines of printable characters"):
        arguments.prose(value)


@pytest.mark.parametrize(
    "value", ["", "https://runbooks.example.com/x?y=z#a", "http://localhost/ä"]
)
def test_a_link_is_kept(value: str) -> None:
    """A web address, or none, is taken as it is."""
    assert arguments.link(value) == value


@pytest.mark.parametrize(
    "value", ["ftp://x", "www.example.com", "https://a b", "javascript:alert(1)"]
)
def test_refuses_links_that_do_not_open(value: str) -> None:
    """What is no web address is no link."""
    with pytest.raises(InvalidValue, match="allowed: an address that begins with https:// or http"):
        arguments.link(value)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("https://rb/{{ $labels.x }}", "write the whole address: it is no template"),
        ("https://rb/a b", "write %20 for a space"),
    ],
)
def test_says_what_to_do_about_a_link_that_begins_as_one(value: str, remedy: str) -> None:
    """The beginning is right, so that something else is wrong."""
    with pytest.raises(InvalidValue, match=f"remedy: {remedy}"):
        arguments.link(value)


@pytest.mark.parametrize("name", ["le", "quantile"])
def test_labels_of_distributions_are_not_renamed(name: str) -> None:
    """A bucket by itself has no budget, whatever its label is called."""
    with pytest.raises(InvalidValue, match="leave it out: its values are parts of one dist"):
        arguments.label_name(name)


@given(st.dictionaries(st.sampled_from(["a", "b", "C", "_d"]), st.sampled_from(["", "x", "ü"])))
def test_labels_are_sorted_and_read_only(value: dict[str, str]) -> None:
    """Labels are a mapping that nobody changes, in the order of their names."""
    labels = arguments.labels(value)

    assert isinstance(labels, MappingProxyType)
    assert list(labels.items()) == sorted(value.items())


def test_labels_do_not_follow_the_users_dict() -> None:
    """A dict that is changed later leaves the labels as they were."""
    value = {"team": "core"}

    labels = arguments.labels(value)
    value["team"] = "other"

    assert dict(labels) == {"team": "core"}


@pytest.mark.parametrize(
    "value", [5, None, "ab", ["a"], [("a", "b")], {5: "a", "b": "c"}, {None: "a"}]
)
def test_refuses_labels_that_are_no_mapping(value: object) -> None:
    """Labels are a mapping of texts."""
    with pytest.raises(InvalidValue, match="allowed: a mapping such as"):
        arguments.labels(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [{"a": 5}, {"a": None}])
def test_refuses_label_values_that_are_no_text(value: dict[str, str]) -> None:
    """A label's value is a text."""
    with pytest.raises(InvalidValue, match="allowed: a text"):
        arguments.labels(value)


@pytest.mark.parametrize("value", ["", "1a", "team-x", "a b", "a\n", "é", 5, None])
def test_refuses_what_is_no_label_name(value: object) -> None:
    """A label's name is what every version of Prometheus takes without quotes."""
    with pytest.raises(InvalidValue, match="allowed: letters, digits and _, not a digit first"):
        arguments.label_name(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["severity", "slo_id", "owner", "status", "__name__"])
def test_refuses_labels_that_are_set_already(value: str) -> None:
    """A label that slogen or an alert sets cannot be the user's."""
    with pytest.raises(InvalidValue, match="label is") as caught:
        arguments.label_name(value)

    assert str(caught.value) == (
        f'label is "{value}"\n'
        "  allowed: a label that neither slogen nor an alert sets\n"
        "  remedy: rename it, for example in the scrape configuration"
    )


def test_label_names_keep_their_order() -> None:
    """Several names stay in the user's order, one may stand alone."""
    assert arguments.label_names(["tenant", "job"]) == ("tenant", "job")
    assert arguments.label_names("tenant") == ("tenant",)
    assert arguments.label_names(()) == ()


def test_refuses_a_label_twice() -> None:
    """Each label is named once."""
    with pytest.raises(InvalidValue, match="allowed: each label once"):
        arguments.label_names(("tenant", "tenant"))


@pytest.mark.parametrize("value", [5, None])
def test_refuses_label_names_that_are_no_sequence(value: object) -> None:
    """Label names are one text or several."""
    with pytest.raises(InvalidValue, match=r"labels? is"):
        arguments.label_names(value)  # type: ignore[arg-type]


def test_label_names_have_an_order_of_their_own() -> None:
    """A set has another order in every run, and so would the generated files."""
    with pytest.raises(InvalidValue, match=r"labels? is"):
        arguments.label_names({"tenant", "job", "region"})


def test_a_fault_names_class_and_argument() -> None:
    """What a converter refuses is blamed on the class, the argument and the user's line."""
    with pytest.raises(InvalidValue, match=r"Thing\.name is ''") as caught:
        Thing(note="", name="")

    assert caught.value.argument == "name"
    assert "\n      |                             ^^\n" in str(caught.value.diagnostic)
