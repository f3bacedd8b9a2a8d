"""A function that Prometheus does not have is answered with the one that was meant."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidPromQL
from slogen.promql.function_names import FUNCTIONS, function_remedy
from slogen.promql.query import Query
from slogen.promql.versions import FUNCTIONS as YOUNGER


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_parser_knows_each_name(name: str) -> None:
    """What is proposed is a function, whatever arguments it needs."""
    try:
        Query(f"{name}()")
    except InvalidPromQL as fault:
        assert "unknown function" not in fault.found  # noqa: PT017 (whether it fails is no matter)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sum(raet(x[$window]))", "rate"),
        ("smu(rate(x[$window]))", "sum"),
        ("avergae(queue_length)", "avg"),
        ("avg_ovre_time(x[$window])", "avg_over_time"),
        ("Rate(x[$window])", "rate"),
        ("histogram_quntile(0.9, x)", "histogram_quantile"),
        ("zzz(x)", ""),
    ],
)
def test_a_misspelt_function_is_guessed(text: str, meant: str) -> None:
    """The nearest name is the remedy; nothing is, where none is near."""
    with pytest.raises(InvalidPromQL, match=r"unknown function") as caught:
        Query(text)

    assert caught.value.remedy == (f'did you mean "{meant}"?' if meant else "")


def test_another_reason_has_no_function_for_a_remedy() -> None:
    """Only an unknown name is guessed."""
    assert not function_remedy("expected type matrix in call to function 'rate', got vector")


def test_no_function_is_proposed_that_is_refused_next() -> None:
    """What the oldest Prometheus lacks is no remedy."""
    assert not set(FUNCTIONS) & set(YOUNGER)
