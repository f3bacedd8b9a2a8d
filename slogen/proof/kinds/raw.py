"""Raw series that feed an SLI, as the rest of the proof speaks of them.

There are two sorts: counters of events, and series that show a state. A kind of SLI says which of
its own it has; the scenarios ask for the sort, never for the kind.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

import attrs

from slogen.promql.linear_form import Merge, keeps_all, merges_none
from slogen.proof.kinds.held import HeldSeries
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import Counter, Identity, Part, State
from slogen.proof.phases import ZERO
from slogen.proof.sampling import CannotSample
from slogen.proof.subject import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.promql.selector import Matcher

NAN = Decimal("NaN")


@attrs.frozen(kw_only=True)
class RawCounters:
    """The counters of an SLI that has two selectors.

    Attributes:
        whole: What selects all events.
        part: What selects the good or the bad ones.
        part_name: Which of the two.
        make: From the labels of a group to its counters.
        optional_part: The events that count as none while there is no series of them.
        may_contradict: Whether more may be counted of the part than of the whole.
        joins_series: Whether a series counts only where the other one with its labels does.
        spelling: Another spelling of the bound of a histogram's bucket, if clients have one.
        remark: What a reader of the series has to know.
        is_graded: Whether some of the events can be bad; they always can.
    """

    whole: Selection
    part: Selection
    part_name: Literal["good", "bad"]
    make: Callable[[Labels], tuple[Counter, ...]]
    optional_part: Part | None = None
    may_contradict: bool = False
    joins_series: bool = False
    spelling: str = ""
    remark: str = ""
    is_graded: ClassVar[bool] = True

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        """All matchers that the labels of a group have to satisfy."""
        return (*self.whole.matchers, *self.part.matchers)

    def sources(self, group: Labels) -> tuple[Counter, ...]:
        """Return the counters of one group.

        Raises:
            CannotSample: If none can be made that the selectors select.
        """
        return self.make(group)

    def strays(self, group: Labels) -> tuple[Counter, ...]:
        """Return counters that each fail one matcher of a selector.

        Some of them count nevertheless: what fails the matcher of the bad events is a good one.
        """
        found: dict[Identity, Counter] = {}
        for selection in (self.whole, self.part):
            for labels in selection.near_misses(group):
                stray = Counter(selection.metric, labels, "all")
                found.setdefault(stray.identity, stray)
        return tuple(found.values())

    def variants(self, group: Labels) -> tuple[Counter, ...]:
        """Return counters as those of `sources` and `strays`, each with another value of a label.

        An edit of a regex passes over some of them, or lets some of them in.
        """
        selections = (self.whole, self.part)
        labelled = [(s.metric, labels) for s in selections for _, labels in s.other_misses(group)]
        for source in self.sources(group):
            chosen = [s for s in selections if s.has(source.metric, source.labels)]
            both = Selection(source.metric, tuple(m for s in chosen for m in s.matchers))
            hits = both.other_hits(source.labels, group)
            labelled += [(source.metric, labels) for _, labels in hits]
        found = (Counter(metric, labels, "all") for metric, labels in labelled)
        return tuple({counter.identity: counter for counter in found}.values())

    def counted(self, rates: Iterable[tuple[Counter, Decimal]]) -> tuple[Decimal, Decimal]:
        """Return the events and the bad events that counters amount to, each with its own rate."""
        counters = tuple(rates)
        events, part = (
            sum((r for c, r in counters if selection.has(c.metric, c.labels)), ZERO)
            for selection in (self.whole, self.part)
        )
        return events, part if self.part_name == "bad" else events - part


@attrs.frozen(kw_only=True)
class Several:
    """Series of one group that are there together, one of which gives NaN.

    Attributes:
        sources: The series.
        ratios: How bad the state is that each of them shows.
        expected: The part of the time that is bad; None where nothing may be recorded.
    """

    sources: tuple[State, ...]
    ratios: tuple[Decimal, ...]
    expected: Decimal | None


@attrs.frozen
class OtherState:
    """A series that differs from that of the sources by one label.

    Attributes:
        state: The series.
        merge: What the query makes of series that differ by this label.
    """

    state: State
    merge: Merge


@attrs.frozen(kw_only=True)
class RawStates:
    """The series of an SLI that shows how bad a state is.

    Attributes:
        selection: What selects them.
        make: From the labels of a series to the series.
        bad: The part of the time that is bad in scenarios about what is selected.
        is_graded: Whether a state can be bad in part; if not, all of the time is bad or nothing.
        merge: What becomes of several series of one group; None where the query makes one of them.
        is_mean: Whether the mean of several series is what the SLI records of a group.
        keeps: Whether a label of the series is still there in what the SLI makes of it.
        merges: What the query makes of several series that differ in a label.
        held: The series that stand beside each of them and hold a value.
        beyond: Parts of the time that no state can be: a series that shows one does not count.
        edges: Values at a limit and close to it, and whether each is bad.
        remark: What a reader of the series has to know.
    """

    selection: Selection
    make: Callable[[Labels], State]
    bad: Decimal
    is_graded: bool
    merge: Callable[[tuple[Decimal, ...]], Decimal] | None
    is_mean: bool = False
    keeps: Callable[[str], bool] = keeps_all
    merges: Callable[[str], Merge] = merges_none
    held: tuple[HeldSeries, ...] = ()
    beyond: tuple[Decimal, ...] = ()
    edges: tuple[tuple[Decimal, bool], ...] = ()
    remark: str = ""

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        """All matchers that the labels of a group have to satisfy."""
        return tuple(m for selection in self._selections for m in selection.matchers)

    @property
    def _selections(self) -> tuple[Selection, ...]:
        return (self.selection, *(held.selection for held in self.held))

    def sources(self, group: Labels) -> tuple[State, ...]:
        """Return the series of one group: the one that changes, and those that hold a value.

        Raises:
            CannotSample: If none can be made that is selected, or a label of the group gets lost.
        """
        lost = next((label for label in group if not self.keeps(label)), None)
        if lost is not None:
            raise CannotSample(f"the query does not keep the label {lost}")
        shared = (matcher for held in self.held for matcher in held.shared)
        selection = attrs.evolve(self.selection, matchers=(*self.selection.matchers, *shared))
        driven = self.make(selection.labels(group))
        return (driven, *(held.beside(driven, group) for held in self.held))

    def strays(self, group: Labels) -> tuple[OtherState, ...]:
        """Return series that each fail one matcher, by several values, and that nothing selects.

        What one part of the query passes over may be what another one selects.
        """
        strays = (self._other(*miss) for miss in self.selection.misses(group))
        return _distinct(one for one in strays if not self._selecting(one.state))

    def held_strays(self, group: Labels) -> tuple[State, ...]:
        """Return the same of the series that hold a value."""
        strays = (
            held.stray(labels) for held in self.held for _, labels in held.selection.misses(group)
        )
        found = {stray.identity: stray for stray in strays if not self._selecting(stray)}
        return tuple(found.values())

    def variants(self, driven: State, group: Labels) -> tuple[OtherState, ...]:
        """Return series that are selected as the one that changes is, by other values of a label.

        Those are left out of which it is not known what the query makes of them and that one.
        """
        own = self._selecting(driven)
        is_part = len(own) > 1
        found = (self._other(*hit) for hit in self.selection.other_hits(driven.labels, group))
        return _distinct(
            one
            for one in found
            if one.merge != "unknown"
            and not (one.merge == "none" and self.held)
            and not (one.merge != "sum" and is_part)
            and self._selecting(one.state) == own
        )

    def rests(self, driven: State, group: Labels) -> tuple[State, ...]:
        """Return the series of a whole that the one that changes is a part of: all that are left.

        The first of them is one of `sources`; there is none where nothing is a part.
        """
        return tuple(
            state
            for held in self.held
            if held.selection.has(driven.metric, driven.labels)
            for state in held.rests(driven, group)
        )

    def _other(self, label: str, labels: Labels) -> OtherState:
        """Return a series that differs by a label; of those that are added one alone grows."""
        state, merge = self.make(labels), self.merges(label)
        return OtherState(attrs.evolve(state, growth=ZERO) if merge == "sum" else state, merge)

    def _selecting(self, state: State) -> tuple[Selection, ...]:
        """Return what of the query selects a series."""
        return tuple(own for own in self._selections if own.has(state.metric, state.labels))

    def several(self, group: Labels) -> Several:
        """Return series of one group of which one gives NaN: a good one, a bad one, or no other."""
        driven, *others = self.sources(group)
        if self.merge is None:
            return Several(
                sources=(driven, *others), ratios=(NAN, *[ZERO] * len(others)), expected=None
            )
        labels, free = driven.labels, self.selection.free_label(group)
        ratios = (ZERO, self.bad, *self.beyond, NAN)
        return Several(
            sources=tuple(
                self.make({**labels, free: f"{free}-{name}"})
                for name, _ in zip("abcde", ratios, strict=False)
            ),
            ratios=ratios,
            expected=self.merge(ratios[:2]),
        )


def _distinct(states: Iterable[OtherState]) -> tuple[OtherState, ...]:
    """Return each series once."""
    return tuple({one.state.identity: one for one in states}.values())


RawSeries = RawCounters | RawStates


class NoSuchValue(CannotSample):
    """No value of a query is bad, or none is good."""

    def __init__(self, side: Literal["good", "bad"], raw: RawStates) -> None:
        """Take the side that cannot be reached, and the series with a value of the other side."""
        super().__init__(f"no value of the query is {side}")
        self.side, self.raw = side, raw
