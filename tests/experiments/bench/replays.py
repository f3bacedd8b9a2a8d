"""How long a backtest takes beside the server and the network: a month of one SLO.

Each answer is made before, as the bytes of its JSON, so that what is measured is slogen alone. CPU
time is what a busy machine does not change much.
"""

from __future__ import annotations

import json
import tempfile
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any

import attrs

from slogen import SLO, Events, Selector, Settings
from slogen.live import CachedPrometheus, Prometheus
from slogen.live.backtesting import backtest
from slogen.live.http import Answer
from slogen.live.reporting import moment
from slogen.live.secrets import Secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAY, PACE = 86_400, 30
RUNS = 3
_ADDRESS = "http://prometheus.example.com"
_REQUESTS = Selector('requests_total{job="shop"}')
_SLI = Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."'))


class MadeBefore:
    """Requests that are answered from memory, from the second time on without any work."""

    def __init__(self, groups: int) -> None:
        """Take how many groups each answer has."""
        self._groups = groups
        self._known: dict[str, bytes] = {}

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Return an answer."""
        asked = json.dumps([path, dict(fields)])
        if asked not in self._known:
            self._known[asked] = self._made(path, fields).encode()
        body = self._known[asked]
        return Answer(status=200, headers={}, body=body, secrets=Secrets.of("", "", ""))

    def _made(self, path: str, fields: Mapping[str, str]) -> str:
        is_range = path.endswith("query_range")
        is_matrix = is_range or "[1d]" in fields["query"]
        is_known = is_matrix and "ALERTS" not in fields["query"]
        end = int(float(fields["end" if is_range else "time"]))
        start = int(float(fields["start"])) if is_range else end - DAY + PACE
        series = [self._series(range(start, end + 1, PACE), n) for n in range(self._groups)]
        kind = "matrix" if is_matrix else "vector"
        data = {"resultType": kind, "result": series if is_known else []}
        return json.dumps({"status": "success", "data": data})

    @staticmethod
    def _series(times: range, number: int) -> dict[str, Any]:
        chance = Random(times.start + number)  # noqa: S311 (the same in each run)
        values = [[at, str(chance.randrange(1_000) / 7)] for at in times]
        return {"metric": {"tenant": str(number)}, "values": values}


@attrs.frozen
class Replay:
    """What was measured: the least seconds of CPU time of three runs, and the samples used."""

    name: str
    seconds: float
    samples: int


def replays() -> Iterator[Replay]:
    """Yield what was measured, one way to read after the other."""
    yield _replay("raw series of one group", groups=1, raw=True)
    yield _replay("recorded series of one group", groups=1, raw=False)
    yield _replay("recorded series of 8 groups", groups=8, raw=False)
    yield _replay("recorded series of 8 groups, from --cache", groups=8, raw=False, cached=True)


def _replay(name: str, *, groups: int, raw: bool, cached: bool = False) -> Replay:
    by = ("tenant",) if groups > 1 else ()
    slo = SLO(
        service="shop",
        name="availability",
        objective="99.9%",
        window="30d",
        sli=_SLI,
        group_by=by,
    )
    at = moment(None).replace(hour=0, minute=0, second=0, microsecond=0)
    answers, least, samples = MadeBefore(groups), float("inf"), 0
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(RUNS + 1):
            prometheus = CachedPrometheus(_ADDRESS, folder) if cached else Prometheus(_ADDRESS)
            prometheus._requests = answers  # type: ignore[assignment]  # noqa: SLF001 (no network)
            began = process_time()
            found = backtest(prometheus, slo, Settings(), at=at, length="30d", raw=raw)
            seconds = process_time() - began
            # The first run makes the answers, and is no measurement.
            least = min(least, seconds) if samples else least
            samples = found.samples
    return Replay(name, least, samples)


def table() -> str:
    """Return a table of Markdown."""
    rows = [f"| {each.name} | {each.samples:,} | {each.seconds:.1f} s |" for each in replays()]
    head = "Backtests:\n\n| 30 days, from | samples | CPU time |\n| --- | ---: | ---: |"
    return "\n".join([head, *rows, ""])
