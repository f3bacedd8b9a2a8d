"""Rules that SLOs of one shape share: compiled once, for all of them."""

from __future__ import annotations

import attrs

from slogen.compiler import compile_slo
from slogen.compiler.stand_ins import has_mark, stand_ins, with_stand_ins
from slogen.errors import InvalidPromQL
from slogen.plan import ResolvedSLO
from slogen.rules import SLORules


@attrs.frozen
class Shared:
    """The rules of all SLOs of one shape, with stand-ins for the texts of each.

    Attributes:
        rules: The rules of the SLO with stand-ins.
        stand_ins: The texts in them that stand for others, each once.
    """

    rules: SLORules
    stand_ins: tuple[str, ...]


@attrs.frozen
class Compiled:
    """An SLO's rules, as what it shares with others and the texts that are its own.

    Attributes:
        shared: The rules with stand-ins.
        texts: What each of the stand-ins stands for.
    """

    shared: Shared
    texts: tuple[str, ...]

    @classmethod
    def alone(cls, rules: SLORules) -> Compiled:
        """Return rules that an SLO shares with no other."""
        return cls(Shared(rules, ()), ())

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many rules each of its groups has."""
        return tuple(len(group.rules) for group in self.shared.rules.groups)


@attrs.frozen
class _Shape:
    """An SLO with stand-ins, and the orders of its labels: mappings are equal in any order."""

    slo: ResolvedSLO
    orders: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, slo: ResolvedSLO) -> _Shape:
        alerts = (mapping for a in slo.alerts for mapping in (a.labels, a.annotations))
        return cls(slo, tuple(map(tuple, (slo.identity, *alerts))))


class Sharing:
    """Compiles SLOs, those of one shape once."""

    def __init__(self) -> None:
        """Begin without any shape."""
        self._shared: dict[_Shape, Shared | None] = {}

    def compiled(self, slo: ResolvedSLO) -> Compiled:
        """Return the rules of an SLO.

        Raises:
            InvalidPromQL: If an expression that was made is none; only a query of the user's can
                do that.
        """
        chosen = stand_ins(slo)
        shape = _Shape.of(with_stand_ins(slo, chosen))
        if shape not in self._shared:
            self._shared[shape] = _shared(slo, shape.slo, tuple(chosen.values()))
        shared = self._shared[shape]
        if shared is None:
            return Compiled.alone(compile_slo(slo))
        return Compiled(shared, tuple(text for _, text in chosen))


def _shared(slo: ResolvedSLO, shape: ResolvedSLO, names: tuple[str, ...]) -> Shared | None:
    """Return what an SLO shares with those of the same shape; None if it can share nothing."""
    if has_mark(slo):
        return None
    try:
        return Shared(compile_slo(shape), names)
    except InvalidPromQL:
        return None  # The rules of the SLO itself have the same fault, and say where it comes from.
