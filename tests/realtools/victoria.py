"""A real VictoriaMetrics and a real vmalert, each on a free port of the loopback interface."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from tests.realtools.packages import find
from tests.realtools.server import PrometheusServer, Server, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_LINE = "3"


@contextmanager
def running_victoria(
    *,
    folder: Path,
    scrape_configs: Sequence[Mapping[str, object]],
    arguments: Sequence[str] = (),
) -> Iterator[PrometheusServer]:
    """Run a single-node VictoriaMetrics, which scrapes, for the time of a with block.

    Args:
        folder: Where the configuration, the data and the log go.
        scrape_configs: What the configuration of that name holds.
        arguments: More of the command line.

    Raises:
        ServerStartError: The server ended or was not ready in time.
    """
    file = folder.resolve() / "promscrape.yml"
    file.write_text(json.dumps({"scrape_configs": list(scrape_configs)}, indent=2))
    data = str(folder.resolve() / "victoria-data")
    host = f"127.0.0.1:{free_port()}"
    server = PrometheusServer(address=f"http://{host}", log_file=folder / "victoria-metrics.log")
    command: tuple[str | Path, ...] = (
        find("victoria-metrics", _LINE),
        f"-promscrape.config={file}",
        f"-storageDataPath={data}",
        f"-httpListenAddr={host}",
        *arguments,
    )
    with serving(server, command, lambda: _is_ready(server, data)) as process:
        yield attrs.evolve(server, process=process)


@contextmanager
def running_vmalert(
    rule_files: Iterable[Path],
    datasource: Server,
    *,
    folder: Path,
    arguments: Sequence[str] = (),
) -> Iterator[PrometheusServer]:
    """Run a vmalert that reads from and writes to a VictoriaMetrics, and sends alerts nowhere.

    Args:
        rule_files: Rule files, which must exist.
        datasource: The VictoriaMetrics.
        folder: Where the log goes.
        arguments: More of the command line.

    Raises:
        ServerStartError: The server ended or was not ready in time.
    """
    files = [str(file.resolve(strict=True)) for file in rule_files]
    host = f"127.0.0.1:{free_port()}"
    server = PrometheusServer(address=f"http://{host}", log_file=folder / "vmalert.log")
    command: tuple[str | Path, ...] = (
        find("vmalert", _LINE),
        *(f"-rule={file}" for file in files),
        f"-datasource.url={datasource.address}",
        f"-remoteWrite.url={datasource.address}",
        f"-remoteRead.url={datasource.address}",
        "-notifier.blackhole",
        f"-httpListenAddr={host}",
        *arguments,
    )
    with serving(server, command, lambda: _is_ready(server, files[0])) as process:
        yield attrs.evolve(server, process=process)


def _is_ready(server: Server, mark: str) -> bool:
    """Whether it is our server that is ready: another one could have taken the free port."""
    try:
        server.request("/health")
        flags = server.request("/flags").decode(errors="replace")
    except OSError:
        return False
    return mark in flags
