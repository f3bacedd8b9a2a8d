"""How soon alerts fire and are over: what the arithmetic says against worlds that are played."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from slogen import SLO, AlertPolicy, ErrorRatio, Events, Service, Settings, Tier, TimeSlices, Up
from slogen.plan import Observation, TimeRange, resolve, time_to_fire, time_to_resolve
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import SLI
    from slogen.plan import ResolvedSLO, ResolvedTier, Timing

KINDS: dict[str, SLI] = {
    "counted": Events(total="requests_total", bad="failures_total"),
    "compared": Events(total="requests_total", good="served_total"),
    "estimated": Events(
        total="max(rate(requests_total[$window]))", bad="max(rate(failures_total[$window]))"
    ),
    "smoothed": ErrorRatio(query="sum(rate(bad[$window])) / sum(rate(all[$window]))"),
    "judged": TimeSlices(query="sum(rate(work_total[$window]))", good_when=">= 10"),
    "at once": ErrorRatio(query="error_ratio"),
    "sliced": TimeSlices(query="temperature", good_when="<= 30"),
    "probed": Up(gauge="up"),
}
AT_ONCE = {"at once", "sliced", "probed"}
COUNTED = {"counted", "compared"}
PRESETS = {"1h": 0, "6h": 1, "1d": 2, "3d": 3}
NEVER = 10**15


def planned(
    *tiers: Tier,
    sli: SLI = KINDS["counted"],
    objective: str = "99.9%",
    chosen: Settings | None = None,
) -> ResolvedSLO:
    """Return an SLO with tiers; with those of the preset if none is given."""
    policy = AlertPolicy(preset="none", tiers=tiers) if tiers else AlertPolicy.standard()
    slo = SLO(
        service=Service("shop"),
        name="a",
        objective=objective,
        window="30d",
        sli=sli,
        alerts=policy,
        settings=chosen or Settings(),
    )
    (plan,) = resolve(slo, Settings())
    return plan


def preset(long: str) -> tuple[ResolvedSLO, ResolvedTier]:
    """Return an SLO of 99.9 % and its tier with a long window."""
    slo = planned()
    return slo, slo.tiers[PRESETS[long]]


@attrs.frozen(kw_only=True)
class Luck:
    """What nobody chooses.

    Attributes:
        scrape: When the first scrape after the change is, as a part of the interval; likewise the
            evaluations of the fast and the slow group, and the border of an hour.
        turn: At which part of the new ratio a smoothed value is judged to be bad.
        is_closed: Whether a sample on the border of a range counts: in Prometheus 2 it does.
        extra: How long errors go on once the alert fires, in milliseconds.
    """

    scrape: Fraction = Fraction(0)
    fast: Fraction = Fraction(0)
    slow: Fraction = Fraction(0)
    hour: Fraction = Fraction(0)
    turn: Fraction = Fraction(0)
    is_closed: bool = False
    extra: int = 1


@attrs.frozen
class Ticks:
    """Instants at an equal distance, in milliseconds; number 0 is the first from 0 on."""

    phase: int
    interval: int

    @classmethod
    def of(cls, part: Fraction, interval: Duration) -> Ticks:
        """Return ticks whose first one is at a part of the interval."""
        return cls(math.floor(part * interval.milliseconds), interval.milliseconds)

    def at(self, number: int) -> int:
        """Return the instant of a tick."""
        return self.phase + number * self.interval

    def last(self, time: int) -> int:
        """Return the number of the last tick until a time."""
        return (time - self.phase) // self.interval

    def first_within(self, start: int, *, is_closed: bool) -> int:
        """Return the number of the first tick of a range, which its start belongs to or not."""
        return self.last(start - 1 if is_closed else start) + 1


Amounts = tuple[Fraction, int]
"""Errors, as parts of the new error ratio, and events."""


def added(one: Amounts, other: Amounts) -> Amounts:
    """Return the sum of both, errors and events each for itself."""
    return one[0] + other[0], one[1] + other[1]


class World:
    """An SLO in a Prometheus, played: errors begin at 0, all times are in milliseconds.

    There is one event a millisecond, or none is counted but time itself.
    """

    def __init__(
        self, case: Case, luck: Luck, *, age: int | None = None, ended: int = NEVER
    ) -> None:
        """Begin an SLO that has existed for some time when errors begin, or for very long."""
        self.kind, slo, tier, ratio = case.kind, case.slo, case.tier, case.ratio
        timing = slo.timing
        self.tier, self.luck, self.ended = tier, luck, ended
        self.limit = Fraction(tier.threshold * slo.budget) / Fraction(ratio)
        self.late = self._late(timing)
        self.moved = timing.query_offset.milliseconds if timing.query_offset else 0
        self.steady = timing.steady_range.milliseconds if timing.steady_range else 0
        self.base_range = timing.base_range.milliseconds
        self.scrapes = Ticks.of(luck.scrape, timing.scrape_interval)
        self.fast = Ticks.of(luck.fast, timing.fast_interval)
        self.slow = Ticks.of(luck.slow, timing.slow_interval)
        self.hours = Ticks.of(luck.hour, Duration("1h"))
        long_ago = tier.long.milliseconds + 2 * 10**7
        self.born = -long_ago if age is None else -age - self.moved
        self.counts_time = not slo.definition.sli.counts_events
        self.sums: list[Amounts] = []

    def _late(self, timing: Timing) -> int:
        """Return how far back raw series are read: free queries are not."""
        if self.kind in COUNTED:
            return timing.counter_offset.milliseconds
        gauges = timing.gauge_offset.milliseconds if timing.gauge_offset else 0
        return gauges if self.kind == "probed" else 0

    def base(self, time: int) -> Amounts:
        """Return what the base series show at an evaluation.

        Of counters that is what they counted from the newest scrape of the evaluation before to
        the newest one now; else it is a part of the time since.
        """
        end = time - self.late
        last = self.scrapes.at(self.scrapes.last(end))
        if self.kind in COUNTED:
            before = self.scrapes.at(self.scrapes.last(end - self.fast.interval))
            return Fraction(self._bad_until(last) - self._bad_until(before)), last - before
        return self._shown(last, end) * self.fast.interval, self.fast.interval

    def _shown(self, last: int, end: int) -> Fraction:
        """Return the part of the new error ratio that a query shows."""
        if self.kind in AT_ONCE:
            return Fraction(0 <= last < self.ended)
        start, is_closed = end - self.base_range, self.luck.is_closed
        first = self.scrapes.at(self.scrapes.first_within(start, is_closed=is_closed))
        shown = Fraction(self._bad_until(last) - self._bad_until(first), last - first)
        return Fraction(shown > self.luck.turn) if self.kind == "judged" else shown

    def _bad_until(self, time: int) -> int:
        return max(min(time, self.ended), 0)

    @cached_property
    def _first_sample(self) -> int:
        return self.fast.first_within(self.born, is_closed=True)

    def _sum(self, last: int) -> Amounts:
        """Return the sums of the base series over all evaluations until one."""
        if last < self._first_sample:
            return Fraction(0), 0
        while len(self.sums) <= last - self._first_sample:
            number = self._first_sample + len(self.sums)
            before = self.sums[-1] if self.sums else (Fraction(0), 0)
            self.sums.append(added(before, self.base(self.fast.at(number))))
        return self.sums[last - self._first_sample]

    def _over(self, end: int, window: int) -> Amounts:
        """Return the sums of the base series over a range."""
        first = self.fast.first_within(end - window, is_closed=self.luck.is_closed)
        until, before = self._sum(self.fast.last(end)), self._sum(first - 1)
        return until[0] - before[0], until[1] - before[1]

    def is_above(self, window: Duration, time: int) -> bool:
        """Tell whether a window, as it was recorded last, is above the limit.

        Where two metrics are compared, the lowest of what was recorded lately counts.
        """
        if window > LONGEST_FAST_WINDOW:
            return self._long_is_above(window, self.slow.at(self.slow.last(time)))
        last, first = self.fast.last(time), self.fast.last(time)
        if self.steady:
            first = self.fast.first_within(time - self.steady, is_closed=self.luck.is_closed)
        sums = (self._over(self.fast.at(n), window.milliseconds) for n in range(first, last + 1))
        lengths = [(errors, self._divisor(events, window)) for errors, events in sums]
        seen = [self._ratio_is_above(errors, events) for errors, events in lengths if events]
        return bool(seen) and all(seen)

    def _divisor(self, events: int, window: Duration) -> int:
        return max(events, window.milliseconds) if self.counts_time else events

    def _ratio_is_above(self, errors: Fraction, events: int) -> bool:
        return events > 0 and errors / events > self.limit

    def _long_is_above(self, window: Duration, time: int) -> bool:
        """Tell whether a window of hours, and what none holds yet, is above the limit."""
        errors, events = self._all_since(self._first_hour_of(window, time), time)
        if self.counts_time and (age := self._age(time)):
            usual = min(Fraction(self._all_since(self.born, time)[1], age), Fraction(1))
            return self._ratio_is_above(errors, max(events, math.ceil(window.milliseconds * usual)))
        return self._ratio_is_above(errors, events)

    def _all_since(self, since: int, time: int) -> Amounts:
        """Return the sums of the base series over evaluations from one time to another."""
        first = self.fast.first_within(since, is_closed=True)
        until, before = self._sum(self.fast.last(time)), self._sum(first - 1)
        return until[0] - before[0], until[1] - before[1]

    def _recorded(self, hour: int) -> int:
        """Return when an hour is recorded: by the first evaluation four minutes after its end."""
        due = self.hours.at(hour + 1) + 240_000
        return self.slow.at(self.slow.first_within(due, is_closed=True))

    def _first_hour_of(self, window: Duration, time: int) -> int:
        """Return when the first hour begins that is within a window."""
        start = time - window.milliseconds
        hour = self.hours.last(start) - 2
        while self._recorded(hour) < start + (not self.luck.is_closed):
            hour += 1
        return self.hours.at(hour)

    def _age(self, time: int) -> int:
        """Return how long the SLO has existed, as its first hour or else its evaluations say."""
        first, fast = self._first_sample, self.fast
        hour = self.hours.last(fast.at(first))
        if self._recorded(hour) > time:
            return max(fast.last(time) - first + 1, 0) * fast.interval
        end = self.hours.at(hour + 1)
        evaluations = fast.last(end - 1) - first + 1
        return time - end + min(evaluations * fast.interval, 3_600_000)

    def _is_warm(self, time: int) -> bool:
        return self._age(self.slow.at(self.slow.last(time))) >= self.tier.warm_up.milliseconds

    def is_burning(self, time: int) -> bool:
        """Tell whether the alert's condition holds at an evaluation."""
        windows = (self.tier.short, self.tier.long)
        return all(self.is_above(window, time) for window in windows) and self._is_warm(time)

    @property
    def evaluations(self) -> Ticks:
        """The evaluations of the alert."""
        return self.slow if self.tier.is_slow else self.fast

    def firing(self) -> tuple[int, int]:
        """Return when the alert begins to fire and when it does not any more."""
        for_, keep = (
            one.milliseconds if one else 0
            for one in (self.tier.alert.for_, self.tier.alert.keep_firing_for)
        )
        since, sound, fired = None, None, None
        number = self.evaluations.first_within(max(self.born, -self.moved), is_closed=True)
        while True:
            now = self.evaluations.at(number)
            if self.is_burning(now):
                since, sound = now if since is None else since, None
                if fired is None and now - since >= for_:
                    fired = now
                    if self.ended == NEVER:
                        return fired + self.moved, NEVER
            else:
                since, sound = None, now if sound is None else sound
                if fired is not None and now - sound >= keep:
                    return fired + self.moved, now + self.moved
            number += 1
            assert now < 10**9, "it never fires"


