"""Values and costs of the ways to a window, as a real Prometheus tells them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from slogen.naming import (
    ERRORS_INCREASE,
    ERRORS_OPEN,
    ERRORS_SUM,
    EVENTS_HOUR,
    EVENTS_INCREASE,
    EVENTS_OPEN,
    EVENTS_SUM,
)
from tests.experiments.accuracy import setting
from tests.truth.arithmetic import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.realtools.server import PrometheusServer

WAYS = ("slogen", "mean of 5m ratios", "raw rate()")


@attrs.frozen(kw_only=True)
class Answer:
    """The value of a query, if it has one, and how many samples were read for it."""

    value: float | None
    samples: int


@attrs.frozen(kw_only=True)
class Reading:
    """What the ways to a window give at a moment.

    Attributes:
        window: Its length.
        moment: What is going on then.
        bad: How many bad events there were.
        truth: Bad events over events.
        answers: Of each way.
    """

    window: str
    moment: str
    bad: int
    truth: float
    answers: dict[str, Answer]

    def error(self, way: str) -> float:
        """Return how far off a way is, as a part of the truth; infinite where it has no value.

        Where nothing is bad there is no part to tell, and the answer is NaN.
        """
        value = self.answers[way].value
        if value is None:
            return math.inf
        return abs(value / self.truth - 1) if self.truth else math.nan


@attrs.frozen(kw_only=True)
class Cost:
    """Samples that a rule reads in each evaluation, and the seconds between two of those."""

    samples: int
    interval: float

    @property
    def per_second(self) -> float:
        """How many samples that is in a second."""
        return self.samples / self.interval


def readings(server: PrometheusServer, series: int, days: float) -> Iterator[Reading]:
    """Yield all windows that fit into the time, at all moments at which they do."""
    for window in setting.WINDOWS:
        seconds = SECONDS[window]
        for words, moment in setting.moments().items():
            if moment - seconds < -days * SECONDS["1d"]:
                continue
            at = _last_evaluation(server, window, moment)
            events, bad = setting.counted(series, at - seconds, at)
            if events:
                answers = {way: answer(server, expr, at) for way, expr in _ways(window).items()}
                yield Reading(
                    window=window, moment=words, bad=bad, truth=bad / events, answers=answers
                )


def costs(server: PrometheusServer, days: float) -> dict[str, dict[str, Cost]]:
    """Return what each window costs in each way, and what the series below the windows cost.

    The ways other than slogen's are taken to be evaluated as rarely as slogen's.
    """
    found: dict[str, dict[str, Cost]] = {}
    for window in setting.WINDOWS:
        if SECONDS[window] <= days * SECONDS["1d"]:
            _, interval = setting.windowed(window)
            found[window] = {
                way: Cost(samples=answer(server, expr, 0).samples, interval=interval)
                for way, expr in _ways(window).items()
            }
    for words, names in (
        ("base series", (EVENTS_INCREASE, ERRORS_INCREASE)),
        ("hours", (EVENTS_SUM, ERRORS_SUM, EVENTS_HOUR, EVENTS_OPEN, ERRORS_OPEN)),
    ):
        rules = [setting.recording(name) for name in names]
        samples = sum(answer(server, rule.expr, 0).samples for rule, _ in rules)
        found[words] = {"slogen": Cost(samples=samples, interval=rules[0][1])}
    return found


def answer(server: PrometheusServer, expr: str, at: float) -> Answer:
    """Ask a query at a time relative to the end."""
    data = server.get("/api/v1/query", query=expr, time=setting.END + at, stats="all")
    values = [float(series["value"][1]) for series in data["result"]]
    finite = [value for value in values if math.isfinite(value)]
    return Answer(
        value=finite[0] if finite else None,
        samples=data["stats"]["samples"]["totalQueryableSamples"],
    )


def _ways(window: str) -> dict[str, str]:
    expr, _ = setting.windowed(window)
    return dict(zip(WAYS, (expr, setting.shortcut(window), setting.raw(window)), strict=True))


def _last_evaluation(server: PrometheusServer, window: str, moment: int) -> float:
    """Return when the rule of a window was last evaluated until a moment.

    It stands in one group with the series that it reads, which tells the group's phase.
    """
    below = EVENTS_INCREASE if SECONDS[window] <= SECONDS["6h"] else EVENTS_OPEN
    query = f'timestamp({below}{{slo_id="{setting.SLO_ID}"}})'
    ((_, time),) = server.query(query, setting.END + moment)
    return time - setting.END
