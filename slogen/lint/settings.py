"""The table ``[lint]`` of a project file: severities and exceptions, or all that is wrong there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from slogen.checks.given import Given
from slogen.errors import InputError, InvalidValue, MissingKey
from slogen.formats.toml_tables import each, inner, read, unknown
from slogen.lint.exceptions import LintException
from slogen.model.arguments import label_names
from slogen.spelling import did_you_mean
from slogen.units import Duration, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from slogen.diagnostics import Code
    from slogen.model.project import Table

SeverityChoice = Literal["ignore", "note", "warning", "error"]
"""What a project can make of a finding."""

_KEYS = ("severity", "exceptions", "traffic", "retention", "external_labels")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXAMPLE = '[[lint.exceptions]] with code = "tier-lowered", slo = "shop-*" and reason = "..."'


@attrs.frozen(kw_only=True)
class LintSettings:
    """What a project file says about lint.

    Attributes:
        severities: What is made of findings, by their codes.
        exceptions: Which findings are accepted.
        given: What it says about traffic and servers.
    """

    severities: Mapping[str, SeverityChoice] = attrs.field(factory=dict)
    exceptions: tuple[LintException, ...] = ()
    given: Given = attrs.field(factory=Given)


def read_settings(
    table: Table, codes: Iterable[Code], folder: Path, faults: list[InputError]
) -> LintSettings:
    """Return what a table says; what is wrong with it is added to the faults.

    Args:
        table: The table ``[lint]``.
        codes: The registry of codes.
        folder: The folder of the project file.
        faults: What is wrong with the project file so far.
    """
    known = {code.name: code for code in codes}
    faults += unknown(table, _KEYS)
    words = inner(table, "severity", faults, _KEYS)
    faults += _wrong_codes(words, known)
    readers = {name: _severity for name in words.values if name in known}
    tables = each(table, "exceptions", _EXAMPLE, faults)
    facts = {"traffic": events_a_day, "retention": Duration, "external_labels": label_names}
    given = Given(**read(table, facts, faults))
    exceptions = (_exception(item, known, folder, faults) for item in tables)
    return LintSettings(
        severities=read(words, readers, faults),
        exceptions=tuple(exception for exception in exceptions if exception),
        given=given,
    )


def events_a_day(value: object) -> int:
    """Return how many events an SLO has in a day.

    Raises:
        InvalidValue: If it is no whole number of at least 1.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InvalidValue("traffic", repr(value), "events a day, a whole number of at least 1")
    return value


def code_name(value: object, known: Mapping[str, Code]) -> str:
    """Return the name of a code that can be chosen, given a severity or excepted.

    Raises:
        InvalidValue: If there is no such code, or it is that of an error.
    """
    if isinstance(value, str) and value in known:
        if not known[value].stops_builds:
            return value
        remedy = "correct the definition: nothing can be built of it"
        allowed = "the code of a warning or a note"
        raise InvalidValue("code", f"{quoted(value)}, which is an error", allowed, remedy)
    names = [name for name, code in known.items() if not code.stops_builds]
    remedy = did_you_mean(value, names) if isinstance(value, str) else ""
    found = quoted(value) if isinstance(value, str) else repr(value)
    raise InvalidValue("code", found, ", ".join(sorted(names)), remedy)


def _wrong_codes(table: Table, known: Mapping[str, Code]) -> Iterator[InvalidValue]:
    """Find the keys of a table that are not codes of warnings and notes."""
    for key in table.values:
        try:
            code_name(key, known)
        except InvalidValue as fault:
            yield attrs.evolve(fault, origin=table.origin.of_keys(), argument=key)


def _severity(value: object) -> SeverityChoice:
    for choice in get_args(SeverityChoice):
        if value == choice:
            known: SeverityChoice = choice
            return known
    allowed = ", ".join(f'"{choice}"' for choice in get_args(SeverityChoice))
    raise InvalidValue("severity", repr(value), allowed)


def _exception(
    table: Table, known: Mapping[str, Code], folder: Path, faults: list[InputError]
) -> LintException | None:
    """Return an exception; None if there is something wrong with it."""
    readers: dict[str, Callable[[Any], Any]] = {
        "code": partial(code_name, known=known),
        "slo": _text,
        "path": _text,
        "reason": _text,
        "until": _day,
    }
    before = len(faults)
    faults += unknown(table, readers)
    values = read(table, readers, faults)
    faults += _missing(table)
    if len(faults) > before:
        return None
    return LintException(**values, folder=folder, origin=table.origin)


def _missing(table: Table) -> Iterator[InputError]:
    """Find what an exception does not say and has to."""
    allowed = {
        "code": "the code of what is accepted",
        "reason": "why it is accepted, in a sentence",
    }
    for key, value in allowed.items():
        if key not in table.values:
            yield MissingKey(key, "missing", value, origin=table.origin)
    if not {"slo", "path"} & set(table.values):
        code = table.values.get("code", "CODE")
        remedy = f'to hide it everywhere, write {code} = "ignore" below [lint.severity]'
        accepted = 'slo or path or both, such as slo = "shop-*" or path = "slos/old/*"'
        yield MissingKey("slo or path", "missing", accepted, remedy, origin=table.origin)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("text", repr(value), "a text")
    return value


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # refused below: there is no such day
    found = str(value) if isinstance(value, datetime) else repr(value)
    raise InvalidValue("until", found, "a day, such as 2027-03-31")
