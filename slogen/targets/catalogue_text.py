"""Texts of definitions as Markdown: what is written is what a reader sees."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITIES = {character: f"&#{ord(character)};" for character in r"\`*_{}[]()#+!|~$<>&"}
_ITEM = re.compile(r"\s*(?P<mark>[-*+]|\d{1,9}[.)])\s+(?P<words>\S.*)")
_BLOCK_MARK = re.compile(r"[-=.]")
_BEGINS_A_BLOCK = re.compile(r"[-=]|\d+[.]")
"""What Markdown would read at the beginning of a line as a list, a ruler or a heading."""


def plain(words: str) -> str:
    """Return a text on one line in which Markdown and HTML find nothing of their own.

    >>> plain("a|b *c*")
    'a&#124;b &#42;c&#42;'
    """
    return "".join(_ENTITIES.get(character, character) for character in " ".join(words.split()))


def prose(text: str) -> Iterator[str]:
    r"""Yield the lines of a text of several lines: each is a paragraph, or an item of a list.

    >>> list(prose("Users can\n- buy\n- pay"))
    ['Users can', '', '- buy', '- pay', '']
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for line, following in pairwise((*lines, "")):
        item = _ITEM.fullmatch(line)
        yield _item(item) if item else _paragraph(line)
        if not (item and _ITEM.fullmatch(following)):
            yield ""


def _item(item: re.Match[str]) -> str:
    mark = item["mark"]
    return f"{mark if mark[0].isdigit() else '-'} {_paragraph(item['words'])}"


def _paragraph(line: str) -> str:
    """Return a line that begins no block of Markdown's."""
    shown = plain(line)
    if not _BEGINS_A_BLOCK.match(shown):
        return shown
    return _BLOCK_MARK.sub(lambda mark: f"&#{ord(mark[0])};", shown, count=1)
