"""A sentence of a diff, before it is text or Markdown."""

from __future__ import annotations

import attrs


@attrs.frozen
class Sentence:
    """Something that changed, or is worth knowing.

    Attributes:
        subject: What it is about.
        before: What it was, where it has a value; the empty text for none.
        after: What it is, likewise.
        note: What follows from it.
    """

    subject: str
    before: str = ""
    after: str = ""
    note: str = ""

    @property
    def has_values(self) -> bool:
        """Whether there is a value on one side at least."""
        return bool(self.before or self.after)
