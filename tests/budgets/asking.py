"""promtool as the judge of what rules record: a value near the truth, or nothing at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Settings, build
from tests.realtools import promtool

if TYPE_CHECKING:
    from slogen.rules import SLORules

NO_SETTINGS = Settings()


@attrs.frozen(kw_only=True)
class Question:
    """What a query must give at a time.

    Attributes:
        query: A query that gives at most one sample.
        time: When it is asked, in seconds.
        truth: The value; None where there must be none.
        within: How far from the truth the value may be.
    """

    query: str
    time: int
    truth: float | None = None
    within: float = 0.0

    @property
    def fault(self) -> str:
        """The query that gives nothing if all is right, and else the value that was recorded."""
        if self.truth is None:
            return self.query
        near = f"abs({self.query} - ({self.truth!r})) <= {self.within!r}"
        return f"({self.query} unless {near}) or absent({self.query})"


@attrs.frozen(kw_only=True)
class World:
    """SLOs, and the series that their rules read.

    Attributes:
        slos: The SLOs.
        series: Series and their values, as promtool writes them.
        step: The seconds between two values of a series.
        interval: The seconds between two evaluations of all rules.
        settings: The settings of the build.
    """

    slos: tuple[SLO, ...]
    series: Mapping[str, str]
    step: int
    interval: int
    settings: Settings = NO_SETTINGS

    def judge(self, line: str, questions: Iterable[Question]) -> None:
        """Ask promtool of a line.

        Raises:
            PromtoolError: Something else was recorded; the message shows what.
        """
        built = build(self.slos, self.settings)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = []
            for file in built.render("prometheus"):
                path = folder / Path(file.path).name
                path.write_text(file.text)
                files.append(path.name)
            test = folder / "test.json"
            test.write_text(json.dumps(self._document(files, built.rules, questions)))
            promtool.test_rules(line, [test])

    def _document(
        self, files: list[str], rules: Iterable[SLORules], questions: Iterable[Question]
    ) -> dict[str, object]:
        asked = [
            {"expr": each.fault, "eval_time": f"{each.time}s", "exp_samples": []}
            for each in questions
        ]
        test = {
            "interval": f"{self.step}s",
            "input_series": [{"series": k, "values": v} for k, v in self.series.items()],
            "promql_expr_test": asked,
        }
        return {
            "rule_files": files,
            "evaluation_interval": f"{self.interval}s",
            "group_eval_order": [group.name for slo in rules for group in slo.groups],
            "tests": [test],
        }
