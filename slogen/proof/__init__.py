"""Proof that travels with the rules: for each SLO the scenarios that its rules have to pass."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from slogen.plan.hours import HOUR
from slogen.proof.alerting import alerting
from slogen.proof.burning import burning
from slogen.proof.counting import counting
from slogen.proof.feeds import RawFeed, RecordedFeed
from slogen.proof.groups import group_labels
from slogen.proof.kinds import raw_series
from slogen.proof.kinds.raw import NoSuchValue
from slogen.proof.lasting import lasting
from slogen.proof.laws import laws
from slogen.proof.older_hours import older_hours
from slogen.proof.sampling import CannotSample
from slogen.proof.scenario import Paced, Proof, Scenario
from slogen.proof.spending import spending
from slogen.proof.staleness import forgetting, staleness
from slogen.proof.states import states, unreachable
from slogen.proof.subject import Subject
from slogen.proof.summing import hours, summing
from slogen.proof.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO, ResolvedTier
    from slogen.proof.feeds import Feed
    from slogen.rules import SLORules
    from slogen.units import Duration

__all__ = ["Paced", "Proof", "Scenario", "prove"]

_ABOUT_QUERY_OFFSET = (
    "Windows above 6h, the budget and texts of alerts are not shown: they need series to be fed "
    "that rules record as well, and with query_offset promtool refuses that."
)
_ABOUT_TIMES = "Checks ask about the times that samples bear: an alert is sent {} later."
_ABOUT_TWO_METRICS = (
    "Tiers and texts of alerts are not shown: tiers fire only while both metrics are seen, and "
    "neither is fed."
)


def prove(slo: ResolvedSLO, rules: SLORules) -> Proof:
    """Return what the rules of an SLO have to do, as scenarios for promtool.

    Raises:
        ModuleNotFoundError: If regexes have to be sampled, and the extra ``slogen[proof]`` is not
            installed.
    """
    subject, feed, remarks, failing = _fed(slo, rules)
    fast, slow = slo.timing.fast_interval, slo.timing.slow_interval
    tiers, left_out = _tiers(slo, feed)
    remarks += left_out
    scenarios = [(fast, scenario) for scenario in (*failing, *_of_base_series(subject, feed))]
    scenarios += burning(subject, feed, tiers)
    if slo.timing.query_offset:
        remarks += (_ABOUT_QUERY_OFFSET, _ABOUT_TIMES.format(slo.timing.query_offset))
    else:
        scenarios += [(fast, hours(subject, feed)), spending(subject)]
        scenarios += lasting(subject)
        scenarios += older_hours(subject)
        scenarios += ((slow, scenario) for scenario in chain(summing(subject), staleness(subject)))
        scenarios += ((HOUR, scenario) for scenario in forgetting(subject))
        scenarios += alerting(subject)
        said = texts(subject, feed)
        remarks += said.remarks
        scenarios += ((slow, scenario) for scenario in said.scenarios)
    paces: dict[Duration, list[Scenario]] = {}
    for pace, scenario in sorted(scenarios, key=lambda paced: paced[0].milliseconds):
        paces.setdefault(pace, []).append(scenario)
    return Proof(
        slo_id=slo.definition.id,
        groups=tuple(group.name for group in rules.groups),
        remarks=remarks,
        parts=tuple(Paced(pace=p, scenarios=tuple(some)) for p, some in paces.items()),
    )


def _tiers(slo: ResolvedSLO, feed: Feed) -> tuple[tuple[ResolvedTier, ...], tuple[str, ...]]:
    """Return the tiers that can be shown, and why others cannot."""
    tiers = slo.tiers
    if slo.timing.query_offset:
        tiers = tuple(tier for tier in tiers if not tier.is_slow)
    if tiers and slo.definition.sli.is_difference and not isinstance(feed, RawFeed):
        return (), (_ABOUT_TWO_METRICS,)
    return tiers, ()


def _of_base_series(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Return the scenarios that are about what becomes of raw series."""
    return chain(counting(subject, feed), laws(subject, feed), states(subject, feed))


def _fed(
    slo: ResolvedSLO, rules: SLORules
) -> tuple[Subject, Feed, tuple[str, ...], tuple[Scenario, ...]]:
    """Return the subject of the proof, what feeds it, why that are no raw series, what fails."""
    group_by = slo.definition.group_by
    try:
        raw = raw_series(slo.definition.sli)
        subject = Subject(slo=slo, rules=rules, groups=group_labels(group_by, raw.matchers))
        return subject, RawFeed.of(subject, raw), (), ()
    except CannotSample as reason:
        subject = Subject(slo=slo, rules=rules, groups=group_labels(group_by, ()))
        return subject, *_recorded(subject, reason), _failing(subject, reason)


def _failing(subject: Subject, reason: CannotSample) -> tuple[Scenario, ...]:
    """Return the scenario that fails where no value is bad, or none is good."""
    if not isinstance(reason, NoSuchValue):
        return ()
    try:
        return (unreachable(subject, reason),)
    except CannotSample:
        return ()


def _recorded(subject: Subject, reason: CannotSample) -> tuple[Feed, tuple[str, ...]]:
    """Return the feed of base series, and why there is no other."""
    remark = f"The base series are fed, not the raw ones: {reason}."
    return RecordedFeed(subject, subject.slo.timing.fast_interval), (remark,)
