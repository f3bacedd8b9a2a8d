"""The project file: ``slogen.toml``, or the table ``[tool.slogen]`` of a ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import InputError, InvalidTOML, InvalidValue, UnreadableFile, raise_all
from slogen.formats.encoding import decoded
from slogen.formats.toml_places import Lines
from slogen.formats.toml_tables import TOMLOrigin, inner, read, unknown
from slogen.model import Project, Settings
from slogen.model.arguments import read_part
from slogen.model.project import Table, layout
from slogen.naming import Naming
from slogen.source import Position, shown
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FILE = "slogen.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "slogen")
_SYNTAX = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\)")
_UNQUOTED = re.compile(r"\s*[\w.-]+\s*=\s*([^\s\"'\[{#][^\"'#]*?)\s*(?:#.*)?\r?")
_TWICE = (
    (re.compile(r"Cannot overwrite a value"), "a key is given twice", "remove one of the two"),
    (
        re.compile(r"Cannot declare \('(.*?)',?\) twice"),
        "[{}] is declared twice",
        "write all its keys below one header",
    ),
)
_COLON = re.compile(r"\s*[\w-]+\s*:")
_DEFAULTS = ("owner", "runbook")
_TOP = "remove the header [{}]: in slogen.toml these keys stand at the top, below no table"
_ELSEWHERE = {
    "tool": _TOP.format("tool.slogen"),
    "slogen": _TOP.format("slogen"),
    "settings": "remove the header [settings]: settings stand at the top, below no table",
    **dict.fromkeys(_DEFAULTS, "write it below [defaults]"),
}
"""What to do about keys that stand elsewhere, or in other files."""
RAW_TABLES = ("target", "lint")
"""Tables that are handed on as they are: their keys are known elsewhere, and checked there."""
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
    tool = _content(path).values.get(_TABLE[0])
    return isinstance(tool, dict) and _TABLE[1] in tool


def load_project(path: Path) -> Project:
    """Return what a project file says; its `Project.tables` are for others to check.

    Raises:
        InputError: If it is not TOML, has a key that slogen does not know, or a value is refused;
            all faults together.
    """
    project, faults = read_project(path)
    raise_all(in_reading_order(faults))
    return project


def read_project(path: Path) -> tuple[Project, list[InputError]]:
    """Return what a project file says, and what is wrong with it, so that others can add to that.

    Raises:
        InputError: If it cannot be read or is not TOML.
    """
    faults: list[InputError] = []
    table = _content(path)
    for key in _TABLE if path.name == _PYPROJECT else ():
        table = inner(table, key, faults)
    chosen = read(table, _project_keys(path.parent), faults)
    settings = read(table, {key: _setting(key) for key in _SETTINGS}, faults)
    defaults = inner(table, "defaults", faults)
    settings |= read(defaults, {key: _setting(key) for key in _DEFAULTS}, faults)
    keys = (*_project_keys(path.parent), *_SETTINGS, "defaults")
    tables = {key: inner(table, key, faults, keys) for key in RAW_TABLES}
    above = dict.fromkeys(keys, "write it above [defaults]: it belongs to no table")
    faults += unknown(defaults, _DEFAULTS, remedies=above)
    faults += unknown(table, (*keys, *RAW_TABLES), remedies=_ELSEWHERE)
    said = Settings(origin=table.origin, **settings)
    project = Project(
        folder=path.parent, settings=said, tables=tables, origin=table.origin, **chosen
    )
    return project, faults


def in_reading_order(faults: Iterable[InputError]) -> list[InputError]:
    """Return the faults of a file in the order in which they stand there."""
    return sorted(faults, key=_reading_order)


def _reading_order(fault: InputError) -> tuple[int, int]:
    return (fault.position.line, fault.position.column) if fault.position else (0, 0)


def _content(path: Path) -> Table:
    """Return what a TOML file holds."""
    text = _decoded(path)
    lines = Lines.of(text, shown(str(path)))
    try:
        return Table(tomllib.loads(text), TOMLOrigin(path, text))
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        place = lines.position(len(text))
        if match and match["line"]:
            place = Position(place.file, int(match["line"]), int(match["column"]))
        reason = match["reason"] if match else str(error)
        remedy = _syntax_remedy(text, place)
        for pattern, meant, advice in _TWICE:
            if found := pattern.search(reason):
                reason, remedy = meant.format(*found.groups()), advice
        raise InvalidTOML(f"not TOML: {reason}", place, remedy) from error
    except RecursionError as error:
        raise InvalidTOML("not TOML: nested too deeply", lines.position(0)) from error
    except ValueError as error:  # Python reads no integer of more than 4300 digits
        raise InvalidTOML(f"not TOML: {error}", lines.position(0)) from error


def _syntax_remedy(text: str, place: Position) -> str:
    """Return what to do about a line that is not TOML, if it is a usual mistake."""
    line = text.split("\n")[place.line - 1]
    if match := _UNQUOTED.fullmatch(line):
        return f"write the value between quotes: {quoted(match[1])}"
    return "write = between a key and its value" if _COLON.match(line) else ""


def _decoded(path: Path) -> str:
    file = shown(str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file, f"cannot be read: {reason_of(error)}") from error
    return decoded(content, file, InvalidTOML, "not TOML: ")


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
    if not isinstance(value, str):
        raise InvalidValue("text", repr(value), "a text")
    if not value:
        raise InvalidValue("text", repr(value), "a text that is not empty")
    return value


def _program(folder: Path, value: object) -> str:
    """Return a program as a shell takes it: a path, or a bare name that PATH is searched for."""
    text = _text(value)
    is_bare = Path(text).name == text
    return text if is_bare else str((folder / text).absolute())


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value:
        return tuple(read_part(index, _text, item) for index, item in enumerate(value))
    if not isinstance(value, str) or not value:
        raise InvalidValue("texts", repr(value), 'a text or a list of texts, such as ["slos"]')
    return (value,)
