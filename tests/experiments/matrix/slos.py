"""The factors of the matrix, and the SLO of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import (
    SLO,
    Alert,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    TimeSlices,
    Up,
    build,
)
from slogen.errors import SlogenError
from tests.experiments.matrix.pairs import Row, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_REQUESTS = Selector('requests_total{job="shop"}')
_BAD = Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."'))
_EVERYTHING = AlertPolicy(low=True, violated=True, incomplete=True, stale_groups=True)
_PATIENT = AlertPolicy(
    exhausted=Alert(for_="1h", keep_firing_for="0s"),
    low=Alert(for_="2h", keep_firing_for="1h"),
    low_below="90%",
    violated=Alert(for_="45m"),
    stale=Alert(for_="2h", keep_firing_for="30m"),
    stale_groups=Alert(for_="2h"),
)

FACTORS: Mapping[str, tuple[object, ...]] = {
    "sli": (
        _BAD,
        Events(total=_REQUESTS, good=_REQUESTS.where('code!~"5.."')),
        Events(total="orders_total", bad="failures_total"),
        Events(total="orders_total", good="shipped_total"),
        Latency(histogram="rpc_seconds", under="1s"),
        Latency(histogram="rpc_native_seconds", under="1s", native=True),
        Events(total="rate(calls[$window]) / 2", bad="max by (pod) (rate(failures[$window]))"),
        Up(gauge='up{job=~"shop|cart"}'),
        TimeSlices(query="queue_length", good_when="<= 100"),
        TimeSlices(query='max(lag{site!~"a|b"})', good_when="< 9", when_missing="bad"),
        ErrorRatio(query="error_ratio"),
    ),
    "objective": ("80%", "99%", "99.95%"),
    "window": ("1h", "12h", "24h", "7d", "30d", "90d"),
    "group_by": ((), ("tenant",)),
    "alerts": (AlertPolicy(), _EVERYTHING, _PATIENT, AlertPolicy.none()),
    "scrape_interval": ("7s", "15s", "30s", "1m", "5m"),
    "slow_interval": (None, "28s", "2m", "5m"),
    "offset": (None, "1m"),
    "query_offset": (None, "2m"),
    "longest_gap": (None, "30m"),
}
"""What an SLO says, and what its settings are."""
_SETTINGS = ("scrape_interval", "slow_interval", "offset", "query_offset", "longest_gap")
_MOVES_GROUPS = "3.5"
"""A version of Prometheus that knows query_offset."""


def slo_of(name: str, said: Mapping[str, object]) -> SLO:
    """Return an SLO; a setting of None is left out."""
    settings = {key: said.get(key) for key in _SETTINGS if said.get(key) is not None}
    if "query_offset" in settings:
        settings["prometheus"] = _MOVES_GROUPS
    other = {key: value for key, value in said.items() if key not in _SETTINGS}
    arguments = {"service": Service("shop"), "id": name, "name": name, **other}
    return SLO(settings=Settings(**settings), **arguments)  # type: ignore[arg-type]


NAMED = tuple(
    slo_of(name, {"sli": _BAD, "objective": "99%", "window": "30d", "alerts": _EVERYTHING, **said})
    for name, said in {
        "scrapes-of-5m": {"scrape_interval": "5m", "slow_interval": "5m"},
        "low-of-90d": {"window": "90d"},
        "scrapes-of-7s": {"scrape_interval": "7s", "slow_interval": "28s"},
    }.items()
)
"""Settings whose fresh rules failed their proof once."""


def said(row: Row) -> dict[str, object]:
    """Return what a row says."""
    return {name: values[place] for (name, values), place in zip(FACTORS.items(), row, strict=True)}


def allows(row: Row) -> bool:
    """Tell whether slogen builds the SLO of a row."""
    try:
        build(slo_of("tried", said(row)))
    except SlogenError:
        return False
    return True


def slos() -> tuple[SLO, ...]:
    """Return the named SLOs, and one for each row of the matrix."""
    matrix = rows(FACTORS, allows)
    return (*NAMED, *(slo_of(f"row-{place}", said(row)) for place, row in enumerate(matrix)))
