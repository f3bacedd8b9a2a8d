"""The raw way for the same SLOs: rules that read raw series over every window, as others print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.experiments.load.slos import loaded

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")
_FILE_SIZE = 100


def raw_rules(number: int, source: int, *, shortcut: bool) -> dict[str, object]:
    """Return the group of one SLO, which runs every 30 s.

    Args:
        number: Of the SLO.
        source: The SLO whose series it reads: many may read the same, which costs each as much.
        shortcut: Whether the longest window is the mean of the ratios of 5m instead.
    """
    rules = []
    for window in WINDOWS:
        shorten = shortcut and window == WINDOWS[-1]
        rules.append(
            {
                "record": f"raw:error_ratio:rate{window}",
                "expr": _mean(source, window) if shorten else _ratio(source, window),
                "labels": {"raw_id": f"raw-{number}"},
            }
        )
    return {"name": f"load:{number}:raw", "interval": "30s", "rules": rules}


def _ratio(source: int, window: str) -> str:
    one = loaded(source)
    ratio = f"sum(rate({one.part}[{window}])) / sum(rate({one.total}[{window}]))"
    return f"1 - ({ratio})" if one.part_is_good else f"({ratio})"


def _mean(source: int, window: str) -> str:
    series = f"{mean_series(source)}[{window}]"
    return f"sum(sum_over_time({series})) / sum(count_over_time({series}))"


def mean_series(source: int) -> str:
    """Return the series of 5m ratios that the shortcut averages, of which there is a history."""
    return f'raw:error_ratio:rate5m{{raw_id="raw-{source}"}}'


def write_raw(folder: Path, count: int, sources: int, *, shortcut: bool) -> list[Path]:
    """Write the rule files of so many SLOs, which share the series of so many, and return them."""
    folder.mkdir(parents=True)
    files = []
    for begin in range(0, count, _FILE_SIZE):
        numbers = range(begin, min(count, begin + _FILE_SIZE))
        groups = [raw_rules(n, n % sources, shortcut=shortcut) for n in numbers]
        files.append(folder / f"raw-{begin:05}.yaml")
        files[-1].write_text(json.dumps({"groups": groups}))
    return files
