"""Series of a state that take turns, so that each of them decides once what the rules record.

An edit of a matcher passes over a series, or lets another one in. First all that is selected
agrees, and one series more would change that. Then each selected series alone changes it.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from slogen.proof.kinds.sources import State
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.promql.linear_form import Merge
    from slogen.proof.kinds.raw import RawStates
    from slogen.proof.subject import Labels
    from slogen.units import Duration

_ONE = Decimal(1)


@attrs.frozen
class Shown:
    """A series, and what it shows in each part of a scenario.

    Attributes:
        source: The series.
        values: A value for each part: the one that it has, or would have, as the scenario begins.
    """

    source: State
    values: tuple[Decimal, ...]

    def input(self, parts: Sequence[Duration], step: Duration) -> Input:
        """Return its samples, each part being so long."""
        shown = attrs.evolve(self.source, show=lambda place: self.values[int(place)])
        phases: list[Phase] = []
        for _, alike in groupby(enumerate(parts), key=lambda part: self.values[part[0]]):
            (place, length), *others = alike
            for _, more in others:
                length += more
            phases.append(Phase(length, _ONE, Decimal(place)))
        return Input(series=shown.series, values=shown.values(phases, step))


@attrs.frozen(kw_only=True)
class Turns:
    """The series of one group, part by part of a scenario.

    Attributes:
        selected: Those that count.
        strays: Those that must not.
        bad: How much of each part's time is bad.
        changing: How many of those that count have a turn, from the second part on.
        moves: How many parts follow, in each of which another series has the rest of a whole.
    """

    selected: tuple[Shown, ...]
    strays: tuple[Shown, ...]
    bad: tuple[Decimal, ...]
    changing: int
    moves: int


@attrs.frozen(kw_only=True)
class _Course:
    """What the series of a group show, part by part.

    Attributes:
        begin: What all that are selected give while none has changed, as the first one of them
            would show it alone.
        end: What they give while one of them has changed.
        least: The smaller one of both.
        averaged: How many of them the query averages, 1 at least.
        turns: How many of them have a turn.
        moves: How often the rest of a whole moves to another series.
    """

    begin: Decimal
    end: Decimal
    least: Decimal
    averaged: int
    turns: int
    moves: int

    @property
    def given(self) -> tuple[Decimal, ...]:
        """What all that are selected give in each part."""
        return (self.begin, *[self.end] * self.turns, *[self.least] * self.moves)

    def of_first(self) -> tuple[Decimal, ...]:
        """Return what the first series shows, which has the first turn."""
        others = [self.begin] * (self.turns - 1)
        return (self.begin, self._changed("avg"), *others, *[self.least] * self.moves)

    def of_variant(self, place: int, merge: Merge) -> tuple[Decimal, ...]:
        """Return what another series shows that is selected."""
        usual = ZERO if merge == "sum" else self.begin
        parts = range(len(self.given))
        has_turn = place < self.turns
        return tuple(
            self._changed(merge) if has_turn and part == 1 + place else usual for part in parts
        )

    def of_rest(self, place: int, ratios: Sequence[Decimal], state: State) -> tuple[Decimal, ...]:
        """Return what a series shows that has the rest of a whole, or will have it."""
        moved = [0] * (1 + self.turns) + list(range(1, 1 + self.moves))
        return tuple(
            state.show(ratio) if place == at else ZERO
            for at, ratio in zip(moved, ratios, strict=True)
        )

    def of_stray(self, merge: Merge) -> tuple[Decimal, ...]:
        """Return what a series shows that would change what all others give, if any value can."""
        return tuple(self._beside(given, merge) for given in self.given)

    def _changed(self, merge: Merge) -> Decimal:
        if merge == "sum":
            return self.end - self.begin
        if merge == "avg":
            return self.begin + self.averaged * (self.end - self.begin)
        return self.end

    def _beside(self, given: Decimal, merge: Merge) -> Decimal:
        other = self.end if given == self.begin else self.begin
        if merge == "sum":
            return max(other - given, ZERO)
        if merge == "avg" and other > given:
            return given + (self.averaged + 1) * (other - given)
        return other


def turns(raw: RawStates, group: Labels) -> Turns:
    """Return the series of a group and those that must not count.

    In the first part nothing has changed. In each other part one of the selected series has its
    turn; where the SLI records the mean of all, one turn shows how many there are. At the end the
    rest of a whole moves to other series, which the part must pass over.

    Raises:
        CannotSample: If no series can be made that is selected.
    """
    driven, *held = raw.sources(group)
    good, bad = driven.show(ZERO), driven.show(raw.bad)
    variants = raw.variants(driven, group)
    begin, end = _ends(variants[0].merge if variants else "none", good, bad)
    variants = tuple(one for one in variants if _ends(one.merge, good, bad) == (begin, end))
    rests, count = raw.rests(driven, group), 1 + len(variants)
    course = _Course(
        begin=begin,
        end=end,
        least=min(good, bad),
        averaged=1 + sum(variant.merge == "avg" for variant in variants),
        turns=1 if raw.is_mean else count,
        moves=max(len(rests) - 1, 0),
    )
    ratios = tuple(ZERO if value == good else raw.bad for value in course.given)
    known = {state.identity for state in rests}
    return Turns(
        selected=(
            Shown(driven, course.of_first()),
            *(
                Shown(variant.state, course.of_variant(place, variant.merge))
                for place, variant in enumerate(variants, start=1)
            ),
            *(
                Shown(one, tuple(map(one.show, ratios)))
                for one in held
                if one.identity not in known
            ),
            *(Shown(one, course.of_rest(place, ratios, one)) for place, one in enumerate(rests)),
        ),
        strays=(
            *(Shown(one.state, course.of_stray(one.merge)) for one in raw.strays(group)),
            *(Shown(one, tuple(map(one.show, ratios))) for one in raw.held_strays(group)),
        ),
        bad=tuple(ratio / count if raw.is_mean else ratio for ratio in ratios),
        changing=course.turns,
        moves=course.moves,
    )


def _ends(merge: Merge, good: Decimal, bad: Decimal) -> tuple[Decimal, Decimal]:
    """Return what series show first, all together, and what one of them can change that to."""
    if merge == "none":
        return good, bad
    low, high = sorted((good, bad))
    return (high, low) if merge == "min" else (low, high)
