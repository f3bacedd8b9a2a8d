"""A query of time slices gives only values that are good, or only values that are bad.

`good_when` has to judge every value, but a comparison in the query drops some values first.
`sum(lag) < 1000` has no value at all while the sum is 1000 or more, so no slice is ever bad, and no
alert ever fires. Leave the comparison out of the query: `good_when` compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import written
from slogen.diagnostics import Code, Diagnostic
from slogen.model import TimeSlices
from slogen.promql.value_ranges import value_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not isinstance(sli, TimeSlices):
        return
    values, limit = value_range(sli.query), float(sli.good_when.limit)
    is_bad = values.satisfies(sli.good_when.opposite, limit)
    # A value that the query drops is missing, which may be what is bad.
    is_good = values.satisfies(sli.good_when.operator, limit) and not slo.counts_missing
    if is_bad or is_good:
        yield Diagnostic(
            entry=CHECK.code,
            found=f"{slo.definition.id} is {'always' if is_bad else 'never'} bad: the query gives "
            f'only values {values}, and good_when is "{sli.good_when}"',
            allowed="a query that gives good values and bad ones",
            remedy="leave comparisons and limits out of the query: good_when judges its values",
            slo_id=slo.definition.id,
            argument="query",
            origin=written(sli, sli.query),
        )


CHECK = Check(
    code=Code.error(
        "verdict-never-changes",
        "a query gives only values that are good, or only bad ones",
        doc=__doc__,
    ),
    find=_find,
)
