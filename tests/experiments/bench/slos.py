"""As many SLOs as a benchmark wants, of all kinds, with about 30 rules each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Tier,
    TimeSlices,
    Up,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLI

SERVICE_SIZE = 10
"""How many SLOs a service has, which are those of one file."""


def slos(count: int) -> tuple[SLO, ...]:
    """Return SLOs as a script of a platform team would make them."""
    return tuple(slo for number in range(-(-count // SERVICE_SIZE)) for slo in _of(number))[:count]


def _of(number: int) -> Iterator[SLO]:
    service = Service(
        f"service-{number:04}",
        owner=f"team-{number % 40}",
        tier="gold",
        runbook=f"https://runbooks.example.com/service-{number:04}",
    )
    for position in range(SERVICE_SIZE):
        sli = _sli(service.name, position)
        yield SLO(
            service=service,
            name=f"{sli.kind}-{position}",
            objective=("99%", "99.5%", "99.9%", "99.95%")[position % 4],
            window=("30d", "28d", "7d")[position % 3],
            sli=sli,
            group_by=("region",) if position == 1 else (),
            alerts=_alerts(),
            description="What users of the service may expect of it.",
        )


def _alerts() -> AlertPolicy:
    own = Tier("ticket", long="2h", burn_rate="10", labels={"channel": "slo"})
    return AlertPolicy(preset="standard", tiers=[own])


def _sli(service: str, position: int) -> SLI:
    requests = Selector(f'http_requests_total{{service="{service}",path="/{position}"}}')
    match position % 7:
        case 0 | 1:
            return Events(total=requests, bad=requests.where('code=~"5.."'))
        case 2:
            return Events(total=requests, good=requests.where('code!~"5..|429"'))
        case 3:
            return Latency(
                histogram=f'http_request_duration_seconds{{service="{service}"}}', under="200ms"
            )
        case 4:
            return ErrorRatio(query=f'avg(probe_failed{{service="{service}"}})')
        case 5:
            query = f'time() - max(last_success_timestamp{{service="{service}"}})'
            return TimeSlices(query=query, good_when="<= 300")
        case _:
            return Up(gauge=f'up{{job="{service}"}}')
