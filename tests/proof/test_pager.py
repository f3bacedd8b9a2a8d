"""What wakes a person: alerts as a real Prometheus renders them, kept in a golden file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from slogen import build, load
from tests.golden_cases import FOLDER
from tests.realtools.exporter import running_exporter, scraping
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until
from tests.rule_files import hurried

if TYPE_CHECKING:
    from pathlib import Path

CASE = FOLDER / "what-a-pager-shows"
TRAFFIC = {
    'http_requests_total{tenant="a \\"quoted\\" one",code="200"}': 3,
    'http_requests_total{tenant="a \\"quoted\\" one",code="500"}': 1,
    'http_request_duration_seconds_bucket{le="0.2"}': 3,
    "http_request_duration_seconds_count": 4,
}
"""A quarter of all requests fails, and a quarter is slow."""
AGE = {
    'slo:sli_events:hour{slo_id="shop-availability",tenant="a \\"quoted\\" one"}': 0,
    'slo:sli_events:hour{slo_id="shop-latency"}': 0,
}
"""Both SLOs have existed since 1970, for no alert waits then."""
_LATER = 5
"""Seconds: a few evaluations."""


def _text(alert: dict[str, Any]) -> str:
    """Return an alert as a person reads it: its labels, then its annotations."""
    labels = "\n".join(f"{name}: {value}" for name, value in sorted(alert["labels"].items()))
    texts = "\n".join(f"{name}:\n{value}" for name, value in sorted(alert["annotations"].items()))
    return f"{labels}\n\n{texts}\n"


@pytest.mark.parametrize("line", ["2", "3"])
def test_alerts_read_as_they_should(
    line: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every firing alert has the labels and the words of the golden file."""
    (file,) = build(load(CASE / "slos.py")).render()
    rules = tmp_path / "rules.yaml"
    rules.write_text(hurried(file.text))
    with running_exporter(TRAFFIC, AGE) as target:
        scrape = scraping(target)
        with running_prometheus(line, [rules], folder=tmp_path, scrape_configs=[scrape]) as server:

            def firing() -> list[dict[str, Any]] | None:
                alerts: list[dict[str, Any]] = server.get("/api/v1/alerts")["alerts"]
                found = [alert for alert in alerts if alert["state"] == "firing"]
                return found if len(found) >= 7 else None

            until(firing, seconds=60)
            # Every group is evaluated again, so that each text knows what the others recorded.
            time.sleep(_LATER)
            found = firing() or []
    seen = "\n".join(sorted(map(_text, found)))
    if request.config.getoption("--rewrite-goldens"):
        (CASE / "alerts.txt").write_text(seen)

    assert seen == (CASE / "alerts.txt").read_text()
