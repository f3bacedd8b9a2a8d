"""Any text survives as a string of PromQL."""

from __future__ import annotations

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.quoting import quote

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def read_back(literal: str) -> str:
    """Return the value of a string literal that stands in a matcher."""
    selector = promql_parser.parse(f"up{{a={literal}}}")
    assert isinstance(selector, promql_parser.VectorSelector)
    (matcher,) = selector.matchers.matchers
    return matcher.value


@given(TEXTS)
def test_a_quoted_text_reads_back(text: str) -> None:
    """Whatever is quoted as a label's value is that value to a parser."""
    assert read_back(quote(text)) == text


@given(TEXTS)
def test_a_quoted_text_prints_on_one_line(text: str) -> None:
    """A literal holds no character that a terminal or YAML would not show."""
    assert quote(text).isprintable()


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("api", '"api"'),
        ("5..", '"5.."'),
        (r"\d+", r'"\\d+"'),
        ('say "hi"', r'"say \"hi\""'),
        ("it's `raw`", '"it\'s `raw`"'),
        ("a\nb\tc\r", r'"a\nb\tc\r"'),
        ("\x00\x7f", r'"\u0000\u007f"'),
        ("\u2028\ufeff", r'"\u2028\ufeff"'),
        ("\U000e0001", r'"\U000e0001"'),
        ("café 😀", '"café 😀"'),
        ("{{ .Value }} }", '"{{ .Value }} }"'),
    ],
)
def test_escapes_as_go_does(text: str, literal: str) -> None:
    """Letters stay readable, what does not print is escaped as Go does."""
    assert quote(text) == literal
    assert read_back(literal) == text
