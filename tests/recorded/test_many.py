"""Queries about many SLOs are those about each of them, put together."""

from __future__ import annotations

from slogen import naming
from slogen.compiler.hours import summed
from slogen.model import SLO, Events, Service, Settings
from slogen.plan import ResolvedSLO, resolve
from slogen.promql.parsing import parse
from slogen.promql.printer import text
from slogen.recorded.many import (
    alerts_of,
    counted_of,
    first_hour_of,
    hours_of,
    hours_with_data_of,
    newest_of,
    open_of,
)
from slogen.units import Duration

DAY = Duration("1d")


def slos(*names: str) -> tuple[ResolvedSLO, ...]:
    """Return some SLOs of a shop."""
    sli = Events(total="requests_total", bad='requests_total{code="500"}')
    return resolve(
        [
            SLO(service=Service("shop"), name=name, objective="99%", window="30d", sli=sli)
            for name in names
        ],
        Settings(),
    )


def test_reads_the_newest_samples_of_several() -> None:
    """One query by the name of the series, without what an edit may change."""
    assert text(newest_of(slos("a", "b.c"), naming.COVERAGE)) == (
        "max without (slo_service, slo_name) "
        '(slo:period_coverage:ratio{slo_id=~"shop-a|shop-b\\\\.c"})'
    )


def test_counts_a_window_as_the_rules_do() -> None:
    """The query for many differs from that of a rule in its labels alone."""
    (slo,) = slos("a")
    many = text(counted_of([slo], naming.ERRORS_INCREASE, DAY))
    rule = text(summed(slo, naming.ERRORS_INCREASE, DAY, ()))
    aligned = (
        many.replace('=~"', '="')
        .replace("sum without (slo_service, slo_name, slo_hour) ", "sum")
        .replace("without (slo_service, slo_name)", "by (slo_hour)")
    )

    assert aligned.split() == rule.split()


def test_every_query_is_promql() -> None:
    """What is printed is parsed by the grammar of Prometheus."""
    chosen = slos("a", "b")
    queries = (
        alerts_of(chosen),
        counted_of(chosen, naming.EVENTS_INCREASE, DAY),
        hours_of(chosen, naming.EVENTS_INCREASE, DAY),
        open_of(chosen, naming.EVENTS_INCREASE, ("1", "2")),
        hours_with_data_of(chosen, DAY),
        first_hour_of(chosen, DAY),
    )

    assert all(parse(text(query)) for query in queries)
    assert 'slo:sli_events:open{slo_id=~"shop-a|shop-b",slo_hour=~"1|2"}' in text(queries[3])
    assert text(queries[0]) == 'ALERTS{alertstate="firing",slo_id=~"shop-a|shop-b"}'
