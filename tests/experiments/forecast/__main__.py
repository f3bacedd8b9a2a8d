"""Print how far forecasts are from what came: `python -m tests.experiments.forecast`.

One table compares ways to forecast (`ways`), one how much is known and how far ahead is looked
(`lengths`). All traffic is made by chance with seeds, so that each run prints the same.
"""

from __future__ import annotations

import sys
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from slogen.live.prediction.draws import CHOSEN, Method
from tests.experiments.forecast.measuring import (
    Case,
    Measured,
    Way,
    drawn,
    hour_of_week,
    measured,
    pace,
    whole,
)
from tests.experiments.forecast.traffic import CALM, ODD, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HISTORY, HORIZON = 90, 7
CASES = 40
WAYS: Mapping[str, Way] = {
    "pace of 28 days": pace,
    "hour of the week": hour_of_week,
    "days as they were": drawn(Method(moves=False, doubts=False)),
    "moved to now": drawn(Method(doubts=False)),
    "chosen: and doubted": drawn(CHOSEN),
    "one by one": drawn(Method(block=1)),
    "newer ones": drawn(Method(half_life=28)),
    "incidents of the same size": drawn(Method(sizes=0.0)),
}
_WITH_BANDS = list(WAYS)[2:]


def main() -> None:
    """Measure, and print tables of Markdown: all of them, or those that are named."""
    tables = {"ways": _ways, "lengths": _lengths}
    chosen = sys.argv[1:] or list(tables)
    for line in chain.from_iterable(chain(tables[name](), [""]) for name in chosen):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def cases(kind: Kind, history: int, days: int, count: int) -> list[Case]:
    """Return some cases of a kind of traffic."""
    return [Case.of(kind, seed, history, days) for seed in range(count)]


def _ways() -> Iterator[str]:
    """Yield a table of ways: half of the errors are no larger, and so often the band held."""
    yield f"| traffic | {' | '.join(WAYS)} |"
    yield "| --- |" + " ---: |" * len(WAYS)
    for kind in (*CALM, *ODD):
        its = cases(kind, HISTORY, HORIZON, CASES)
        found = {name: measured(way, its) for name, way in WAYS.items()}
        shown = (_cell(one, has_band=name in _WITH_BANDS) for name, one in found.items())
        yield f"| {kind.name} | {' | '.join(shown)} |"


def _lengths() -> Iterator[str]:
    """Yield a table of how much is known, and how far ahead the forecast looks."""
    yield "| history | horizon | error, calm | worst kind | band held, calm | with incidents |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    for history in (28, 90):
        for days in (1, 7, 30):
            calm, odd = (
                [measured(whole, cases(kind, history, days, CASES // 2)) for kind in kinds]
                for kinds in (CALM, ODD)
            )
            errors = [one.error for one in calm]
            held = " | ".join(_percent(_mean([one.held for one in some])) for some in (calm, odd))
            row = f"{_percent(median(errors))} | {_percent(max(errors))} | {held}"
            yield f"| {history}d | {days}d | {row} |"


def _cell(found: Measured, *, has_band: bool) -> str:
    held = f" ({100 * found.held:.0f})" if has_band else ""
    return f"{_percent(found.error)}{held}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
