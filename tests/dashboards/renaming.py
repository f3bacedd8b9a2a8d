"""Which panels go empty when a series gets another name: ``python -m tests.dashboards.renaming``.

Rules that run record the old name; dashboards that are built anew read the new one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slogen import naming
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import migrated
from tests.dashboards import worlds
from tests.dashboards.asking import answer, queries, values_of, variables
from tests.realtools.backfill import Past
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.realtools.server import PrometheusServer

SERIES = tuple(
    name for name, value in vars(naming).items() if isinstance(value, str) and "slo:" in value
)
"""The constants of naming.py that name a series."""
SLO_IDS = ("calm-availability", "burning-availability", "burning-freshness")


@contextmanager
def renamed(constant: str) -> Iterator[None]:
    """Give a series another name in `slogen.naming` alone."""
    old = getattr(naming, constant)
    setattr(naming, constant, f"{old}_renamed")
    try:
        yield
    finally:
        setattr(naming, constant, old)


def built() -> list[dict[str, Any]]:
    """Return the dashboards of the three services as they are built now."""
    return [migrated(dashboard(board)) for board in boards(worlds.resolved())]


def empty_panels(
    server: PrometheusServer, dashboards: list[dict[str, Any]]
) -> dict[tuple[str, str], None]:
    """Return the panels, as uid and title, of which a query finds nothing where there is data."""
    found: dict[tuple[str, str], None] = {}
    for one in dashboards:
        for values in _views(one):
            for asked in queries(one, values):
                if asked.may_be_empty:
                    continue
                if not answer(server, asked, END):
                    found[asked.dashboard, asked.panel] = None
    return found


def _views(one: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the values of the variables: of a service's dashboard for each SLO that has data."""
    if all(variable["name"] != "slo" for variable in variables(one)):
        yield values_of(one)
        return
    service = one["uid"].removeprefix("slo-")
    for slo_id in SLO_IDS:
        if slo_id.startswith(service):
            yield values_of(one, slo=slo_id)


def main() -> None:
    """Print the panels that go empty, for the constants that are named or for each."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.dashboards.renaming", description=__doc__
    )
    parser.add_argument("constants", nargs="*", metavar="CONSTANT", help=", ".join(SERIES))
    chosen = parser.parse_args().constants
    if unknown := set(chosen) - set(SERIES):
        parser.error(f"naming.py has no series {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        home = worlds.world("3", Path(folder))
        with Past(line="3", folder=home).serving() as server:
            for constant in chosen or SERIES:
                with renamed(constant):
                    empty = empty_panels(server, built())
                name = getattr(naming, constant)
                lines = [f"{constant} ({name}): {len(empty)} panels go empty"]
                lines += [f"  {uid}: {title}" for uid, title in empty]
                sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
