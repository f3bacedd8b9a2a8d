"""Counters of events, and of the good or the bad ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from slogen.promql.selector import Selector
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import Counter, Part
from slogen.proof.sampling import CannotSample, satisfying

if TYPE_CHECKING:
    from slogen.model import Events
    from slogen.proof.subject import Labels


def series_of_events(sli: Events) -> RawCounters:
    """Return the counters that the SLI's selectors select."""
    part = sli.bad or sli.good
    if not isinstance(sli.total, Selector) or not isinstance(part, Selector):
        raise CannotSample("a query of one's own says not which series it is made from")
    total, name = sli.total, _part_name(sli)
    return RawCounters(
        whole=Selection(total.metric, total.matchers),
        part=Selection(part.metric, part.matchers),
        part_name=name,
        make=lambda group: _counters(total, part, name, group),
        # Good events of another metric that nobody counts are no reason to call all events bad.
        optional_part=None if sli.is_difference else name,
        may_contradict=total.metric != part.metric,
        joins_series=total.metric != part.metric and set(total.matchers) == set(part.matchers),
    )


def _part_name(sli: Events) -> Literal["good", "bad"]:
    return "bad" if sli.bad else "good"


def _counters(
    total: Selector, part: Selector, name: Literal["good", "bad"], group: Labels
) -> tuple[Counter, ...]:
    """Return a counter of the part and one of the rest; or of all, where that is another series."""
    rest: Part = "bad" if name == "good" else "good"
    if total.metric != part.metric:
        return (
            Counter(total.metric, satisfying(total.matchers, beside=group), "all"),
            Counter(part.metric, satisfying(part.matchers, beside=group), name),
        )
    others = satisfying(total.matchers, but=part.matchers, beside=group)
    try:
        within = satisfying((*total.matchers, *part.matchers), beside=group)
    except CannotSample:
        apart = satisfying(part.matchers, but=total.matchers, beside=group)
        return (
            Counter(total.metric, others, "all"),
            Counter(part.metric, apart, name),
        )
    return Counter(total.metric, others, rest), Counter(part.metric, within, name)
