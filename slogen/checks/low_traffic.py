"""With little traffic a single bad event would be an alert, so alerts wait for more of them.

If there is little traffic, one failed request in a quiet night is above every burn rate, and would
wake a person for nothing. So pages wait for three bad events. That delays the page for a total
outage, and with very little traffic the page never fires; the note says how little. Set
`min_bad_events` to choose another number. For a service that is rarely used, count time instead of
events, with an indicator of kind `up` or `time_slices`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.plan import ResolvedSLO, ResolvedTier
from slogen.plan.traffic import (
    Traffic,
    least_traffic,
    period_of,
    time_to_alert,
    traffic_of_one_error,
)
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slogen.model import SLO, Severity

_TRAFFICS = (60, 12, 6, 3, 2)
"""At how many events an hour the note says how soon an outage is noticed, if it has to wait."""


@attrs.frozen
class _Words:
    """How it is said that an alert fires.

    Attributes:
        would: Of what would happen: ``would`` stands before it.
        does: Of what does happen.
        alerts: The alerts themselves.
    """

    would: str
    does: str
    alerts: str


_WORDS: Mapping[Severity, _Words] = {
    "page": _Words("page", "pages", "pages"),
    "ticket": _Words("open a ticket", "opens a ticket", "tickets"),
    "info": _Words("notify", "notifies", "notifications"),
}
"""The most urgent first."""


@attrs.frozen(order=True)
class _Guard:
    """What SLOs that share a note have in common.

    Attributes:
        urgency: The place in `_WORDS` of its most urgent tiers.
        waits_for: How many bad events these wait for; empty if one of them does not wait.
        is_grouped: Whether it is about each group.
        least: Up to which traffic a total outage makes none of these fire.
    """

    urgency: int
    waits_for: tuple[int, ...]
    is_grouped: bool
    least: Traffic

    @property
    def words(self) -> _Words:
        return list(_WORDS.values())[self.urgency]


@attrs.frozen
class _Quiet:
    """What a single bad event does to an SLO, and to others with the same numbers.

    Attributes:
        tiers: Its most urgent ones.
        limit: Below which traffic a single bad event is above the burn rate of one that does not
            wait for more; of any of them if all do.
    """

    slo: ResolvedSLO
    guard: _Guard
    tiers: tuple[ResolvedTier, ...]
    limit: Traffic

    @classmethod
    def of(cls, slo: ResolvedSLO) -> _Quiet:
        """Look at an SLO that counts events and has tiers."""
        urgency = min(list(_WORDS).index(tier.alert.urgency) for tier in slo.tiers)
        tiers = tuple(t for t in slo.tiers if t.alert.urgency == list(_WORDS)[urgency])
        unguarded = tuple(tier for tier in tiers if not tier.min_bad_events)
        waits_for = sorted({tier.min_bad_events for tier in tiers if tier.min_bad_events})
        return cls(
            slo=slo,
            guard=_Guard(
                urgency=urgency,
                waits_for=() if unguarded else tuple(waits_for),
                is_grouped=bool(slo.definition.group_by),
                least=min(map(least_traffic, tiers)),
            ),
            tiers=tiers,
            limit=max(traffic_of_one_error(slo, tier) for tier in unguarded or tiers),
        )


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    for definitions, said in _alike(slos):
        for slo in definitions:
            yield _diagnostic(slo, said, slo.id)


def _sum_up(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    for (first, *others), said in _alike(slos):
        more = f"{len(others)} other SLO{'s' * (len(others) > 1)}"
        shared = f"{first.id} and {more}: {said}"
        yield _diagnostic(first, shared) if others else _diagnostic(first, said, first.id)


def _diagnostic(slo: SLO, found: str, slo_id: str = "") -> Diagnostic:
    return Diagnostic(
        entry=CHECK.code, found=found, slo_id=slo_id, argument="alerts", origin=slo.origin
    )


def _alike(slos: Sequence[ResolvedSLO]) -> Iterator[tuple[list[SLO], str]]:
    """Yield SLOs of which the same can be said, and what that is."""
    known: dict[object, _Quiet] = {}
    groups: dict[_Guard, tuple[list[SLO], set[object]]] = {}
    for slo in slos:
        if slo.tiers and slo.definition.sli.counts_events:
            numbers = _numbers(slo)
            if numbers not in known:
                known[numbers] = _Quiet.of(slo)
            definitions, kinds = groups.setdefault(known[numbers].guard, ([], set()))
            definitions.append(slo.definition)
            kinds.add(numbers)
    for guard, (definitions, kinds) in sorted(groups.items()):
        yield definitions, _said(guard, [known[numbers] for numbers in kinds])


def _numbers(slo: ResolvedSLO) -> object:
    """Return all that a note depends on: thousands of SLOs have few of them."""
    tiers = tuple(
        (t.long, t.short, t.threshold, t.min_bad_events, t.alert.urgency, t.alert.for_)
        for t in slo.tiers
    )
    sli, group_by = slo.definition.sli, slo.definition.group_by
    return slo.budget, slo.timing, sli.counts_whole_events, bool(group_by), tiers


def _said(guard: _Guard, group: list[_Quiet]) -> str:
    """Return when a single bad event matters to SLOs that are alike, and what waiting costs."""
    words = guard.words
    where = " of one group" if guard.is_grouped else ""
    start = f"below {_limits([quiet.limit for quiet in group])}{where} a single bad event"
    if not guard.waits_for:
        return f"{start} {words.does}"
    least = " or ".join(map(str, guard.waits_for))
    return f"{start} would {words.would}, so {words.alerts} wait for {least}; {_cost(guard, group)}"


def _limits(limits: list[Traffic]) -> str:
    """Return the smallest and the largest of some limits, rounded up."""
    hours, period = period_of(max(limits))
    low, high = (math.ceil(limit * hours) for limit in (min(limits), max(limits)))
    return f"{low} to {high} events {period}" if low < high else f"{_events(high)} {period}"


def _cost(guard: _Guard, group: list[_Quiet]) -> str:
    """Return how soon a total outage is noticed at the latest, and when never."""
    does = guard.words.does
    times = {traffic: _latest(group, traffic) for traffic in _TRAFFICS}
    noticed = [f"{time} at {traffic}" for traffic, time in times.items() if time]
    hours, period = period_of(guard.least)
    below = f"below {_events(math.floor(guard.least * hours))} {period}"
    if not noticed:
        return f"a total outage never {does} {below}"
    first, *more = noticed
    first = f"{first} events an hour"
    return f"a total outage {does} after {', '.join([first, *more])}, and never {below}"


def _latest(group: list[_Quiet], traffic: int) -> Duration | None:
    """Return when the slowest of the SLOs that have to wait at a traffic fires, if all of them do.

    Whole minutes are exact enough: scrapes and evaluations move it by more.
    """
    waiting = [quiet for quiet in group if traffic < quiet.limit]
    times = [time_to_alert(quiet.slo, quiet.tiers, Fraction(traffic)) for quiet in waiting]
    known = [time.latest.seconds for time in times if time]
    if not known or len(known) < len(times):
        return None
    return Duration("1m") * max(round(max(known) / 60), 1)


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"


CHECK = BuildCheck(
    code=Code.note(
        "low-traffic",
        "with little traffic a single bad event would be an alert",
        doc=__doc__,
        is_of_many=True,
    ),
    find=_find,
    sum_up=_sum_up,
)
