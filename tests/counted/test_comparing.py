"""How what was counted is compared with the exporter's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from slogen.naming import EVENTS_INCREASE
from tests.counted.comparing import Count, Evaluation, counts, table
from tests.counted.job import SPEEDS, Answer, Job

if TYPE_CHECKING:
    from tests.realtools.server import PrometheusServer


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


class _AtTheEndOfAnHour:
    """Answers as a server whose rules recorded on both sides of the end of an hour."""

    def get(self, _path: str, *, query: str) -> dict[str, Any]:
        labels = {"job": "30s", "slo_name": "requests"}
        hours: dict[str, list[list[Any]]] = {
            "3": [[1_800, "5"]],
            "2": [[1_740, "7"], [1_770, "NaN"]],
        }
        result: list[dict[str, Any]] = [
            {"metric": {**labels, "slo_hour": hour}, "values": values}
            for hour, values in hours.items()
        ]
        return {"result": result if query.startswith(EVENTS_INCREASE) else []}


def test_the_hours_of_a_count_are_one() -> None:
    """What was recorded in two hours is counted together, in the order of time."""
    server = cast("PrometheusServer", _AtTheEndOfAnHour())

    (count,) = counts([Job("30s", {})], server)

    assert count.evaluations == [Evaluation(1_740, 7), Evaluation(1_800, 5)]
    assert count.counted == 12
