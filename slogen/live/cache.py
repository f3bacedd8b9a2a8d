"""Answers about times that are over, kept in a folder: nothing is asked for twice.

An answer is kept under the server, the tenant, the query and the time that it is about. It is one
file, JSON in gzip, that only its owner may read, and it stands there as a whole or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import time
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import OutputError
from slogen.live.client import Curve, Prometheus
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from slogen.live.connection import Connection
    from slogen.promql.expr import Expr

SETTLED_AFTER = Duration("1h")
"""How long a time has to be over before an answer about it is kept: samples may come late."""
TAG = "CACHEDIR.TAG"
"""What marks the folder: programs that make backups leave out a folder with such a file."""
_TAG_TEXT = """\
Signature: 8a477f597d28d172789f06886806bc55
# Answers of a Prometheus that slogen keeps. This folder can be removed at any time.
# What the file means: https://bford.info/cachedir/
"""
_FORMAT = "slogen answer 1"
_DIGITS = 32
_DAMAGE = (
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    RecursionError,
    OverflowError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)
"""What reading a file raises that is no whole answer."""


@attrs.frozen(kw_only=True)
class Asked:
    """What an answer is about.

    Attributes:
        server: The address of the server, without credentials.
        tenant: Whose series were asked for; the empty text where a server has no tenants.
        query: The query in PromQL.
        start: The first moment, in milliseconds since the epoch; None for a query at one moment.
        end: The last moment, or the only one.
        step: How far moments are apart, in milliseconds; None for a query at one moment.
    """

    server: str
    tenant: str
    query: str
    start: int | None
    end: int
    step: int | None

    @property
    def file_name(self) -> str:
        """The name of the file that keeps its answer."""
        said = json.dumps(attrs.asdict(self), sort_keys=True)
        return f"{hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]}.json.gz"


class AnswerCache:
    """A folder of answers.

    Attributes:
        folder: The folder.
        found: How many answers were there when they were asked for.
        kept: How many were added.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder, or use one that was made so.

        Raises:
            OutputError: If it cannot be made, or holds what slogen did not keep there.
        """
        self.folder = folder
        self.found = self.kept = 0
        self._doubts: dict[str, None] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _mark(folder)
        except OSError as fault:
            reason = f"{folder} cannot keep answers: {reason_of(fault)}"
            raise OutputError(reason, remedy="choose another folder for --cache") from fault

    @property
    def warnings(self) -> tuple[str, ...]:
        """Which files are damaged or of somebody else, and why answers could not be kept."""
        return tuple(self._doubts)

    def answer(self, asked: Asked) -> tuple[Curve, ...] | None:
        """Return an answer that is kept; None where none is, or none that can be read."""
        path = self.folder / asked.file_name
        try:
            curves = _read(path.read_bytes(), asked)
        except FileNotFoundError:
            return None
        except _DAMAGE:
            found = "it is damaged, or no answer that slogen kept"
        except OSError as fault:
            found = f"it cannot be read: {reason_of(fault)}"
        else:
            self.found += 1
            return curves
        remedy = "remove it, and its answer is kept again"
        self._doubts[f"{path} is left alone, as {found}; {remedy}"] = None
        return None

    def keep(self, asked: Asked, curves: Sequence[Curve]) -> None:
        """Keep an answer; a file that stands in its place stays as it is."""
        path = self.folder / asked.file_name
        if path.exists():
            return
        try:
            _write(path, _written(asked, curves))
        except OSError as fault:
            self._doubts[f"{self.folder} cannot keep answers: {reason_of(fault)}"] = None
        else:
            self.kept += 1


class CachedPrometheus(Prometheus):
    """A Prometheus whose answers about times that are over are kept in a folder.

    Only the samples of series over time are kept, not what is asked about one moment. What the
    server warned about is not kept either, nor an answer without any sample, nor one about a time
    that ended less than an hour ago.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     prometheus = CachedPrometheus("https://prometheus.example.com", folder)
    ...     prometheus.url, prometheus.cache.kept
    ('https://prometheus.example.com', 0)
    """

    def __init__(
        self,
        connection: Connection | str,
        folder: Path | str,
        *,
        queries_per_second: float | None = None,
    ) -> None:
        """Take how it is reached, and the folder; nothing is sent yet.

        Args:
            connection: How it is reached, as for `Prometheus`.
            folder: Where answers are kept: a new or empty folder, or one that was used before.
                Whoever may read the file system as its owner can read them without credentials.
            queries_per_second: How many queries it gets in a second at most.

        Raises:
            OutputError: If the folder cannot be used.
            InvalidValue: As for `Prometheus`, like the other errors.
        """
        super().__init__(connection, queries_per_second=queries_per_second)
        self.cache = AnswerCache(Path(folder))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the connection, with answers, and with the folder, each once."""
        return (*super().warnings, *self.cache.warnings)

    def samples(self, expr: Expr, at: datetime) -> tuple[Curve, ...]:
        """Return the samples of a window, as `Prometheus.samples` does."""
        asked = self._asked(expr, None, at, None)
        return self._kept(asked, partial(super().samples, expr, at))

    def query_range(
        self, expr: Expr, start: datetime, end: datetime, step: Duration
    ) -> tuple[Curve, ...]:
        """Return what an expression is over time, as `Prometheus.query_range` does."""
        asked = self._asked(expr, start, end, step.milliseconds)
        return self._kept(asked, partial(super().query_range, expr, start, end, step))

    def _asked(self, expr: Expr, start: datetime | None, end: datetime, step: int | None) -> Asked:
        return Asked(
            server=self.url,
            tenant=self.tenant,
            query=text(expr),
            start=None if start is None else _milliseconds(start),
            end=_milliseconds(end),
            step=step,
        )

    def _kept(self, asked: Asked, ask: Callable[[], tuple[Curve, ...]]) -> tuple[Curve, ...]:
        if (known := self.cache.answer(asked)) is not None:
            return known
        warned = self.warned
        curves = ask()
        is_over = asked.end + SETTLED_AFTER.milliseconds <= 1_000 * time.time()
        is_whole = self.warned == warned and not self.is_apart
        if is_over and is_whole and any(curve.points for curve in curves):
            self.cache.keep(asked, curves)
        return curves


