"""Matchers as other languages write them: what to write instead."""

from __future__ import annotations

import re

_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
_STRING = re.compile(r"""\"(?:[^"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`""")
_MISTAKES = (
    (re.compile(r"^\s*\{.*\}\s*$", re.DOTALL), "leave out the braces"),
    (re.compile(r"~="), "write =~ for a regex that has to match"),
    (re.compile(r"!==?~|~!"), "write !~ for a regex that must not match"),
    (re.compile(r"(?<![=!<>~])==(?!=)"), "write one = for a value that has to be equal"),
    (re.compile(r"<>"), "write != for a value that must not be equal"),
    (re.compile(r"(?i)\band\b|&&"), "write a comma between matchers: each of them has to hold"),
    (re.compile(r"\|\||(?i:\bor\b)"), 'write a regex of the values, such as code=~"500|503"'),
    (re.compile(r"(?i)\bwhere\b|\|="), "write matchers on labels within braces"),
    (
        re.compile(r"(?:^|[{,])\s*\w+(?:[.-]\w+)+\s*(?:=|!=|!~)"),
        "write _ for the dot or the dash, unless Prometheus stores the label with it",
    ),
    (re.compile(r"(?:=|!=|=~|!~)\s*[^\s\"'`=~!]"), "put the value between double quotes"),
)


def matcher_remedy(text: str) -> str:
    """Return what to change in a text whose matchers are no PromQL; nothing where nobody can tell.

    >>> matcher_remedy('code=="500"'), matcher_remedy("code=~5..")
    ('write one = for a value that has to be equal', 'put the value between double quotes')
    """
    if _QUOTES.search(text):
        return 'write straight quotes: "'
    plain = _STRING.sub('""', text)
    if plain.count("{") > plain.count("}"):
        return "close the brace with }"
    return next((remedy for pattern, remedy in _MISTAKES if pattern.search(plain)), "")
