"""Calls that come to an end in time, whatever they wait for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def within(seconds: float, function: Callable[[], T]) -> T:
    """Return what a function returns, or raise what it raises, if it comes to its end in time.

    It runs in a thread of its own that is left behind where time is over: a name that nobody
    resolves, or a header of which a byte comes each second, cannot be stopped otherwise. Such a
    thread does not keep the process from ending.

    >>> within(5, lambda: 6 * 7)
    42

    Raises:
        TimeoutError: If time is over.
    """
    results: list[T] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            results.append(function())
        except Exception as fault:  # noqa: BLE001 (it is raised where somebody waits for it)
            faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if faults:
        raise faults[0]
    if not results:
        raise TimeoutError
    return results[0]