def within(time: int, times: TimeRange) -> bool:
    """Tell whether a time is in a range of whole seconds."""
    return times.earliest.milliseconds <= time <= times.latest.milliseconds


def check_against_a_world(case: Case, luck: Luck, age: int | None = None) -> None:
    """Play a world until the alert fires, and another one in which errors end soon after that."""
    lived = None if age is None else Duration.of_milliseconds(age) if age else Duration.zero()
    predicted = time_to_fire(case.slo, case.tier, case.ratio, age=lived)
    assert predicted is not None
    fired, _ = World(case, luck, age=age).firing()
    assert within(fired, predicted), f"fires after {fired}ms, not in {predicted}"

    if age is not None:
        return
    needed = predicted.latest.milliseconds if case.tier.is_slow else fired
    ended = max(fired, needed) + luck.extra
    again, over = World(case, luck, ended=ended).firing()
    assert again == fired
    predicted = time_to_resolve(case.slo, case.tier, case.ratio)
    assert within(over - ended, predicted), f"is over after {over - ended}ms, not in {predicted}"


PARTS = st.fractions(0, 1, max_denominator=1000).filter(lambda part: part < 1)
LUCK = st.builds(
    Luck,
    scrape=PARTS,
    fast=PARTS,
    slow=PARTS,
    hour=PARTS,
    turn=PARTS,
    is_closed=st.booleans(),
    extra=st.integers(1, 600_000) | st.just(1),
)
DELAYS = st.sampled_from([None, "0s", "45s", "2m", "10m"])
FAST_WINDOWS = st.sampled_from(
    ["4m/2m", "5m/3m", "10m/5m", "7m/6m", "30m/5m", "1h/5m", "3h/15m", "6h/30m", "6h/2m"]
)
SLOW_WINDOWS = st.sampled_from(["7h/35m", "12h/8h", "1d/2h", "3d/6h"])


