"""Stand-ins: short texts that take the places of the texts that each SLO has for itself.

Two SLOs may be equal once both have stand-ins. Then their rules differ only in these texts: the
id, names, the owner, values in selectors. So slogen compiles the SLO with stand-ins once for both.
That works only for plain texts, which are written in the same way in each place (PromQL, templates,
addresses, YAML). A stand-in is a plain text as well. In PromQL it is as long as the text that it
stands for, because the length of a line decides where it is broken. A text that is not plain, or is
too short, has no stand-in.
"""

from __future__ import annotations

import re
from string import ascii_letters
from typing import TYPE_CHECKING, Any, Literal

import attrs

from slogen import naming
from slogen.promql.query import Query
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.model import SLI, SLO
    from slogen.plan import ResolvedSLO

    Form = Literal["plain", "link", "prose"]
    StandIns = Mapping[tuple[Form, str], str]

_MARK = "-_"
"""Each stand-in holds it once, and slogen writes it nowhere else."""
_SHORTEST = 3
_FORMS: Mapping[Form, re.Pattern[str]] = {
    "plain": re.compile(
        r"(?!(?i:yes|off|true|false|null|nan|inf|infinity)\Z)[A-Za-z_][\w.-]+[\w-]", re.ASCII
    ),
    "link": re.compile(r"https://[\w./-]+[\w/-]", re.ASCII),
    "prose": re.compile(r"\w[\w ,.;:()/%+='-]+[\w.)]", re.ASCII),
}
"""Texts that a stand-in can stand for: in any place, as an address, or on a line of its own."""


def stand_ins(slo: ResolvedSLO) -> StandIns:
    """Return the stand-ins for an SLO's own texts, by these texts and their forms."""
    found: dict[tuple[Form, str], str] = {}
    for form, text, length in _own_texts(slo):
        if _FORMS[form].fullmatch(text) and _MARK not in text and len(found) < len(ascii_letters):
            scheme = "https://" if form == "link" else ""
            stand_in = ascii_letters[len(found)] + _MARK.ljust(length - 1, "-")
            found.setdefault((form, text), scheme + stand_in)
    return found


def _own_texts(slo: ResolvedSLO) -> Iterator[tuple[Form, str, int]]:
    """Yield the texts that are an SLO's own with their forms, and the lengths of stand-ins.

    Those that PromQL holds come first: some of them are names as well.
    """
    defined, service = slo.definition, slo.definition.service.name
    is_hashed = slo.grafana and not naming.has_plain_uid(service, slo.naming)
    # The address of a dashboard holds a hash of such a name, wherever else the name stands.
    kept = {service} if is_hashed else set()
    for text in (defined.id, *_values(defined.sli)):
        if text not in kept:
            yield "plain", text, len(text)
    for text in (defined.name, defined.owner, service):
        if text not in kept:
            yield "plain", text, _SHORTEST
    yield "link", defined.runbook, _SHORTEST
    yield "prose", defined.description, _SHORTEST


def with_stand_ins(slo: ResolvedSLO, chosen: StandIns) -> ResolvedSLO:
    """Return an SLO with stand-ins, and without all that its rules do not depend on."""

    def plain(text: str) -> str:
        return chosen.get(("plain", text), text)

    identity = {
        label: plain(value) if label in slo.naming.identity else value
        for label, value in slo.identity.items()
    }
    definition = _definition(slo.definition, chosen)
    return attrs.evolve(slo, definition=definition, identity=identity, lowered=(), omitted=())


def _definition(slo: SLO, chosen: StandIns) -> SLO:
    plain = {text: stand_in for (form, text), stand_in in chosen.items() if form == "plain"}
    service = attrs.evolve(
        slo.service,
        name=plain.get(slo.service.name, slo.service.name),
        owner="",
        description="",
        runbook="",
        settings=None,
        origin=None,
    )
    return attrs.evolve(
        slo,
        service=service,
        name=plain.get(slo.name, slo.name),
        sli=_with_values(slo.sli, plain),
        id=plain.get(slo.id, slo.id),
        owner=plain.get(slo.owner, slo.owner),
        description=chosen.get(("prose", slo.description), slo.description),
        runbook=chosen.get(("link", slo.runbook), slo.runbook),
        settings=None,
        origin=None,
    )


def has_mark(slo: ResolvedSLO) -> bool:
    """Tell whether some text could be taken for a stand-in: then the SLO shares nothing."""
    uid = naming.uid("service", slo.definition.service.name, slo.naming)
    return _MARK in repr(slo) or _MARK in uid


def _read(sli: SLI) -> dict[str, Selector | Query]:
    """Return the selectors and queries of an SLI, by its arguments."""
    values = ((field.name, getattr(sli, field.name)) for field in attrs.fields(type(sli)))
    return {name: value for name, value in values if isinstance(value, Selector | Query)}


def _values(sli: SLI) -> Iterator[str]:
    for read in _read(sli).values():
        yield from read.values


def _with_values(sli: SLI, plain: Mapping[str, str]) -> SLI:
    changed: dict[str, Any] = {k: read.with_values(plain) for k, read in _read(sli).items()}
    return attrs.evolve(sli, origin=None, **changed)
