"""From a Prometheus and definitions to a report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from slogen import naming
from slogen.errors import InvalidValue
from slogen.live import arithmetic
from slogen.live.facts import asked as facts_about
from slogen.live.months import Month
from slogen.live.prediction.results import Ahead
from slogen.live.readings import Fleet
from slogen.live.reports import BURN_WINDOWS, GroupReport, Report, SLOReport
from slogen.model.settings import settings_of
from slogen.plan import resolve
from slogen.units import Duration, decimal, percentage, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from slogen.live.arithmetic import Counts
    from slogen.live.client import Prometheus
    from slogen.live.facts import Facts
    from slogen.live.readings import Key
    from slogen.live.reports import BurnWindow, FiringAlert, Interval
    from slogen.model import SLO, Settings
    from slogen.plan import ResolvedSLO

_SAME = _LEAST_TRIALS = 1e-9
_LEAST, _MOST_DAYS = 1e-6, 36_500.0
"""Between these lie the objectives and the windows of all SLOs."""
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def report(  # noqa: PLR0913 (all but three have to be named)
    prometheus: Prometheus,
    slos: SLO | Iterable[SLO],
    settings: Settings | None = None,
    *,
    at: datetime | None = None,
    month: str | None = None,
    history: bool = False,
    outlook: bool = False,
) -> Report:
    """Return what the rules of SLOs have recorded.

    Args:
        prometheus: Who is asked.
        slos: The SLOs, as they were built.
        settings: The settings that they were built with.
        at: The moment, with a time zone; now unless given.
        month: A month in UTC that is judged instead of the SLOs' own windows, such as ``2026-10``.
        history: Whether to ask how much of each budget was left over time.
        outlook: Whether to ask for the hours of 90 days, and say what will be left in seven; of a
            month nobody asks.

    Raises:
        InputError: If the SLOs cannot be built, or the moment or the month has not come yet.
        ServerError: If there is no answer that can be used, or the server records none of the SLOs.

    >>> for slo in report(prometheus, slos).slos:
    ...     if slo.state in {"exhausted", "critical"}:
    ...         left = [round(group.budget.share_left, 2) for group in slo.groups]
    ...         print(slo.id, slo.state, left)
    database-availability exhausted [-0.38]
    backend-api-availability critical [0.08]
    """
    chosen = resolve(slos, settings_of(settings))
    return reported(
        Fleet(prometheus=prometheus, slos=chosen, at=moment(at)),
        month,
        history=history,
        ahead=Ahead() if outlook else None,
    )


def reported(
    fleet: Fleet,
    month: str | None = None,
    *,
    history: bool = False,
    ahead: Ahead | None = None,
) -> Report:
    """Return the report on SLOs with every choice made.

    Args:
        fleet: The SLOs, and who is asked about them.
        month: The month that is judged, as for `report`.
        history: Whether to ask how much of each budget was left.
        ahead: How far the outlook looks; None for no outlook.

    Raises:
        InvalidValue: If the month is none, or has not come yet.
        ServerError: If there is no answer that can be used, or the server records none of the SLOs.
    """
    judged = Month.of(month) if month else None
    if judged and judged.start >= fleet.at:
        allowed = f"a month that began before {fleet.at:%Y-%m-%d}"
        raise InvalidValue("month", quoted(month), allowed)
    fleet.prometheus.forget_doubts()
    with fleet.prometheus.limited():
        facts = facts_about(fleet, judged, history=history, ahead=ahead)
    keys: dict[str, set[Key]] = {}
    for key in (*facts.counts, *facts.present):
        keys.setdefault(key[0], set()).add(key)
    slos = (_slo(slo, keys.get(slo.definition.id, set()), facts) for slo in fleet.slos)
    return Report(
        server=fleet.prometheus.url,
        at=min(fleet.at, judged.end) if judged else fleet.at,
        month=str(judged) if judged else "",
        slos=tuple(sorted(slos, key=_badness)),
        warnings=fleet.prometheus.warnings,
        has_alerts=facts.has_alerts,
        doubts=fleet.prometheus.doubts,
        ahead=None if judged else ahead,
    )


def moment(at: datetime | None) -> datetime:
    """Return a moment in UTC; now if none is given.

    Raises:
        InvalidValue: If it has no time zone, is in the future, or before 1970.
    """
    now = datetime.now(UTC)
    if at is None:
        return now
    if at.tzinfo is None:
        raise InvalidValue("at", at.isoformat(), "a moment with a time zone, such as UTC")
    if at > now:
        raise InvalidValue("at", at.isoformat(), "a moment that has come")
    if at < _FIRST:
        raise InvalidValue("at", at.isoformat(), "a moment since 1970")
    return at.astimezone(UTC)


def _slo(slo: ResolvedSLO, keys: set[Key], facts: Facts) -> SLOReport:
    """Return the report on an SLO and its groups: unknown as a whole, or what the groups say."""
    unknown, alerts = _unknown(slo, facts), facts.alerts.get(slo.definition.id, ())
    odd = (unknown,) if unknown else _other_objective(slo, facts)
    groups = () if unknown else tuple(_groups(slo, keys, facts, alerts))
    of_groups = {alert for group in groups for alert in group.alerts}
    definition = slo.definition
    return SLOReport(
        id=definition.id,
        service=definition.service.name,
        name=definition.name,
        owner=definition.owner,
        description=definition.description,
        runbook=definition.runbook,
        has_runbook=bool(definition.runbook)
        or (bool(slo.alerts) and all(alert.runbook for alert in slo.alerts)),
        labels={**definition.service.labels, **definition.labels},
        objective=float(definition.objective.ratio),
        objective_text=str(definition.objective),
        window=str(facts.month or definition.window),
        unit="events" if definition.sli.counts_events else "seconds",
        state="not recorded" if unknown else arithmetic.worst_state(groups),
        verdict=arithmetic.joint_verdict(groups),
        groups=groups,
        alerts=tuple(alert for alert in alerts if alert not in of_groups),
        remarks=(*odd, *_other_severities(slo, alerts)),
    )


def _unknown(slo: ResolvedSLO, facts: Facts) -> str:
    """Return why nothing is known about an SLO; the empty text where something is."""
    slo_id, definition = slo.definition.id, slo.definition
    if slo_id not in facts.objectives:
        return "the server does not evaluate its rules"
    if impossible := _impossible(facts.objectives[slo_id], "objective", 1.0):
        return impossible
    if facts.month:
        return ""
    if slo_id not in facts.days:
        return f"the server does not record {naming.PERIOD_DAYS} for it: load its rules"
    if impossible := _impossible(facts.days[slo_id], "window in days", _MOST_DAYS):
        return impossible
    others = _others(facts.days[slo_id], float(definition.window.days))
    found = f"the server judges it over {_days(others[0])}, the definition over" if others else ""
    return f"{found} {definition.window}: load its rules" if found else ""


def _other_objective(slo: ResolvedSLO, facts: Facts) -> Iterator[str]:
    """Yield by which objective the server judges an SLO, where it is another."""
    expected = slo.definition.objective
    for other in _others(facts.objectives[slo.definition.id], float(expected.ratio))[:1]:
        found = f"the server judges it by {_percent(other)}, the definition by {expected}"
        yield f"{found}: load its rules"


def _impossible(values: tuple[float, ...], what: str, limit: float) -> str:
    """Return what is wrong with numbers of which no SLO can have one."""
    for value in values:
        if not _LEAST < value < limit:
            return f"the server records {value:g} as its {what}, which no SLO has: load its rules"
    return ""


def _others(values: tuple[float, ...], expected: float) -> list[float]:
    """Return what rulers record but what is expected."""
    return [value for value in values if not _is_same(value, expected)]


def _other_severities(slo: ResolvedSLO, alerts: tuple[FiringAlert, ...]) -> Iterator[str]:
    """Yield which alerts fire with a severity that the definition does not give them."""
    for name, severity in dict.fromkeys((alert.name, alert.severity) for alert in alerts):
        expected = [alert.severity for alert in slo.alerts if alert.name == name]
        if expected and severity not in expected:
            given = " or ".join(map(quoted, dict.fromkeys(expected)))
            found = f"{name} fires with the severity {quoted(severity)}"
            yield f"{found}, the definition says {given}: load its rules"


def _groups(
    slo: ResolvedSLO, keys: set[Key], facts: Facts, alerts: tuple[FiringAlert, ...]
) -> list[GroupReport]:
    """Return the reports on an SLO's groups, the worst first."""
    groups = [_group(slo, key, facts, alerts) for key in sorted(keys)]
    return sorted(groups, key=arithmetic.order_of_group)


