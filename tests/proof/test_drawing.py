"""What a regex says about the texts that it matches."""

from __future__ import annotations

import re
import sys
import warnings
from itertools import islice

import pytest

from slogen.proof.drawing import alternatives, drawn


@pytest.mark.parametrize(
    ("regex", "texts"),
    [
        ("GET|POST", ["GET", "POST"]),
        ("GET", ["GET"]),
        ("", [""]),
        ("|a", ["", "a"]),
        ("^GET$|\\APOST\\z", ["GET", "POST"]),
        (r"10\.0\.0\.1:9100|a-b", ["10.0.0.1:9100", "a-b"]),
        (r"\Qa|b.c\E|d", ["a|b.c", "d"]),
        (r"\x41\x{e9}|\t|\101", ["Aé", "\t", "A"]),
        ("/users/{id}", ["/users/{id}"]),
        ("a(b|c)|d", ["d"]),
        ("(a|b)", []),
        ("x(a|b|c)y|z", ["z"]),
        (r"5..|\d|\pL|\bx|[ab]|a+|e", ["e"]),
    ],
)
def test_literal_alternatives(regex: str, texts: list[str]) -> None:
    """An alternative at the top is known if nothing in it may be this or that."""
    assert list(alternatives(regex)) == texts


@pytest.mark.parametrize(
    "regex",
    [
        *("[0-9a-f]{8}-[0-9a-f]{4}", "api-.+", "(shop|cart)-[a-z]+", "[^/]+", r"\w+\W\d", "a.*z"),
        *("[A-Z][^A-Z]{3}", "(?P<n>ab+)c", "straße-[0-9]", "x{100}", "(a{2,1000}){1}", "((a*)+)*q"),
    ],
)
def test_what_is_drawn_matches(regex: str) -> None:
    """Where Python and RE2 agree about a regex, all that is drawn from it matches."""
    texts = list(islice(drawn(regex), 100))

    assert len(texts) == 100
    assert all(re.fullmatch(regex, text) for text in texts)
    assert texts == list(islice(drawn(regex), 100))


def test_what_is_drawn_reads_well() -> None:
    """Digits come before letters, small before capital ones; repetitions are short, not empty."""
    assert re.fullmatch("api-[0-9]{1,4}", next(drawn("api-.*")))
    assert re.fullmatch("api-[0-9]{1,4}", next(drawn("api-.+")))
    assert re.fullmatch("[a-z]{3}", next(drawn("[a-zA-Z]{3}")))
    assert re.fullmatch("[A-Z]{2}", next(drawn("[A-Z/]{2}")))


def test_later_texts_are_less_readable() -> None:
    """What reads well is not all: other characters may be needed, or none."""
    assert "api-" in set(drawn("api-.*"))
    assert any(text.isupper() for text in drawn("[a-zA-Z0-9]{2}"))
    assert set(drawn("[!a]")) == {"a"}


@pytest.mark.parametrize(
    "regex", [r"\pL", r"\Qa\E[ab]", r"\x{41}.", "a(?i)b", "[^\\x00-\\x7f]", "^*a"]
)
def test_nothing_is_drawn_from_what_python_cannot_read(regex: str) -> None:
    """What only RE2 understands gives no text, and no error."""
    assert list(drawn(regex)) == []


def test_doubts_of_python_are_not_shown() -> None:
    """Python warns of classes in classes; whoever tries what is drawn does not need that."""
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        next(drawn("[[:alpha:]]"))

    assert shown == []


@pytest.mark.parametrize(
    ("regex", "most"),
    [
        (".{201}", 0),
        ("a{1000}b{1000}", 0),
        (f"{'(' * 21}a{')' * 21}", 0),
        ("[a-c]" * 501, 0),
        ("[一-龥]", 0),
        ("(a{30}){30}", 30),
        (f"{'(' * 20}a{'*)' * 20}", 200),
        (f"{'(' * 20}a{'+)' * 20}", 200),
    ],
)
def test_work_is_bounded(regex: str, most: int) -> None:
    """A regex that would give very long texts gives few of them, or none."""
    texts = list(drawn(regex))

    assert len(texts) <= most
    assert sum(map(len, texts)) < 30_000


def test_needs_rstr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rstr the user is told so, rather than given other texts."""
    monkeypatch.setitem(sys.modules, "rstr", None)

    with pytest.raises(ModuleNotFoundError):
        next(drawn("[ab]"))
