"""Prometheus' HTTP API: instant and range queries, as Mimir, Thanos and VictoriaMetrics have it."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from slogen.diagnostics import shortened
from slogen.live.connection import Connection
from slogen.live.errors import AnswerTooLarge, QueryFailed, ServerRefused, WrongServer
from slogen.live.http import Answer, Requests
from slogen.live.pace import Pace
from slogen.promql.printer import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from slogen.promql.expr import Expr
    from slogen.units import Duration

MOST_POINTS = 11_000
"""How many points a series of one range query may have; Prometheus refuses more."""
MOST_VALUES = 3_000_000
"""How many values an answer may have: Python needs a hundred bytes for each, whatever it is."""
_MOST_WARNINGS = 20
_MOST_MINUTES = 2
_LATEST = 253_402_300_799
"""The last second that a date can be made of, in the year 9999."""
_BEFORE_VALUES = (b",", b"[", b"{")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ALLOWED = "the HTTP API of Prometheus"
_PREFIXES = (
    "write the address in front of /api/v1/query: for Mimir it ends with /prometheus,\n"
    "for a cluster of VictoriaMetrics with /select/0/prometheus"
)
_LOGIN = "write an address that answers without a login page, or name a token with token_file"
_CREDENTIALS = (
    "name a file with a token by token_file in [live], or set SLOGEN_LIVE_TOKEN;\n"
    "of Mimir and the like, name the tenant as well"
)
_PARTIAL = "an answer is partial: a storage of VictoriaMetrics did not answer"
_FINE, _REDIRECTS, _LOGINS = 200, range(300, 400), (401, 403, 407)


@attrs.frozen
class Sample:
    """A series at one moment.

    Attributes:
        labels: Its labels, with ``__name__`` where the query keeps it.
        value: Its value.
    """

    labels: Mapping[str, str]
    value: float


@attrs.frozen
class Curve:
    """A series over time.

    Attributes:
        labels: Its labels.
        points: Times in seconds since the epoch, forward, and values.
    """

    labels: Mapping[str, str]
    points: tuple[tuple[float, float], ...]


class Prometheus:
    """A Prometheus, or whatever answers queries as one does.

    Attributes:
        url: Its address, without credentials.
        tenant: Whose series it is asked for; the empty text where nobody says so.
        warned: How many warnings its answers had, with those that were heard before.
        is_apart: Whether its clock shows another time than this computer's.

    >>> Prometheus("https://somebody:secret@prometheus.example.com").url
    'https://prometheus.example.com'
    """

    def __init__(
        self, connection: Connection | str, *, queries_per_second: float | None = None
    ) -> None:
        """Take how it is reached; nothing is sent yet.

        Args:
            connection: How it is reached, or its address alone, up to what ``/api/v1`` stands
                below.
            queries_per_second: How many queries it gets in a second at most, above 0; no limit
                unless given. One is sent after the other in any case.

        Raises:
            InvalidValue: If the address is none, or the limit is not above 0.
            ToolMissing: If the extra ``slogen[live]`` is not installed.
            ServerUnreachable: If a file of certificates is none.
        """
        chosen = Connection.of(connection) if isinstance(connection, str) else connection
        self.url = chosen.url
        self.tenant = chosen.tenant
        self._requests = Requests(chosen)
        self._pace = Pace(queries_per_second)
        self._secrets = chosen.secrets
        self._exposed = (_exposed(self.url),) if chosen.is_exposed else ()
        self._doubts: dict[str, None] = {}
        self.is_apart = False
        self.warned = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the connection, and what it warned of in its answers, each once."""
        return (*self._exposed, *self._doubts)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The warnings of its answers: what it answered may not be the whole truth, or old."""
        return tuple(self._doubts)

    def forget_doubts(self) -> None:
        """Forget what it warned of so far, before other questions."""
        self._doubts.clear()
        self.is_apart = False

    def limited(self) -> AbstractContextManager[None]:
        """Return a with block in which all questions together may take ``total_timeout``.

        In another such block it changes nothing.
        """
        return self._requests.limited()

    def query(self, expr: Expr, at: datetime) -> tuple[Sample, ...]:
        """Return what an expression is at a moment; values that are no numbers are left out.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        fields = {"query": text(expr), "time": _seconds(at)}
        result = self._result("/api/v1/query", fields, "vector")
        pairs = ((self._labels(item), self._point(item.get("value"))) for item in result)
        return tuple(Sample(labels, value) for labels, (_, value) in pairs if math.isfinite(value))

    def samples(self, expr: Expr, at: datetime) -> tuple[Curve, ...]:
        """Return the samples that series have in a window which ends at a moment, as recorded.

        Args:
            expr: A selection of series over a window.
            at: The end of the window.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        fields = {"query": text(expr), "time": _seconds(at)}
        return self._curves(self._result("/api/v1/query", fields, "matrix"))

    def query_range(
        self, expr: Expr, start: datetime, end: datetime, step: Duration
    ) -> tuple[Curve, ...]:
        """Return what an expression is from one moment to another, in as many queries as needed.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        found: dict[frozenset[tuple[str, str]], list[tuple[float, float]]] = {}
        for begin, until in _parts(start.timestamp(), end.timestamp(), float(step.seconds)):
            fields = {
                "query": text(expr),
                "start": f"{begin:.3f}",
                "end": f"{until:.3f}",
                "step": str(step.seconds),
            }
            for curve in self._curves(self._result("/api/v1/query_range", fields, "matrix")):
                found.setdefault(frozenset(curve.labels.items()), []).extend(curve.points)
        return tuple(Curve(dict(labels), tuple(points)) for labels, points in found.items())

    def get(self, path: str) -> Any:  # noqa: ANN401 (JSON of any shape)
        """Return the data behind a path of the API, such as ``/api/v1/rules``.

        Raises:
            ServerError: If there is no answer that can be used.
        """
        return self._secrets.out_of_document(self._data(self._requests.get(path), path))

    def _result(self, path: str, fields: Mapping[str, str], kind: str) -> list[dict[str, Any]]:
        """Return the series of an answer."""
        self._pace.wait()
        data = self._data(self._requests.post(path, fields), path)
        found = data.get("resultType") if isinstance(data, dict) else None
        result = data.get("result") if isinstance(data, dict) else None
        if found != kind or not isinstance(result, list):
            raise self._odd("with another result than was asked for")
        if not all(isinstance(item, dict) for item in result):
            raise self._odd("with a result that has no series")
        return result

    def _data(self, answer: Answer, path: str) -> Any:  # noqa: ANN401 (JSON of any shape)
        """Return the data of an answer, or raise what is wrong with it."""
        if answer.status in _REDIRECTS:
            raise self._redirect(answer)
        if answer.status in _LOGINS:
            raise self._refused(answer)
        document = self._document(answer, path)
        self._note_warnings(document)
        self._note_clock(answer)
        if document.get("status") != "success":
            kind = document.get("errorType") or "an error"
            said = f"answers with {kind}: {document.get('error') or 'no reason'}"
            raise QueryFailed(self.url, shortened(self._secrets.out_of(said)))
        if answer.status != _FINE:
            raise self._odd(f"to {path} with a success and code {answer.status}", _PREFIXES)
        return document.get("data")

    def _document(self, answer: Answer, path: str) -> dict[str, Any]:
        """Return the JSON of an answer."""
        if answer.body.lstrip()[:1] == b"<":
            found = f"with HTML to {path} (code {answer.status})"
            raise self._odd(found, _PREFIXES)
        if sum(map(answer.body.count, _BEFORE_VALUES)) > MOST_VALUES:
            reason = f"answers with more than {MOST_VALUES:,} values"
            raise AnswerTooLarge(self.url, reason, "ask for fewer SLOs with --slo")
        try:
            document = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            said = f": {answer.beginning}" if answer.beginning else ""
            found = f"with something that is no JSON to {path} (code {answer.status}){said}"
            raise self._odd(found, _PREFIXES) from error
        if not isinstance(document, dict) or "status" not in document:
            raise self._odd(f"to {path} (code {answer.status}) without a status", _PREFIXES)
        return document

    def _curves(self, result: list[dict[str, Any]]) -> tuple[Curve, ...]:
        found = []
        for item in result:
            values = item.get("values")
            if not isinstance(values, list):
                raise self._odd("with a series that has no values")
            points = (self._point(value) for value in values)
            kept = tuple((at, value) for at, value in points if math.isfinite(value))
            found.append(Curve(self._labels(item), kept))
        return tuple(found)

    def _labels(self, item: Mapping[str, Any]) -> Mapping[str, str]:
        labels = item.get("metric")
        if not isinstance(labels, dict) or not all(map(_is_text, (*labels, *labels.values()))):
            raise self._odd("with a series whose labels are no texts")
        if not self._secrets.texts:
            return labels
        return {name: self._secrets.out_of_label(value) for name, value in labels.items()}

    def _point(self, value: object) -> tuple[float, float]:
        pair = value if isinstance(value, list) else []
        try:
            at, number = map(float, pair)
        except (TypeError, ValueError, OverflowError) as error:
            raise self._odd("with a sample that is none") from error
        if not 0 <= at <= _LATEST:
            raise self._odd("with a sample of a moment that is none")
        return at, number

    def _note_warnings(self, document: Mapping[str, Any]) -> None:
        said = document.get("warnings") or []
        for warning in said if isinstance(said, list) else [said]:
            self.warned += 1
            self._doubt(self._secrets.out_of(str(warning)))
        if document.get("isPartial"):
            self.warned += 1
            self._doubt(_PARTIAL)

    def _note_clock(self, answer: Answer) -> None:
        """Warn once where the clocks differ: what is asked about now is then about the past."""
        minutes = _minutes_apart(answer)
        if abs(minutes) > _MOST_MINUTES and not self.is_apart:
            self.is_apart = True
            side = "behind" if minutes > 0 else "ahead of"
            apart = f"{abs(minutes):.0f} minutes {side} the server's"
            self._doubt(f"the clock of this computer is {apart}: correct one of them")

    def _doubt(self, warning: str) -> None:
        if len(self._doubts) < _MOST_WARNINGS:
            self._doubts[shortened(warning)] = None

    def _odd(self, found: str, remedy: str = "") -> WrongServer:
        return WrongServer(self.url, f"answers {found}", remedy, allowed=_ALLOWED)

    def _redirect(self, answer: Answer) -> WrongServer:
        found = f"with code {answer.status}: it sends slogen to {_place(answer)}"
        return self._odd(found, _LOGIN)

    def _refused(self, answer: Answer) -> ServerRefused:
        said = f": {answer.beginning}" if answer.beginning else ""
        reason = shortened(f"refuses the credentials with code {answer.status}{said}")
        return ServerRefused(self.url, reason, _CREDENTIALS)


