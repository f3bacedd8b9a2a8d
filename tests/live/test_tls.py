"""Certificates are always checked, by the system's or by a file that is named."""

from __future__ import annotations

import shutil
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen.live import Connection, Prometheus
from slogen.live import http as live_http
from slogen.live.errors import ServerUnreachable
from slogen.promql.expr import call
from tests.live.stub import always, vector
from tests.live.stub import serving as http_serving
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
    for name, names in (("", "DNS:localhost,IP:127.0.0.1"), ("other-", "DNS:other.example.com")):
        made = run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", f"subjectAltName={names}"),
            *("-keyout", folder / f"{name}key.pem", "-out", folder / f"{name}cert.pem"),
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


@contextmanager
def serving(certificate: Path, *, asks: bool = False) -> Iterator[str]:
    """Serve over TLS for the time of a with block, and ask clients for a certificate or not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    name = certificate.name.replace("cert", "key")
    context.load_cert_chain(certificate, certificate.parent / name)
    if asks:
        context.load_verify_locations(certificate)
        context.verify_mode = ssl.CERT_REQUIRED
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_http, "PAUSES", ())


@pytest.fixture
def address(certificate: Path) -> Iterator[str]:
    """Serve over TLS for the time of a test."""
    with serving(certificate) as found:
        yield found


def fault(where: Connection) -> str:
    """Return what is said about a server that cannot be asked."""
    with pytest.raises(ServerUnreachable) as caught:
        Prometheus(where).query(call("vector", 1), NOW)
    return str(caught.value)


def test_a_certificate_that_nobody_vouches_for(address: str) -> None:
    """There is no switch to go on: the error says how to name who vouches for it."""
    said = fault(Connection(url=address))

    assert "is not trusted: " in said
    assert "name the certificates that vouch for it with ca_file" in said


def test_a_certificate_of_another_name(certificate: Path) -> None:
    """Whoever vouches for it does not vouch for this address."""
    other = certificate.parent / "other-cert.pem"
    with serving(other) as found:
        said = fault(Connection(url=found, ca_file=other))

    assert "is not trusted: " in said
    assert "write an address that its certificate names" in said


def test_a_port_without_tls() -> None:
    """The address begins with https, and the port is that of http."""
    with http_serving(always(vector())) as stub:
        said = fault(Connection(url=stub.url.replace("http:", "https:")))

    assert "speaks no TLS: " in said
    assert "begin its address with http://" in said


def test_a_server_that_asks_for_a_certificate(certificate: Path) -> None:
    """One that it accepts makes it answer, and without the error says which key names one."""
    key = certificate.parent / "key.pem"
    with serving(certificate, asks=True) as found:
        where = Connection(url=found, ca_file=certificate)
        said = fault(where)
        shown = attrs.evolve(where, client_cert=certificate, client_key=key)
        assert Prometheus(shown).query(call("vector", 1), NOW) == ()

    assert "name one that it accepts with client_cert" in said


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"ca_file": "empty.pem"}, "which holds no certificate in PEM"),
        ({"ca_file": "gone.pem"}, "which is no file"),
        ({"client_cert": "empty.pem"}, "that is no certificate with its key"),
        ({"client_cert": "cert.pem"}, "that is no certificate with its key"),
        ({"client_cert": "cert.pem", "client_key": "other-key.pem"}, "with its key"),
        ({"client_cert": "cert.pem", "client_key": "locked.pem"}, "without a password"),
        ({"client_key": "key.pem"}, "client_cert names no certificate for it"),
    ],
)
def test_files_that_are_of_no_use(certificate: Path, files: dict[str, str], says: str) -> None:
    """They are said before a server is asked, by the keys that name them; nobody is prompted."""
    folder = certificate.parent
    (folder / "empty.pem").write_text("nothing")
    locking = ("-aes128", "-passout", "pass:hush", "-in", folder / "key.pem")
    assert run("openssl", "rsa", *locking, "-out", folder / "locked.pem", seconds=60).code == 0
    where = Connection.of("https://localhost", **{key: folder / files[key] for key in files})

    said = fault(where)
    assert f"cannot be asked: {next(iter(files))} is " in said
    assert says in said


def test_a_certificate_that_a_file_vouches_for(address: str, certificate: Path) -> None:
    """With ca_file the same server is trusted."""
    where = Connection(url=address, ca_file=certificate)

    assert Prometheus(where).query(call("vector", 1), NOW) == ()
