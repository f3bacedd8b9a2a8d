"""The project file: ``slogen.toml``, or the table ``[tool.slogen]`` of a ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import InputError, InvalidTOML, InvalidValue, UnreadableFile, raise_all
from slogen.formats.spelling import did_you_mean
from slogen.formats.toml_places import Lines, places
from slogen.model import Project, Settings
from slogen.model.project import layout
from slogen.naming import Naming
from slogen.source import Position, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE = "slogen.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "slogen")
_SYNTAX = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\)")
_DEFAULTS = ("owner", "runbook")
_SETTINGS = tuple(
    field.name for field in attrs.fields(Settings) if field.name not in {"origin", *_DEFAULTS}
)


def find_project(start: Path) -> Path | None:
    """Return the nearest project file in a folder or above it; None if there is none."""
    for folder in (start, *start.parents):
        if _is_file(folder / FILE):
            return folder / FILE
        if _is_file(folder / _PYPROJECT) and _has_table(folder / _PYPROJECT):
            return folder / _PYPROJECT
    return None


def _is_file(path: Path) -> bool:
    """Tell whether there is a file; in a folder that is closed to whoever asks there is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _has_table(path: Path) -> bool:
    """Tell whether something stands where a ``pyproject.toml`` would have slogen's table."""
    tool = _content(path)[0].get(_TABLE[0])
    return isinstance(tool, dict) and _TABLE[1] in tool


def load_project(path: Path) -> Project:
    """Return what a project file says.

    Raises:
        InputError: If it is not TOML, has a key that slogen does not know, or a value is refused;
            all faults together.
    """
    faults: list[InputError] = []
    table, place = _content(path)
    for key in _TABLE if path.name == _PYPROJECT else ():
        table, place = _inner(table, key, place, faults), place.inside(key)
    chosen = _read(table, _project_keys(path.parent), place, faults)
    settings = _read(table, {key: _setting(key) for key in _SETTINGS}, place, faults)
    defaults, inner = _inner(table, "defaults", place, faults), place.inside("defaults")
    settings |= _read(defaults, {key: _setting(key) for key in _DEFAULTS}, inner, faults)
    faults += _unknown(defaults, _DEFAULTS, inner)
    faults += _unknown(table, (*_project_keys(path.parent), *_SETTINGS, "defaults"), place)
    raise_all(sorted(faults, key=_reading_order))
    said = Settings(origin=place, **settings)
    return Project(folder=path.parent, settings=said, origin=place, **chosen)


def _reading_order(fault: InputError) -> tuple[int, int]:
    return (fault.position.line, fault.position.column) if fault.position else (0, 0)


@attrs.frozen
class _Place:
    """A table of a TOML file, as an origin: its keys are its arguments.

    Attributes:
        text: What the file held when it was read.
        table: The keys that lead to the table.
        at_keys: Whether the keys themselves are pointed at, instead of their values.
    """

    file: Path
    text: str
    table: tuple[str, ...] = ()
    at_keys: bool = False

    def inside(self, key: str) -> _Place:
        return attrs.evolve(self, table=(*self.table, key))

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

    def fault(self, key: str, found: str, allowed: str, remedy: str = "") -> InvalidValue:
        return InvalidValue(key, found, allowed, remedy, origin=self, argument=key)


def _content(path: Path) -> tuple[dict[str, Any], _Place]:
    """Return what a TOML file holds, and the place of it."""
    text = _decoded(path)
    lines = Lines.of(text, shown(str(path)))
    try:
        return tomllib.loads(text), _Place(path, text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        place = lines.position(len(text))
        if match and match["line"]:
            place = Position(place.file, int(match["line"]), int(match["column"]))
        raise InvalidTOML(f"not TOML: {match['reason'] if match else error}", place) from error
    except RecursionError as error:
        raise InvalidTOML("not TOML: nested too deeply", lines.position(0)) from error
    except ValueError as error:  # Python reads no integer of more than 4300 digits
        raise InvalidTOML(f"not TOML: {error}", lines.position(0)) from error


def _decoded(path: Path) -> str:
    file = shown(str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file, f"cannot be read: {reason_of(error)}") from error
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        reason = f"not TOML: byte 0x{content[error.start]:02x} is no UTF-8 ({error.reason})"
        raise InvalidTOML(reason, Lines.of(before, file).position(len(before))) from error


def _project_keys(folder: Path) -> Mapping[str, Callable[[Any], Any]]:
    return {
        "paths": lambda value: tuple(folder / text for text in _texts(value)),
        "out": lambda value: folder / _text(value),
        "targets": _texts,
        "layout": layout,
        "promtool": lambda value: _program(folder, value),
    }


def _setting(key: str) -> Callable[[Any], Any]:
    """Return the function that reads a setting: as `Settings` does, but for names of objects."""
    if key == "naming":
        return _naming
    return lambda value: getattr(Settings(origin=None, **{key: value}), key)


def _naming(value: object) -> Naming:
    if value not in ("slogen", "sloth"):
        raise InvalidValue("naming", repr(value), '"slogen" or "sloth"')
    return Naming.sloth() if value == "sloth" else Naming()


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidValue("text", repr(value), "a text")
    return value


def _program(folder: Path, value: object) -> str:
    """Return a program as a shell takes it: a path, or a bare name that PATH is searched for."""
    text = _text(value)
    is_bare = Path(text).name == text
    return text if is_bare else str((folder / text).absolute())


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) and item for item in items):
        raise InvalidValue("texts", repr(value), 'a text or a list of texts, such as ["slos"]')
    return tuple(items)


def _inner(
    table: Mapping[str, Any], key: str, place: _Place, faults: list[InputError]
) -> dict[str, Any]:
    """Return a table that stands in another one; an empty one if there is none."""
    inner = table.get(key, {})
    if isinstance(inner, dict):
        return inner
    faults.append(place.fault(key, repr(inner), "a table"))
    return {}


def _read(
    table: Mapping[str, Any],
    keys: Mapping[str, Callable[[Any], Any]],
    place: _Place,
    faults: list[InputError],
) -> dict[str, Any]:
    """Read those keys that are there, and note down what is wrong with each."""
    values: dict[str, Any] = {}
    for key, read in keys.items():
        if key in table:
            try:
                values[key] = read(table[key])
            except InvalidValue as fault:
                faults.append(attrs.evolve(fault, subject=key, origin=place, argument=key))
    return values


def _unknown(
    table: Mapping[str, Any], known: tuple[str, ...], place: _Place
) -> Iterator[InvalidValue]:
    for key in table:
        if key not in known:
            remedy = did_you_mean(key, known)
            fault = place.fault(key, "no key that slogen knows", ", ".join(sorted(known)), remedy)
            yield attrs.evolve(fault, origin=attrs.evolve(place, at_keys=True))
