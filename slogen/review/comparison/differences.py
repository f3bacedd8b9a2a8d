"""From two sets of SLOs to what changed between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from slogen.review.comparison.changes import Diff, SLOChange
from slogen.review.comparison.compare import compared, quantity
from slogen.review.comparison.read_facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.plan import ResolvedSLO
    from slogen.review.comparison.facts import SLOFacts
    from slogen.rules import SLORules


class Reviewed(Protocol):
    """An SLO as a diff takes it: what was compiled, or the rules of an earlier build."""

    @property
    def slo_id(self) -> str:
        """Its id."""
        ...

    @property
    def slo(self) -> ResolvedSLO | None:
        """The SLO with every choice made; None where there are rules alone."""
        ...

    @property
    def rules(self) -> SLORules:
        """Its rules."""
        ...


class ReviewedSet(Protocol):
    """SLOs as a diff takes them, such as what `slogen.build` returns."""

    @property
    def built(self) -> Iterable[Reviewed]:
        """The SLOs."""
        ...


def diff(old: ReviewedSet, new: ReviewedSet) -> Diff:
    """Return what changed in the meaning of SLOs.

    >>> from slogen import SLO, Events, build
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> old, new = (
    ...     build(SLO(service="shop", name="a", objective=objective, window="30d", sli=sli))
    ...     for objective in ("99.9%", "99.95%")
    ... )
    >>> [(change.field, change.before, change.after) for change in diff(old, new).slos[0].changes]
    [('objective', '99.9%', '99.95%')]

    Args:
        old: What was: the rules that `slogen.build` made, or read from files of an earlier build
            by `slogen.targets.written.written_rules`.
        new: What is, likewise.
    """
    before = {one.slo_id: one for one in old.built}
    after = {one.slo_id: one for one in new.built}
    unread = (*getattr(old, "unread", ()), *getattr(new, "unread", ()))
    found = _found(before, after, {entry.slo_id for entry in unread})
    slos = tuple(sorted(found, key=lambda change: change.id))
    return Diff(slos=slos, before=len(before), after=len(after), unread=unread)


def _found(
    before: Mapping[str, Reviewed], after: Mapping[str, Reviewed], unread: set[str]
) -> Iterator[SLOChange]:
    """Yield what changed; of an SLO that one side cannot read nothing is known."""
    for slo_id in before.keys() & after.keys():
        old, new = before[slo_id], after[slo_id]
        if old.slo is None or old.slo != new.slo:
            change = compared(_facts(old), _facts(new))
            if not change.is_empty:
                yield change
    gone, there = sorted({*before} - {*after, *unread}), sorted({*after} - {*before, *unread})
    yield from _renamed(
        [_facts(before[slo_id]) for slo_id in gone], [_facts(after[slo_id]) for slo_id in there]
    )


def _facts(one: Reviewed) -> SLOFacts:
    return facts_of(one.rules, one.slo)


def _renamed(gone: list[SLOFacts], there: list[SLOFacts]) -> Iterator[SLOChange]:
    """Yield SLOs that have another id and count what one that is gone did; then all others.

    Of several that count the same the one with the same names is meant, if there is one.
    """
    left: dict[str, SLOFacts] = {new.id: new for new in there}
    counting: dict[tuple[str, ...], list[SLOFacts]] = {}
    for new in there if gone else ():
        counting.setdefault(quantity(new), []).append(new)
    for old in gone:
        same = [new for new in counting.get(quantity(old), ()) if new.id in left]
        named = [new for new in same if (new.service, new.name) == (old.service, old.name)]
        partner = next(iter(named or (same if len(same) == 1 else ())), None)
        if partner is None:
            yield SLOChange(status="removed", before=old, after=None)
        else:
            yield compared(old, left.pop(partner.id))
    for new in left.values():
        yield SLOChange(status="added", before=None, after=new)
