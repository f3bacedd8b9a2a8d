"""What a scenario is: counters, an SLO on them, and the moments at which its numbers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import SLO, AlertPolicy, Events, Selector, Service, Settings, Tier, build
from tests.realtools.backfill import BLOCK, Run
from tests.truth import arithmetic
from tests.truth.arithmetic import HOUR, OWN_TIER, SECONDS, STANDARD, Sight, Traffic
from tests.truth.traffic import Counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.rules import RuleGroup

END = 8_750 * BLOCK + 20 * HOUR
"""Now, in seconds since the epoch. All times of scenarios are relative to it."""

METRIC = "http_requests_total"
_PHASE = 7
_RUN_IN = 2 * HOUR


@attrs.frozen
class Known:
    """A bound that is wider than the aim, and why.

    Attributes:
        windows: Which windows it holds for.
        relative: How far off the value may be, as a part of the truth.
        why: What it is that rules cannot know.
        moments: When it holds; always unless given.
        lines: In which lines of Prometheus it holds.
    """

    windows: tuple[str, ...]
    relative: float
    why: str
    moments: tuple[int, ...] = ()
    lines: tuple[str, ...] = ("2", "3")

    def holds(self, window: str, moment: int, line: str) -> bool:
        """Whether it is about a window at a moment."""
        then = not self.moments or moment in self.moments
        return then and window in self.windows and line in self.lines


@attrs.frozen
class Version:
    """How the SLO was written until an edit.

    Attributes:
        until: When it was edited.
        service: The name of the service; it becomes a label of all series.
        owner: The owner, who stands on the info series alone.
    """

    until: int
    service: str = ""
    owner: str = "team-shop"


@attrs.frozen(kw_only=True)
class Scenario:
    """A service with an SLO of its own, whose truth is known.

    Attributes:
        name: Of the service, and of the job of its series.
        says: What happens.
        counters: All that it serves.
        moments: When its numbers are read, relative to `END`.
        fresh: The moments within an incident or less than five minutes after a change: there a
            window has not seen all of it yet, and is held to what its lag explains instead of to
            the aims.
        objective: Of the SLO.
        window: Of the SLO.
        tiers: Its burn-rate alerts, where they are not those of the standard policy.
        life: How long the SLO has existed.
        scrape: Seconds between scrapes.
        group_by: Whether each group of the counters has a budget of its own.
        job: Whose series it looks at, if not its own.
        path: The value of a label that is asked for besides.
        missed: When scrapes fail.
        down: When Prometheus does not run.
        versions: How the SLO was written before; the last one is the one without an `until`.
        known: Bounds that are wider than the aims.
        both_lines: Whether it is run on Prometheus 2.42 as well.
    """

    name: str
    says: str
    counters: tuple[Counter, ...]
    moments: tuple[int, ...] = (0,)
    fresh: tuple[int, ...] = ()
    objective: str = "99.9%"
    window: str = "7d"
    tiers: tuple[arithmetic.Tier, ...] | None = None
    life: int | None = None
    scrape: int = 30
    group_by: bool = False
    job: str | None = None
    path: str = ""
    missed: tuple[tuple[int, int], ...] = ()
    down: tuple[tuple[int, int], ...] = ()
    versions: tuple[Version, ...] = ()
    known: tuple[Known, ...] = ()
    both_lines: bool = False

    @property
    def slo_id(self) -> str:
        """The identity that no edit changes."""
        return f"{self.name}-availability"

    @property
    def budget(self) -> float:
        """The error budget as a ratio."""
        return round(1 - float(self.objective.rstrip("%")) / 100, 9)

    @property
    def period(self) -> int:
        """The seconds of the SLO's window."""
        return SECONDS[self.window]

    @property
    def born(self) -> int:
        """When the SLO begins to exist."""
        return -(self.life or self.period + _RUN_IN)

    def born_of(self, group: str) -> float:
        """Return when a group begins to exist: not before the SLO."""
        return max(self.born, min(one.born for one in self.traffic(group).counters))

    def existed(self, group: str, since: float, until: float) -> bool:
        """Whether a group was there for all of a time."""
        gone = max(one.gone for one in self.traffic(group).counters)
        return self.born_of(group) <= since and until <= gone

    @property
    def expected_tiers(self) -> tuple[arithmetic.Tier, ...]:
        """What the burn-rate alerts are."""
        return STANDARD[self.window] if self.tiers is None else self.tiers

    @property
    def windows(self) -> tuple[str, ...]:
        """The windows whose ratios are compared."""
        return tuple(w for w in ("5m", "1h", "6h", "1d", "3d") if SECONDS[w] < self.period)

    @property
    def sight(self) -> Sight:
        """How its rules look at the counters."""
        return Sight(scrape=self.scrape)

    @property
    def groups(self) -> tuple[str, ...]:
        """The values of the label that the SLO is grouped by."""
        return tuple(dict.fromkeys(one.group for one in self.counters))

    def traffic(self, group: str) -> Traffic:
        """Return what a group is about."""
        return Traffic(counters=tuple(one for one in self.counters if one.group == group))

    def slack(self, window: str, moment: int, line: str) -> tuple[float, str]:
        """Return the widest known bound of a window at a moment, and why; 0 without any."""
        found = [one for one in self.known if one.holds(window, moment, line)]
        return max(((one.relative, one.why) for one in found), default=(0.0, ""))

    def runs(self) -> Iterator[Run]:
        """Yield its rules, version by version, and when they ran."""
        since = self.born
        for version in (*self.versions, Version(until=0)):
            spans = tuple(self._awake(since, version.until))
            yield Run(
                groups=self.rules(version),
                spans=tuple((END + a, END + b) for a, b in spans),
                moments=tuple(END + m for m in self.moments if since < m <= version.until),
            )
            since = version.until

    def rules(self, version: Version | None = None) -> tuple[RuleGroup, ...]:
        """Return slogen's rules for it, as they stand now or once were."""
        (rules,) = build([self._slo(version or Version(until=0))]).rules
        return rules.groups

    def samples(self) -> Iterator[tuple[str, Iterator[tuple[int, float]]]]:
        """Yield each raw series with its samples."""
        first = self.born - _RUN_IN
        scrapes = [
            time
            for time in range(first - first % self.scrape + _PHASE - self.scrape, 1, self.scrape)
            if not any(a <= time < b for a, b in (*self.missed, *self.down))
        ]
        for one in self.counters:
            name = f'{METRIC}{{job="{self.name}",{one.labels}}}'
            yield name, ((END + time, value) for time, value in one.samples(scrapes))

    def _awake(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        for begin, end in self.down:
            if since < begin < until:
                yield since, begin
                since = end
        yield since, until

    def _slo(self, version: Version) -> SLO:
        path = f',path="{self.path}"' if self.path else ""
        requests = Selector(f'{METRIC}{{job="{self.job or self.name}"{path}}}')
        rate, long, short = OWN_TIER
        own = (Tier("ticket", long=long, short=short, burn_rate=rate),)
        return SLO(
            service=Service(version.service or self.name, owner=version.owner),
            name="availability",
            id=self.slo_id,
            objective=self.objective,
            window=self.window,
            sli=Events(total=requests, bad=requests.where('code=~"5.."')),
            group_by=("tenant",) if self.group_by else (),
            alerts=AlertPolicy(
                preset="standard", tiers=own if self.window == "7d" else (), violated=True
            ),
            settings=Settings(scrape_interval=f"{self.scrape}s"),
        )
