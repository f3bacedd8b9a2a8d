"""The tables about what comes: forecasts of budgets, and objectives that windows would have met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.forms import cells
from slogen.live.forms.section import Section

if TYPE_CHECKING:
    from slogen.live.prediction.results import BudgetForecast, MetObjective, Moments
    from slogen.live.reports import GroupReport, Report, SLOReport

_MET = (
    "SLO",
    "objective",
    "met in",
    "95 of 100 windows met",
    "windows",
    "that is",
    "independent",
    "hours recorded",
)


def outlook_sections(report: Report) -> tuple[Section, ...]:
    """Return the tables about what comes; none where nobody asked."""
    if report.ahead is None:
        return ()
    horizon = str(report.ahead.horizon)
    pairs = [(slo, group) for slo in report.slos for group in slo.groups or (None,)]
    head = (
        "SLO",
        "left now",
        "bad leave",
        "bad come",
        f"left in {horizon}",
        "90 times in 100 between",
        "gone by then",
        "gone in",
        "made of",
    )
    return (
        Section(
            title=f"Forecast for {horizon}",
            head=head,
            rows=tuple(_forecast(slo, group) for slo, group in pairs),
        ),
        Section(
            title=f"Objectives that the windows of {report.ahead.history} met",
            head=_MET,
            rows=tuple(_met(slo, group) for slo, group in pairs),
        ),
    )


def left_then(forecast: BudgetForecast | None) -> str:
    """Return what is left at the horizon, with its band."""
    if forecast is None:
        return cells.UNKNOWN
    return f"{cells.percent(forecast.share_left.middle)} ({_between(forecast)})"


def gone(forecast: BudgetForecast | None) -> str:
    """Return when nothing is left, with its band; or when something is left again."""
    if forecast is None:
        return cells.UNKNOWN
    if forecast.recovered is None:
        return _times(forecast.exhausted)
    if forecast.recovered.earliest is None:
        return "now, and not back by then"
    return f"now; back in {_times(forecast.recovered)}"


def met(found: MetObjective | None, objective: float) -> str:
    """Return which objective windows met, and of how many that can be said."""
    if found is None:
        return cells.UNKNOWN
    windows = "window" if found.independent == 1 else "windows"
    counted = f"{found.independent} independent {windows}"
    return f"{_sli(found.objective, objective)} ({counted})"


def _forecast(slo: SLOReport, group: GroupReport | None) -> tuple[str, ...]:
    outlook, known = (group.outlook if group else None), cells.known(group)
    forecast = outlook.forecast if outlook else None
    name = cells.group_of(slo, group)
    left = cells.percent(known.share_left if known else None)
    if forecast is None:
        why = (outlook.no_forecast if outlook else "") or slo.state
        return name, left, *([cells.UNKNOWN] * 6), why
    coming = forecast.coming
    low, middle, high = (
        cells.amount(value, slo.unit) for value in (coming.low, coming.middle, coming.high)
    )
    return (
        name,
        left,
        cells.amount(forecast.leaving, slo.unit),
        f"{middle} ({low} to {high})",
        cells.percent(forecast.share_left.middle),
        _between(forecast),
        cells.percent(forecast.exhausted.share, 0),
        gone(forecast),
        f"{forecast.days} days",
    )


def _met(slo: SLOReport, group: GroupReport | None) -> tuple[str, ...]:
    outlook, name = (group.outlook if group else None), cells.group_of(slo, group)
    found = outlook.met if outlook else None
    objective = f"{slo.objective_text}/{slo.window}"
    if found is None:
        why = (outlook.no_met if outlook else "") or slo.state
        return name, objective, *([cells.UNKNOWN] * 5), why
    return (
        name,
        objective,
        cells.percent(found.share_met),
        _sli(found.objective, slo.objective),
        f"{found.windows:,}",
        f"{found.days:.1f} days",
        str(found.independent),
        cells.percent(found.measured, 0),
    )


def _sli(share: float, objective: float) -> str:
    """Return a share of good events with the digits that it, or the objective, needs."""
    return "100%" if share >= 1 else cells.sli(share, max(share, objective))


def _between(forecast: BudgetForecast) -> str:
    low, high = forecast.share_left.low, forecast.share_left.high
    return f"{cells.percent(low)} to {cells.percent(high)}"


def _times(found: Moments) -> str:
    """Return between which times something happens.

    What does not happen before the horizon happens later.
    """
    if found.earliest is None:
        return cells.UNKNOWN
    if found.middle is None:
        return f"{cells.duration(found.earliest)} at the earliest"
    low, middle, high = (
        "later" if time is None else cells.duration(time)
        for time in (found.earliest, found.middle, found.latest)
    )
    return low if low == middle == high else f"{middle} ({low} to {high})"
