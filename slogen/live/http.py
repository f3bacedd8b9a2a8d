"""Requests over HTTP whose answers are bounded in size and in time, whatever the server does.

urllib3 is imported here alone, and only when a server is asked: it is an extra.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import attrs

from slogen import __version__
from slogen.diagnostics import shortened
from slogen.errors import ToolMissing
from slogen.live.bounded import within
from slogen.live.errors import AnswerTooLarge, ServerBusy, ServerUnreachable
from slogen.live.secrets import Secrets, basic
from slogen.live.tls import fault_of_files, fault_of_handshake

if TYPE_CHECKING:
    from slogen.live.connection import Connection

LARGEST_ANSWER = 64 * 2**20
"""Bytes that are read of an answer at most: a thousand SLOs need a tenth of that."""
PAUSES = (0.5, 1.0, 2.0)
"""Seconds between two tries, where the server does not say how long it wants to be left alone."""
PACKAGE = "urllib3>=2.6,<3"
"""What the extra ``live`` requires. An extra could be named only as slogen was installed."""
_CHUNK = 65_536
_LONGEST_CONNECT = 10
_TOO_MANY_REQUESTS, _SERVER_FAULT, _NOT_IMPLEMENTED = 429, 500, 501
_NO_FORMS = (405, _NOT_IMPLEMENTED)
"""What Prometheus' own client takes for a server that reads no forms, too."""
_WORDS_OF_A_FAULT = 300
_MOST_DIGITS = 9
_MORE_TIME = "make timeout in [live] longer, or ask for fewer SLOs with --slo"
_MORE_TIME_FOR_ALL = "make total_timeout in [live] longer, or ask for fewer SLOs with --slo"
_FILES = {"ca_file": "ca_certs", "client_cert": "cert_file", "client_key": "key_file"}
"""What urllib3 calls the files of a connection."""


