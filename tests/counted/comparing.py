"""What servers counted beside what exporters answered and what happened."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from slogen.units import Duration
from tests.counted.job import Answer, Job
from tests.counted.slos import BAD, JOB, TOTALS

if TYPE_CHECKING:
    from tests.realtools.server import PrometheusServer

OFFSET = 15
FAST_INTERVAL = 30
"""What slogen takes with no setting changed, in seconds."""

RESET_BELOW = 0.875
"""Which part of itself a counter has to fall below to be seen as one that began anew."""

_TO_BE_SURE = 1
"""How many seconds a scrape may be off the time at which the exporter heard of it."""


@attrs.frozen
class Evaluation:
    """What a rule recorded: when, and how many events."""

    time: float
    count: float


@attrs.frozen(kw_only=True)
class Count:
    """One SLO's events, or bad events, of one job.

    Attributes:
        job: The job.
        slo: The name of the SLO.
        record: The name of the series.
        evaluations: All that was recorded.
    """

    job: Job
    slo: str
    record: str
    evaluations: Sequence[Evaluation]

    @property
    def series(self) -> tuple[str, ...]:
        """The counters that count them."""
        total = TOTALS[self.slo]
        every = (series for series in self.job.sent() if series.startswith(f"{total}{{"))
        return tuple(s for s in every if self.record == EVENTS_INCREASE or BAD in s)

    @property
    def sent(self) -> int:
        """How many there were."""
        sent = self.job.sent()
        return sum(sent[series] for series in self.series)

    @property
    def counted(self) -> int:
        """How many the rules counted."""
        return self.counted_between(0, float("inf"))

    def counted_between(self, since: float, until: float) -> int:
        """Return how many were counted after a time and until another."""
        return round(sum(e.count for e in self.evaluations if since < e.time <= until))

    def answered_between(self, since: float, until: float) -> int:
        """Return how many the counters counted, by the answers to scrapes of a stretch of time."""
        return sum(
            self._between(before, after)
            for before, after in pairwise(self.job.answers)
            if since < after.time <= until
        )

    @property
    def most_answered(self) -> int:
        """How many the counters counted between two answers to scrapes, at most."""
        return max(self._between(before, after) for before, after in pairwise(self.job.answers))

    @property
    def answered(self) -> int:
        """How many the counters counted, by the answers to scrapes."""
        return self.answered_between(0, float("inf"))

    def last_evaluation(self, moment: float) -> float:
        """Return the last evaluation before a moment of which it is clear what it saw."""
        answers = [answer.time for answer in self.job.answers]
        return max(
            e.time
            for e in self.evaluations
            if e.time < moment
            and all(abs(e.time - OFFSET - answer) > _TO_BE_SURE for answer in answers)
        )

    def answered_until(self, evaluation: float) -> int:
        """Return how many there were by the answers that an evaluation, or one before it, sees."""
        return self.answered_between(0, evaluation - OFFSET)

    def _between(self, before: Answer, after: Answer) -> int:
        """Return what two answers tell of what was counted between them.

        A counter that fell below seven eighths of itself began anew. One that fell less, as a sum
        does that lost a part, counts nothing; one that began anew and grew again cannot be told.
        """
        pairs = [(before.values[series], after.values[series]) for series in self.series]
        return sum(new if new < RESET_BELOW * old else max(0, new - old) for old, new in pairs)


def counts(jobs: Iterable[Job], server: PrometheusServer) -> tuple[Count, ...]:
    """Return all counts that a server recorded.

    Each hour has a series of its own. VictoriaMetrics shows a moment at which a rule recorded
    nothing as NaN.
    """
    found: dict[tuple[str, str, str], list[Evaluation]] = {}
    for record in (EVENTS_INCREASE, ERRORS_INCREASE):
        for series in server.get("/api/v1/query", query=f"{record}[30m]")["result"]:
            labels = series["metric"]
            found.setdefault((labels[JOB], labels["slo_name"], record), []).extend(
                Evaluation(float(moment), float(value))
                for moment, value in series["values"]
                if not math.isnan(float(value))
            )
    by_interval = {job.interval: job for job in jobs}
    return tuple(
        Count(
            job=by_interval[job],
            slo=slo,
            record=record,
            evaluations=sorted(evaluations, key=lambda evaluation: evaluation.time),
        )
        for (job, slo, record), evaluations in found.items()
    )


def table(counts: Iterable[Count], line: str, restarted: float) -> Iterator[str]:
    """Yield the lines of a Markdown table.

    Args:
        counts: What was counted.
        line: Of Prometheus, or what else counted it.
        restarted: When the exporters were restarted: what no scrape had seen until then is lost.
    """
    yield (
        "| line | scrape interval | SLO | what | answered before restarts | counted | sent "
        "| answered | counted |"
    )
    yield f"| --- | --- | --- | --- |{' ---: |' * 5}"
    for count in sorted(counts, key=_order):
        what = "bad events" if count.record == ERRORS_INCREASE else "events"
        last = count.last_evaluation(restarted)
        numbers = (
            count.answered_until(last),
            count.counted_between(0, last),
            count.sent,
            count.answered,
            count.counted,
        )
        cells = " | ".join(f"{number:,}" for number in numbers)
        yield f"| {line} | {count.job.interval} | {count.slo} | {what} | {cells} |"


def _order(count: Count) -> tuple[str, int, str]:
    return count.slo, Duration(count.job.interval).milliseconds, count.record
