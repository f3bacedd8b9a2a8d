"""The names of the scenarios that promtool reports: it says only what was asked, and when."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAILED = re.compile(
    r'^    (?:expr: (?P<expr>"(?:[^"\\]|\\.)*")|alertname: (?P<alert>.+?)), time: (?P<at>\w+),',
    re.MULTILINE,
)

_Asked = tuple[str, int]


def failed(tests: str, output: str) -> tuple[str, ...]:
    """Return the names of the scenarios of a file of tests that promtool's output is about.

    There are none where a mutant wrote the file, and it is no YAML.
    """
    names: dict[_Asked, list[str]] = {}
    try:
        scenarios = yaml.safe_load(tests)["tests"]
    except yaml.YAMLError:
        return ()
    for number, scenario in enumerate(scenarios, start=1):
        for asked in _asked(scenario):
            names.setdefault(asked, []).append(scenario.get("name", f"test {number}"))
    told = (_told(match) for match in _FAILED.finditer(output))
    return tuple(dict.fromkeys(" or ".join(dict.fromkeys(names.get(one, ["?"]))) for one in told))


def _asked(scenario: dict[str, Any]) -> Iterator[_Asked]:
    for check in scenario.get("promql_expr_test") or ():
        yield check["expr"], _milliseconds(check["eval_time"])
    for check in scenario.get("alert_rule_test") or ():
        yield check["alertname"], _milliseconds(check["eval_time"])


def _told(match: re.Match[str]) -> _Asked:
    asked: str = json.loads(match["expr"]) if match["expr"] else match["alert"]
    return asked, _milliseconds(match["at"])


def _milliseconds(text: str | int) -> int:
    return 0 if text in (0, "0", "0s") else Duration(str(text)).milliseconds
