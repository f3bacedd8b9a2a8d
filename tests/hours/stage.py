"""Servers whose rules run faster, an exporter that is scraped, and what may happen to both."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import attrs

from slogen.naming import ERRORS_INCREASE
from tests.hours.accounts import accounts
from tests.hours.exporter import Exporter
from tests.hours.seen import Outage, Seen
from tests.hours.slos import FAST_INTERVAL, HOUR, OFFSET, SLOW_INTERVAL, TENANT, write_rules
from tests.realtools.server import PrometheusServer
from tests.realtools.waiting import until

TENANTS = ("steady", "other")
_PATIENCE = 60


@attrs.define(kw_only=True)
class Clock:
    """The rules' own time, in which hours are counted from the one in which a story begins.

    Attributes:
        speed: How many times faster it runs.
        first_minutes: How many minutes a story needs of its first hour.
    """

    speed: int
    first_minutes: int = 22
    _first: int = attrs.field(default=0, init=False)

    def now(self) -> float:
        """Return what time it is for the rules, in seconds since the epoch."""
        return self.speed * time.time()

    def begin(self) -> None:
        """Let the story begin in this hour, or in the next where too little of this is left."""
        self._first = int((self.now() + 60 * self.first_minutes) // HOUR)

    def wait_until(self, hour: int, minute: float) -> None:
        """Wait until a minute of an hour."""
        moment = (self._first + hour) * HOUR + 60 * minute
        self.wait(max(0.0, moment - self.now()))

    def wait(self, seconds: float) -> None:
        """Wait for a time."""
        time.sleep(seconds / self.speed)


@attrs.frozen(kw_only=True)
class Servers:
    """What runs: the server that evaluates the rules, and the one that stores what they record."""

    ruler: PrometheusServer
    store: PrometheusServer


@attrs.define(kw_only=True)
class Stage:
    """What a story happens to.

    Attributes:
        folder: Where all files go.
        exporter: What is scraped.
        clock: The rules' own time.
        start: Runs servers that evaluate a rule file, with a folder for other files of theirs.
    """

    folder: Path
    exporter: Exporter
    clock: Clock
    start: Callable[[Path, Path], AbstractContextManager[Servers]]
    _servers: Servers | None = attrs.field(default=None, init=False)
    _stopped: float | None = attrs.field(default=None, init=False)
    _outages: list[Outage] = attrs.field(factory=list, init=False)

    @property
    def servers(self) -> Servers:
        """The servers that run now."""
        assert self._servers, "no server runs"
        return self._servers

    @contextmanager
    def running(self) -> Iterator[None]:
        """Evaluate rules for the time of a with block, on the data of the block before."""
        rules = self.folder / "rules.yaml"
        if not rules.exists():
            write_rules(rules, self.clock.speed)
        folder = self.folder / f"start-{time.time_ns()}"
        folder.mkdir()
        with self.start(rules, folder) as self._servers:
            if self._stopped:
                self._outages.append(Outage(self._stopped, time.time()))
            self._stopped = None
            yield
            self._stopped = self._stopped or time.time()

    def kill(self) -> None:
        """Kill the server that evaluates the rules, which has no time to write anything."""
        self._stopped = time.time()
        os.kill(self.servers.ruler.process, signal.SIGKILL)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server do nothing for the time of a with block, neither scrape nor evaluate."""
        process, began = self.servers.ruler.process, time.time()
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)
            self._outages.append(Outage(began, time.time()))

    def reload(self, *, name: str = "requests", without_hours: bool = False) -> None:
        """Let the server read other rules of the same SLO."""
        rules = self.folder / "rules.yaml"
        write_rules(rules, self.clock.speed, name=name, without_hours=without_hours)
        self.servers.ruler.reload()

    def begin(self) -> None:
        """Let all tenants send as soon as their first count is recorded, and the story begin."""
        for tenant in TENANTS:
            self.exporter.appear(tenant)
        self._wait_until_counted(*TENANTS)
        self.exporter.send(*TENANTS)
        self.clock.begin()

    def arrive(self, tenant: str) -> None:
        """Let a tenant appear, and send as soon as its first count is recorded."""
        self.exporter.appear(tenant)
        self._wait_until_counted(tenant)
        self.exporter.send(tenant)

    def leave(self, tenant: str) -> None:
        """Let a tenant be quiet until all is counted, and then vanish."""
        self.exporter.silence(tenant)
        self.clock.wait(OFFSET + 4 * FAST_INTERVAL)
        self.exporter.vanish(tenant)

    def seen(self, *, outages: bool = True) -> Seen:
        """Let nobody send any more, wait until all is counted, and return what was seen.

        Args:
            outages: Whether scrapes stopped, too, while no rules were evaluated.
        """
        for tenant in TENANTS:
            self.exporter.silence(tenant)
        self.clock.wait(OFFSET + 4 * FAST_INTERVAL + 4 * SLOW_INTERVAL)
        return Seen(
            speed=self.clock.speed,
            answers=tuple(self.exporter.answers),
            outages=tuple(self._outages) if outages else (),
            accounts=accounts(self.servers.store, self.clock.speed),
            last_hour=int(self.clock.now() // HOUR),
        )

    def _wait_until_counted(self, *tenants: str) -> None:
        def all_are() -> bool:
            counted = self.servers.store.query(ERRORS_INCREASE)
            return set(tenants) <= {labels[TENANT] for labels, _ in counted}

        until(all_are, seconds=_PATIENCE)