@attrs.define(kw_only=True, slots=False)
class Case:
    """An SLO with one tier, in the words of a user, and an error ratio above its threshold."""

    kind: str
    objective: str
    windows: str
    burn_rate: Decimal
    ratio: Decimal
    for_: str | None = None
    keep: str | None = None
    timing: dict[str, Any] = attrs.field(factory=dict)

    @cached_property
    def slo(self) -> ResolvedSLO:
        """The SLO."""
        long, short = self.windows.split("/")
        tier = Tier(
            "page",
            long=long,
            short=short,
            burn_rate=self.burn_rate,
            for_=self.for_,
            keep_firing_for=self.keep,
        )
        chosen = Settings(prometheus="3.0", **self.timing)
        return planned(tier, sli=KINDS[self.kind], objective=self.objective, chosen=chosen)

    @property
    def tier(self) -> ResolvedTier:
        """Its tier."""
        return self.slo.tiers[0]


@st.composite
def timings(draw: st.DrawFn) -> dict[str, Any]:
    """Return settings that are about time."""
    scrape = draw(st.sampled_from([5, 10, 15, 20, 30, 40, 60]))
    intervals = (scrape, 2 * scrape, Fraction(scrape, 2))
    fast = draw(st.sampled_from([interval for interval in intervals if 120 % interval == 0]))
    scrapes = draw(st.sampled_from([None, Fraction(2), Fraction(5, 2), Fraction(3), Fraction(5)]))
    slow = draw(st.sampled_from([120, 240]))
    chosen: dict[str, Any] = {
        "scrape_interval": f"{scrape}s",
        "fast_interval": f"{int(fast * 1000)}ms",
        "slow_interval": f"{slow}s",
    }
    if scrapes:
        chosen["base_range"] = f"{int(scrapes * scrape * 1000)}ms"
    moved = draw(st.sampled_from(["", "offset", "query_offset"]))
    if moved:
        # Groups that are moved must not be moved so far that nobody finds what they record.
        chosen[moved] = draw(st.sampled_from(["15s", "45s", "90s" if slow == 120 else "60s"]))
    return chosen


