"""What rules have recorded, read from a Prometheus: status, reports, gates, and what was before.

Everything that opens a socket stands here, behind the extra ``slogen[live]``. Nothing of it runs
in production.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.live.backfilling import backfill
    from slogen.live.backtesting import backtest
    from slogen.live.cache import CachedPrometheus
    from slogen.live.client import Prometheus
    from slogen.live.connection import Connection
    from slogen.live.filling.results import Backfill, FilledSLO
    from slogen.live.forecasting import forecast
    from slogen.live.gating import Decision, Reason, gate
    from slogen.live.prediction.results import BudgetForecast, MetObjective, Outlook
    from slogen.live.replay.results import Backtest, Incident
    from slogen.live.reporting import report
    from slogen.live.reports import GroupReport, Report, SLOReport
    from slogen.model.budget_policy import BudgetPolicy

__all__ = [
    "Backfill",
    "Backtest",
    "BudgetForecast",
    "BudgetPolicy",
    "CachedPrometheus",
    "Connection",
    "Decision",
    "FilledSLO",
    "GroupReport",
    "Incident",
    "MetObjective",
    "Outlook",
    "Prometheus",
    "Reason",
    "Report",
    "SLOReport",
    "backfill",
    "backtest",
    "forecast",
    "gate",
    "report",
]

_HOMES = {
    "slogen.live.filling.results": ("Backfill", "FilledSLO"),
    "slogen.live.backfilling": ("backfill",),
    "slogen.live.backtesting": ("backtest",),
    "slogen.live.cache": ("CachedPrometheus",),
    "slogen.live.client": ("Prometheus",),
    "slogen.live.connection": ("Connection",),
    "slogen.live.forecasting": ("forecast",),
    "slogen.live.gating": ("Decision", "Reason", "gate"),
    "slogen.live.prediction.results": ("BudgetForecast", "MetObjective", "Outlook"),
    "slogen.live.replay.results": ("Backtest", "Incident"),
    "slogen.live.reporting": ("report",),
    "slogen.live.reports": ("GroupReport", "Report", "SLOReport"),
    "slogen.model.budget_policy": ("BudgetPolicy",),
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used: the registry of codes needs none of them."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'slogen.live' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
