"""What promtool says of a situation: when pages fire, how often, and until when."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import attrs
from ruamel.yaml import YAML

from tests.experiments.detection.situations import STEP
from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.experiments.detection.situations import Situation
    from tests.experiments.detection.tools import Tool

_SECONDS = 14_400
_GOT = re.compile(r"^ *got: \{\} (\S+)$", re.MULTILINE)
_NOTHING = -1


class AskingError(RuntimeError):
    """promtool answered something else; the message has its words."""


@attrs.frozen(kw_only=True)
class Pages:
    """The pages of a situation.

    Attributes:
        first: Seconds until an alert fires for the first time; None if none does, or in a month.
        last: Seconds until none does any more.
        times: How often somebody is called: how often firing begins.
        seconds: For how long an alert fires, all together.
    """

    first: int | None
    last: int | None
    times: int
    seconds: int


def pages(line: str, tool: Tool, situation: Situation, folder: Path) -> Pages:
    """Let promtool run a tool's rules through a situation.

    Raises:
        AskingError: If promtool cannot run them.
    """
    folder.mkdir(parents=True)
    rules = tool.write(situation.objective, folder)
    counts = _counts(tool.pages, situation.seconds)
    # Of a whole month promtool cannot say when: that would be too many samples for it.
    whens = _whens(tool.pages, situation.seconds) if situation.begin is not None else ()
    questions = tuple(f"{asked} or vector({_NOTHING})" for asked in (*counts, *whens))
    content = {
        "rule_files": [str(rules.resolve())],
        "evaluation_interval": f"{STEP}s",
        "group_eval_order": _groups(rules),
        "tests": [_test(situation, questions)],
    }
    path = folder / "situation.test.yaml"
    path.write_text(json.dumps(content))
    # A wrong expectation lets promtool print what it got.
    outcome = run(find("promtool", line), "test", "rules", path, seconds=_SECONDS)
    answers = [int(float(value)) for value in _GOT.findall(outcome.output)]
    if len(answers) != len(questions):
        raise AskingError(outcome.output[-2_000:])
    times, steps, *when = answers
    if times == _NOTHING:
        return Pages(first=None, last=None, times=0, seconds=0)
    first, last = (when[0], when[1] + STEP) if when else (None, None)
    return Pages(first=first, last=last, times=times, seconds=steps * STEP)


def _counts(matcher: str, seconds: int) -> tuple[str, ...]:
    """Return how often a page begins to fire, and at how many steps one does."""
    firing = _firing(matcher)
    before = f'max(ALERTS{{alertstate="firing",{matcher}}} offset {STEP}s)'
    whole = f"[{seconds}s:{STEP}s]"
    return (
        f"count_over_time(({firing} unless {before}){whole})",
        f"count_over_time({firing}{whole})",
    )


def _whens(matcher: str, seconds: int) -> tuple[str, ...]:
    """Return when a page fires first and last."""
    when = f"({_firing(matcher)} * 0 + time())[{seconds}s:{STEP}s]"
    return f"min_over_time({when})", f"max_over_time({when})"


def _firing(matcher: str) -> str:
    return f'max(ALERTS{{alertstate="firing",{matcher}}})'


def _test(situation: Situation, questions: tuple[str, ...]) -> dict[str, Any]:
    series = {"requests_total": situation.requests, "failures_total": situation.failures}
    return {
        "interval": f"{STEP}s",
        "input_series": [
            {"series": metric, "values": " ".join(map(str, values))}
            for metric, values in series.items()
        ],
        "promql_expr_test": [
            {"expr": question, "eval_time": f"{situation.seconds}s", "exp_samples": []}
            for question in questions
        ],
    }


def _groups(rules: Path) -> list[str]:
    """Return the names of a file's groups, which are evaluated as they stand there."""
    content = YAML(typ="safe").load(rules)
    return [group["name"] for group in content["groups"]]