@attrs.frozen(kw_only=True)
class Answer:
    """What a server answered.

    Attributes:
        status: The code of HTTP.
        headers: What stands before the body, by names in lower case.
        body: The body, whole.
        secrets: What it may repeat, and nobody may read.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    secrets: Secrets

    @property
    def is_for_now(self) -> bool:
        """Whether another try may be answered otherwise: 429, and 5xx but 501."""
        is_fault = self.status >= _SERVER_FAULT and self.status != _NOT_IMPLEMENTED
        return self.status == _TOO_MANY_REQUESTS or is_fault

    @property
    def beginning(self) -> str:
        """How the body begins, on one line; nothing where it is HTML."""
        # A credential in the middle of which the text would end is taken out before.
        longest = _WORDS_OF_A_FAULT + 4 * self.secrets.longest
        text = self.secrets.out_of(self.body[:longest].decode(errors="replace"))
        words = " ".join(text[:_WORDS_OF_A_FAULT].split())
        return "" if words.startswith("<") else shortened(words)


class Requests:
    """Requests to one server, over connections that are used again."""

    def __init__(self, connection: Connection) -> None:
        """Take how the server is reached; nothing is sent yet.

        Raises:
            ToolMissing: If urllib3 is not installed.
            ServerUnreachable: If a file of the connection is none.
        """
        self._connection = connection
        self._secrets = connection.secrets
        self._urllib3 = _urllib3()
        self._pool = self._made_pool()
        self._end = math.inf

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Let all requests of a with block take the total time together; an outer block counts."""
        outer, self._end = self._end, min(self._end, time.monotonic() + self._total)
        try:
            yield
        finally:
            self._end = outer

    @property
    def _total(self) -> float:
        return float(self._connection.total_timeout.seconds)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Return the answer to a form that is sent, after as many tries as the time allows.

        A proxy that lets nobody send forms is asked with the form in the address.

        Raises:
            ServerUnreachable: If there is no connection, it broke, or the time is over.
            ServerBusy: If each try was answered with 429 or 5xx.
            AnswerTooLarge: If the answer has more than `LARGEST_ANSWER` bytes.
        """
        answer = self._tried(lambda left: self._sent("POST", path, fields, left))
        if answer.status in _NO_FORMS:
            answer = self.get(f"{path}?{urlencode(fields)}")
        return answer

    def get(self, path: str) -> Answer:
        """Return the answer to a request without a form; it fails as `post` does."""
        return self._tried(lambda left: self._sent("GET", path, {}, left))

    def _tried(self, send: Callable[[float], Answer]) -> Answer:
        """Return the first answer that stays, within the time of a query."""
        end = min(time.monotonic() + float(self._connection.timeout.seconds), self._end)
        pauses = list(PAUSES)
        while True:
            fault: ServerBusy | ServerUnreachable
            try:
                answer = self._in_time(end, send)
            except ServerUnreachable as unreachable:
                fault, wanted = unreachable, 0.0
            else:
                if not answer.is_for_now:
                    return answer
                fault, wanted = self._busy(answer), self._wanted_pause(answer)
            pause = max(pauses.pop(0), wanted) if pauses else float("inf")
            if time.monotonic() + pause >= end:
                raise fault
            time.sleep(pause)

    def _in_time(self, end: float, send: Callable[[float], Answer]) -> Answer:
        left = end - time.monotonic()
        if left <= 0:
            raise self._too_late()
        try:
            return within(left, lambda: send(left))
        except TimeoutError:
            raise self._too_late() from None

    def _sent(self, method: str, path: str, fields: Mapping[str, str], left: float) -> Answer:
        """Return the answer to one try."""
        try:
            response = self._pool.request_encode_body(
                method,
                self._connection.url + path,
                fields=dict(fields) or None,
                headers=self._headers(),
                encode_multipart=False,
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=self._urllib3.Timeout(connect=min(left, _LONGEST_CONNECT), read=left),
            )
            try:
                return Answer(
                    status=response.status,
                    headers={
                        name.lower(): self._secrets.out_of(value)
                        for name, value in response.headers.items()
                    },
                    body=self._body(response, time.monotonic() + left),
                    secrets=self._secrets,
                )
            finally:
                response.close()
        except (self._urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._unreachable(error) from error

    def _body(self, response: Any, end: float) -> bytes:  # noqa: ANN401 (urllib3 is lazy)
        """Return the body, read piece by piece so that it never takes more memory than allowed."""
        body = bytearray()
        while time.monotonic() < end and (piece := response.read1(_CHUNK)):
            body += piece
            if len(body) > LARGEST_ANSWER:
                reason = f"answers with more than {LARGEST_ANSWER // 2**20} MiB"
                remedy = "ask for fewer SLOs with --slo"
                raise AnswerTooLarge(self._connection.url, reason, remedy)
        return bytes(body)

    def _headers(self) -> dict[str, str]:
        connection = self._connection
        headers = {
            "User-Agent": f"slogen/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if connection.token:
            headers["Authorization"] = f"Bearer {connection.token}"
        elif connection.user or connection.password:
            headers["Authorization"] = f"Basic {basic(connection.user, connection.password)}"
        if connection.tenant:
            headers["X-Scope-OrgID"] = connection.tenant
        return headers

    def _made_pool(self) -> Any:  # noqa: ANN401 (urllib3 is lazy)
        if fault := fault_of_files(self._connection):
            raise ServerUnreachable(self._connection.url, f"cannot be asked: {fault}")
        files = {name: getattr(self._connection, key) for key, name in _FILES.items()}
        chosen = {name: str(file) for name, file in files.items() if file}
        return self._urllib3.PoolManager(num_pools=1, cert_reqs="CERT_REQUIRED", **chosen)

    def _wanted_pause(self, answer: Answer) -> float:
        """Return how long the server wants to be left alone, in seconds."""
        said = answer.headers.get("retry-after", "")
        try:
            return float(self._urllib3.Retry(0).parse_retry_after(said)) if said else 0.0
        except (self._urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
            return 0.0

    def _busy(self, answer: Answer) -> ServerBusy:
        wait = answer.headers.get("retry-after", "")
        is_short = wait.isdigit() and len(wait) <= _MOST_DIGITS
        pause = f", and asks for a pause of {wait} s" if is_short else ""
        words = f": {answer.beginning}" if answer.beginning else ""
        reason = shortened(f"answers {answer.status} to each try{pause}{words}")
        return ServerBusy(self._connection.url, reason, "try again later")

    def _too_late(self) -> ServerUnreachable:
        if time.monotonic() >= self._end:
            reason = f"did not give all answers within {self._connection.total_timeout}"
            return ServerUnreachable(self._connection.url, reason, _MORE_TIME_FOR_ALL)
        reason = f"did not answer within {self._connection.timeout}"
        return ServerUnreachable(self._connection.url, reason, _MORE_TIME)

    def _unreachable(self, error: Exception) -> ServerUnreachable:
        """Return why there is no answer, in few words and without credentials."""
        faults, url = self._urllib3.exceptions, self._connection.url
        reason = shortened(self._secrets.out_of(_reason(error)))
        if isinstance(error, faults.NameResolutionError):
            return ServerUnreachable(url, "is a name that nobody knows", "correct the address")
        if isinstance(error, faults.SSLError):
            does, remedy = fault_of_handshake(_innermost(error))
            return ServerUnreachable(url, f"{does}: {reason}", remedy)
        if isinstance(error, faults.NewConnectionError):
            remedy = "start it, or correct the address"
            return ServerUnreachable(url, f"takes no connection: {reason}", remedy)
        if isinstance(error, faults.TimeoutError):
            return self._too_late()
        return ServerUnreachable(url, f"broke the connection off: {reason}")


def _reason(error: BaseException) -> str:
    """Return the innermost reason of a fault, without the objects that urllib3 prints."""
    error = _innermost(error)
    return str(getattr(error, "strerror", None) or error)


def _innermost(error: BaseException) -> BaseException:
    while (inner := _inner(error)) is not None:
        error = inner
    return error


def _inner(error: BaseException) -> BaseException | None:
    """Return what another fault made a fault of, if that is known."""
    wrapped = error.args[-1] if error.args else None
    return wrapped if isinstance(wrapped, BaseException) else error.__cause__


def _urllib3() -> Any:  # noqa: ANN401 (urllib3 is lazy)
    try:
        import urllib3  # noqa: PLC0415 (an extra)
    except ImportError as error:
        remedies = (f"pip install '{PACKAGE}'",)
        raise ToolMissing("urllib3", "no such package in this Python", remedies) from error
    return urllib3