def _mark(folder: Path) -> None:
    """Mark an empty folder as one of slogen's; refuse what is neither empty nor marked."""
    tag = folder / TAG
    if tag.exists():
        if tag.read_bytes() == _TAG_TEXT.encode():
            return
    elif not any(folder.iterdir()):
        _write(tag, _TAG_TEXT.encode())
        return
    raise OutputError(
        f"{folder} holds what slogen did not keep there; nothing in it was read or changed",
        allowed="a new or empty folder, or one that --cache was given before",
        remedy="choose another folder for --cache",
    )


def _read(content: bytes, asked: Asked) -> tuple[Curve, ...]:
    """Return the answer in a file; it fails if the file is damaged or about something else."""
    document = json.loads(gzip.decompress(content))
    if document["format"] != _FORMAT or document["asked"] != attrs.asdict(asked):
        raise ValueError("it is about something else")
    return tuple(map(_curve, document["series"]))


def _curve(series: dict[str, Any]) -> Curve:
    labels = {str(name): str(value) for name, value in series["labels"].items()}
    points = zip(map(float, series["times"]), map(float, series["values"]), strict=True)
    return Curve(labels, tuple(points))


def _written(asked: Asked, curves: Sequence[Curve]) -> bytes:
    """Return the file of an answer; floats are written so that they are read as the same."""
    series = [
        {
            "labels": dict(curve.labels),
            "times": [at for at, _ in curve.points],
            "values": [value for _, value in curve.points],
        }
        for curve in curves
    ]
    document = {"format": _FORMAT, "asked": attrs.asdict(asked), "series": series}
    return gzip.compress(json.dumps(document, separators=(",", ":")).encode(), 6, mtime=0)


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, as a whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1_000)
