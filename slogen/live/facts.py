"""What a Prometheus says about some SLOs, asked in an order that tells a wrong one first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.arithmetic import Counts
from slogen.live.errors import WrongServer
from slogen.live.history import month_histories, rolling_histories
from slogen.live.months import Month, month_counts
from slogen.live.paging import burning_pages
from slogen.live.prediction.outlooks import outlooks
from slogen.live.prediction.results import Ahead, Outlook
from slogen.live.readings import Key, Numbers, Points
from slogen.live.reports import BurnWindow, FiringAlert
from slogen.live.windows import error_ratios, rolling_counts
from slogen.promql.expr import Aggregation, Series, call

if TYPE_CHECKING:
    from slogen.live.readings import Fleet

_MOST_NAMED = 3
_REMEDY = (
    "name the server and the tenant that evaluate the rules,\n"
    "or load there what slogen build writes, and wait for two minutes"
)


@attrs.frozen(kw_only=True)
class Facts:
    """What the server said.

    Attributes:
        month: The month that is judged; None for the SLOs' own windows.
        objectives: The objectives that it judges by, by the ids of SLOs: one each, or several
            where rulers differ.
        days: The windows that it judges over, in days, likewise.
        counts: What was counted.
        present: The groups that have data at the moment; in a month, those that had some.
        data: The share of the last hour's evaluations that had data.
        ratios: The error ratios of the windows of burn rates.
        lasts: After how many seconds budgets will be gone.
        alerts: The alerts that fire, by the ids of SLOs.
        has_alerts: Whether the server has series of alerts at all; in a month it is not asked.
        burning: Where it has none, the pages that should fire by the burn rates.
        history: How much of each budget was left.
        outlooks: What will be left of it, and which objective was met.
    """

    month: Month | None
    objectives: Mapping[str, tuple[float, ...]]
    days: Mapping[str, tuple[float, ...]]
    counts: Mapping[Key, Counts]
    present: frozenset[Key]
    data: Numbers
    ratios: Mapping[BurnWindow, Numbers]
    lasts: Numbers
    alerts: Mapping[str, tuple[FiringAlert, ...]]
    has_alerts: bool
    burning: Mapping[Key, tuple[str, ...]]
    history: Mapping[Key, Points]
    outlooks: Mapping[Key, Outlook]


def asked(fleet: Fleet, month: Month | None, *, history: bool, ahead: Ahead | None = None) -> Facts:
    """Ask about all SLOs; the first question says whether it is the right server.

    Raises:
        WrongServer: If the server records none of the SLOs.
        ServerError: If there is no answer that can be used.
    """
    objectives = fleet.constants(naming.OBJECTIVE)
    if not objectives:
        raise _records_none(fleet)
    days = fleet.constants(naming.PERIOD_DAYS)
    counts = month_counts(fleet, month) if month else rolling_counts(fleet)
    now = fleet.newest(naming.EVENTS_INCREASE)
    past: Mapping[Key, Points] = {}
    if history:
        past = month_histories(fleet, month, counts) if month else rolling_histories(fleet)
    # What a past month shows is as it was at its end, and not as it is now.
    then = attrs.evolve(fleet, at=min(fleet.at, month.end)) if month else fleet
    alerts = then.alerts()
    has_alerts = bool(month or alerts) or fleet.has_alerts()
    return Facts(
        month=month,
        objectives=objectives,
        days=days,
        counts=counts,
        present=frozenset(counts if month else now),
        data=then.newest(naming.DATA_RATIO),
        ratios=error_ratios(then, counts),
        lasts={} if month else fleet.least(naming.TIME_TO_EXHAUSTION),
        alerts=alerts,
        has_alerts=has_alerts,
        burning={} if has_alerts else burning_pages(fleet),
        history=past,
        outlooks=outlooks(fleet, counts, ahead) if ahead and not month else {},
    )


def _records_none(fleet: Fleet) -> WrongServer:
    """Return what the server records instead of the SLOs that are asked about."""
    name, prometheus = fleet.slos[0].naming.id, fleet.prometheus
    all_ids = Aggregation("group", (name,), Series(naming.OBJECTIVE, ()))
    slos = "the SLO" if len(fleet.slos) == 1 else f"any of the {len(fleet.slos)} SLOs"
    found = f"does not record {slos} that you ask about at {fleet.at:%Y-%m-%d %H:%M} UTC"
    amounts = prometheus.query(call("count", all_ids), fleet.at)
    if not amounts:
        return WrongServer(prometheus.url, f"{found}, and no other", _REMEDY)
    few = Aggregation("topk", (), all_ids, parameter=_MOST_NAMED)
    samples = prometheus.query(few, fleet.at)
    ids = ", ".join(sorted(sample.labels.get(name, "") for sample in samples))
    amount = amounts[0].value
    others = f"it records {amount:g} other{'s' * (amount != 1)}, such as {ids}"
    return WrongServer(prometheus.url, f"{found}; {others}", _REMEDY)
