"""A query asks with `absent()` whether data is missing.

`absent()` is 1 while no series is there, and has no value otherwise. So it never says that all is
well, and it does not notice that one of several series is gone. Leave it out, and write
`when_missing: bad` if a moment without data is bad.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of
from slogen.diagnostics import Code
from slogen.promql.patterns import absences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, query in queries_of(slo.definition.sli):
        for text in absences(query):
            yield diagnostic_of(
                slo,
                argument,
                query,
                entry=CHECK.code,
                found=f"{text} has a value only while data is missing",
                remedy="leave it out, and let when_missing say what a moment without data means",
                part=text,
            )


CHECK = Check(
    code=Code.warning("absent-in-query", "a query asks whether data is missing", doc=__doc__),
    find=_find,
)
