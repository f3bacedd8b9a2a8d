"""Bad or good events of the total's metric are not narrowed as the total is.

The bad or good events may be events that the total does not count, such as those of another
service. Then the error ratio means nothing. Repeat the matchers of the total, or write `bad_where`
or `good_where`, which keep them (in Python `total.where(...)`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.model import Events
from slogen.promql.matchers import contradiction, examples_of, refuses
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Matcher


_POSITIVE, _NEGATIVE = frozenset({"=", "=~"}), frozenset({"!=", "!~"})


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not isinstance(sli, Events):
        return
    argument, part, total = "bad" if sli.good is None else "good", sli.bad or sli.good, sli.total
    if not isinstance(total, Selector) or not isinstance(part, Selector):
        return
    if total.metric != part.metric or contradiction(part.matchers):
        return
    for matcher in total.matchers:
        if matcher not in part.matchers and _is_left(matcher, part.matchers):
            yield diagnostic_of(
                slo,
                argument,
                part,
                entry=CHECK.code,
                found=f"{argument} events may be other events than those of total, which has "
                f"{matcher}",
                remedy=f"write {argument}_where, which repeats the matchers of total",
            )


def _is_left(matcher: Matcher, part: Sequence[Matcher]) -> bool:
    """Tell whether a part of the events may be none of those that a matcher selects.

    Where the part chooses values of the label, one of them has to be seen that is refused.
    """
    own = [one for one in part if one.label == matcher.label]
    if any(one.operator in _POSITIVE for one in own):
        is_meant = matcher.operator in _NEGATIVE and contradiction((matcher, *own))
        return not is_meant and any(refuses(matcher, value) for value in examples_of(own))
    return not contradiction((matcher.negated, *own))


CHECK = Check(
    code=Code.warning(
        "part-not-in-total", "bad or good events may be no part of the total", doc=__doc__
    ),
    find=_find,
)
