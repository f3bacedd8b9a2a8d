"""A Prometheus that runs records the hours that the back-fill computes.

Time runs 60 times faster in the rules: their hours end with the clock's minutes. Prometheus runs
over one such end, is stopped over the next, so that the first try to record that hour is missed,
and runs over the third. One tenant comes within an hour. What the server recorded of hours is
compared with what `tests.realtools.hours` makes of the base series that it recorded.
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import SLO, Events, Selector, Service, build
from slogen.naming import EVENTS_HOUR, EVENTS_OPEN, EVENTS_SUM
from tests.pipeline.scaling import hastened, short
from tests.realtools import hours
from tests.realtools.exporter import Exporter, changing_exporter, scraping
from tests.realtools.server import PrometheusServer, running_prometheus

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_SPEED = 60
_HOUR = hours.HOUR // _SPEED
"""The rules' hour in real seconds."""
_RUN_IN = 25
_TENANT_COMES, _STOPS, _STARTS, _COMPARED = -15, -8, 6.5, 8
"""When things happen, in real seconds before or after the end of an hour of the rules. The first
try to record it is from 4 to 6 seconds after it, the second from 14 to 16."""
_PAUSE = 500
"""A slow group that runs is evaluated more often than this, in seconds of the rules' time."""
_ALL = f"{10 * _HOUR}s"

Series = dict[str, list[tuple[float, float]]]


@pytest.mark.parametrize("line", ["2", "3"])
def test_hours_are_recorded_as_the_back_fill_computes_them(line: str, tmp_path: Path) -> None:
    """Each hour is there once, from the first try while rules ran, with its labels and values."""
    recorded, computed = _Stage.of(line, tmp_path).play()

    assert recorded.keys() == computed.keys()
    for name, samples in computed.items():
        assert _values(recorded[name]) == pytest.approx(_values(samples), rel=1e-12), name
        assert _times(recorded[name]) == pytest.approx(_times(samples), abs=60), name
    assert [_tries(recorded, each)[-3:] for each in ("old", "new")] == [[0, 1, 0], [0, 1, 0]]
    began = min(min(_values(each)) for each in _of(recorded, EVENTS_HOUR, "new"))
    assert began % hours.HOUR >= hours.HOUR / 2


@attrs.frozen(kw_only=True)
class _Stage:
    """A rule file, and all that a Prometheus needs."""

    line: str
    folder: Path
    rules: Path
    recorders: tuple[hours.Recorder, ...]

    @classmethod
    def of(cls, line: str, folder: Path) -> _Stage:
        """Return the stage of a grouped SLO, whose rules run so many times faster."""
        requests = Selector('http_requests_total{job="shop"}')
        sli = Events(total=requests, bad=requests.where('code=~"5.."'))
        slo = SLO(
            service=Service("shop"),
            name="availability",
            objective="99%",
            window="7d",
            group_by=["tenant"],
            sli=sli,
        )
        built = build([slo])
        (file,) = built.render("prometheus")
        rules = folder / "rules.yml"
        rules.write_text(hastened(file.text, _SPEED))
        groups = (group for one in built.rules for group in one.groups)
        found = tuple(hours.recorders(groups, spans=()))
        return cls(line=line, folder=folder, rules=rules, recorders=found)

    def play(self) -> tuple[Series, Series]:
        """Let three hours end, and return their series: as recorded, and as computed."""
        ends = _HOUR * (1 + (time.time() + _RUN_IN) // _HOUR)
        with changing_exporter(_tenant("old", 1_000, 7)) as exporter:
            with self.prometheus(exporter, "first"):
                _wait_until(ends + _TENANT_COMES)
                exporter.counters.run_at(_tenant("new", 300, 20))
                _wait_until(ends + _HOUR + _STOPS)
            _wait_until(ends + _HOUR + _STARTS)
            with self.prometheus(exporter, "second") as server:
                _wait_until(ends + 2 * _HOUR + _COMPARED)
                return self.recorded(server), self.computed(server)

    def prometheus(self, exporter: Exporter, name: str) -> AbstractContextManager[PrometheusServer]:
        """Run a Prometheus on the data of the one before."""
        folder = self.folder / name
        folder.mkdir()
        return running_prometheus(
            self.line,
            [self.rules],
            folder=folder,
            data=self.folder / "data",
            scrape_configs=[scraping(exporter.target, every=short("30s", _SPEED))],
            arguments=[f"--query.lookback-delta={short('5m', _SPEED)}"],
        )

    def recorded(self, server: PrometheusServer) -> Series:
        """Return what the server has recorded of hours, in the rules' time."""
        return {
            hours.named(name, labels): samples
            for name in hours.BASES
            for labels, samples in _past(server, name)
        }

    def computed(self, server: PrometheusServer) -> Series:
        """Return what hours there have to be, by the base series and by when rules ran."""
        spans = _spans(_past(server, EVENTS_OPEN))
        versions = [attrs.evolve(each, spans=spans) for each in self.recorders]
        own = versions[0].labels
        return {
            series: [*samples]
            for name, base in hours.BASES.items()
            for series, samples in hours.made(
                name, hours.counts(_past(server, base), own), versions
            )
        }


def _tenant(name: str, good: float, bad: float) -> dict[str, float]:
    return {
        f'http_requests_total{{tenant="{name}",code="200"}}': good,
        f'http_requests_total{{tenant="{name}",code="500"}}': bad,
    }


def _past(
    server: PrometheusServer, name: str
) -> list[tuple[dict[str, str], list[tuple[float, float]]]]:
    """Return all samples of a name, in the rules' time."""
    found = server.get("/api/v1/query", query=f"{name}[{_ALL}]")["result"]
    return [
        (
            {label: value for label, value in each["metric"].items() if label != "__name__"},
            [(_SPEED * float(at), float(value)) for at, value in each["values"]],
        )
        for each in found
    ]


def _spans(
    series: list[tuple[dict[str, str], list[tuple[float, float]]]],
) -> tuple[tuple[int, int], ...]:
    """Return when rules ran that record a series at each evaluation."""
    times = sorted(round(at) for _, samples in series for at, _ in samples)
    pauses = [(a, b) for a, b in pairwise(times) if b - a > _PAUSE]
    begins = [times[0], *(b for _, b in pauses)]
    ends = [*(a for a, _ in pauses), times[-1]]
    return tuple(zip(begins, ends, strict=True))


def _of(series: Series, name: str, tenant: str) -> list[list[tuple[float, float]]]:
    return [
        samples
        for key, samples in series.items()
        if key.startswith(name) and f'tenant="{tenant}"' in key
    ]


def _tries(series: Series, tenant: str) -> list[int]:
    """Return at which try each hour of a tenant was recorded, in order."""
    times = sorted(at for samples in _of(series, EVENTS_SUM, tenant) for at, _ in samples)
    return [int(at % hours.HOUR // hours.BETWEEN_TRIES) for at in times]


def _values(samples: list[tuple[float, float]]) -> list[float]:
    return [value for _, value in samples]


def _times(samples: list[tuple[float, float]]) -> list[float]:
    return [at for at, _ in samples]


def _wait_until(moment: float) -> None:
    time.sleep(max(moment - time.time(), 0))
