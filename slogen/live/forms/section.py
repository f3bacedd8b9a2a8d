"""A section of a report: a table of texts."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Section:
    """A table with a title.

    Attributes:
        title: What it is about.
        head: The names of its columns.
        rows: Its rows, each as long as the head.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
