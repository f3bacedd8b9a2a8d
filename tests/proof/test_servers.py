"""The ERP's rules on real servers of both lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import build, load
from tests.golden_cases import ROOT
from tests.realtools.exporter import running_exporter, scraping
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until
from tests.rule_files import hurried

if TYPE_CHECKING:
    from pathlib import Path

    from tests.realtools.server import PrometheusServer

_PROCESS = 'business_process_total{process="user_registration",service="backend-api"'
_API_DURATION = "http_request_duration_seconds"
TRAFFIC = {
    'http_requests_total{service="backend-api",code="200"}': 96,
    'http_requests_total{service="backend-api",code="404"}': 3,
    'http_requests_total{service="backend-api",code="500"}': 1,
    _API_DURATION + '_count{service="backend-api"}': 100,
    _API_DURATION + '_bucket{service="backend-api",le="0.2"}': 80,
    'frontend_page_loads_total{result="success"}': 50,
    "frontend_page_load_duration_count": 50,
    'frontend_page_load_duration_bucket{le="2"}': 45,
    "frontend_interaction_duration_count": 10,
    'frontend_interaction_duration_bucket{le="0.5"}': 10,
    'database_queries_total{result="success"}': 300,
    'database_queries_total{result="error"}': 100,
    "database_query_duration_seconds_count": 400,
    'database_query_duration_seconds_bucket{le="0.1"}': 100,
    _PROCESS + ',result="success"}': 9,
    _PROCESS + ',result="failed"}': 1,
}
"""Counters, by how fast they grow."""

STATES = {
    'cpu_usage_percent{service="backend-api"}': 90.0,
    'memory_usage_percent{service="backend-api"}': 30.0,
    "database_connection_pool_used": 50.0,
    "database_connection_pool_max": 100.0,
    'data_last_updated_timestamp{source="user_data",service="database"}': 0.0,
}
"""Gauges."""

RATIOS = {
    "backend-api-availability": 0.01,
    "backend-api-latency": 0.2,
    "backend-api-quality": 0.04,
    "backend-api-throughput": 0,
    "backend-api-saturation": 1,
    "frontend-availability": 0,
    "frontend-performance": 0.1,
    "frontend-interaction": 0,
    "database-availability": 0.25,
    "database-latency": 0.75,
    "database-saturation": 0,
    "user-data-freshness": 1,
    "user-registration-success": 0.1,
}
"""What all that amounts to; nobody creates tasks, so that SLO has no ratio."""


def _states(server: PrometheusServer) -> dict[str, set[str]]:
    return {
        group["name"]: {rule["health"] for rule in group["rules"]} for group in server.rule_groups()
    }


def _ratios(server: PrometheusServer) -> dict[str, float]:
    samples = server.query("slo:sli_error:ratio_rate5m")
    return {labels["slo_id"]: round(value, 6) for labels, value in samples}


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
def test_every_group_is_loaded_and_every_rule_is_healthy(line: str, tmp_path: Path) -> None:
    """A server runs all rules of the ERP on real series, none has an error, and ratios are right.

    Only the groups' intervals are made shorter, so that slow groups need not be waited for.
    """
    built = build(load(ROOT / "docs" / "examples" / "erp"))
    files = [tmp_path / file.path for file in built.render("prometheus")]
    built.write(tmp_path)
    for file in files:
        file.write_text(hurried(file.read_text()))
    names = {group.name for slo in built.rules for group in slo.groups}

    with running_exporter(TRAFFIC, STATES) as target:
        scrape = scraping(target)
        with running_prometheus(line, files, folder=tmp_path, scrape_configs=[scrape]) as server:
            until(lambda: _ratios(server).keys() >= RATIOS.keys(), seconds=60)
            until(lambda: all(s == {"ok"} for s in _states(server).values()), seconds=60)
            loaded, ratios = set(_states(server)), _ratios(server)

    assert loaded == names
    assert ratios == RATIOS