def _group(
    slo: ResolvedSLO, key: Key, facts: Facts, alerts: tuple[FiringAlert, ...]
) -> GroupReport:
    """Return the report on a group."""
    labels = dict(zip(slo.definition.group_by, key[1], strict=True))
    burns = {name: _burn(facts, name, key, slo.budget) for name in BURN_WINDOWS}
    known: dict[str, Any] = {
        "labels": labels,
        "has_data": key in facts.present,
        "burn_rates": burns,
        "data": facts.data.get(key),
        "alerts": tuple(alert for alert in alerts if dict(alert.group) == labels),
        "burning": facts.burning.get(key, ()),
        "history": facts.history.get(key, ()),
        "outlook": facts.outlooks.get(key),
    }
    counts = facts.counts.get(key)
    if counts is None:
        return GroupReport(state="no data", verdict="not enough data", **known)
    budget, interval = arithmetic.budget_of(counts, float(slo.budget)), _interval(slo, counts)
    lasts = arithmetic.lasts(facts.lasts.get(key), budget, float(slo.period.seconds))
    state = arithmetic.state_of(
        budget if all(key[1]) else None,
        counts.coverage,
        has_data=key in facts.present,
        had_events=burns["24h"] is not None,
    )
    return GroupReport(
        state=state,
        verdict=arithmetic.verdict_of(counts, interval, state, slo.definition.objective.ratio),
        events=counts.events,
        errors=counts.errors,
        sli=counts.sli,
        interval=interval,
        budget=budget,
        coverage=counts.coverage,
        measured=counts.measured,
        exhausted_in=lasts,
        ruler=counts.ruler,
        **known,
    )


def _interval(slo: ResolvedSLO, counts: Counts) -> Interval | None:
    """Return what the traffic allows to say; of what counts time the evaluations are events."""
    if counts.sli is None:
        return None
    unit = 1.0
    if not slo.definition.sli.counts_events:
        unit = float(slo.timing.fast_interval.seconds)
    trials = counts.events / unit
    if trials < _LEAST_TRIALS:
        return None
    return arithmetic.wilson(counts.sli * trials, trials)


def _burn(facts: Facts, window: BurnWindow, key: Key, budget: Decimal) -> float | None:
    ratio = facts.ratios[window].get(key)
    return None if ratio is None else ratio / float(budget)


def _badness(slo: SLOReport) -> tuple[bool, int, float, str]:
    share = slo.worst.share_left if slo.worst else None
    return not slo.pages, *arithmetic.badness(slo.state, share), slo.id


def _is_same(number_: float, other: float) -> bool:
    return abs(number_ - other) <= _SAME * max(abs(number_), abs(other))


def _days(days: float) -> str:
    return str(Duration.of_milliseconds(round(days * 86_400_000)))


def _percent(ratio: float) -> str:
    return percentage(decimal(f"{ratio:.12g}"))
