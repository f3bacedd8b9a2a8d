"""The servers that stories happen to: both lines of Prometheus, and vmalert.

vmalert reads what it recorded an interval ago, from VictoriaMetrics. Time runs 30 times faster
there instead of 60, since a write takes a second to be seen, and a slow interval has to be longer
than that. What both measure in seconds themselves (how late a sample may be seen, how far back
rules are evaluated, how long a write waits) is shortened likewise. VictoriaMetrics remembers for up
to ten seconds which series a selector found, for each window: less than a slow interval as it is,
more than two of these, in which a rule would find an hour in one window and not in another. So it
remembers none here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.hours.exporter import serving_tenants
from tests.hours.stage import Clock, Servers, Stage
from tests.pipeline.scaling import short
from tests.realtools.exporter import scraping
from tests.realtools.server import running_prometheus
from tests.realtools.victoria import running_victoria, running_vmalert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hours.seen import Seen

_SPEED = 60
SPEED_OF_VMALERT = 30


def on_prometheus(story: Callable[[Stage], Seen], line: str, folder: Path) -> Seen:
    """Let a story happen to the Prometheus of a line; an hour takes a minute."""
    folder.mkdir(exist_ok=True)
    with serving_tenants() as exporter:

        @contextmanager
        def start(rules: Path, files: Path) -> Iterator[Servers]:
            with running_prometheus(
                line,
                [rules],
                folder=files,
                data=folder / "data",
                scrape_configs=[scraping(exporter.target, every=short("30s", _SPEED))],
                arguments=[f"--query.lookback-delta={short('5m', _SPEED)}"],
            ) as server:
                yield Servers(ruler=server, store=server)

        clock = Clock(speed=_SPEED)
        return story(Stage(folder=folder, exporter=exporter, clock=clock, start=start))


def on_vmalert(story: Callable[[Stage], Seen], folder: Path) -> Seen:
    """Let a story happen to vmalert, beside one VictoriaMetrics; an hour takes two minutes."""
    folder.mkdir(exist_ok=True)
    with (
        serving_tenants() as exporter,
        running_victoria(
            folder=folder,
            scrape_configs=[scraping(exporter.target, every=short("30s", SPEED_OF_VMALERT))],
            arguments=[
                f"-search.latencyOffset={short('30s', SPEED_OF_VMALERT)}",
                "-storage.cacheSizeIndexDBTagFilters=1",
            ],
        ) as store,
    ):

        @contextmanager
        def start(rules: Path, files: Path) -> Iterator[Servers]:
            with running_vmalert(
                [rules],
                store,
                folder=files,
                arguments=[
                    f"-datasource.queryStep={short('5m', SPEED_OF_VMALERT)}",
                    f"-rule.evalDelay={short('30s', SPEED_OF_VMALERT)}",
                    f"-remoteWrite.flushInterval={short('2s', SPEED_OF_VMALERT)}",
                ],
            ) as ruler:
                yield Servers(ruler=ruler, store=store)

        clock = Clock(speed=SPEED_OF_VMALERT, first_minutes=4)
        return story(Stage(folder=folder, exporter=exporter, clock=clock, start=start))
