"""Conservation: over any stretch the increases add up to what the counters counted."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hypothesis import HealthCheck, Phase, settings

from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.laws.histories import (
    FAST_INTERVAL,
    LENGTH,
    Pod,
    counted,
    first_evaluation,
    newest_scrape,
)
from tests.laws.judge import Change, Expected, Trial, rules_of, series_of
from tests.laws.kinds import RUN, Kind

STRETCH = 300
"""How long the stretches are over which counts are compared, in seconds."""

examples: Tally[str] = Tally()
"""How many histories each law was asked about, by the law and the kind."""

SIMPLEST = 1
"""hypothesis begins with the simplest example, which shows little."""

without_shrinking = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""promtool names the history that broke a law: shrinking all others would take minutes."""

Runs = Mapping[str, Sequence[Pod]]


def trial(kind: Kind, line: str, runs: Runs, change: Change = str) -> Trial:
    """Return the trial of the law for some histories."""
    return Trial(
        line=line,
        rules=rules_of(kind.slo, line, change, only=(EVENTS_INCREASE, ERRORS_INCREASE)),
        series=series_of(kind, runs),
        expected=(*conserved(kind, runs), *sound()),
    )


def conserved(kind: Kind, runs: Runs) -> Iterator[Expected]:
    """Yield what events and errors of each stretch have to be.

    Ranges are a second shorter than the stretch: those of Prometheus 2 hold both of their ends.
    """
    for record, count in ((EVENTS_INCREASE, events), (ERRORS_INCREASE, errors)):
        increases = f"sum by ({RUN}) (sum_over_time({record}[{STRETCH - 1}s]))"
        for time in range(STRETCH, LENGTH + 1, STRETCH):
            counts = {run: count(kind, pods, time) for run, pods in runs.items()}
            values = {run: count for run, count in counts.items() if count}
            yield Expected(f"{kind.rounded(increases)} != 0", time, values)


def events(kind: Kind, pods: Sequence[Pod], time: int) -> int:
    """Return how many events the stretch that ends at a time has."""
    return _counted(kind, pods, time, kind.events)


def errors(kind: Kind, pods: Sequence[Pod], time: int) -> int:
    """Return how many bad events the stretch that ends at a time has."""
    return _counted(kind, pods, time, kind.errors) - _counted(kind, pods, time, kind.without)


def _counted(kind: Kind, pods: Sequence[Pod], time: int, names: Iterable[str]) -> int:
    until = newest_scrape(time // FAST_INTERVAL)
    since = max(until - STRETCH, newest_scrape(_first_evaluation(kind, pods) - 1))
    counters = [pod.counters.get(name, ()) for pod in pods for name in names]
    return sum(counted(counter, since, until) for counter in counters)


def _first_evaluation(kind: Kind, pods: Sequence[Pod]) -> int:
    """Return the first evaluation that can record: where two metrics are compared it sees both."""
    sides = (kind.events, kind.without) if kind.without else ()
    return max(
        (
            min(
                (
                    first_evaluation(pod.counters[name])
                    for pod in pods
                    for name in names
                    if pod.counters.get(name)
                ),
                default=LENGTH,
            )
            for names in sides
        ),
        default=0,
    )


def sound() -> Iterator[Expected]:
    """Yield that both series have samples at the same instants, and that these are numbers."""
    all_events, bad = EVENTS_INCREASE, ERRORS_INCREASE
    faults = (
        f"{all_events} unless on ({RUN}) {bad}",
        f"{bad} unless on ({RUN}) {all_events}",
        f"{all_events} unless {all_events} < Inf",
        f"{bad} unless abs({bad}) < Inf",
    )
    at_each = f"({' or '.join(faults)})[{STRETCH - 1}s:{FAST_INTERVAL}s]"
    for time in range(STRETCH, LENGTH + 1, STRETCH):
        yield Expected(f"sum by ({RUN}) (count_over_time({at_each}))", time, {})