@st.composite
def cases(
    draw: st.DrawFn, windows: st.SearchStrategy[str], least: Decimal = Decimal("1.001")
) -> Case:
    """Return a case.

    Args:
        draw: Hypothesis' means.
        windows: Which windows the tier may have.
        least: How much more than the threshold the error ratio is.
    """
    kind = draw(st.sampled_from(list(KINDS)))
    objective = draw(st.sampled_from(["80%", "90%", "99%", "99.9%", "99.999%"]))
    budget = 1 - Decimal(objective.rstrip("%")) / 100
    limit = draw(st.decimals(budget, Decimal("0.95"), places=6))
    above = max(limit * least, limit + Decimal("0.000001"))
    assume(limit >= budget and above <= 1)
    judged = kind in {"judged", "sliced"}
    simple = st.sampled_from(["1.25", "2", "4", "10"]).map(lambda factor: Decimal(factor) * limit)
    ratios = st.just(above) | simple | st.decimals(above, 1)
    return Case(
        kind=kind,
        objective=objective,
        windows=draw(windows),
        burn_rate=limit / budget,
        ratio=Decimal(1) if judged else min(draw(ratios), Decimal(1)),
        for_=draw(DELAYS),
        keep=draw(DELAYS),
        timing=draw(timings()),
    )


