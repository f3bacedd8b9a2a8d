"""Running a user's scripts as modules, and leaving Python as it was."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import model
from slogen.errors import InputError, InvalidValue, ScriptFailed
from slogen.formats.encoding import decoded
from slogen.promql.selector import Selector
from slogen.source import Position, character, shown
from slogen.spelling import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_UNKNOWN_ARGUMENT = re.compile(
    r"(?P<cls>\w+)\.__init__\(\) got an unexpected keyword argument '(?P<name>\w+)'"
)
_MISSING_ARGUMENT = re.compile(
    r"(?P<cls>\w+)\.__init__\(\) missing \d+ required keyword-only arguments?: (?P<names>.*)"
)
_PRESET_WITH_ARGUMENT = re.compile(
    r"AlertPolicy\.(?P<preset>standard|pages_only|tickets_only|none)\(\) "
    r"got an unexpected keyword argument '(?P<name>\w+)'"
)
_ARGUMENTS_OF_PRESETS = {
    "standard": {},
    "pages_only": {"preset": '"pages_only"'},
    "tickets_only": {"preset": '"tickets_only"'},
    "none": {"preset": '"none"', "exhausted": "False", "stale": "False"},
}
"""What the class takes to make the policies of its methods, which take nothing."""
_UNDECODED = re.compile(r"can't decode|null bytes|Non-UTF-8|encoding problem")
_NOT_IN_SLOGEN = re.compile(r"cannot import name '(\w+)' from 'slogen'")
_NOT_IN_LIBRARY = re.compile(
    r"cannot import name '(\w+)' from 'slogen\.library'"
    r"|module 'slogen\.library' has no attribute '(\w+)'"
)
_POSITIONAL = re.compile(r"^(\w+)\.__init__\(\) takes \d+ positional arguments? but")
_WHERE_BY_NAME = re.compile(r"^Selector\.where\(\) got an unexpected keyword argument")
_NO_WHERE = re.compile(r"^'str' object has no attribute 'where'")


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let scripts import what stands beside them, and leave no trace of it behind."""
    modules, path, here = set(sys.modules), list(sys.path), Path.cwd()
    writes_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path
        sys.dont_write_bytecode = writes_bytecode
        os.chdir(here)
        for name in set(sys.modules) - modules:
            if stands_in(sys.modules[name], folder):
                del sys.modules[name]


def stands_in(module: ModuleType, folder: Path) -> bool:
    """Tell whether a module, or a package without a file of its own, belongs to a folder.

    Args:
        module: What was imported.
        folder: Without links.
    """
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(place and Path(place).resolve().is_relative_to(folder) for place in places)


def run(script: Path) -> ModuleType:
    """Run a script as a module, or return it if another script has imported it already.

    Raises:
        InputError: Whatever stopped the script, placed in the user's file.
    """
    imported = sys.modules.get(script.stem)
    if imported is not None and _is_file_of(imported, script):
        return imported
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None  # noqa: S101 (every .py file has a spec)
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    if imported is None:
        sys.modules[script.stem] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except InputError as fault:
        raise _placed(fault, script) from fault
    except BaseException as error:  # SystemExit too: a script must not end the build in silence
        raise _failed(error, script) from error
    return module


