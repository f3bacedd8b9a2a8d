"""An offset that is not put into a free query is a warning."""

from __future__ import annotations

from slogen.checks.offset_not_applied import CHECK
from slogen.model import SLO, ErrorRatio, Events, Settings
from tests.checks.checking import found, place_of

LATE = Settings(offset="1m")


def slo(sli: ErrorRatio | Events) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_warns_of_a_free_query() -> None:
    """A free query is not rewritten: who wrote it has to move it, and the warning points at it."""
    free = ErrorRatio(query="error_ratio")

    (warning,) = found(CHECK, slo(free), LATE)

    assert warning.message == "s-n: the offset of 1m is not put into a free query: write it there"
    assert (warning.code, warning.severity) == ("offset-not-applied", "warning")
    assert (warning.argument, place_of(warning)) == ("query", '"error_ratio"')


def test_warns_of_each_query() -> None:
    """Two free queries are two warnings, each at its own argument."""
    free = Events(total="max(rate(a[$window]))", bad="max(rate(b[$window]))")

    warnings = found(CHECK, slo(free), LATE)

    assert [(said.argument, place_of(said)) for said in warnings] == [
        ("total", '"max(rate(a[$window]))"'),
        ("bad", '"max(rate(b[$window]))"'),
    ]


def test_is_silent_without_an_offset() -> None:
    """Where data is not late there is nothing to write."""
    assert found(CHECK, slo(ErrorRatio(query="error_ratio"))) == []


def test_is_silent_of_a_query_that_has_an_offset() -> None:
    """A query that was moved by its author is as it should be."""
    assert found(CHECK, slo(ErrorRatio(query="error_ratio offset 1m")), LATE) == []


def test_is_silent_of_a_query_whose_rates_are_counted() -> None:
    """Into counts slogen puts the offset itself."""
    free = Events(total="sum(rate(a[$window]))", bad="sum(rate(b[$window]))")

    assert found(CHECK, slo(free), LATE) == []


def test_is_silent_of_selectors() -> None:
    """Into a selector slogen puts the offset itself."""
    assert found(CHECK, slo(Events(total="requests", bad="errors")), LATE) == []


def test_a_label_called_offset_is_no_offset() -> None:
    """An offset is told from a text that happens to hold the word."""
    free = ErrorRatio(query='error_ratio{topic="offset"}')

    assert len(found(CHECK, slo(free), LATE)) == 1
