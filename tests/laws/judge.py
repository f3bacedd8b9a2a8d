"""promtool as the judge: many histories in one file, each a value of a label."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import attrs
import yaml

from slogen import SLO, Settings, build
from tests.laws.histories import FAST_INTERVAL, Pod
from tests.laws.kinds import RUN, Kind, labelled
from tests.realtools import promtool

VERSIONS = {"2": "2.42", "3": "3.0"}
"""The oldest version of Prometheus in each line, which decides what the rules may use."""

Samples = Sequence[tuple[int, str]]
"""Times and values of a series, in promtool's words."""

Change = Callable[[str], str]
"""What makes wrong rules out of right ones."""


@attrs.frozen
class Expected:
    """What a query must give: the value of each history; those that are not named have none."""

    query: str
    time: int
    values: Mapping[str, float]


@attrs.frozen(kw_only=True)
class Trial:
    """Rules, series and expectations.

    Attributes:
        line: Of promtool.
        rules: The text of the rule files.
        series: Of each series, as promtool writes it, the times and the values.
        expected: What is asked.
    """

    line: str
    rules: tuple[str, ...]
    series: Mapping[str, Samples]
    expected: Iterable[Expected]

    def judge(self) -> None:
        """Ask promtool.

        Raises:
            PromtoolError: Something is not as expected.
        """
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = [folder / f"{number}.yaml" for number in range(len(self.rules))]
            for file, text in zip(files, self.rules, strict=True):
                file.write_text(text)
            test = folder / "test.json"
            test.write_text(json.dumps(self._document([file.name for file in files])))
            promtool.test_rules(self.line, [test])

    def _document(self, rule_files: list[str]) -> dict[str, object]:
        inputs = [
            {"series": series, "values": notation(samples)}
            for series, samples in self.series.items()
        ]
        questions = [
            {
                "expr": expected.query,
                "eval_time": f"{expected.time}s",
                "exp_samples": [
                    {"labels": f'{{{RUN}="{run}"}}', "value": value}
                    for run, value in expected.values.items()
                ],
            }
            for expected in self.expected
        ]
        test = {"interval": "1s", "input_series": inputs, "promql_expr_test": questions}
        return {
            "rule_files": rule_files,
            "evaluation_interval": f"{FAST_INTERVAL}s",
            "tests": [test],
        }


def rules_of(
    slo: SLO, line: str, change: Change = str, only: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the rule files of an SLO, as slogen writes them with no setting changed but one.

    promtool evaluates all groups at one interval, so that slow groups have to be as fast.

    Args:
        slo: The SLO.
        line: Of Prometheus.
        change: What is done to the text of each file.
        only: The records of the rules that are kept; all rules unless given.
    """
    built = build([slo], Settings(prometheus=VERSIONS[line], slow_interval=f"{FAST_INTERVAL}s"))
    files = tuple(change(file.text) for file in built.render("prometheus"))
    return tuple(_narrowed(text, only) for text in files) if only else files


def _narrowed(text: str, records: Collection[str]) -> str:
    """Return a rule file without rules that nobody asks about: that is quicker by far."""
    document = yaml.safe_load(text)
    for group in document["groups"]:
        group["rules"] = [rule for rule in group["rules"] if rule.get("record") in records]
    return json.dumps({"groups": [group for group in document["groups"] if group["rules"]]})


def notation(samples: Samples) -> str:
    """Return values that stand a second apart in promtool's notation.

    >>> notation([(0, "1"), (1, "2"), (4, "3")])
    '1 2 _x2 3'
    """
    words, following = [], 0
    for time, value in samples:
        if time > following:
            words.append(f"_x{time - following}")
        words.append(value)
        following = time + 1
    return " ".join(words)


def series_of(kind: Kind, runs: Mapping[str, Iterable[Pod]]) -> dict[str, Samples]:
    """Return the series of histories; those of a pod that goes away become stale."""
    return {
        labelled(series, run=run, pod=str(number)): [*samples, (pod.end, "stale")]
        for run, pods in runs.items()
        for number, pod in enumerate(pods)
        for series, samples in kind.samples(pod)
        if samples
    }
