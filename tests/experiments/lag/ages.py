"""What a number has seen of an incident, as an age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming

if TYPE_CHECKING:
    from collections.abc import Iterable

_RATIOS = {f"{w} ratio": f"slo:sli_error:ratio_rate{w}" for w in ("6h", "1d", "3d")}
_BUDGET = 0.1


@attrs.frozen
class Moment:
    """What was recorded at a moment.

    Attributes:
        since: Seconds since the incident began.
        values: By the id of the SLO and the name of the series.
        per_second: How many events there are.
    """

    since: float
    values: dict[tuple[str, str], float]
    per_second: float

    @classmethod
    def of(
        cls, since: float, answer: Iterable[tuple[dict[str, str], float]], per_second: float
    ) -> Moment:
        """Return what an answer of Prometheus holds."""
        values = {(labels["slo_id"], labels["__name__"]): value for labels, value in answer}
        return cls(since, values, per_second)

    def ages(self, slo_id: str) -> dict[str, float]:
        """Return how many seconds old each number of an SLO is.

        Of a ratio E / (K + E), in which K events were good and came before, E is what it has seen.
        """
        of = {name: value for (own, name), value in self.values.items() if own == slo_id}
        good = of[naming.EVENTS_PERIOD] - of[naming.ERRORS_PERIOD]
        ratios = {number: of[name] for number, name in _RATIOS.items()}
        ratios["period ratio"] = of[naming.RATIO_PERIOD]
        left = of[naming.BUDGET_REMAINING]
        ratios["budget left"] = (1 - left) * _BUDGET / of[naming.COVERAGE]
        seen = {number: ratio * good / (1 - ratio) for number, ratio in ratios.items()}
        return {number: self.since - errors / self.per_second for number, errors in seen.items()}


def ages(moments: Iterable[Moment], prefix: str) -> dict[str, list[float]]:
    """Return the ages of each number at all moments, of the SLOs whose ids begin so."""
    found: dict[str, list[float]] = {}
    for moment in moments:
        for slo_id in sorted({own for own, _ in moment.values if own.startswith(prefix)}):
            for number, age in moment.ages(slo_id).items():
                found.setdefault(number, []).append(age)
    return found
