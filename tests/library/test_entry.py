"""An entry converts and refuses each of its arguments, and says what was chosen."""

from __future__ import annotations

import subprocess
import sys
from typing import Literal

import pytest

from slogen import Duration
from slogen.errors import InvalidValue
from slogen.library import (
    apiserver_latency,
    envoy_latency,
    envoy_requests,
    grpc_requests,
    istio_grpc_requests,
    istio_requests,
    kafka_lag,
    nginx_ingress_requests,
    postgres_connections,
    pushed_gauge,
)
from slogen.library.grpc_codes import BAD, CODES, spelled

WINDOW = Duration("1m")


def test_a_choice_shows_in_the_text_of_alerts() -> None:
    """What 499 and 429 count as stands behind what is bad."""
    sli = nginx_ingress_requests(ingress="shop", client_closed="bad", limited="left_out")

    assert sli.bad_in_words(WINDOW) == (
        'nginx_ingress_controller_requests{ingress="shop",status!="429",status=~"5..|499"}, of all '
        'nginx_ingress_controller_requests{ingress="shop",status!="429"} '
        "(499, a client that left, counts as bad; 429, a client that was limited, is left out)"
    )


def test_whose_fault_a_code_is_shows_in_the_text_of_alerts() -> None:
    """The name of the list, and what it says about the codes that lists disagree about."""
    text = grpc_requests(job="shop", fault="client_deadlines").bad_in_words(WINDOW)

    assert text.endswith(
        "(fault by client_deadlines: DEADLINE_EXCEEDED is good, UNIMPLEMENTED is bad, "
        "RESOURCE_EXHAUSTED is good)"
    )


def test_several_values_are_left_out_together() -> None:
    """Two choices make one matcher."""
    sli = istio_requests(
        service="shop", namespace="web", no_response="left_out", limited="left_out"
    )

    assert str(sli.total).endswith('response_code!~"0|429"}')


def test_a_value_is_no_regular_expression() -> None:
    """What has a dot, a quote or a backslash is asked for as it is."""
    sli = envoy_requests(cluster='a.b"c\\d')

    assert str(sli.total) == r'envoy_cluster_upstream_rq_xx{envoy_cluster_name="a.b\"c\\d"}'


def test_an_argument_is_refused_by_the_name_of_its_entry() -> None:
    """The message has the entry, the argument, what was found and what is allowed."""
    with pytest.raises(InvalidValue) as refused:
        envoy_latency(cluster="shop", under="250")

    assert str(refused.value) == (
        'envoy_latency.under is "250"\n'
        '  allowed: a length of time above 0, such as "200ms", "2.5ms" or "2s"\n'
        '  remedy: write its unit, such as "250ms"'
    )


@pytest.mark.parametrize("cluster", ["", 5, None, "a\nb", " a", ["a"]])
def test_what_no_label_can_be_is_refused(cluster: object) -> None:
    """An empty value would select what has no such label."""
    with pytest.raises(InvalidValue, match=r"^envoy_requests\.cluster is "):
        envoy_requests(cluster=cluster)  # type: ignore[arg-type]


@pytest.mark.parametrize("where", ["x", 'a="b"} or up{', 'a="b', "{}", 5, 'le=~"["'])
def test_what_are_no_matchers_is_refused(where: object) -> None:
    """Nothing gets out of the braces."""
    with pytest.raises(InvalidValue, match=r"^envoy_requests\.where is "):
        envoy_requests(cluster="shop", where=where)  # type: ignore[arg-type]


@pytest.mark.parametrize("at_most", ["-1", "many", float("nan"), float("inf"), True, "1e400"])
def test_what_is_no_amount_is_refused(at_most: object) -> None:
    """A limit of a queue is a number of at least 0."""
    with pytest.raises(InvalidValue, match=r"^kafka_lag\.at_most is "):
        kafka_lag(group="a", topic="b", at_most=at_most)  # type: ignore[arg-type]


@pytest.mark.parametrize("at_most", ["0%", "101%", "-5%", 2, "some"])
def test_what_is_no_share_is_refused(at_most: object) -> None:
    """A part of the connections is more than none, and no more than all."""
    with pytest.raises(InvalidValue, match=r"^postgres_connections\.at_most is "):
        postgres_connections(job="a", instance="b", at_most=at_most)  # type: ignore[arg-type]


def test_a_word_that_is_almost_known_is_recognised() -> None:
    """A choice is refused with its words and the nearest of them."""
    with pytest.raises(InvalidValue, match=r'did you mean "cluster"\?'):
        apiserver_latency(verbs="read", under="1s", scope="clusters")  # type: ignore[arg-type]


@pytest.mark.parametrize("gauge", ["sum(a)", "a[5m]", "", "a or b", 5])
def test_what_is_no_selector_is_no_gauge(gauge: object) -> None:
    """What is pushed is one metric with matchers."""
    with pytest.raises(InvalidValue, match=r"^pushed_gauge\.gauge is "):
        pushed_gauge(gauge=gauge, job="c", within="2m", good_when="<= 1")  # type: ignore[arg-type]


def test_every_list_of_codes_knows_its_codes() -> None:
    """No list has a code that gRPC lacks, and OK is in none."""
    for codes in BAD.values():
        assert set(codes) <= set(CODES[1:])


@pytest.mark.parametrize(
    ("no_response", "total", "bad"),
    [
        ("good", "", "2|4|12|13|14|15"),
        ("bad", "", "2|4|12|13|14|15|"),
        ("left_out", ',grpc_response_status!=""', "2|4|12|13|14|15"),
    ],
)
def test_a_call_of_istio_without_a_status_is_what_is_chosen(
    no_response: Literal["good", "bad", "left_out"], total: str, bad: str
) -> None:
    """The label is empty, and nobody has to know that."""
    sli = istio_grpc_requests(service="a", namespace="b", no_response=no_response)

    assert str(sli.total).endswith(f'request_protocol="grpc"{total}}}')
    assert f'grpc_response_status=~"{bad}"' in str(sli.bad)
    said = {"good": "counts as good", "bad": "counts as bad", "left_out": "is left out"}
    assert sli.note.endswith(f"; no response {said[no_response]}")


@pytest.mark.parametrize(
    ("code", "name"),
    [("CANCELLED", "Canceled"), ("OK", "OK"), ("INVALID_ARGUMENT", "InvalidArgument")],
)
def test_a_code_is_spelled_as_go_does(code: str, name: str) -> None:
    """Go's names have no underscores, and one L in Canceled."""
    assert spelled(code, "camel") == name


def test_the_library_is_imported_where_it_is_used() -> None:
    """A build without an entry does not pay for it."""
    code = (
        "import sys; from slogen import SLO, Up, Service, build; "
        "build([SLO(service='s', name='n', objective='99%', window='30d', sli=Up(gauge='up'))]); "
        "print([name for name in sys.modules if name.startswith('slogen.library')])"
    )
    done = subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert done.stdout == "[]\n"
