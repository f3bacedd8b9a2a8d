"""Everything that slogen raises.

    SlogenError
    ├── InputError             what the user wrote cannot be compiled (exit code 3)
    │   ├── InvalidValue       an argument is outside of what is allowed
    │   │   ├── InvalidPromQL  a text is not the PromQL that is needed
    │   │   ├── WrongType      a number stands where a text is needed, and the like
    │   │   ├── UnknownKey     a key that means nothing there
    │   │   └── MissingKey     a key that has to be there is not
    │   ├── DuplicateKey       a mapping has the same key twice
    │   ├── InvalidYAML        a file is not YAML, or more than slogen reads of it
    │   ├── InvalidTOML        a project file is not TOML
    │   ├── UnreadableFile     a file cannot be read at all
    │   ├── DuplicateID        two SLOs share an id
    │   ├── ScriptFailed       a script stopped with an exception of its own
    │   ├── NothingToBuild     no file, or no SLO in the files
    │   ├── ScriptsRefused     there is a script, and none may be run
    │   └── Faults             several of the above, reported together
    ├── OutputError            files could not be written (exit code 4)
    │   └── ForeignFile        a file that slogen did not write stands in the way
    └── ToolMissing            a program that is needed is not there (exit code 4)

An error carries data and builds its own text; ``diagnostic()`` adds the place in the user's file.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.source import Origin, Piece, Position, printable

_LONGEST_LINE = 500
_LONGEST_END = 100
_CUT = " ... "


class SlogenError(Exception):
    """The root of all errors that slogen raises on purpose.

    Attributes:
        code: What kind of error it is; stable, for programs.
    """

    code: ClassVar[str] = "error"


class InputError(SlogenError):
    """Something that the user wrote cannot be compiled."""

    code: ClassVar[str] = "input"

    @property
    def position(self) -> Position | None:
        """Where the fault stands, if that is known."""
        return None

    def diagnostic(self) -> str:
        """Return the text for a terminal: position, message, the source line with a caret."""
        place = self.position
        if place is None:
            return f"error: {self}"
        head, *details = str(self).split("\n")
        path = [_line(f"  path: {place.path}")] if place.path else []
        return "\n".join([f"{place}: error: {head}", *place.excerpt(), *path, *details])

    def each(self) -> tuple[InputError, ...]:
        """Return the faults that this one consists of: itself, unless it is several."""
        return (self,)


@attrs.define(eq=False, str=False)
class InvalidValue(InputError, ValueError):
    """An argument is outside of what is allowed.

    Attributes:
        subject: What the value is, such as ``SLO.objective``.
        found: The value as the user wrote it.
        allowed: What would be accepted.
        remedy: What to do, where there is more to say than ``allowed``.
        origin: Where the object was made.
        argument: The argument of the call at ``origin`` that the fault is about.
        part: The piece of the argument's text that is to blame, where it can be told.
    """

    code: ClassVar[str] = "invalid-value"

    subject: str
    found: str
    allowed: str
    remedy: str = ""
    origin: Origin | None = None
    argument: str | None = None
    part: Piece | None = None

    def __str__(self) -> str:
        lines = [f"{self.subject} is {self.found}", f"  allowed: {self.allowed}"]
        if self.remedy:
            lines.append(f"  remedy: {self.remedy}")
        return "\n".join(map(_line, lines))

    @property
    def position(self) -> Position | None:
        """The argument's place in the call that made the object, or that of the part of it."""
        place = self.origin.position(self.argument) if self.origin else None
        return place.of(self.part) if place and self.part else place


@attrs.define(eq=False, str=False)
class InvalidPromQL(InvalidValue):
    """A text is not the PromQL that is needed there."""

    code: ClassVar[str] = "invalid-promql"


@attrs.define(eq=False, str=False)
class WrongType(InvalidValue):
    """A value is of another kind than what is needed: a number where a text has to stand."""

    code: ClassVar[str] = "wrong-type"


@attrs.define(eq=False, str=False)
class UnknownKey(InvalidValue):
    """A key that means nothing where it stands."""

    code: ClassVar[str] = "unknown-key"


@attrs.define(eq=False, str=False)
class MissingKey(InvalidValue):
    """A key that has to be there is not."""

    code: ClassVar[str] = "missing-key"


@attrs.define(eq=False, str=False)
class DuplicateKey(InputError):
    """A mapping has the same key twice, so that one of the values would be lost."""

    code: ClassVar[str] = "duplicate-key"

    key: str
    first: Position
    second: Position

    def __str__(self) -> str:
        return (
            f"{_line(self.key)} is given twice\n"
            f"  the other one: {self.first}\n"
            "  remedy: remove one of the two"
        )

    @property
    def position(self) -> Position:
        """The place of the later of the two."""
        return self.second


