"""The world of the dashboards' tests: made once for all processes, served by each that asks."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import migrated
from tests.dashboards import worlds
from tests.realtools.server import running_prometheus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.realtools.server import PrometheusServer


@pytest.fixture(scope="session", params=["3", "2"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PrometheusServer]:
    """Return a Prometheus of each line that holds the past of the three services."""
    line: str = request.param
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    home = folder / f"dashboards-{line}"
    with (folder / f"dashboards-{line}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            worlds.world(line, home)
            (home / "made").touch()
    with _served(line, home, tmp_path_factory.mktemp(f"served-{line}")) as running:
        yield running


@contextmanager
def _served(line: str, home: Path, own: Path, *arguments: str) -> Iterator[PrometheusServer]:
    """Serve a copy of a world's blocks: a TSDB has one server."""
    worlds.copied(home, own)
    with running_prometheus(
        line, [], folder=own, arguments=("--storage.tsdb.retention.time=10y", *arguments)
    ) as running:
        yield running


@pytest.fixture
def hasty_server(
    server: PrometheusServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PrometheusServer]:
    """Return a Prometheus that looks back for less than rules take to run again."""
    blocks = server.log_file.parent
    line = "2" if "served-2" in blocks.name else "3"
    own = tmp_path_factory.mktemp(f"hasty-{line}")
    with _served(line, blocks, own, "--query.lookback-delta=20s") as running:
        yield running


@pytest.fixture(scope="session")
def dashboards() -> dict[str, dict[str, Any]]:
    """Return the dashboards of the three services by their uids."""
    made = (migrated(dashboard(board)) for board in boards(worlds.rules().slos))
    return {one["uid"]: one for one in made}