def _is_file_of(module: ModuleType, script: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve() == script.resolve()


def _placed(fault: InputError, script: Path) -> InputError:
    """Return the fault, placed in the user's file if it does not know where it arose."""
    if fault.position is not None:
        return fault
    if isinstance(fault, InvalidValue):
        return attrs.evolve(fault, origin=_place(fault, script), argument=None)
    said = fault.diagnostic
    return ScriptFailed(said.found, _place(fault, script), said.remedy, allowed=said.allowed)


def _failed(error: BaseException, script: Path) -> ScriptFailed:
    """Return what stopped a script as a fault at the line that was being run."""
    place = _place(error, script)
    if isinstance(error, SyntaxError) and _UNDECODED.search(str(error)):
        _check_encoding(Path(error.filename) if error.filename else script, script)
    if (match := _UNKNOWN_ARGUMENT.search(str(error))) and (cls := _class_named(match["cls"])):
        return _unknown_argument(cls, match["name"], place)
    if (match := _MISSING_ARGUMENT.search(str(error))) and (cls := _class_named(match["cls"])):
        return _missing_argument(cls, match["names"], place)
    if match := _PRESET_WITH_ARGUMENT.search(str(error)):
        return _preset_with_argument(match["preset"], match["name"], place)
    return ScriptFailed(_reason(error), place, _remedy(error))


def _check_encoding(file: Path, script: Path) -> None:
    """Refuse a file that Python cannot read because of how it was saved.

    Raises:
        InputError: If it is not UTF-8.
    """
    path = file if file.is_file() else script
    more = ", or say its encoding in its first line, such as # coding: latin-1"
    decoded(path.read_bytes(), shown(str(path)), ScriptFailed, more=more)


def _remedy(error: BaseException) -> str:
    """Return what to write for a name that is almost one of slogen's, or a call of another form."""
    if asked := _NOT_IN_LIBRARY.search(str(error)):
        return _nearest_entry(asked[1] or asked[2])
    if isinstance(error, NameError | ImportError) and error.name:
        asked = _NOT_IN_SLOGEN.search(str(error))
        return _nearest_name(asked[1] if asked else error.name)
    if asked := _POSITIONAL.search(str(error)):
        return f"give each argument by its name, such as {asked[1]}(name=...)"
    if _WHERE_BY_NAME.search(str(error)):
        return "write the conditions as one text: where('code=\"500\"')"
    if _NO_WHERE.search(str(error)):
        return "make a selector of the text: Selector(...).where(...)"
    return ""


def _nearest_name(name: str) -> str:
    classes = (known for known in dir(model) if isinstance(getattr(model, known), type))
    known = {name.lower(): name for name in (*classes, Selector.__name__)}
    word = nearest(name.lower(), known)
    return f'did you mean "{known[word]}"?' if word and known[word] != name else ""


def _nearest_entry(name: str) -> str:
    from slogen import library  # noqa: PLC0415 (start-up)
    from slogen.library.names import entry_remedy  # noqa: PLC0415 (start-up)

    return entry_remedy(name, library.__all__)


def _reason(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"the script called sys.exit({error.code!r}) instead of defining SLOs"
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    return traceback.format_exception_only(error)[0].strip()


def _unknown_argument(cls: type[attrs.AttrsInstance], name: str, place: Position) -> ScriptFailed:
    """Say what could have been meant by an argument that a class of the model does not have."""
    known = _arguments(cls)
    reason = f'{cls.__name__} has no argument "{name}"'
    return ScriptFailed(reason, place, did_you_mean(name, known), allowed=", ".join(known))


def _missing_argument(cls: type[attrs.AttrsInstance], names: str, place: Position) -> ScriptFailed:
    """Say which arguments a class wants."""
    wanted = re.findall(r"'(\w+)'", names)
    call = f"{cls.__name__}({', '.join(f'{name}=...' for name in wanted)})"
    are = "is" if len(wanted) == 1 else "are"
    reason = f"{', '.join(f'{cls.__name__}.{name}' for name in wanted)} {are} missing"
    return ScriptFailed(reason, place, f"give it: {call}", allowed=", ".join(_arguments(cls)))


def _class_named(name: str) -> type[attrs.AttrsInstance] | None:
    """Return a class of the model, or of the arguments of an entry of the library."""
    from slogen import library  # noqa: PLC0415 (start-up)

    found: type[attrs.AttrsInstance] | None = getattr(model, name, None)
    return library.entries()[name].arguments if name in library.__all__ else found


def _preset_with_argument(preset: str, name: str, place: Position) -> ScriptFailed:
    """Say how the policy of a preset is changed: the class takes what its method does not."""
    known = _arguments(model.AlertPolicy)
    meant = nearest(name, known)
    given = _ARGUMENTS_OF_PRESETS[preset] | ({meant: "..."} if meant else {})
    call = f"AlertPolicy({', '.join(f'{key}={value}' for key, value in given.items()) or '...'})"
    return ScriptFailed(
        f'AlertPolicy.{preset}() takes no argument, and is given "{name}"',
        place,
        f"write {call}",
        allowed=f"AlertPolicy(...) with {', '.join(known)}",
    )


def _arguments(cls: type[attrs.AttrsInstance]) -> list[str]:
    """Return the arguments of a class of the model, sorted."""
    return sorted(field.alias for field in attrs.fields(cls) if field.name != "origin")


def _place(error: BaseException, script: Path) -> Position:
    """Return the innermost place in the user's files that an exception passed through."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_file():
        line, column = error.lineno or 1, (error.offset or 1) - 1
        return Position(shown(error.filename), line, character(error.filename, line, column))
    folder = script.parent.resolve()
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_file() and Path(frame.filename).resolve().is_relative_to(folder)
    ]
    if not frames:
        return Position(shown(str(script)), 1, 1)
    last = frames[-1]
    line = last.lineno or 1
    return Position(shown(last.filename), line, character(last.filename, line, last.colno or 0))
