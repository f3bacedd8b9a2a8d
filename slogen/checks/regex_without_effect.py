"""A regex of a matcher matches everything, or excludes everything.

`=~".*"` also matches series without the label, so the matcher has no effect. `!~".*"` selects no
series at all. Leave the matcher out, or write `=~".+"` for series that have the label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code
from slogen.promql.regex_sets import matches_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


_EFFECTS = {"=~": "matches everything", "!~": "matches everything, so that nothing is selected"}


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        for selector in selectors_of(source):
            for matcher in selector.matchers:
                if matcher.operator in _EFFECTS and matches_everything(matcher.value):
                    yield diagnostic_of(
                        slo,
                        argument,
                        source,
                        entry=CHECK.code,
                        found=f"the regex of {matcher} {_EFFECTS[matcher.operator]}",
                        remedy=f'leave it out, or write {matcher.label}=~".+" for series with the '
                        "label",
                        part=str(matcher),
                    )


CHECK = Check(
    code=Code.warning(
        "regex-without-effect", "a regex matches everything, or nothing", doc=__doc__
    ),
    find=_find,
)
