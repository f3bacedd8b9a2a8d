"""Texts with gaps: what is shared stands there already, and each SLO's own texts are filled in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@attrs.frozen
class Pattern:
    """A text with gaps.

    >>> Pattern.of("rules of A, by B: A", ("A", "B")).filled(("checkout", "team-shop"))
    'rules of checkout, by team-shop: checkout'

    Attributes:
        pieces: What stands between the gaps: one piece more than there are gaps.
        gaps: For each gap the number of the text that fills it.
    """

    pieces: tuple[str, ...]
    gaps: tuple[int, ...]

    @classmethod
    def of(cls, text: str, stand_ins: Sequence[str]) -> Pattern:
        """Return the pattern of a text, with a gap where a stand-in is."""
        if not stand_ins:
            return cls((text,), ())
        parts = re.split(f"({'|'.join(map(re.escape, stand_ins))})", text)
        return cls(tuple(parts[::2]), tuple(map(stand_ins.index, parts[1::2])))

    def filled(self, texts: Sequence[str]) -> str:
        """Return the text in which something else fills the gaps of each stand-in."""
        parts = [""] * (len(self.pieces) + len(self.gaps))
        parts[::2] = self.pieces
        parts[1::2] = [texts[gap] for gap in self.gaps]
        return "".join(parts)

    def size(self, texts: Sequence[str]) -> int:
        """Return how many bytes that text has in UTF-8, without making it.

        >>> Pattern.of("règles of A, by B: A", ("A", "B")).size(("checkout", "team-café"))
        44
        """
        return self._fixed + sum(len(texts[gap].encode()) * n for gap, n in self._uses.items())

    @cached_property
    def _fixed(self) -> int:
        return sum(len(piece.encode()) for piece in self.pieces)

    @cached_property
    def _uses(self) -> Mapping[int, int]:
        return Counter(self.gaps)
