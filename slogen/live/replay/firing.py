"""From a condition at each evaluation to when an alert fires, as Prometheus decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from slogen.live.replay.counts import Times


@attrs.frozen
class Firing:
    """An alert that fires.

    Attributes:
        start: From which evaluation on, in milliseconds since the epoch.
        end: The evaluation at which it does no more; None if it did until the replay ended.
    """

    start: int
    end: int | None


def firings(times: Times, holds: NDArray[np.bool_], for_: int, keep: int) -> tuple[Firing, ...]:
    """Return when an alert fires.

    It fires once its condition has held for long enough, and fires on until the condition has
    not held for long enough.

    Args:
        times: The evaluations, in milliseconds, forward.
        holds: Whether the condition holds at each of them.
        for_: How long it has to hold, in milliseconds.
        keep: How long the alert fires on, in milliseconds.
    """
    found: list[Firing] = []
    for first, stop in _runs(holds):
        previous = found[-1].end if found else None
        if found and (previous is None or times[first] <= previous):
            start = found.pop().start
        else:
            begin = int(np.searchsorted(times, times[first] + for_))
            if begin >= stop:
                continue
            start = int(times[begin])
        found.append(Firing(start, _end(times, stop, keep)))
    return tuple(found)


def _end(times: Times, stop: int, keep: int) -> int | None:
    """Return the evaluation at which an alert ends whose condition no longer holds at another."""
    if stop >= len(times):
        return None
    last = int(np.searchsorted(times, times[stop] + keep))
    return int(times[last]) if last < len(times) else None


def _runs(holds: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield where runs of true begin, and the first place behind each.

    >>> import numpy as np
    >>> list(_runs(np.array([True, False, True, True])))
    [(0, 1), (2, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], holds, [False]]).astype(np.int8)))
    pairs = edges.reshape(-1, 2)
    yield from ((int(first), int(stop)) for first, stop in pairs)
