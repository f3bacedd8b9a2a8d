"""How what was counted is compared with the exporter's log."""

from __future__ import annotations

from slogen.naming import EVENTS_INCREASE
from tests.counted.comparing import Count, Evaluation, table
from tests.counted.job import SPEEDS, Answer, Job


def test_counts_are_compared_with_answers() -> None:
    """What was counted between two answers belongs to the later; after a restart all counts."""
    job = Job("30s", {})
    job.answers += [
        Answer(time, dict.fromkeys(SPEEDS, value), life)
        for time, value, life in ((1_000, 0, 0), (1_030, 5, 0), (1_060, 9, 0), (1_090, 2, 1))
    ]
    evaluations = [Evaluation(1_050, 10), Evaluation(1_080, 8), Evaluation(1_110, 4)]
    count = Count(job=job, slo="requests", record=EVENTS_INCREASE, evaluations=evaluations)

    *_, row = table([count], "3", restarted=1_085)

    assert row == "| 3 | 30s | requests | events | 18 | 18 | 0 | 22 | 22 |"
