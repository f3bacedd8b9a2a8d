"""A TSDB with a past, made without waiting for it, and a real Prometheus that looks at it.

Samples come from OpenMetrics text, what rules would have recorded from ``promtool tsdb
create-blocks-from rules``. What bites on the way, in Prometheus 2.42 and 3.5 alike:

OpenMetrics text
- ends with ``# EOF``; times are in seconds, and may have a fraction. Counters are ``# TYPE name
  counter`` and ``name_total``, though promtool does not insist. Series may be interleaved.
- Within a series time goes forward. A sample that goes back is dropped without a word.
- promtool parses the whole text once for every block, and makes blocks of 2 h unless the hidden
  ``--max-block-duration`` says otherwise (2 h times a power of three). So the text is cut at the
  borders of blocks here, and each part is parsed twice: once for its span, once for its block.

Rules
- asks a server by URL, a query a rule and block, and writes a block a rule and block. A query has
  at most 11,000 steps: 54 h of every 30 s, 162 h of every 2 m.
- evaluates a group at the group's own interval and phase, which is a hash of the file's name, as it
  is given, and the group's. So the file has one relative name in all passes: a group's base series
  and windows are then recorded at the same instants, as in a Prometheus that runs.
- evaluates rules one after the other over the whole range, without seeing what the others record.
  So there is a pass for each level of rules, and a server is started anew for each: one that runs
  would see new blocks only after up to a minute.
- does not see what a rule itself has recorded before. So hours, which are recorded once, are not
  promtool's: `tests.realtools.hours` computes them from the base series.
- stops, with exit code 0, at a first block in which no evaluation falls: a range that begins less
  than an interval before a border of blocks yields nothing. Such ranges are moved here, or refused.
- leaves out an evaluation that falls in the last second of a block: one of thousands.
- skips alerting rules, knows no ``query_offset``, and writes no stale markers: what ends is seen by
  instant selectors for five minutes more.

The server
- must keep old blocks (``--storage.tsdb.retention.time``), and leave alone the many that overlap:
  with equal least and greatest durations of blocks it compacts nothing.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import promql_parser

from slogen import naming
from slogen.rules import RecordingRule, RuleGroup
from tests.realtools import hours
from tests.realtools.packages import find
from tests.realtools.processes import run
from tests.realtools.server import running_prometheus
from tests.rule_files import metrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.realtools.server import PrometheusServer

BLOCK = 54 * 3600
"""Seconds of a block: the longest whose every half minute fits into one query."""

_LONGEST_INTERVAL = 300
_PROMTOOL_SECONDS = 1_800
_AT_ONCE = 2
_RULE_FILE = "rules.yml"
_ARGUMENTS = (
    "--storage.tsdb.retention.time=10y",
    "--storage.tsdb.min-block-duration=2h",
    "--storage.tsdb.max-block-duration=2h",
    "--query.max-samples=500000000",
    "--query.timeout=10m",
)


class BackfillError(RuntimeError):
    """promtool did not make blocks; the message has its words."""


@attrs.frozen(kw_only=True)
class Run:
    """Rule groups that have run in the past.

    Attributes:
        groups: The groups, or some of their rules.
        spans: When they ran, as beginnings and ends in seconds since the epoch. Only what other
            rules read over a range is recorded for all of it.
        moments: When the rest is wanted: the last evaluations until then are made, of the lower
            levels more than of the higher ones, since groups have phases of their own.
        kept: Names that are recorded for all of the spans, too, because dashboards read them so.
    """

    groups: tuple[RuleGroup, ...]
    spans: tuple[tuple[int, int], ...]
    moments: tuple[int, ...] = ()
    kept: frozenset[str] = frozenset()


@attrs.frozen
class _Job:
    """One call of promtool: groups, and the time over which they are evaluated."""

    groups: tuple[RuleGroup, ...]
    start: int
    end: int


@attrs.frozen(kw_only=True)
class Past:
    """A TSDB in the making.

    Attributes:
        line: Of Prometheus and promtool, "2" or "3".
        folder: Where the data and all files go.
    """

    line: str
    folder: Path

    @property
    def data(self) -> Path:
        """The folder of the time series."""
        return self.folder / "data"

    @contextmanager
    def serving(self) -> Iterator[PrometheusServer]:
        """Run a Prometheus on what is there, without rules, for the time of a with block."""
        self.data.mkdir(parents=True, exist_ok=True)
        with running_prometheus(
            self.line, [], folder=self.folder, data=self.data, arguments=_ARGUMENTS
        ) as server:
            yield server

    def add_samples(self, series: Iterable[tuple[str, Iterable[tuple[float, float]]]]) -> None:
        """Add series, each with its samples: times in seconds, forward, and values.

        Raises:
            BackfillError: promtool failed.
        """
        texts = self.folder / "texts"
        texts.mkdir(parents=True)
        try:
            _write_texts(texts, series)
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(self._add_text, sorted(texts.iterdir())))
        finally:
            for text in texts.iterdir():
                text.unlink()
            texts.rmdir()

    def add_rules(self, runs: Sequence[Run]) -> None:
        """Add what rules would have recorded, level by level.

        Raises:
            BackfillError: promtool failed.
            ValueError: promtool would leave out a moment, see above.
        """
        for level in range(1 + max(max(levels(one.groups).values()) for one in runs)):
            jobs = [*chain.from_iterable(_jobs(one, level) for one in runs)]
            with self.serving() as server, ThreadPoolExecutor(_AT_ONCE) as pool:
                made = len([*self.folder.glob("rules-*")])
                numbered = enumerate(_merged(jobs), start=made)
                folders = [(job, self.folder / f"rules-{n}") for n, job in numbered]
                list(pool.map(lambda one: self._evaluate(server, *one), folders))
                self.add_samples(hours.recorded(server, _recorders(runs, level)))

    def _add_text(self, text: Path) -> None:
        self._promtool("openmetrics", str(text), str(self.data), folder=text.parent)

    def _evaluate(self, server: PrometheusServer, job: _Job, folder: Path) -> None:
        folder.mkdir()
        (folder / _RULE_FILE).write_text(json.dumps({"groups": [*map(_as_yaml, job.groups)]}))
        self._promtool(
            "rules",
            f"--url={server.address}",
            f"--start={job.start}",
            f"--end={job.end}",
            f"--output-dir={self.data.resolve()}",
            _RULE_FILE,
            folder=folder,
        )

    def _promtool(self, *arguments: str, folder: Path) -> None:
        command = (find("promtool", self.line), "tsdb", "create-blocks-from", "--quiet")
        block = f"--max-block-duration={BLOCK // 3600}h"
        outcome = run(*command, block, *arguments, seconds=_PROMTOOL_SECONDS, folder=folder)
        if outcome.code:
            raise BackfillError(outcome.output[-2_000:])


def levels(groups: Iterable[RuleGroup]) -> dict[str, int]:
    """Return for each recorded name how many passes have to come before it.

    Hours come after both of the base series. That a name reads itself does not count; a larger
    circle would never end, and rules have none.
    """
    read: dict[str, set[str]] = {}
    for rule in _recording(groups):
        its = {*hours.BASES.values()} if rule.record in hours.BASES else metrics(rule.expr)
        read.setdefault(rule.record, set()).update(its - {rule.record})
    found: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in found:
            found[name] = max((1 + level(each) for each in read[name] if each in read), default=0)
        return found[name]

    return {name: level(name) for name in read}


def remembered(groups: Sequence[RuleGroup]) -> set[str]:
    """Return the names that rules or alerts read over a range, and so need the past of."""
    found: set[str] = set()

    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.MatrixSelector) and node.vector_selector.name:
            found.add(node.vector_selector.name)

    for group in groups:
        for rule in group.rules:
            promql_parser.walk(promql_parser.parse(rule.expr), visit)
    return found & {rule.record for rule in _recording(groups)}


def _jobs(one: Run, level: int) -> Iterator[_Job]:
    """Yield what a pass has to evaluate: the remembered over spans, the others at moments."""
    by_name = levels(one.groups)
    of_level = {name for name, its in by_name.items() if its == level} - {*hours.BASES}
    whole = remembered(one.groups) | one.kept
    if lasting := _only(one.groups, of_level & whole):
        for start, end in one.spans:
            yield _Job(lasting, _beginning(start), end)
    if momentary := _only(one.groups, of_level - whole):
        slowest = max(round(group.interval.milliseconds / 1_000) for group in one.groups)
        early = slowest * (1 + max(by_name.values()) - level)
        for moment in one.moments:
            start = moment - early
            if start // BLOCK != moment // BLOCK:
                raise ValueError(f"{moment} is less than {early} s after a border of blocks")
            yield _Job(momentary, start, moment)


def _recorders(runs: Iterable[Run], level: int) -> Iterator[hours.Recorder]:
    """Yield what records hours in a pass."""
    for one in runs:
        if levels(one.groups).get(naming.EVENTS_SUM) == level:
            yield from hours.recorders(one.groups, one.spans)


def _beginning(start: int) -> int:
    """Return a time that promtool can begin at: not just before a border of blocks."""
    border = (start // BLOCK + 1) * BLOCK
    return border if border - start < _LONGEST_INTERVAL else start


def _merged(jobs: Iterable[_Job]) -> Iterator[_Job]:
    """Put jobs of one time together, in as many parts as run at once."""
    found: dict[tuple[int, int], list[tuple[RuleGroup, ...]]] = {}
    for job in jobs:
        found.setdefault((job.start, job.end), []).append(job.groups)
    for (start, end), groups in found.items():
        for part in range(_AT_ONCE):
            if chosen := tuple(chain.from_iterable(groups[part::_AT_ONCE])):
                yield _Job(chosen, start, end)


def _only(groups: Iterable[RuleGroup], names: set[str]) -> tuple[RuleGroup, ...]:
    """Return groups with the recording rules of these names alone."""
    cut = (
        attrs.evolve(
            group,
            rules=tuple(rule for rule in _recording([group]) if rule.record in names),
        )
        for group in groups
    )
    return tuple(group for group in cut if group.rules)


def _recording(groups: Iterable[RuleGroup]) -> Iterator[RecordingRule]:
    return (rule for group in groups for rule in group.rules if isinstance(rule, RecordingRule))


def _as_yaml(group: RuleGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "interval": str(group.interval),
        "rules": [
            {"record": rule.record, "expr": rule.expr, "labels": dict(rule.labels)}
            for rule in _recording([group])
        ],
    }


def _write_texts(folder: Path, series: Iterable[tuple[str, Iterable[tuple[float, float]]]]) -> None:
    """Write a text for each block, all at once, so that a series is gone through once."""
    with ExitStack() as stack:
        files: dict[int, Any] = {}
        for name, samples in series:
            lines: dict[int, list[str]] = {}
            for time, value in samples:
                lines.setdefault(int(time // BLOCK), []).append(f"{name} {value} {time}\n")
            for number, block in lines.items():
                if number not in files:
                    files[number] = stack.enter_context((folder / f"{number}.txt").open("w"))
                files[number].writelines(block)
        for file in files.values():
            file.write("# EOF\n")