JUST_ABOVE = Case(
    kind="counted",
    objective="80%",
    windows="4m/2m",
    burn_rate=Decimal(1),
    ratio=Decimal("0.2002"),
    timing={"scrape_interval": "5s"},
)
WHOLE = Case(
    kind="sliced", objective="80%", windows="1h/5m", burn_rate=Decimal(1), ratio=Decimal(1)
)
LATE = attrs.evolve(JUST_ABOVE, kind="at once", timing={"fast_interval": "10s", "offset": "15s"})


@example(JUST_ABOVE, Luck())  # what a rate shows in part leaves the window again
@example(WHOLE, Luck())  # the last sample that has to leave leaves exactly the limit
@settings(max_examples=150)
@given(cases(FAST_WINDOWS), LUCK)
def test_fast_tiers(case: Case, luck: Luck) -> None:
    """However scrapes and evaluations fall, an alert fires and is over within the ranges."""
    check_against_a_world(case, luck)


@settings(max_examples=15)
@given(cases(SLOW_WINDOWS, Decimal("1.05")), LUCK)
def test_slow_tiers(case: Case, luck: Luck) -> None:
    """The same where windows are hours, and what no hour holds yet."""
    check_against_a_world(case, luck)


@example(LATE, Luck(), 0)  # the first evaluation sees the time before the change
@settings(max_examples=100)
@given(cases(FAST_WINDOWS), LUCK, st.integers(0, 7_200_000))
def test_young_fast_tiers(case: Case, luck: Luck, age: int) -> None:
    """An SLO that has not existed for long has a shorter past, and so fires sooner."""
    check_against_a_world(case, luck, age)


@settings(max_examples=15)
@given(cases(SLOW_WINDOWS, Decimal("1.05")), LUCK, st.integers(0, 200_000_000))
def test_young_slow_tiers(case: Case, luck: Luck, age: int) -> None:
    """The same over hours; it waits for half of the window."""
    check_against_a_world(case, luck, age)


def test_a_total_outage() -> None:
    """Of 99.9 %, a total outage pages after 66s to 128s; that is over some 16 minutes later."""
    slo, tier = preset("1h")

    assert str(time_to_fire(slo, tier, Decimal(1))) == "66s to 128s"
    assert str(time_to_resolve(slo, tier, Decimal(1))) == "910s to 1001s"


