"""Queries that are too new for the oldest Prometheus are refused when SLOs are resolved."""

from __future__ import annotations

import sys

import pytest

from slogen.errors import Faults, InvalidPromQL
from slogen.model import SLI, SLO, ErrorRatio, Events, Latency, Service, Settings, TimeSlices
from slogen.plan import resolve
from slogen.promql.query import Query
from slogen.source import Position

NEWER = "histogram_avg(sizes)"
OLDEST, NEW_ENOUGH = Settings(), Settings(prometheus="2.51")


def slo(sli: SLI, settings: Settings | None = None, service: Service | str = "s") -> SLO:
    """Return an SLO with an indicator."""
    return SLO(service=service, name="n", objective="99%", window="30d", sli=sli, settings=settings)


@pytest.mark.parametrize(
    ("sli", "subject"),
    [
        (ErrorRatio(query=NEWER), "ErrorRatio.query"),
        (TimeSlices(query=NEWER, good_when="< 5"), "TimeSlices.query"),
        (Events(total=Query(f"{NEWER} + rate(b[$window])"), bad="b"), "Query"),
        (Events(total="t", bad=f"{NEWER} + rate(b[$window])"), "Events.bad"),
        (Events(total="t", good=f"{NEWER} + rate(b[$window])"), "Events.good"),
    ],
)
def test_refuses_newer_queries(sli: SLI, subject: str) -> None:
    """A query of any indicator that Prometheus 2.42 would refuse is refused."""
    with pytest.raises(InvalidPromQL, match=r"not in Prometheus 2\.42") as caught:
        resolve([slo(sli)], OLDEST)

    assert caught.value.subject == subject


@pytest.mark.parametrize(
    "made",
    [
        slo(ErrorRatio(query=NEWER), NEW_ENOUGH),
        slo(ErrorRatio(query=NEWER), service=Service("s", settings=NEW_ENOUGH)),
    ],
    ids=["SLO", "Service"],
)
def test_takes_them_for_a_newer_prometheus(made: SLO) -> None:
    """The version is that of the SLO's own settings, else of its service's."""
    resolved = resolve([made], OLDEST)

    assert [each.definition for each in resolved] == [made]


def test_takes_native_histograms() -> None:
    """Prometheus 2.42 has native histograms behind a flag, which who asks for them knows."""
    native = Latency(histogram="x_seconds", under="1s", native=True)

    assert len(resolve([slo(native)], OLDEST)) == 1


def test_reports_all_of_them() -> None:
    """Each query that is too new is a fault of its own."""
    rate = "rate(x[$window])"

    with pytest.raises(Faults, match=r"Events\.total is") as caught:
        resolve([slo(Events(total=f"{NEWER} + {rate}", bad=f"{NEWER} - {rate}"))], OLDEST)

    assert [str(fault).partition(" ")[0] for fault in caught.value.faults] == [
        "Events.total",
        "Events.bad",
    ]


def test_marks_the_query_where_it_was_made() -> None:
    """A query that was made by itself is marked there, not where an indicator takes it."""
    line = sys._getframe().f_lineno + 1  # noqa: SLF001 (this very line)
    query = Query(NEWER)
    sli = ErrorRatio(query=query)

    with pytest.raises(InvalidPromQL, match="not in Prometheus") as caught:
        resolve([slo(sli)], OLDEST)

    position = caught.value.position
    assert position is not None
    assert (position.line, position.column) == (line, 19)


def test_marks_the_argument_that_became_a_query() -> None:
    """A text that an indicator made a query of is marked as its argument."""
    line = sys._getframe().f_lineno + 1  # noqa: SLF001 (this very line)
    sli = ErrorRatio(query=NEWER)

    with pytest.raises(InvalidPromQL, match="not in Prometheus") as caught:
        resolve([slo(sli)], OLDEST)

    position = caught.value.position
    assert position is not None
    assert (position.line, position.column) == (line, 28)


def test_marks_a_place_that_is_not_python() -> None:
    """An indicator that was read from another file is marked in that file."""
    place = Position("slos.yaml", 3, 5)

    with pytest.raises(InvalidPromQL, match="not in Prometheus") as caught:
        resolve([slo(ErrorRatio(query=NEWER, origin=place))], OLDEST)

    assert caught.value.position == place
