"""What came out of proofs, as text for people."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.cli.running import count
from slogen.source import printable
from slogen.units import Duration, clock, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from slogen.plan import TimeRange
    from slogen.trial.proving import SLOVerdict
    from slogen.trial.verdicts import Failure, FileVerdict, SeenTimes

_HEADS = ("TIER", "ERRORS", "EVERY", "FIRES AFTER", "SEEN", "RESOLVES AFTER", "SEEN")
_MARGIN = " " * 6
_MOST_LINES = 100
_SECOND = 1000
_FLOAT = re.compile(r"(?<=\} )-?\d+(?:\.\d+)?E[+-]\d+(?=$|, )")


def report(verdict: SLOVerdict, width: int) -> str:
    """Return the lines about an SLO.

    Args:
        verdict: What came out of its proof.
        width: That of the longest id.
    """
    lines = [
        f"{'ok' if verdict.passed else 'FAIL':4}  {verdict.slo_id:{width}}  {_counts(verdict)}",
        *(f"{_MARGIN}note: {remark}" for remark in verdict.remarks),
        *_table(verdict.observations),
    ]
    for one in verdict.scenarios:
        if one.failures:
            lines.append(f"{_MARGIN}scenario: {one.scenario.name}")
            lines += [line for failure in one.failures for line in _failure(failure)]
    lines += [line for file in verdict.files if file.trouble for line in _trouble(file)]
    return "".join(f"{printable(line).rstrip()}\n" for line in lines)


def difference(failure: Failure) -> tuple[str, ...]:
    """Return what a check expected and what came out instead, a line each."""
    if failure.mismatch.error:
        return (f"error:    {failure.mismatch.error}",)
    return (
        f"expected: {_samples(failure.mismatch.expected)}",
        f"got:      {_samples(failure.mismatch.got)}",
    )


def question(failure: Failure) -> str:
    """Return what a failed check asked, on one line."""
    expr = " ".join(line.strip() for line in failure.expr.splitlines())
    asked = expr or f"texts of {failure.alert}"
    return f"{failure.check.remark}: {asked} at {clock(failure.check.at)}"


def _counts(verdict: SLOVerdict) -> str:
    scenarios = count(len(verdict.scenarios), "scenario")
    return f"{scenarios}, {verdict.failed} failed" if verdict.failed else scenarios


def _table(observations: Sequence[SeenTimes]) -> Iterator[str]:
    """Yield what was predicted for each tier beside what was seen."""
    if not observations:
        return
    rows = [_HEADS, *map(_row, observations)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield _MARGIN + "  ".join(cells)


def _row(observed: SeenTimes) -> tuple[str, ...]:
    predicted, tier = observed.predicted, observed.predicted.tier
    resolves = predicted.resolves
    return (
        f"{tier.alert.name} {number(tier.threshold)}x over {tier.long}/{tier.short}",
        percentage(predicted.ratio),
        str(predicted.pace),
        _span(predicted.fires),
        _time(observed.fires),
        *((_span(resolves), _time(observed.resolves)) if resolves else ("", "")),
    )


def _span(span: TimeRange) -> str:
    """Return a span in whole seconds, so that it holds what it held."""
    earliest = span.earliest.milliseconds // _SECOND * _SECOND
    latest = -(-span.latest.milliseconds // _SECOND) * _SECOND
    return f"{_clock(earliest)} to {_clock(latest)}"


def _time(seconds: Decimal | None) -> str:
    if seconds is None:
        return "never"
    words = _clock(int(abs(seconds) * _SECOND))
    return f"-{words}" if seconds < 0 else words


def _clock(milliseconds: int) -> str:
    return clock(Duration.of_milliseconds(milliseconds) if milliseconds else Duration.zero())


def _failure(failure: Failure) -> Iterator[str]:
    yield f"{_MARGIN}  {question(failure)}"
    yield from (f"{_MARGIN}    {line}" for line in difference(failure))


def _samples(text: str) -> str:
    """Return samples as a person writes them: promtool writes 6 as ``6E+00``, and none as nil."""
    if text == "nil":
        return "nothing"
    return _FLOAT.sub(lambda match: number(Decimal(match[0])), text)


def _trouble(file: FileVerdict) -> Iterator[str]:
    scenarios = count(len(file.scenarios), "scenario")
    yield f"{_MARGIN}{scenarios} without a verdict from promtool: {file.trouble}"
    lines = file.output.split("\n") if file.output else []
    yield from (f"{_MARGIN}  | {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"{_MARGIN}  | ... and {count(len(lines) - _MOST_LINES, 'line')} more"


class Progress:
    """One line on a terminal that is written anew; nothing where there is no terminal."""

    def __init__(self, stream: IO[str], total: int) -> None:
        """Tell how far things are of a total, on a stream."""
        self._stream = stream
        self._total = total
        self._width = 0
        self._is_shown = stream.isatty()

    def show(self, done: int) -> None:
        """Write how many are done."""
        self._write(f"slogen: {done} of {count(self._total, 'SLO')}")

    def close(self) -> None:
        """Leave the line empty for what is printed next."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._is_shown:
            self._stream.write(f"\r{' ' * self._width}\r{text}")
            self._stream.flush()
            self._width = len(text)
