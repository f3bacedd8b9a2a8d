"""A code of gRPC in the spelling of another metric selects nothing."""

from __future__ import annotations

import pytest

from slogen.checks.grpc_code_spelling import CHECK
from slogen.library import (
    grpc_native_requests,
    grpc_requests,
    istio_grpc_requests,
    otel_rpc_requests,
)
from slogen.model import SLI, SLO, ErrorRatio, Events, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total="calls_total", bad='calls_total{grpc_code="4"}')

    (said,) = found(CHECK, slo(sli))

    assert said.message == 's-n: grpc_code="4" is the spelling of another label'
    assert said.remedy == 'write "DeadlineExceeded" or "DEADLINE_EXCEEDED", as grpc_code has it'
    assert (said.code, said.severity) == ("grpc-code-spelling", "warning")
    assert (said.argument, place_of(said)) == ("bad", 'grpc_code="4"')


@pytest.mark.parametrize(
    ("matcher", "count"),
    [
        ('grpc_code=~"Internal|14|15"', 2),
        ('grpc_code!="Cancelled"', 1),
        ('grpc_status="Internal"', 1),
        ('grpc_response_status=~"INTERNAL|14"', 1),
        ('grpc_status=~"Internal|Unavailable"', 2),
        ('rpc_grpc_status_code!~"OK|Canceled"', 2),
        ('rpc_response_status_code="4"', 1),
    ],
)
def test_finds_it_elsewhere(matcher: str, count: int) -> None:
    """In each label, in each alternative of a regex, negated or not."""
    query = f"sum(rate(calls_total{{{matcher}}}[$window]))"

    assert len(found(CHECK, slo(ErrorRatio(query=query)))) == count


@pytest.mark.parametrize(
    "sli",
    [
        grpc_requests(job="a"),
        grpc_native_requests(job="a"),
        istio_grpc_requests(service="a", namespace="b"),
        otel_rpc_requests(job="a"),
        otel_rpc_requests(job="a", names="older"),
        Events(total="calls_total", bad='calls_total{grpc_code=~"Int.*|Un.*"}'),
        Events(total="calls_total", bad='calls_total{grpc_code="Broken"}'),
        Events(total="calls_total", bad='calls_total{grpc_code=~"UNAVAILABLE|INTERNAL"}'),
        Events(total="calls_total", bad='calls_total{grpc_status=~"13|14"}'),
        Events(total="calls_total", bad='calls_total{rpc_response_status_code=~"13|INTERNAL"}'),
        Up(gauge='up{code="INTERNAL"}'),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Codes as their label has them in any metric, other regexes, words that are no codes."""
    assert found(CHECK, slo(sli)) == []
