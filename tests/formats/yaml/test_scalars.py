"""Plain scalars are what YAML 1.2 says, and what PyYAML reads differently is known."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from slogen.formats.yaml.scalars import is_text_everywhere, kind_of, older_meaning

ODD = [
    *("", "~", "null", "NULL", "nULL", "true", "True", "tRUE", "yes", "No", "on", "OFF", "y", "n"),
    *("0", "-0", "+1", "012", "0o17", "0x1F", "0X1f", "0b101", "1_000", "09", "1e3", "1.e+3", ".5"),
    *("1.5", "1.", ".", "-.inf", ".INF", ".nan", "NaN", "1:30", "1:30.5", "190:20:30", "60", "00"),
    *("2026-01-01", "2026-1-1", "2026-01-01 10:00:00", "2026-01-01T10:00:00Z", "=", "30d", "99.9%"),
    *("-", "--", "+", "0x", "0o", "1e", "1e+3", "-1.5E-3", "+.5", "-.5", ".5e3", "6.8523015e+5"),
    "<<",
]
# Where ruamel.yaml is not of YAML 1.2: it takes what begins with 0b, has _ in it or is = as
# YAML 1.1 does, ".5e3" for a text, and << for a merge key wherever it stands.
NOT_OF_RUAMEL = {"0b101", "1_000", "=", ".5e3", "<<"}
NUMBERS = st.text("0123456789+-._:eExob", min_size=1, max_size=7)


def plain(text: str) -> bool:
    """Tell whether a text can stand plain behind a key."""
    try:
        events = list(YAML(typ="safe").parse(f"a: {text}\n"))
    except Exception:  # noqa: BLE001 (any failure means no)
        return False
    values = [event.value for event in events if type(event).__name__ == "ScalarEvent"]
    return values == ["a", text] and type(events[4]).__name__ == "ScalarEvent"


def to_pyyaml(text: str) -> object:
    """Return what PyYAML makes of a text; its failure is a value, too."""
    try:
        return yaml.safe_load(f"a: {text}\n")["a"]
    except (yaml.YAMLError, ValueError):
        return ValueError


def kind_of_value(value: object) -> str:
    """Return the kind of a value of Python."""
    if value is None:
        return "null"
    kinds = {bool: "bool", int: "int", float: "float", str: "text"}
    return kinds.get(type(value), "other")


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_what_ruamel_says(text: str) -> None:
    """The kinds are those of another reader of YAML 1.2."""
    if not plain(text) or text in NOT_OF_RUAMEL:
        return
    value = YAML(typ="safe", pure=True).load(f"a: {text}\n")["a"]
    if isinstance(value, dt.date):  # which no schema of YAML 1.2 has
        value = text

    assert kind_of(text) == kind_of_value(value)


@given(st.sampled_from(ODD) | NUMBERS)
@example("1:30")
def test_pyyaml_reads_the_same_where_nothing_is_said(text: str) -> None:
    """Where no other meaning is told PyYAML reads the same kind and number."""
    if plain(text) and not older_meaning(text):
        value, kind = to_pyyaml(text), kind_of(text)

        assert kind_of_value(value) == kind
        if kind == "int":
            digits = text.lower()
            base = 8 if "0o" in digits else 16 if "0x" in digits else 10
            assert value == int(digits.replace("0o", ""), base)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("on", "a truth value"),
        ("No", "a truth value"),
        ("012", "another number"),
        ("0o17", "a text"),
        ("1e3", "a text"),
        ("1_000", "a number"),
        ("1:30", "a number"),
        ("0b11", "a number"),
        ("2026-01-01", "a date"),
        ("=", "no value that it can read"),
        ("30d", ""),
        ("99.9%", ""),
        ("99.9", ""),
        ("00", ""),
        ("y", ""),
    ],
)
def test_the_other_meaning_is_named(text: str, meaning: str) -> None:
    """What YAML 1.1 takes a text for is told where that is something else."""
    assert older_meaning(text) == meaning


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(ODD))
def test_a_text_everywhere_is_one_to_pyyaml(text: str) -> None:
    """What is written plain because it is a text everywhere comes back from PyYAML as it was."""
    if plain(text) and is_text_everywhere(text):
        assert to_pyyaml(text) == text
