"""Tables of a TOML file: their values read one by one, each fault at its own place."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.formats.toml_places import places
from slogen.model.project import Table, TableOrigin
from slogen.source import Position, shown
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


_Path = tuple[str | int, ...]
"""Keys of tables and indexes of arrays, from the outermost on."""


@attrs.frozen
class TOMLOrigin:
    """A table of a TOML file, as an origin: its keys are its arguments.

    Attributes:
        file: The file.
        text: What the file held when it was read.
        table: The keys that lead to the table.
        at_keys: Whether the keys themselves are pointed at, instead of their values.
    """

    file: Path
    text: str
    table: tuple[str, ...] = ()
    at_keys: bool = False

    def inside(self, key: str) -> TOMLOrigin:
        """Return the origin of a table that stands in this one."""
        return attrs.evolve(self, table=(*self.table, key))

    def of_keys(self) -> TOMLOrigin:
        """Return the origin that points at keys."""
        return attrs.evolve(self, at_keys=True)

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of a key's value, or that of the table if it does not have the key."""
        file = shown(str(self.file))
        known = places(self.text, file)
        named = tuple(argument.split(".")) if argument else ()
        keys = (named, named[:1], ("defaults", *named), ("defaults", *named[:1]), ())
        for path in ((*self.table, *tail) for tail in keys):
            if path in known:
                key, value = known[path]
                return key if self.at_keys else value
        return Position(file, 1, 1)


def inner(
    table: Table, key: str, faults: list[InputError], other_keys: Iterable[str] = ()
) -> Table:
    """Return a table that stands in another one; an empty one if there is none.

    What is no table is added to the faults; one of the other keys may have been meant.
    """
    origin = table.origin.inside(key)
    found = table.values.get(key, {})
    if isinstance(found, dict):
        return Table(found, origin)
    remedy = did_you_mean(key, other_keys)
    fault = InvalidValue(key, repr(found), "a table", remedy, origin=table.origin, argument=key)
    faults.append(fault)
    return Table({}, origin)


def each(table: Table, key: str, example: str, faults: list[InputError]) -> tuple[Table, ...]:
    """Return the tables of an array that stands in a table; none if there is no array.

    What is no array of tables is added to the faults, with an example of what would be one.
    """
    found = table.values.get(key, [])
    origin = table.origin.inside(key)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        allowed = f"tables, such as {example}"
        faults.append(InvalidValue(key, repr(found), allowed, origin=table.origin, argument=key))
        return ()
    return tuple(Table(item, origin.inside(str(index))) for index, item in enumerate(found))


def read(
    table: Table, readers: Mapping[str, Callable[[Any], Any]], faults: list[InputError]
) -> dict[str, Any]:
    """Return what functions make of the values of those keys that are there.

    What a function refuses is added to the faults, with the place of the value, or of that part of
    a table that is wrong.
    """
    values: dict[str, Any] = {}
    for key, reader in readers.items():
        if key in table.values:
            parts = list(_faults_of_parts(table, key, reader))
            faults += parts
            try:
                values[key] = reader(table.values[key])
            except InvalidValue as fault:
                if not parts:
                    faults.append(_placed(fault, table, (key,)))
    return values


def _faults_of_parts(
    table: Table, key: str, reader: Callable[[Any], Any]
) -> Iterator[InvalidValue]:
    """Yield what a function refuses of the parts of a table or an array, each read for itself."""
    for path, part in _parts(table.values[key]):
        try:
            reader(part)
        except InvalidValue as fault:
            # An array that is refused as such is no fault of its items.
            if isinstance(path[-1], str) or fault.path:
                yield _placed(fault, table, (key, *path))


def _parts(value: Any) -> Iterator[tuple[_Path, Any]]:  # noqa: ANN401 (TOML)
    """Yield each value of a table, of the tables in it or of an array, alone in one like that."""
    if isinstance(value, list):
        yield from (((index,), [item]) for index, item in enumerate(value))
    elif isinstance(value, dict):
        for key, inside in value.items():
            if isinstance(inside, dict) and inside:
                yield from (((key, *path), {key: part}) for path, part in _parts(inside))
            else:
                yield (key,), {key: inside}


def _placed(fault: InvalidValue, table: Table, path: _Path) -> InvalidValue:
    """Return a fault at the value that a path of keys leads to, or at the key that it speaks of."""
    if fault.is_key:
        *outer, key = (path[0], *fault.path)
        origin = _inside(table.origin, outer).of_keys()
        return attrs.evolve(
            fault, subject=f"a key of {outer[-1]}", origin=origin, argument=str(key)
        )
    *outer, last = path
    value: Any = table.values
    for key in path:
        value = value[key]
    return attrs.evolve(
        fault,
        subject=last if isinstance(last, str) else f"{outer[-1]}[{last}]",
        found=_as_toml(value) if fault.found == repr(value) else fault.found,
        origin=_inside(table.origin, outer),
        argument=str(last),
    )


def _as_toml(value: object) -> str:
    """Return a value as a TOML file says it, where Python says it otherwise.

    >>> _as_toml(True), _as_toml(date(2026, 1, 1)), _as_toml(5)
    ('true', '2026-01-01', '5')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else repr(value)


def _inside(origin: TableOrigin, path: Iterable[str | int]) -> TableOrigin:
    for key in path:
        origin = origin.inside(str(key))
    return origin


def unknown(
    table: Table,
    known: Iterable[str],
    noun: str = "key",
    remedies: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[InvalidValue]:
    """Yield a fault for each key of a table that is not known, with the nearest that is.

    Args:
        table: The table.
        known: The keys that are known.
        noun: What they are called.
        remedies: What to do about keys that are known elsewhere.
    """
    names = tuple(known)
    for key in table.values:
        if key not in names:
            yield InvalidValue(
                key,
                f"no {noun} that slogen knows",
                ", ".join(sorted(names)) or f"no {noun} at all",
                remedies.get(key) or did_you_mean(key, names),
                origin=table.origin.of_keys(),
                argument=key,
            )