@attrs.define(eq=False, str=False)
class InvalidYAML(InputError):
    """A file is not YAML, or uses more of YAML than slogen reads."""

    code: ClassVar[str] = "invalid-yaml"

    reason: str
    place: Position
    remedy: str = ""

    def __str__(self) -> str:
        reason = _line(self.reason)
        return f"{reason}\n  remedy: {self.remedy}" if self.remedy else reason

    @property
    def position(self) -> Position:
        """Where reading came to its end."""
        return self.place


@attrs.define(eq=False, str=False)
class InvalidTOML(InputError):
    """A project file is not TOML."""

    code: ClassVar[str] = "invalid-toml"

    reason: str
    place: Position

    def __str__(self) -> str:
        return _line(f"not TOML: {self.reason}")

    @property
    def position(self) -> Position:
        """Where reading came to its end."""
        return self.place


@attrs.define(eq=False, str=False)
class UnreadableFile(InputError):
    """A file cannot be read at all."""

    code: ClassVar[str] = "unreadable-file"

    file: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        head = _line(f"{self.file} {self.reason}")
        return f"{head}\n  remedy: {self.remedy}" if self.remedy else head


@attrs.define(eq=False, str=False)
class DuplicateID(InputError):
    """Two SLOs share an id, so that their series could not be told apart."""

    code: ClassVar[str] = "duplicate-id"

    slo_id: str
    first: Origin | None
    second: Origin | None

    def __str__(self) -> str:
        place = self.first.position() if self.first else None
        return (
            f'two SLOs have the id "{self.slo_id}"\n'
            f"  the other one: {place or 'position unknown'}\n"
            "  remedy: give one of them another name, or an id of its own"
        )

    @property
    def position(self) -> Position | None:
        """The place of the later of the two."""
        return self.second.position() if self.second else None


@attrs.define(eq=False, str=False)
class ScriptFailed(InputError):
    """A script of the user stopped with an exception."""

    code: ClassVar[str] = "script-failed"

    reason: str
    place: Position | None

    def __str__(self) -> str:
        return self.reason

    @property
    def position(self) -> Position | None:
        """The line of the user's file that was being run."""
        return self.place


class NothingToBuild(InputError):
    """There is no input, or the input holds no SLO."""

    code: ClassVar[str] = "nothing-to-build"


class ScriptsRefused(InputError):
    """There is a script, and scripts are not to be run."""

    code: ClassVar[str] = "scripts-refused"


@attrs.define(eq=False, str=False)
class Faults(InputError):
    """Several faults, reported together so that one run shows them all."""

    faults: tuple[InputError, ...]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    def diagnostic(self) -> str:
        """Return the diagnostics of all faults, a paragraph each."""
        return "\n\n".join(fault.diagnostic() for fault in self.faults)

    def each(self) -> tuple[InputError, ...]:
        """Return the faults."""
        return tuple(one for fault in self.faults for one in fault.each())


def raise_all(faults: list[InputError]) -> None:
    """Raise what has been collected: nothing, the one fault, or all of them as `Faults`.

    What two of them would say in the same words at the same place is said once.
    """
    if len(faults) > 1:
        faults = list({fault.diagnostic(): fault for fault in faults}.values())
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(tuple(faults))


class OutputError(SlogenError):
    """Files could not be written."""

    code: ClassVar[str] = "output"


@attrs.define(eq=False, str=False)
class ForeignFile(OutputError):
    """A file that slogen did not write stands where it would write."""

    code: ClassVar[str] = "foreign-file"

    path: str

    def __str__(self) -> str:
        return (
            f"{self.path} was not written by slogen; it stays and nothing is written\n"
            "  remedy: move that file away, or choose another --out"
        )


@attrs.define(eq=False, str=False)
class ToolMissing(SlogenError):
    """A program that is needed to decide something is not there, or cannot be used.

    Attributes:
        tool: Its name.
        reason: Where it was looked for, and what was found instead.
        remedies: What to do, a line each.
    """

    code: ClassVar[str] = "tool-missing"

    tool: str
    reason: str
    remedies: tuple[str, ...]

    def __str__(self) -> str:
        head, *more = self.remedies
        lines = [f"{self.tool} was not found", f"  found: {self.reason}", f"  remedy: {head}"]
        return "\n".join([*lines, *(f"    {line}" for line in more)])


def _line(text: str) -> str:
    """Return a text as a line of a message, whatever the user wrote.

    What does not print is escaped, so that it cannot steer a terminal; of a long text the middle is
    left out.
    """
    if len(text) > _LONGEST_LINE:
        text = f"{text[: _LONGEST_LINE - _LONGEST_END]}{_CUT}{text[-_LONGEST_END:]}"
    return printable(text)
