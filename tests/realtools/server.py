"""A real Prometheus on a free port of the loopback interface, and what its kin share with it."""

import json
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import attrs

from tests.realtools.packages import find
from tests.realtools.waiting import until

READY_SECONDS = 180
STOP_SECONDS = 20
REQUEST_SECONDS = 120
"""Plenty: a busy machine takes half a minute for a query that reads a month of a hundred series."""

# The environment may name a proxy, which could not reach this machine's loopback interface.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class RequestRefusedError(OSError):
    """The server answered a request with an error; the message has its words."""


class ServerStartError(RuntimeError):
    """A server ended, or was not ready in time; the message has the tail of its log."""


@attrs.frozen(kw_only=True)
class Server:
    """A running server.

    Attributes:
        address: Where it is, as `http://host:port`.
        log_file: The file with its log.
        process: The id of its process, once it runs, for tests that kill or pause it.
    """

    address: str
    log_file: Path
    process: int = 0

    def log(self) -> str:
        """Return all that the server has printed so far."""
        return self.log_file.read_text(errors="replace")

    def request(self, path: str, *, method: str = "GET", body: object = None) -> bytes:
        """Return the body of an answer.

        Args:
            path: What is asked for.
            method: How it is asked.
            body: What is sent as JSON, if anything.

        Raises:
            RequestRefusedError: The server answered with an error.
        """
        request = urllib.request.Request(  # noqa: S310 - http
            self.address + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with _direct.open(request, timeout=REQUEST_SECONDS) as response:
                answer: bytes = response.read()
        except urllib.error.HTTPError as error:
            with error:
                words = error.read().decode(errors="replace").strip()
            raise RequestRefusedError(f"{method} {path}: {error.code} {words}") from None
        return answer


@attrs.frozen(kw_only=True)
class PrometheusServer(Server):
    """A running Prometheus, or whatever answers in its words."""

    def get(self, path: str, **params: object) -> Any:  # noqa: ANN401 - JSON of any shape
        """Return `data` of an answer of the HTTP API; parameters that are None are left out."""
        given = {name: value for name, value in params.items() if value is not None}
        query = urllib.parse.urlencode(given, doseq=True)
        return json.loads(self.request(f"{path}?{query}"))["data"]

    def query(self, expr: str, time: float | None = None) -> list[tuple[dict[str, str], float]]:
        """Return labels and value of each series of an instant query (a scalar has no labels)."""
        data = self.get("/api/v1/query", query=expr, time=time)
        if data["resultType"] == "scalar":
            return [({}, float(data["result"][1]))]
        return [(series["metric"], float(series["value"][1])) for series in data["result"]]

    def rule_groups(self) -> list[dict[str, Any]]:
        """Return the loaded rule groups, with the health of their rules."""
        groups: list[dict[str, Any]] = self.get("/api/v1/rules")["groups"]
        return groups

    def reload(self) -> None:
        """Make the server read its configuration and its rule files again."""
        self.request("/-/reload", method="POST")


@contextmanager
def running_prometheus(  # noqa: PLR0913 - each is something that a test varies
    line: str,
    rule_files: Iterable[Path],
    *,
    folder: Path,
    scrape_configs: Sequence[Mapping[str, object]] = (),
    arguments: Sequence[str] = (),
    evaluation_interval: str = "30s",
    data: Path | None = None,
    alertmanagers: Sequence[str] = (),
) -> Iterator[PrometheusServer]:
    """Run a Prometheus for the time of a with block.

    Args:
        line: "2" or "3".
        rule_files: Rule files, which must exist: Prometheus takes a missing one for a glob without
            matches, and says nothing.
        folder: Where the configuration and the log go.
        scrape_configs: What the configuration of that name holds.
        arguments: More of the command line, such as `--enable-feature=...`.
        evaluation_interval: Of groups that have no interval.
        data: The folder of the time series, which may hold some; by default `folder/data`.
        alertmanagers: Where alerts are sent to, each as `host:port`.

    Raises:
        ServerStartError: The server ended or was not ready within `READY_SECONDS`.
    """
    configuration = {
        "global": {"evaluation_interval": evaluation_interval},
        "rule_files": [str(file.resolve(strict=True)) for file in rule_files],
        "scrape_configs": list(scrape_configs),
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": list(alertmanagers)}]}]},
    }
    file = folder.resolve() / "prometheus.yml"
    file.write_text(json.dumps(configuration, indent=2, ensure_ascii=False))  # JSON is YAML, too
    storage = (data or folder / "data").resolve()
    host = f"127.0.0.1:{free_port()}"
    server = PrometheusServer(address=f"http://{host}", log_file=folder / "prometheus.log")
    command: tuple[str | Path, ...] = (
        find("prometheus", line),
        f"--config.file={file}",
        f"--storage.tsdb.path={storage}",
        f"--web.listen-address={host}",
        "--web.enable-lifecycle",
        *arguments,
    )
    with serving(server, command, lambda: _is_ready(server, storage)) as process:
        yield attrs.evolve(server, process=process)


@contextmanager
def serving(
    server: Server,
    command: Sequence[str | Path],
    is_ready: Callable[[], bool],
    *,
    folder: Path | None = None,
) -> Iterator[int]:
    """Run a server, in a working directory if need be, for the time of a with block.

    The id of its process is yielded. The tail of its log becomes a note on whatever exception
    leaves the block.

    Raises:
        ServerStartError: The server ended or was not ready within `READY_SECONDS`.
    """
    with server.log_file.open("wb") as log, _process(command, log, folder) as process:
        _wait_until_ready(server, process, is_ready)
        try:
            yield process.pid
        except BaseException as error:
            error.add_note(f"{Path(command[0]).name} at {server.address} said:\n{_tail(server)}")
            raise


@contextmanager
def _process(
    command: Sequence[str | Path], log: IO[bytes], folder: Path | None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command that is stopped at the end: asked first, then killed."""
    with subprocess.Popen(  # noqa: S603 - a tool that find() returned, and a test's arguments
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=folder
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_ready(
    server: Server, process: subprocess.Popen[bytes], is_ready: Callable[[], bool]
) -> None:
    def ended_or_ready() -> bool:
        return process.poll() is not None or is_ready()

    try:
        until(ended_or_ready, seconds=READY_SECONDS)
    except TimeoutError:
        raise ServerStartError(f"not ready in {READY_SECONDS} s:\n{_tail(server)}") from None
    if process.poll() is not None:
        raise ServerStartError(f"ended with {process.returncode}:\n{_tail(server)}")


def _is_ready(server: PrometheusServer, storage: Path) -> bool:
    """Whether it is our server that is ready: another one could have taken the free port."""
    try:
        server.request("/-/ready")
        flags = server.get("/api/v1/status/flags")
    except OSError:
        return False
    return bool(flags["storage.tsdb.path"] == str(storage))


def _tail(server: Server) -> str:
    return "\n".join(server.log().splitlines()[-30:])


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
