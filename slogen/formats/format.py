"""What a format is: something that recognises its files by what they hold, and reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError
from slogen.model import SLO

if TYPE_CHECKING:
    from slogen.formats.yaml.reading import Reading


class Document:
    """A file, of whatever format; it is read once.

    Attributes:
        path: As it was named.
    """

    def __init__(self, path: Path) -> None:
        """Take the path; nothing is read yet."""
        self.path = path

    @cached_property
    def resolved(self) -> Path:
        """The path without links, by which a file is known."""
        return self.path.resolve()

    @cached_property
    def yaml(self) -> Reading:
        """What the file holds as YAML: a tree of nodes, or what is wrong with it."""
        from slogen.formats.yaml.reading import read_file  # noqa: PLC0415 (start-up)

        return read_file(self.path)

    @cached_property
    def documents(self) -> Reading:
        """The same, where a format has several documents of YAML in a file."""
        from slogen.formats.yaml.reading import read_file  # noqa: PLC0415 (start-up)

        return read_file(self.path, several=True)


@attrs.frozen
class Contents:
    """What the files of a format hold.

    Attributes:
        slos: The SLOs of each file, by its resolved path, that nothing is wrong with.
        faults: What is wrong, file by file.
        findings: What there is to say about the files.
        differences: What the SLOs of another tool's files mean instead of what they mean there.
        supporting: The resolved paths of files that have no SLOs, and are there for the others.
    """

    slos: Mapping[Path, Sequence[SLO]]
    faults: Sequence[InputError] = ()
    findings: Sequence[Diagnostic] = ()
    differences: Sequence[Diagnostic] = ()
    supporting: Collection[Path] = ()


@attrs.frozen(kw_only=True)
class Format:
    """A way to write SLOs down.

    Attributes:
        suffixes: How the names of its files end.
        holds: What SLOs look like in a file, for messages.
        recognise: The function that tells whether a file is of this format, by what it holds.
        read: The function from all files of the format to what they hold; it reports all faults.
        runs_code: Whether reading a file runs what somebody wrote.
    """

    suffixes: tuple[str, ...]
    holds: str
    recognise: Callable[[Document], bool]
    read: Callable[[Sequence[Document]], Contents]
    runs_code: bool = False