@pytest.mark.parametrize(
    ("long", "ratio", "fires", "resolves"),
    [
        ("1h", "1", "66s to 128s", "910s to 1001s"),
        ("1h", "0.1", "533s to 598s", "871s to 958s"),
        ("6h", "1", "144s to 205s", "2404s to 2495s"),
        ("1d", "1", "274s to 406s", "7193s to 7344s"),
        ("3d", "1", "274s to 399s", "21593s to 21744s"),
        ("3d", "0.002", "129735s to 2195m", "10815s to 10950s"),
    ],
)
def test_the_standard_policy(long: str, ratio: str, fires: str, resolves: str) -> None:
    """How soon the tiers of the standard policy tell of an error ratio, for 99.9 %."""
    slo, tier = preset(long)

    assert str(time_to_fire(slo, tier, Decimal(ratio))) == fires
    assert str(time_to_resolve(slo, tier, Decimal(ratio))) == resolves


def test_never_at_the_threshold() -> None:
    """An error ratio at the threshold, or below it, never makes an alert fire."""
    slo, tier = preset("1h")
    limit = tier.threshold * slo.budget

    assert time_to_fire(slo, tier, limit) is None
    assert time_to_fire(slo, tier, limit / 2, age=Duration.zero()) is None
    assert time_to_fire(slo, tier, limit + Decimal("0.0000001")) is not None


@given(cases(FAST_WINDOWS | SLOW_WINDOWS), st.none() | st.integers(0, 200_000_000))
def test_more_errors_are_seen_no_later(case: Case, age: int | None) -> None:
    """A ratio up to twice as high never fires later, and is never over sooner."""
    lived = None if age is None else Duration("1ms") * (age + 1)
    higher = min(2 * case.ratio, Decimal(1))
    less, more = (
        time_to_fire(case.slo, case.tier, ratio, age=lived) for ratio in (case.ratio, higher)
    )
    before, after = (time_to_resolve(case.slo, case.tier, one) for one in (case.ratio, higher))

    assert less
    assert more
    assert more.earliest <= less.earliest
    assert more.latest <= less.latest
    assert before.earliest <= after.earliest
    assert before.latest <= after.latest


@given(cases(FAST_WINDOWS | SLOW_WINDOWS), st.none() | st.integers(0, 200_000_000))
def test_a_range_has_two_ends(case: Case, age: int | None) -> None:
    """The earliest is no later than the latest, and both are whole seconds."""
    lived = None if age is None else Duration("1ms") * (age + 1)
    ranges = (
        time_to_fire(case.slo, case.tier, case.ratio, age=lived),
        time_to_resolve(case.slo, case.tier, case.ratio),
    )

    for times in ranges:
        assert times
        assert times.earliest <= times.latest
        assert times.earliest.milliseconds % 1000 == times.latest.milliseconds % 1000 == 0


@pytest.mark.parametrize(
    "late", [Settings(offset="45s"), Settings(query_offset="45s", prometheus="3.0")]
)
@pytest.mark.parametrize("place", range(4))
def test_late_data_is_seen_later(late: Settings, place: int) -> None:
    """An offset, whoever makes it, moves both ends of both ranges by more than the usual 15s."""
    slos = planned(), planned(chosen=late)

    for question in (time_to_fire, time_to_resolve):
        here, there = (question(slo, slo.tiers[place], Decimal("0.5")) for slo in slos)
        assert here
        assert there
        assert there.earliest.milliseconds - here.earliest.milliseconds == 30_000
        assert there.latest.milliseconds - here.latest.milliseconds == 30_000


