"""Waiting, with a bound, for what another process will do."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(probe: Callable[[], T | None], *, seconds: float, pause: float = 0.05) -> T:
    """Return the first true answer of a probe that is asked again and again.

    Raises:
        TimeoutError: All answers were false; the message has the last one.
    """
    deadline = time.monotonic() + seconds
    while not (answer := probe()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"still {answer!r} after {seconds:g} s")
        time.sleep(pause)
    return answer
