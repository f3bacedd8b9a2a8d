"""Tables of a TOML file: their values read one by one, each fault at its own place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.formats.spelling import did_you_mean
from slogen.formats.toml_places import places
from slogen.model.project import Table
from slogen.source import Position, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


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
        keys = ((argument,), ("defaults", argument), ()) if argument else ((),)
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

    What a function refuses is added to the faults, with the place of the value.
    """
    values: dict[str, Any] = {}
    for key, reader in readers.items():
        if key in table.values:
            try:
                values[key] = reader(table.values[key])
            except InvalidValue as fault:
                faults.append(attrs.evolve(fault, subject=key, origin=table.origin, argument=key))
    return values


def unknown(table: Table, known: Iterable[str], noun: str = "key") -> Iterator[InvalidValue]:
    """Yield a fault for each key of a table that is not known, with the nearest that is."""
    names = tuple(known)
    for key in table.values:
        if key not in names:
            yield InvalidValue(
                key,
                f"no {noun} that slogen knows",
                ", ".join(sorted(names)) or f"no {noun} at all",
                did_you_mean(key, names),
                origin=table.origin.of_keys(),
                argument=key,
            )
