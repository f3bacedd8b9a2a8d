"""A real Alertmanager on a free port of the loopback interface.

Debian's binary reads its templates from a fixed folder, which is not there where the package is
only unpacked. Then a copy is run that looks for the same folder below the working directory; that
is all that is changed. Upstream's binary has its templates inside.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tests.realtools.packages import find
from tests.realtools.server import Server, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


_TEMPLATES = "/usr/share/prometheus/alertmanager"
_TEMPLATES_HERE = "usr//share/prometheus/alertmanager"
"""Of the same length, as a binary needs it."""


@attrs.frozen(kw_only=True)
class Alertmanager(Server):
    """A running Alertmanager."""

    @property
    def target(self) -> str:
        """Where Prometheus sends alerts to, as `host:port`."""
        return self.address.removeprefix("http://")

    def alerts(self) -> list[dict[str, Any]]:
        """Return the alerts that it knows of, with their labels and status."""
        alerts: list[dict[str, Any]] = json.loads(self.request("/api/v2/alerts"))
        return alerts

    def fire(self, alerts: Iterable[Mapping[str, str]]) -> None:
        """Send alerts, by their labels, as a Prometheus does."""
        self.request("/api/v2/alerts", method="POST", body=[{"labels": one} for one in alerts])


@contextmanager
def running_alertmanager(
    line: str, configuration: Mapping[str, object], *, folder: Path
) -> Iterator[Alertmanager]:
    """Run an Alertmanager for the time of a with block.

    Args:
        line: "2" for the one of Prometheus 2.42's time, "3" for a new one.
        configuration: What `alertmanager.yml` holds; its routes end at a receiver of the test's.
        folder: Where the configuration, the data and the log go.

    Raises:
        ServerStartError: The server ended or was not ready in time.
    """
    # There are no templates: the folder is what the server is known by.
    mark = str(folder.resolve() / "*.tmpl")
    file = folder.resolve() / "alertmanager.yml"
    file.write_text(json.dumps({**configuration, "templates": [mark]}, indent=2))
    host = f"127.0.0.1:{free_port()}"
    server = Alertmanager(address=f"http://{host}", log_file=folder / "alertmanager.log")
    found = find("alertmanager", line)
    command: tuple[str | Path, ...] = (
        _movable(found, folder.resolve()),
        f"--config.file={file}",
        f"--storage.path={folder.resolve() / 'alertmanager-data'}",
        f"--web.listen-address={host}",
        "--cluster.listen-address=",
    )
    root = found.parents[2]
    with serving(server, command, lambda: _is_ready(server, mark), folder=root):
        yield server


def _movable(binary: Path, folder: Path) -> Path:
    """Return a binary that finds its templates in its unpacked package, its working directory."""
    if Path(_TEMPLATES).exists() or not (binary.parents[2] / _TEMPLATES_HERE).exists():
        return binary
    copy = folder / binary.name
    copy.write_bytes(binary.read_bytes().replace(_TEMPLATES.encode(), _TEMPLATES_HERE.encode()))
    copy.chmod(0o755)
    return copy


def _is_ready(server: Alertmanager, mark: str) -> bool:
    """Whether it is our server that is ready: another one could have taken the free port."""
    try:
        server.request("/-/ready")
        status = json.loads(server.request("/api/v2/status"))
    except OSError:
        return False
    return mark in status["config"]["original"]
