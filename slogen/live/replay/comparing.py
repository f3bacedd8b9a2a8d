"""Two policies over the same counts: their sums, and what fires by one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.live.forms.cells import duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.replay.results import FiredAlert, PolicyResult, TierResult

    Alert = tuple[TierResult, FiredAlert]


@attrs.frozen
class Line:
    """A number of two policies, as people read it.

    Attributes:
        name: What is counted.
        before: The number by the other definitions.
        now: The number by the definitions.
    """

    name: str
    before: str
    now: str


def sums(before: PolicyResult, now: PolicyResult, end: float) -> tuple[Line, ...]:
    """Return what two policies come to: pages, then the other alerts, then incidents.

    Args:
        before: The result by the other definitions.
        now: The result by the definitions.
        end: The end of the replay, at which alerts are cut off that still fire.
    """
    columns = [list(_numbers(policy, end)) for policy in (before, now)]
    return tuple(Line(name, old, new) for (name, old), (_, new) in zip(*columns, strict=True))


def alone(policy: PolicyResult, other: PolicyResult) -> tuple[Alert, ...]:
    """Return the alerts of a policy during which the other has none of their urgency, by time."""
    found = [
        (tier, fired)
        for tier in policy.tiers
        for fired in tier.fired
        if not any(
            _touch(fired, theirs)
            for their_tier in other.tiers
            if their_tier.is_page == tier.is_page
            for theirs in their_tier.fired
        )
    ]
    return tuple(sorted(found, key=lambda alert: (alert[1].start, alert[0].alert, alert[0].window)))


def _touch(one: FiredAlert, other: FiredAlert) -> bool:
    return (one.end is None or other.start < one.end) and (
        other.end is None or one.start < other.end
    )


def _numbers(policy: PolicyResult, end: float) -> Iterator[tuple[str, str]]:
    yield "objective", policy.objective
    pages = [tier for tier in policy.tiers if tier.is_page]
    tickets = [tier for tier in policy.tiers if not tier.is_page]
    yield from _of("pages", pages, end)
    yield "pages at night", str(sum(fired.is_at_night for tier in pages for fired in tier.fired))
    yield from _of("tickets", tickets, end)
    if policy.false_pages is not None:
        caught = [each for each in policy.judgements if each.detected_after is not None]
        first = [each.detected_after for each in caught if each.detected_after is not None]
        yield "incidents caught", f"{len(caught)} of {len(policy.judgements)}"
        yield "first page after, at most", duration(max(first, default=None))
        yield "false pages", str(policy.false_pages)


def _of(name: str, tiers: Sequence[TierResult], end: float) -> Iterator[tuple[str, str]]:
    fired = [fired for tier in tiers for fired in tier.fired]
    yield name, str(len(fired))
    yield f"{name} fire for", duration(sum((each.end or end) - each.start for each in fired))
    yield f"flaps of {name}", str(sum(tier.flaps for tier in tiers))
    yield f"near misses of {name}", str(sum(len(tier.near_misses) for tier in tiers))
