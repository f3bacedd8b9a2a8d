"""Every entry counts what its exporter says, on a real Prometheus of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import build
from slogen.library import entries
from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.library.cases import CASES
from tests.library.exposing import running_exporters, scrape_configs
from tests.realtools.server import PrometheusServer, running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

_LEAST_SAMPLES = 10
_PATIENCE = 180
_RANGE = "10m"


def _ratios(server: PrometheusServer, overall: str) -> dict[str, float]:
    """Return the part that is bad of each SLO, by what becomes of the samples of a series."""

    def values(series: str) -> dict[str, float]:
        found = server.query(f"max by (slo_name) ({overall.format(f'{series}[{_RANGE}]')})")
        return {labels["slo_name"]: value for labels, value in found}

    errors = values(ERRORS_INCREASE)
    return {name: errors[name] / value for name, value in values(EVENTS_INCREASE).items() if value}


@pytest.mark.long
@pytest.mark.parametrize("line", ["2", "3"])
def test_entries_count_what_exporters_say(line: str, tmp_path: Path) -> None:
    """The part that is bad is that of the exposition, in spite of what must not be counted."""
    cases = {f"{place:02}-{case.entry}": case for place, case in enumerate(CASES)}
    slos = [case.slo(name) for name, case in cases.items()]
    build(slos).write(tmp_path / "build", layout="single")
    file = tmp_path / "build" / "prometheus" / "slogen.yaml"

    with (
        running_exporters() as target,
        running_prometheus(
            line, [file], folder=tmp_path, scrape_configs=scrape_configs(target)
        ) as server,
    ):

        def seen() -> bool:
            samples = f"count_over_time({EVENTS_INCREASE}[{_RANGE}]) >= {_LEAST_SAMPLES}"
            return len(server.query(f"count by (slo_name) ({samples})")) == len(cases)

        until(seen, seconds=_PATIENCE)
        # Of time, the usual moment: a busy machine is late with a scrape now and then.
        counted = _ratios(server, "sum_over_time({})")
        timed = _ratios(server, "quantile_over_time(0.5, {})")

    counting = {slo.name for slo in slos if slo.sli.counts_events}
    ratios = {name: (counted if name in counting else timed)[name] for name in cases}
    assert ratios == {name: pytest.approx(case.ratio, abs=0.005) for name, case in cases.items()}


def test_every_entry_is_run() -> None:
    """A new entry is asked of an exposition before it is offered."""
    assert {case.entry for case in CASES} == set(entries())
