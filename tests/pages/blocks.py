"""The blocks of code on the pages, in their order."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import attrs

from tests.golden_cases import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<kind>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
_GENERATED = {"docs/changelog.md", "docs/contributing.md"}
"""They include a file of the root, which is a page itself."""
PAGES = tuple(
    name
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
    if (name := path.relative_to(ROOT).as_posix()) not in _GENERATED
)


@attrs.frozen
class Command:
    """A command of a transcript, and what the page says that it prints; None: it says nothing."""

    line: str
    shown: str | None

    def is_shown(self, printed: str) -> bool:
        """Tell whether the command printed what the page shows; ``...`` stands for any text."""
        if self.shown is None:
            return True
        pattern = ".*".join(re.escape(part) for part in self.shown.strip().split("..."))
        return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@attrs.frozen
class Block:
    """A block of code.

    Attributes:
        page: The path of its page.
        line: The line of the page in which the block begins.
        kind: What stands behind the backticks.
        text: What stands in it, without the indentation of a list.
    """

    page: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        """Return the place of the block."""
        return f"{self.page}:{self.line}"

    def commands(self) -> Iterator[Command]:
        """Yield the commands of a transcript; a backslash continues a line."""
        text = self.text.replace("\\\n", " ")
        if not text.startswith("$ "):
            yield from (Command(line, None) for line in text.splitlines())
            return
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            while line.rstrip().endswith(("|", "do")):
                more, _, shown = shown.partition("\n")
                line += f"\n{more}"
            yield Command(line, shown or None)


def blocks_of(page: str) -> tuple[Block, ...]:
    """Return the blocks of a page; those that Sphinx fills are not code of the page."""
    text = (ROOT / page).read_text("utf-8")
    return tuple(
        Block(
            page,
            text.count("\n", 0, match.start()) + 1,
            match["kind"],
            textwrap.dedent(match["text"]),
        )
        for match in _BLOCK.finditer(text)
        if not match["kind"].startswith("{")
    )
