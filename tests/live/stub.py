"""A server on the loopback interface that answers as a test wants, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import attrs


@attrs.frozen(kw_only=True)
class Request:
    """What a client sent.

    Attributes:
        method: GET or POST.
        path: The path, with what stands behind ``?``.
        headers: The headers, by names in lower case.
        fields: The fields of its form.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]

    @property
    def query(self) -> str:
        """The query in PromQL, on one line."""
        return " ".join(self.fields.get("query", "").split())


Respond = Callable[["Handler", Request], None]


class Handler(BaseHTTPRequestHandler):
    """Hands requests to the function of a test, and keeps them."""

    respond: Respond
    seen: list[Request]

    def answer(
        self, body: bytes | str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send an answer with its length."""
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        """Answer a request without a body."""
        self._respond({})

    def do_POST(self) -> None:
        """Answer a form."""
        length = int(self.headers.get("Content-Length", 0))
        self._respond(dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base)
        """Keep quiet."""

    def _respond(self, fields: Mapping[str, str]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method=self.command, path=self.path, headers=headers, fields=fields)
        type(self).seen.append(request)
        try:
            type(self).respond(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@attrs.frozen(kw_only=True)
class Stub:
    """A running server: its address, and what was asked so far."""

    url: str
    seen: list[Request]


@contextmanager
def serving(respond: Respond) -> Iterator[Stub]:
    """Answer requests by a function for the time of a with block."""
    seen: list[Request] = []
    handler = type("_Handler", (Handler,), {"respond": staticmethod(respond), "seen": seen})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Stub(url=f"http://127.0.0.1:{server.server_address[1]}", seen=seen)
    finally:
        server.shutdown()
        server.server_close()


def vector(*samples: tuple[Mapping[str, str], float], **more: object) -> str:
    """Return the answer to an instant query, with a time that no test looks at."""
    result = [{"metric": dict(labels), "value": [0, repr(value)]} for labels, value in samples]
    return success("vector", result, **more)


def matrix(*curves: tuple[Mapping[str, str], Sequence[tuple[float, float]]]) -> str:
    """Return the answer to a range query."""
    result = [
        {"metric": dict(labels), "values": [[at, repr(value)] for at, value in points]}
        for labels, points in curves
    ]
    return success("matrix", result)


def success(kind: str, result: list[Any], **more: object) -> str:
    """Return an answer that Prometheus would give."""
    data = {"resultType": kind, "result": result}
    return json.dumps({"status": "success", "data": data, **more})


def always(body: bytes | str, status: int = 200, **headers: str) -> Respond:
    """Return the function that gives one answer to everything."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.answer(body, status, named)
