"""From a Prometheus and definitions to what will be left of budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.prediction.results import Ahead
from slogen.live.readings import Fleet
from slogen.live.reporting import moment, reported
from slogen.model.settings import settings_of
from slogen.plan import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from slogen.live.client import Prometheus
    from slogen.live.reports import Report
    from slogen.model import SLO, Settings
    from slogen.units import Duration


def forecast(  # noqa: PLR0913 (all but three have to be named)
    prometheus: Prometheus,
    slos: SLO | Iterable[SLO],
    settings: Settings | None = None,
    *,
    at: datetime | None = None,
    horizon: Duration | str = "7d",
    history: Duration | str = "90d",
) -> Report:
    """Return what will be left of the error budgets of SLOs, and which objectives they met.

    That is the ``outlook`` of each group of the report.

    Args:
        prometheus: Who is asked.
        slos: The SLOs, as they were built.
        settings: The settings that they were built with.
        at: The moment, with a time zone; now unless given.
        horizon: How far to look ahead: whole hours, from 1h to 90d.
        history: How far to look back: whole days, from 28d to 400d.

    Raises:
        InputError: If the SLOs cannot be built, the moment has not come yet, or the horizon or the
            history is none.
        ServerError: If there is no answer that can be used, or the server records none of the SLOs.

    >>> worst = forecast(prometheus, slos, horizon="14d").slos[0]
    >>> for group in worst.groups:
    ...     if group.outlook.forecast:
    ...         print(worst.id, group.outlook.forecast.share_left.low)
    ...     else:
    ...         print(worst.id, group.outlook.no_forecast)
    database-availability no hour is recorded
    """
    ahead = Ahead(horizon=horizon, history=history)
    chosen = resolve(slos, settings_of(settings))
    return reported(Fleet(prometheus=prometheus, slos=chosen, at=moment(at)), ahead=ahead)
