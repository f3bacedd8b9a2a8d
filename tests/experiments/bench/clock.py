"""A clock for the parts of a build: functions are wrapped, and time belongs to the innermost."""

from __future__ import annotations

import gc
from collections import defaultdict
from time import perf_counter
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

OTHER = "the rest"


class Clock:
    """Seconds by part; what no part takes is `OTHER`.

    The collector of garbage is no part: it runs within them, and is counted on its own.
    """

    def __init__(self) -> None:
        """Begin to count."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.collecting = 0.0
        self._parts = [OTHER]
        self._since = perf_counter()
        gc.callbacks.append(self._collected)

    def timed(self, part: str, function: Callable[P, T]) -> Callable[P, T]:
        """Return a function whose time is that of a part, but for other parts that it calls."""

        def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
            self._charge()
            self._parts.append(part)
            try:
                return function(*args, **kwargs)
            finally:
                self._charge()
                self._parts.pop()

        return wrapper

    def stop(self) -> None:
        """Count what has passed since the last part."""
        self._charge()
        gc.callbacks.remove(self._collected)

    def _charge(self) -> None:
        now = perf_counter()
        self.seconds[self._parts[-1]] += now - self._since
        self._since = now

    def _collected(self, phase: str, _: object) -> None:
        self.collecting += -perf_counter() if phase == "start" else perf_counter()
