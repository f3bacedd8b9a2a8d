"""Matchers hold for the labels for which Prometheus says so."""

from __future__ import annotations

import sys

import pytest

from slogen.promql.selector import Matcher, Operator
from slogen.proof.matching import matches


@pytest.mark.parametrize(
    ("operator", "value", "label", "is_match"),
    [
        ("=", "500", "500", True),
        ("=", "500", "5000", False),
        ("=", "", None, True),
        ("=", "", "", True),
        ("!=", "", None, False),
        ("!=", "500", None, True),
        ("=~", "5..", "500", True),
        ("=~", "5..", "1500", False),
        ("=~", "5..", "5000", False),
        ("=~", "5..", "5\n0", True),
        ("=~", "a$", "a\n", False),
        ("=~", "a|bc", "ac", False),
        ("=~", "", None, True),
        ("=~", ".*", None, True),
        ("=~", ".+", None, False),
        ("=~", "(?i)get", "GET", True),
        ("=~", r"\pL+", "éλ", True),
        ("=~", "[[:alpha:]]", "b", True),
        ("=~", r"\Qa.b\E", "axb", False),
        ("!~", "5..", "500", False),
        ("!~", "5..", None, True),
        ("!~", ".*", "a", False),
    ],
)
def test_holds_as_in_prometheus(
    operator: Operator, value: str, label: str | None, *, is_match: bool
) -> None:
    """Regexes match whole values, dots match line breaks, and an absent label is empty."""
    matcher = Matcher("x", operator, value)
    labels = {} if label is None else {"x": label}

    assert matches((matcher,), labels) is is_match
    assert matches((matcher.negated,), labels) is not is_match


def test_all_have_to_hold() -> None:
    """One matcher that fails is enough, on whichever label."""
    matchers = (Matcher("a", "=", "1"), Matcher("b", "!=", "2"))

    assert matches((), {"a": "1"})
    assert matches(matchers, {"a": "1", "b": "3"})
    assert not matches(matchers, {"a": "1", "b": "2"})
    assert not matches(matchers, {"b": "3"})


def test_a_regex_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without RE2 no regex is decided, and all that has none is."""
    monkeypatch.setitem(sys.modules, "re2", None)

    assert matches((Matcher("a", "=", "1"),), {"a": "1"})
    with pytest.raises(ModuleNotFoundError):
        matches((Matcher("a", "=~", "never compiled before"),), {"a": "1"})
