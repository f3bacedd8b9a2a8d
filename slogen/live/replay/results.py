"""What a replay found, as data: every form is a function of it. Times are seconds since 1970."""

from __future__ import annotations

import attrs

from slogen.errors import InvalidValue

Seconds = float


@attrs.frozen(kw_only=True)
class FiredAlert:
    """An alert that would have fired.

    Attributes:
        start: From when on.
        end: Until when; None if it still fired at the end.
        spent: The bad events of the tier's long window when it began to fire, as a part of the
            error budget at the traffic of the time that was replayed, from the first count on.
        is_at_night: Whether it is a page that began at night.
    """

    start: Seconds
    end: Seconds | None
    spent: float
    is_at_night: bool


@attrs.frozen(kw_only=True)
class NearMiss:
    """A time for which both windows burnt nearly fast enough, and no alert fired.

    Attributes:
        start: From when on.
        end: Until when.
        peak: The largest part of the tier's burn rate that both windows reached.
    """

    start: Seconds
    end: Seconds
    peak: float


@attrs.frozen(kw_only=True)
class Agreement:
    """How a replay compares with the alerts that Prometheus recorded.

    Attributes:
        same: How many fired in both, and began and ended within one evaluation.
        only_replayed: How many fired, or began and ended so, in the replay alone.
        only_recorded: How many in ``ALERTS`` alone.
    """

    same: int
    only_replayed: int
    only_recorded: int


@attrs.frozen(kw_only=True)
class TierResult:
    """What a tier would have done for a group.

    Attributes:
        alert: The alert's name.
        severity: In the words of ``severities`` in the settings.
        is_page: Whether it pages.
        window: The long window.
        burn_rate: The burn rate above which it fires.
        fired: When it would have fired.
        flaps: How many began within an hour of the end of the one before.
        near_misses: When it nearly fired.
        agreement: How it compares with ``ALERTS``; None where there is no such series.
    """

    alert: str
    severity: str
    is_page: bool
    window: str
    burn_rate: str
    fired: tuple[FiredAlert, ...]
    flaps: int
    near_misses: tuple[NearMiss, ...]
    agreement: Agreement | None


@attrs.frozen(kw_only=True)
class Incident:
    """A time when the service was known to be bad.

    Attributes:
        start: When it began.
        end: When it was over: after its start.
        name: What it is called, or the empty text.

    Raises:
        InvalidValue: If it ends before it begins.

    >>> from datetime import datetime, timezone
    >>> start = datetime(2026, 11, 26, 16, 30, tzinfo=timezone.utc).timestamp()
    >>> Incident(name="outage", start=start, end=start + 20 * 60).end
    1795711800.0
    """

    start: Seconds
    end: Seconds = attrs.field()
    name: str = ""

    @end.validator
    def _check(self, _: object, value: Seconds) -> None:
        if not value > self.start:
            raise InvalidValue("the end of an incident", str(value), "a moment after its start")


@attrs.frozen(kw_only=True)
class Judgement:
    """What became of an incident.

    Attributes:
        incident: The incident.
        detected_after: Seconds from its beginning to the first page; None if it was missed.
        reset_after: Seconds from its end to the end of the last page; None if it was missed, or a
            page still fired.
    """

    incident: Incident
    detected_after: Seconds | None
    reset_after: Seconds | None


@attrs.frozen(kw_only=True)
class PolicyResult:
    """What the alerts of a group would have done by one objective and one policy.

    Attributes:
        objective: The objective, as a percentage.
        tiers: What each tier would have done.
        judgements: What became of each incident; empty where none are known.
        false_pages: How many pages belong to no incident; None where none are known.
    """

    objective: str
    tiers: tuple[TierResult, ...]
    judgements: tuple[Judgement, ...]
    false_pages: int | None


@attrs.frozen(kw_only=True)
class CountedPart:
    """What a group counted in a part of the time that was replayed.

    Attributes:
        start: When the part began.
        end: When it ended.
        events: How many events it had.
        errors: How many of them were bad.
    """

    start: Seconds
    end: Seconds
    events: float
    errors: float


@attrs.frozen(kw_only=True)
class GroupResult:
    """What the alerts of a group would have done.

    Attributes:
        slo: The id of the SLO.
        group: The labels of ``group_by`` and their values.
        is_raw: Whether the rules' expressions were evaluated over raw series, instead of reading
            what the rules recorded.
        unit: What is counted: ``events``, or ``seconds`` where the SLI counts time.
        counted_from: When the first events were counted; the beginning of the time that was
            replayed where there were some before.
        events: How many of them there were in the time that was replayed.
        errors: How many were bad.
        parts: The same in equal parts of that time, as many as a picture needs.
        now: What they would have done by the definitions.
        before: The same by the other definitions; None where nothing is compared.
    """

    slo: str
    group: tuple[tuple[str, str], ...]
    is_raw: bool
    unit: str
    counted_from: Seconds
    events: float
    errors: float
    parts: tuple[CountedPart, ...]
    now: PolicyResult
    before: PolicyResult | None


@attrs.frozen(kw_only=True)
class NotCompared:
    """An SLO whose alerts are replayed by the definitions alone.

    Attributes:
        slo: Its id.
        reason: Why it cannot be compared.
    """

    slo: str
    reason: str


@attrs.frozen(kw_only=True)
class Backtest:
    """What the alerts of some SLOs would have done.

    Attributes:
        server: The address of the Prometheus.
        start: The beginning of the time that was replayed.
        end: Its end.
        samples: How many samples were read.
        groups: What was found, by SLO and group.
        uncounted: The ids of SLOs that have neither base series nor raw ones in that time.
        has_incidents: Whether incidents were given.
        incidents_outside: How many of them were over before that time, or began after it: nothing
            is said about those.
        against: The file, folder or revision of the other definitions; the empty text without any.
        not_compared: The SLOs that are not compared with other definitions, though some were given.
        not_replayed: The names of alerts that the SLOs have besides those of burn rates: nothing is
            said about them.
    """

    server: str
    start: Seconds
    end: Seconds
    samples: int
    groups: tuple[GroupResult, ...]
    uncounted: tuple[str, ...]
    has_incidents: bool
    incidents_outside: int
    against: str
    not_compared: tuple[NotCompared, ...]
    not_replayed: tuple[str, ...]
