"""A catalogue of SLOs in Markdown: ``catalogue/index.md``, and a page for each SLO beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

import attrs

from slogen.targets.catalogue_page import ids_of, page
from slogen.targets.catalogue_text import plain
from slogen.targets.files import MARK, File, file_name
from slogen.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.targets.built import Built, Layout

_HEAD = f"<!-- {MARK} -->"


@attrs.frozen(kw_only=True)
class Catalogue(Target):
    """Pages for people: what each SLO promises, what its alerts mean and what to do first."""

    name: ClassVar[str] = "catalogue"
    help: ClassVar[str] = "a page for each SLO and an index, in Markdown"

    @classmethod
    def slo_ids(cls, text: str) -> tuple[str, ...]:
        """Return the id of the SLO that a page is about; none of the index."""
        return ids_of(text)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:  # noqa: ARG002 (a page is about one SLO in every layout)
        """Return the index, and a page for each SLO."""
        slos = tuple(one.slo for one in built)
        index = File(f"{self.folder}/index.md", partial(_index, slos))
        return (index, *(self._page(slo) for slo in slos))

    def _page(self, slo: ResolvedSLO) -> File:
        path = f"{self.folder}/slos/{file_name(slo.definition.id)}.md"
        return File(path, partial(_text, slo))


def _text(slo: ResolvedSLO) -> str:
    return "\n".join((_HEAD, *page(slo))) + "\n"


def _index(slos: tuple[ResolvedSLO, ...]) -> str:
    return "\n".join((_HEAD, "# Service level objectives", "", *_rows(slos))) + "\n"


def _rows(slos: tuple[ResolvedSLO, ...]) -> Iterator[str]:
    """Yield the table of all SLOs, by owner, service and name."""
    yield "| owner | service | SLO | objective | what it is about |"
    yield "| --- | --- | --- | --- | --- |"
    for slo in sorted(slos, key=_place):
        defined = slo.definition
        link = quote(f"slos/{file_name(defined.id)}.md")
        first, *_ = defined.description.split("\n")
        yield (
            f"| {plain(defined.owner)} | {plain(defined.service.name)} "
            f"| [{plain(defined.name)}]({link}) "
            f"| {defined.objective} over {defined.window} | {plain(first)} |"
        )


def _place(slo: ResolvedSLO) -> tuple[str, ...]:
    """Return what the table is sorted by; an SLO without an owner stands in front."""
    return slo.definition.owner, slo.definition.service.name, slo.definition.name