def _place(answer: Answer) -> str:
    """Return where a redirect leads to, without what may be a credential."""
    try:
        parts = urlsplit(answer.headers.get("location", ""))
    except ValueError:
        return "what is no address"
    host = parts.netloc.rpartition("@")[2]
    return shortened(f"{parts.scheme}://{host}" if host else "another path")


def _minutes_apart(answer: Answer) -> float:
    """Return how far the server's clock is ahead, in minutes; 0 where it does not say the time.

    HTTP has dates in GMT alone.
    """
    try:
        said = parsedate_to_datetime(answer.headers.get("date", ""))
        seconds = said.replace(tzinfo=UTC).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return seconds / 60


def _is_text(text: object) -> bool:
    """Tell whether something is a text that UTF-8 can hold."""
    return isinstance(text, str) and (text.isascii() or not _SURROGATES.search(text))


def _exposed(url: str) -> str:
    return f"credentials go to {url} unencrypted: anyone on the way can read them"


def _parts(start: float, end: float, step: float) -> Iterator[tuple[float, float]]:
    """Cut a time into parts of few enough points; the points are those of the whole.

    >>> list(_parts(0, 60, 30)), len(list(_parts(0, 30 * 86_400, 60)))
    ([(0, 60)], 4)
    """
    length = (MOST_POINTS - 1) * step
    while start <= end:
        yield start, min(start + length, end)
        start += length + step


def _seconds(at: datetime) -> str:
    return f"{at.timestamp():.3f}"
