"""As many SLOs as a load test wants, and the raw series that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from slogen import SLO, Events, Latency, Selector, Service

SERVICE_SIZE = 10
"""How many SLOs a service has, which are those of one file."""

PODS = 5
SERIES_OF_AN_SLO = 4 * PODS
"""Every pod has four raw series: of four codes, or of a count and three buckets."""

BURNING_EVERY = 50
"""One SLO in so many has 20 % errors, so that some alerts fire and are rendered."""

QUIET, BURNING = 0.0001, 0.2
REQUESTS_PER_SECOND = 10.0
"""Of one pod."""

_OBJECTIVES = ("99%", "99.5%", "99.9%", "99.95%")
_REQUESTS, _DURATION = "http_requests_total", "http_request_duration_seconds"


def _frozen(speeds: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType(dict(speeds))


@attrs.frozen(kw_only=True)
class Loaded:
    """An SLO, the selectors of its bad events (good, where that is said) and of all its events.

    Attributes:
        slo: What slogen builds.
        part: The selector of the bad events, or of the good ones.
        part_is_good: Which of the two it is.
        total: The selector of all events.
        per_second: The raw series, and how fast each grows.
    """

    slo: SLO
    part: str
    part_is_good: bool
    total: str
    per_second: Mapping[str, float] = attrs.field(converter=_frozen)


def error_ratio(number: int) -> float:
    """Return how many of an SLO's events are bad."""
    return BURNING if number % BURNING_EVERY == BURNING_EVERY - 1 else QUIET


def loaded(number: int) -> Loaded:
    """Return one SLO: of ten, eight count bad events, one good ones, and one is a latency."""
    service, position = f"service-{number // SERVICE_SIZE:04}", number % SERVICE_SIZE
    labels = f'service="{service}",path="/{position}"'
    if position == SERVICE_SIZE - 1:
        return _latency(number, service, labels)
    return _events(number, service, labels, good=position == SERVICE_SIZE - 2)


def _events(number: int, service: str, labels: str, *, good: bool) -> Loaded:
    matcher = 'code!~"5.."' if good else 'code=~"5.."'
    total = Selector(f"{_REQUESTS}{{{labels}}}")
    part = total.where(matcher)
    bad = error_ratio(number)
    shares = {"200": 0.9 * (1 - bad), "404": 0.1 * (1 - bad), "500": 0.7 * bad, "503": 0.3 * bad}
    sli = Events(total=total, good=part) if good else Events(total=total, bad=part)
    return Loaded(
        slo=_slo(number, service, sli),
        part=f"{_REQUESTS}{{{labels},{matcher}}}",
        part_is_good=good,
        total=f"{_REQUESTS}{{{labels}}}",
        per_second={
            f'{_REQUESTS}{{{labels},pod="pod-{pod}",code="{code}"}}': share * REQUESTS_PER_SECOND
            for pod in range(PODS)
            for code, share in shares.items()
        },
    )


def _latency(number: int, service: str, labels: str) -> Loaded:
    good = 1 - error_ratio(number)
    shares = {
        "count{%s}": 1.0,
        'bucket{%s,le="0.1"}': 0.5 * good,
        'bucket{%s,le="0.2"}': good,
        'bucket{%s,le="+Inf"}': 1.0,
    }
    return Loaded(
        slo=_slo(number, service, Latency(histogram=f"{_DURATION}{{{labels}}}", under="200ms")),
        part=f'{_DURATION}_bucket{{{labels},le="0.2"}}',
        part_is_good=True,
        total=f"{_DURATION}_count{{{labels}}}",
        per_second={
            f"{_DURATION}_{shape % of_pod}": share * REQUESTS_PER_SECOND
            for of_pod in (f'{labels},pod="pod-{pod}"' for pod in range(PODS))
            for shape, share in shares.items()
        },
    )


def _slo(number: int, service: str, sli: Events | Latency) -> SLO:
    return SLO(
        service=Service(
            service,
            owner=f"team-{number // SERVICE_SIZE % 40}",
            runbook=f"https://runbooks.example.com/{service}",
        ),
        name=f"{sli.kind}-{number % SERVICE_SIZE}",
        objective=_OBJECTIVES[number % len(_OBJECTIVES)],
        window="30d",
        sli=sli,
    )
