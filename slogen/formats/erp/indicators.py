"""The indicators of the ERP: from what its ConfigMaps say, or what its framework document says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.formats.imported.indicators import latency, of_ratio
from slogen.formats.imported.notes import CONTRADICTION
from slogen.model import SLI, Events, Latency, TimeSlices
from slogen.model.sli.latency import unit_of
from slogen.promql.quantiles import Quantile, quantile
from slogen.promql.query import Query
from slogen.promql.quoting import quote
from slogen.promql.selector import Selector
from slogen.source import read_from
from slogen.spelling import did_you_mean
from slogen.units import length, number, percentage, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.formats.erp.spec import Indicator, Objective
    from slogen.formats.imported.notes import Notes
    from slogen.source import Origin

ALIASES = {
    "latency_p95": "latency",
    "error_rate": "quality",
    "page_load_time_p95": "performance",
    "query_latency_p95": "latency",
}
"""Names that objectives use, and which indicator of their service they stand for."""
PROCESS, FRESHNESS = "business_process_success", "data_freshness"
"""Indicators that no ConfigMap has; the collector of the framework document asks for them."""
_ERROR_RATE = "error_rate"
_RANGE = re.compile(r"\[[0-9]+[smhd]\]")
_ALL = Decimal(100)
_PER_SECOND = 1000


@attrs.frozen(kw_only=True)
class Meant:
    """What an objective of the ERP means.

    Attributes:
        sli: Its indicator.
        ratio: The part that has to be good.
        name: The name of its indicator; empty where it has a name of its own.
    """

    sli: SLI
    ratio: Decimal
    name: str = ""


def meant(spec: Objective, indicators: Mapping[tuple[str, str], Indicator], notes: Notes) -> Meant:
    """Return what an objective means, and say where it contradicts itself.

    Raises:
        InvalidValue: If there is no such indicator, or it is of a kind that is not known.
    """
    if spec.sli_name == PROCESS:
        return _process(spec, notes)
    if spec.sli_name == FRESHNESS:
        return _freshness(spec, notes)
    name = spec.sli_name
    if (spec.service, name) not in indicators and name in ALIASES:
        name = ALIASES[name]
        found = f'sli_name "{spec.sli_name}" names no indicator: it stands for "{name}"'
        notes.add(CONTRADICTION, found, spec.origin, argument="sli_name")
    indicator = indicators.get((spec.service, name))
    if indicator is None:
        raise _unknown(spec, indicators)
    query = _query(indicator)
    if (asked := quantile(query)) is not None:
        return Meant(sli=_latency(asked, spec, notes), ratio=asked.part, name=name)
    return Meant(sli=_ratio(query, indicator), ratio=_part(spec, notes), name=name)


def _unknown(spec: Objective, indicators: Mapping[tuple[str, str], Indicator]) -> InvalidValue:
    """Return the fault of a name that no indicator of the service has."""
    known = sorted(name for service, name in indicators if service == spec.service)
    services = sorted({service for service, _ in indicators})
    remedy = did_you_mean(spec.sli_name, [*known, *ALIASES])
    if not known:
        remedy = did_you_mean(spec.service, services) or (
            "give slogen the ConfigMap with slis.yaml, too"
        )
    allowed = ", ".join([*known, PROCESS, FRESHNESS])
    found = f'"{spec.sli_name}", which {spec.service} does not have'
    return InvalidValue("sli_name", found, allowed, remedy, spec.origin, "sli_name")


def _query(indicator: Indicator) -> Query:
    """Return the query of an indicator, whose range is the window.

    Raises:
        InvalidPromQL: If it is none.
    """
    text = _RANGE.sub("[$window]", indicator.sli_specification)
    try:
        with read_from(_origin(indicator.origin)):
            return Query(text)
    except InvalidPromQL as fault:
        key = "sli_specification"
        raise attrs.evolve(fault, subject=key, argument=key) from fault


def _ratio(query: Query, indicator: Indicator) -> SLI:
    """Return the indicator of a ratio of good events.

    Raises:
        InvalidValue: If the query is no ratio of two sums of counters.
    """
    found = of_ratio(Query(f"1 - ({query.text})"))
    if not isinstance(found.sli, Events | Latency):
        key = "sli_specification"
        allowed = "good events divided by all events, or a quantile of a histogram"
        raise InvalidValue(key, quoted(query), allowed, "", indicator.origin, key)
    return found.sli


def _latency(found: Quantile, spec: Objective, notes: Notes) -> Latency:
    """Return the latency that a quantile and a limit in milliseconds mean."""
    part, limit = percentage(found.part), length(spec.objective / _PER_SECOND)
    budget = percentage(1 - found.part)
    if spec.error_budget / _ALL != 1 - found.part:
        notes.add(
            CONTRADICTION,
            f"objective {number(spec.objective)} with error_budget {number(spec.error_budget)}: "
            f"{part} of events take {limit} at most, as the quantile and the description say, so "
            f"that the budget is {budget}",
            spec.origin,
            argument="error_budget",
        )
    if unit_of(found.histogram.metric) is None:
        metric = found.histogram.metric
        notes.add(
            CONTRADICTION, f"the unit of {metric} is not known: seconds are assumed", spec.origin
        )
    with read_from(_origin(spec.origin)):
        made = latency(found.histogram, number(spec.objective / _PER_SECOND))
    if made is None:
        allowed = "a limit in milliseconds, above 0"
        raise InvalidValue(
            "objective", number(spec.objective), allowed, "", spec.origin, "objective"
        )
    return made


def _part(spec: Objective, notes: Notes) -> Decimal:
    """Return the part of events that has to be good."""
    if spec.sli_name == _ERROR_RATE:
        part = 1 - spec.objective
        notes.add(
            CONTRADICTION,
            f"objective {number(spec.objective)} is the largest error rate, and error_budget "
            f"{number(spec.error_budget)} what is good: the objective is {percentage(part)}",
            spec.origin,
            argument="objective",
        )
        return part
    if spec.objective + spec.error_budget != _ALL:
        notes.add(
            CONTRADICTION,
            f"objective {number(spec.objective)} and error_budget {number(spec.error_budget)} "
            "do not add up to 100: the objective is taken",
            spec.origin,
            argument="error_budget",
        )
    return spec.objective / _ALL


def _process(spec: Objective, notes: Notes) -> Meant:
    """Return what the collector asks for a business process."""
    _warn_of_collector(spec, notes)
    _need(spec, "process", spec.process)
    with read_from(_origin(spec.origin)):
        runs = Selector(
            f"business_process_total{{process={quote(spec.process)},service={quote(spec.service)}}}"
        )
        sli = Events(total=runs, good=runs.where('result="success"'))
    return Meant(sli=sli, ratio=_part(spec, notes))


def _freshness(spec: Objective, notes: Notes) -> Meant:
    """Return what the collector asks for the age of data."""
    _warn_of_collector(spec, notes)
    _need(spec, "data_source", spec.data_source)
    series = (
        f"data_last_updated_timestamp{{source={quote(spec.data_source)},"
        f"service={quote(spec.service)}}}"
    )
    with read_from(_origin(spec.origin)):
        sli = TimeSlices(query=f"time() - max({series})", good_when=f"<= {number(spec.objective)}")
    part = 1 - spec.error_budget / _ALL
    notes.add(
        CONTRADICTION,
        f"objective {number(spec.objective)} is an age in seconds: data are that fresh for "
        f"{percentage(part)} of the time",
        spec.origin,
        argument="objective",
    )
    return Meant(sli=sli, ratio=part)


def _need(spec: Objective, key: str, value: str) -> None:
    if not value:
        allowed = f"the {key} that {spec.sli_name} is about"
        raise InvalidValue(key, "missing", allowed, origin=spec.origin)


def _warn_of_collector(spec: Objective, notes: Notes) -> None:
    found = (
        f"no ConfigMap has the indicator {spec.sli_name}: its query is that of the collector in "
        "the framework document"
    )
    notes.add(CONTRADICTION, found, spec.origin, argument="sli_name")


def _origin(origin: Origin | None) -> Origin:
    assert origin is not None  # noqa: S101 (it was read from a file)
    return origin