@pytest.mark.parametrize(
    ("age", "fires"),
    [
        (None, "2607s to 2689s"),
        ("10d", "2607s to 2689s"),
        ("1h", "2607s to 2689s"),
        ("10m", "1596s to 1811s"),
        ("1m", "270s to 8m"),
        ("0s", "330s to 9m"),
    ],
)
def test_the_younger_the_sooner(age: str | None, fires: str) -> None:
    """What an SLO has not lived through cannot speak against the errors."""
    slo, tier = preset("1h")
    lived = Duration.zero() if age == "0s" else Duration(age) if age else None

    assert str(time_to_fire(slo, tier, Decimal("0.02"), age=lived)) == fires


@pytest.mark.parametrize("age", [None, Duration("5m"), Duration("10m")])
@pytest.mark.parametrize("kind", ["at once", "sliced", "probed"])
def test_an_slo_of_time_is_never_young(kind: str, age: Duration | None) -> None:
    """What was not seen of a window up to 6h is good, so that it rises the same at any age."""
    tier = Tier("page", long="1h", short="5m", burn_rate="10")
    slo = planned(tier, sli=KINDS[kind], objective="99%")

    assert str(time_to_fire(slo, slo.tiers[0], Decimal("0.99"), age=age)) == "6m to 7m"


@pytest.mark.parametrize(
    ("ratio", "fires"),
    [("0.199", "30m to 31m"), ("0.2", "1770s to 31m"), ("0.202", "1770s to 1830s")],
)
def test_a_window_on_the_limit_may_be_beyond_it(ratio: str, fires: str) -> None:
    """Twice the threshold is on the limit after half of the window; rounding decides which side."""
    tier = Tier("page", long="1h", short="5m", burn_rate="10")
    slo = planned(tier, sli=KINDS["probed"], objective="99%")

    assert str(time_to_fire(slo, slo.tiers[0], Decimal(ratio))) == fires


@pytest.mark.parametrize(
    ("age", "fires"),
    [
        ("0s", "43170s to 724m"),
        ("6h", "21570s to 364m"),
        ("11h59m", "144s to 5m"),
        ("2d", "274s to 406s"),
    ],
)
def test_a_young_slo_is_waited_for(age: str, fires: str) -> None:
    """A tier over a day asks for half a day of existence."""
    slo, tier = preset("1d")
    lived = Duration.zero() if age == "0s" else Duration(age)

    assert str(time_to_fire(slo, tier, Decimal(1), age=lived)) == fires


@pytest.mark.parametrize(
    ("pace", "fires", "resolves"),
    [
        ("30s", "510s to 9m", "14m to 15m"),
        ("2m", "8m to 10m", "14m to 16m"),
        ("10m", "0d to 20m", "10m to 20m"),
    ],
)
def test_recorded_series_at_one_pace(pace: str, fires: str, resolves: str) -> None:
    """With base series given and one pace for all groups, a range is a few intervals long."""
    slo, tier = preset("1h")
    observation = Observation.of(slo).of_base_series(Duration(pace))

    assert str(time_to_fire(slo, tier, Decimal("0.1"), observation=observation)) == fires
    assert str(time_to_resolve(slo, tier, Decimal("0.1"), observation=observation)) == resolves


def test_hours_that_are_given_alone() -> None:
    """A day has 24 hours, or 25 where those at both ends count, and sees each when it is over.

    It is above 95 % of the new ratio once it has seen 23 of 24, or 24 of 25, and an alert that is
    evaluated each hour may see that an hour later.
    """
    slo, tier = preset("1d")
    ratio = tier.threshold * slo.budget / Decimal("0.95")
    observation = Observation.of(slo).of_base_series(Duration("1h"), Duration("1h"))

    assert str(time_to_fire(slo, tier, ratio, observation=observation)) == "23h to 25h"


def test_a_range_reads_well() -> None:
    """Each end prints as a duration does."""
    assert str(TimeRange(Duration("90s"), Duration("2h"))) == "90s to 2h"
    assert str(TimeRange(Duration.zero(), Duration("1m"))) == "0d to 1m"
