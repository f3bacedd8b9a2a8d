"""A small server in the place of Grafana's: the page, dashboards, and a Prometheus behind them."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from tests.experiments.browser.frames import frame
from tests.experiments.browser.steps import SCRAPE, fill, step_of
from tests.realtools.server import PrometheusServer, RequestRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator


_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_ICON = "image/svg+xml"
_NO_ICON = "empty.svg"
_FONT = re.compile(r"/public/fonts/\w+/([\w-]+)\.woff2")
_STYLES = {"Inter-Regular": "regular", "Inter-Medium": "medium"}
_RESOURCES = "/resources"


@attrs.frozen(kw_only=True)
class Site:
    """What the server has.

    Attributes:
        www: The built page.
        fonts: The files of Grafana's fonts: regular, medium and mono.
        dashboards: By uid.
        prometheus: Where queries go.
    """

    www: Path
    fonts: Mapping[str, Path] = attrs.field(hash=False)
    dashboards: Mapping[str, Mapping[str, Any]] = attrs.field(hash=False)
    prometheus: PrometheusServer

    def answer(self, path: str, params: Mapping[str, list[str]], body: str) -> tuple[int, object]:
        """Return the status and the JSON, or the file, for a request."""
        if path == "/dashboards":
            return HTTPStatus.OK, [*self.dashboards.values()]
        if path.startswith("/dashboard/"):
            return HTTPStatus.OK, self.dashboards[path.removeprefix("/dashboard/")]
        if path == "/api/ds/query":
            return self._queried(json.loads(body))
        if _RESOURCES in path:
            return self._forwarded(path.partition(_RESOURCES)[2], params, body)
        if path.startswith("/api/"):
            return HTTPStatus.NOT_FOUND, {"message": f"nothing at {path}"}
        file = self._file(path)
        return (HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND), file

    def _file(self, path: str) -> Path:
        """Return the file for a path: fonts are the machine's, and an icon may be an empty one."""
        if found := _FONT.fullmatch(path):
            return self.fonts[_STYLES.get(found[1], "mono")]
        file = self.www / (path.lstrip("/") or "index.html")
        is_missing_icon = file.suffix == ".svg" and not file.exists()
        return self.www / _NO_ICON if is_missing_icon else file

    def _queried(self, asked: Mapping[str, Any]) -> tuple[int, object]:
        begin, end = int(asked["from"]), int(asked["to"])
        status, results = HTTPStatus.OK, {}
        for query in asked["queries"]:
            try:
                frames = [*self._frames(query, begin, end)]
                results[query["refId"]] = {"status": HTTPStatus.OK, "frames": frames}
            except RequestRefusedError as refused:
                status = HTTPStatus.BAD_REQUEST
                results[query["refId"]] = {"status": status, "error": str(refused), "frames": []}
        return status, {"results": results}

    def _frames(self, query: Mapping[str, Any], begin: int, end: int) -> Iterator[dict[str, Any]]:
        step = step_of(query, begin, end)
        expr = fill(query["expr"], step=step, scrape=SCRAPE, span=end - begin)
        if query.get("range") or not query.get("instant"):
            span = {"start": begin // step * step / 1_000, "end": end // step * step / 1_000}
            got = self.prometheus.get("/api/v1/query_range", query=expr, step=step / 1_000, **span)
            for series in got["result"]:
                yield frame(query, expr, series, series["values"])
        if query.get("instant"):
            got = self.prometheus.get("/api/v1/query", query=expr, time=end / 1_000)
            is_scalar = got["resultType"] == "scalar"
            for series in [{"value": got["result"]}] if is_scalar else got["result"]:
                yield frame(query, expr, series, [series["value"]])

    def _forwarded(
        self, path: str, params: Mapping[str, list[str]], body: str
    ) -> tuple[int, object]:
        """Return what Prometheus says of labels and series, which pages ask it for directly."""
        given = urllib.parse.parse_qs(body) or params
        try:
            return HTTPStatus.OK, {"status": "success", "data": self.prometheus.get(path, **given)}
        except RequestRefusedError as refused:
            return HTTPStatus.BAD_REQUEST, {"message": str(refused)}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: ClassVar[Site]

    def do_GET(self) -> None:
        """Answer a request."""
        self._answer("")

    def do_POST(self) -> None:
        """Answer a request with a body."""
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters is in the report of the page."""

    def _answer(self, body: str) -> None:
        url = urllib.parse.urlsplit(self.path)
        status, found = self.site.answer(url.path, urllib.parse.parse_qs(url.query), body)
        kind, content = "application/json", b""
        if not isinstance(found, Path):
            content = json.dumps(found).encode()
        elif status == HTTPStatus.OK:
            kind, content = _TYPES.get(found.suffix, _ICON), found.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=3600" if isinstance(found, Path) else "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """Run the server for the time of a with block, which gets its address."""
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
