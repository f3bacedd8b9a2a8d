"""Certificates are always checked, by the system's or by a file that is named."""

from __future__ import annotations

import shutil
import ssl
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from slogen.live import Connection, Prometheus
from slogen.live import http as live_http
from slogen.live.errors import ServerUnreachable
from slogen.promql.expr import call
from tests.live.stub import vector
from tests.realtools.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the key")

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a certificate of this machine, and its key."""
    folder: Path = tmp_path_factory.mktemp("tls")
    made = run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
        seconds=60,
    )
    assert made.code == 0, made.output
    return folder / "cert.pem"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Answer with nothing."""
        body = vector().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base)
        """Keep quiet."""


class _Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that do not trust this server."""


@pytest.fixture
def address(certificate: Path) -> Iterator[str]:
    """Serve over TLS for the time of a test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.parent / "key.pem")
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no switch to go on: the error says how to name who vouches for it."""
    monkeypatch.setattr(live_http, "PAUSES", ())

    with pytest.raises(ServerUnreachable, match=r"is not trusted: .*certificate") as caught:
        Prometheus(address).query(call("vector", 1), NOW)
    assert "name the certificates that vouch for it with ca_file" in str(caught.value)


def test_a_certificate_that_a_file_vouches_for(address: str, certificate: Path) -> None:
    """With ca_file the same server is trusted."""
    where = Connection(url=address, ca_file=certificate)

    assert Prometheus(where).query(call("vector", 1), NOW) == ()


def test_a_file_without_certificates(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that holds none vouches for nobody, and that is said without a traceback."""
    monkeypatch.setattr(live_http, "PAUSES", ())
    (tmp_path / "empty.pem").write_text("nothing")
    where = Connection(url=address, ca_file=tmp_path / "empty.pem")

    with pytest.raises(ServerUnreachable):
        Prometheus(where).query(call("vector", 1), NOW)
