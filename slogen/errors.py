"""Everything that slogen raises.

    SlogenError
    ├── InputError             what the user wrote cannot be compiled (exit code 3)
    │   ├── InvalidValue       an argument is outside of what is allowed
    │   │   ├── InvalidPromQL  a text is not the PromQL that is needed
    │   │   ├── WrongType      a number stands where a text is needed, and the like
    │   │   ├── UnknownKey     a key that means nothing there
    │   │   └── MissingKey     a required key is missing
    │   ├── DuplicateKey       a mapping has the same key twice
    │   ├── InvalidYAML        a file is not YAML, or more than slogen reads of it
    │   ├── InvalidTOML        a project file is not TOML
    │   ├── UnreadableFile     a file cannot be read at all
    │   ├── DuplicateID        two SLOs share an id
    │   ├── ScriptFailed       a script stopped with an exception of its own
    │   ├── NothingToBuild     no file, or no SLO in the files
    │   ├── ScriptsRefused     there is a script, and none may be run
    │   ├── RefusedByCheck     a check found what cannot work
    │   └── Faults             several of the above, reported together
    ├── OutputError            files could not be written (exit code 4)
    │   └── ForeignFile        a file that slogen did not write stands in the way
    └── ToolMissing            a program that is needed is not there (exit code 4)

An error carries data; ``diagnostics`` is what it says. `slogen.live.errors` has those of servers.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic, Fix
from slogen.exits import Exit
from slogen.source import Occurrence, Origin, Position


class SlogenError(Exception):
    """The root of all errors that slogen raises on purpose.

    Attributes:
        entry: Its code, as it is registered.
    """

    entry: ClassVar[Code] = Code.error("error", "anything else is wrong", Exit.UNDECIDED)

    @property
    def code(self) -> str:
        """What kind of error it is: a name that stays, for programs."""
        return self.entry.name

    @property
    def diagnostic(self) -> Diagnostic:
        """What it says."""
        return Diagnostic(entry=self.entry, found=super().__str__())

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What it says, one for each fault that it consists of."""
        return (self.diagnostic,)

    def __str__(self) -> str:
        """Return what it says, without places."""
        return "\n".join(diagnostic.text for diagnostic in self.diagnostics)


class InputError(SlogenError):
    """Something that the user wrote cannot be compiled."""

    entry: ClassVar[Code] = Code.error("input", "anything else is wrong with an input")

    @property
    def position(self) -> Position | None:
        """Where the fault stands, if that is known."""
        return self.diagnostic.position

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
        part: The part of the argument's text that is wrong, where that is known.
        fix: What to write instead, where that is beyond doubt.
        path: The keys, or the indexes of lists, that lead to the wrong part of the argument.
        is_key: Whether the last key of the path is wrong itself, instead of what stands behind it.
    """

    entry: ClassVar[Code] = Code.error("invalid-value", "a value is outside of what is allowed")

    subject: str
    found: str
    allowed: str
    remedy: str = ""
    origin: Origin | None = None
    argument: str | None = None
    part: Occurrence | None = None
    fix: Fix | None = None
    path: tuple[str | int, ...] = ()
    is_key: bool = False

    @property
    def diagnostic(self) -> Diagnostic:
        """What was found and what is allowed, at the argument or the part of it."""
        return Diagnostic(
            entry=self.entry,
            found=f"{self.subject} is {self.found}",
            allowed=self.allowed,
            remedy=self.remedy,
            origin=self.origin,
            argument=self.argument,
            part=self.part,
            fix=self.fix,
        )


@attrs.define(eq=False, str=False)
class InvalidPromQL(InvalidValue):
    """A text is not the PromQL that is needed there."""

    entry: ClassVar[Code] = Code.error("invalid-promql", "a text is not the PromQL that is needed")


@attrs.define(eq=False, str=False)
class WrongType(InvalidValue):
    """A value is of another kind than what is needed: a number where a text has to stand."""

    entry: ClassVar[Code] = Code.error(
        "wrong-type", "a value has the wrong type, such as a number for a text"
    )


@attrs.define(eq=False, str=False)
class UnknownKey(InvalidValue):
    """A key that means nothing where it stands."""

    entry: ClassVar[Code] = Code.error("unknown-key", "a key is not known where it stands")


@attrs.define(eq=False, str=False)
class MissingKey(InvalidValue):
    """A key that has to be there is not."""

    entry: ClassVar[Code] = Code.error("missing-key", "a required key is missing")


@attrs.define(eq=False, str=False)
class DuplicateKey(InputError):
    """A mapping has the same key twice, so that one of the values would be lost."""

    entry: ClassVar[Code] = Code.error("duplicate-key", "a mapping has the same key twice")

    key: str
    first: Position
    second: Position

    @property
    def diagnostic(self) -> Diagnostic:
        """Which key it is, at the later of the two."""
        return Diagnostic(
            entry=self.entry,
            found=f"{self.key} is given twice",
            details=(f"the other one: {self.first}",),
            remedy="remove one of the two",
            origin=self.second,
            argument=self.key,
        )


@attrs.define(eq=False, str=False)
class _Reasoned(SlogenError):
    """Something whose reason is a sentence.

    Attributes:
        reason: What is wrong; lines below the first are details.
        place: Where, if that is known.
        remedy: What to do about it.
        allowed: What would be accepted.
    """

    reason: str
    place: Position | None = None
    remedy: str = ""
    allowed: str = attrs.field(default="", kw_only=True)

    @property
    def diagnostic(self) -> Diagnostic:
        """The reason, at its place; an exception of a script may have several lines."""
        found, *details = self.reason.splitlines() or [""]
        return Diagnostic(
            entry=self.entry,
            found=found,
            details=tuple(details),
            allowed=self.allowed,
            remedy=self.remedy,
            origin=self.place,
        )


class InvalidYAML(_Reasoned, InputError):
    """A file is not YAML, or uses more of YAML than slogen reads."""

    entry: ClassVar[Code] = Code.error(
        "invalid-yaml", "a file is not YAML, or uses YAML that slogen does not read"
    )


class InvalidTOML(_Reasoned, InputError):
    """A project file is not TOML."""

    entry: ClassVar[Code] = Code.error("invalid-toml", "a project file is not TOML")


class ScriptFailed(_Reasoned, InputError):
    """A script of the user stopped with an exception."""

    entry: ClassVar[Code] = Code.error("script-failed", "a script stopped with an exception")


class NothingToBuild(_Reasoned, InputError):
    """There is no input, or the input holds no SLO."""

    entry: ClassVar[Code] = Code.error("nothing-to-build", "there is no file, or no SLO in it")


@attrs.define(eq=False, str=False)
class UnreadableFile(InputError):
    """A file cannot be read at all."""

    entry: ClassVar[Code] = Code.error(
        "unreadable-file", "a file cannot be read, is empty, too large or full of faults"
    )

    file: str
    reason: str
    remedy: str = ""

    @property
    def diagnostic(self) -> Diagnostic:
        """Which file it is, and why."""
        found = f"{self.file} {self.reason}"
        return Diagnostic(entry=self.entry, found=found, remedy=self.remedy)


@attrs.define(eq=False, str=False)
class DuplicateID(InputError):
    """Two SLOs share an id, so that their series could not be told apart."""

    entry: ClassVar[Code] = Code.error("duplicate-id", "two SLOs have the same id")

    slo_id: str
    first: Origin | None
    second: Origin | None

    @property
    def diagnostic(self) -> Diagnostic:
        """Which id it is, at the later of the two."""
        place = self.first.position() if self.first else None
        return Diagnostic(
            entry=self.entry,
            found=f'two SLOs have the id "{self.slo_id}"',
            details=(f"the other one: {place or 'position unknown'}",),
            remedy="give one of them another name, or an id of its own",
            slo_id=self.slo_id,
            origin=self.second,
        )


@attrs.define(eq=False, str=False)
class ScriptsRefused(InputError):
    """There is a script, and scripts are not to be run."""

    entry: ClassVar[Code] = Code.error("scripts-refused", "there is a script that may not run")

    path: str

    @property
    def diagnostic(self) -> Diagnostic:
        """Where it is, and what would run it."""
        return Diagnostic(
            entry=self.entry,
            found=f"{self.path} is Python, and scripts are not allowed",
            remedy="leave out --no-scripts if you trust whoever wrote it",
        )


@attrs.define(eq=False, str=False)
class Faults(InputError):
    """Several faults, reported together so that one run shows them all."""

    faults: tuple[InputError, ...]

    @property
    def diagnostic(self) -> Diagnostic:
        """How many there are; they stand in several places."""
        return Diagnostic(entry=self.entry, found=f"{len(self.each())} faults")

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What each of the faults says."""
        return tuple(fault.diagnostic for fault in self.each())

    def each(self) -> tuple[InputError, ...]:
        """Return the faults."""
        return tuple(single for fault in self.faults for single in fault.each())


def raise_all(faults: list[InputError]) -> None:
    """Raise what has been collected: nothing, the one fault, or all of them as `Faults`.

    What two of them would say in the same words at the same place is said once.
    """
    if len(faults) > 1:
        faults = list({tuple(map(str, fault.diagnostics)): fault for fault in faults}.values())
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(tuple(faults))


class OutputError(_Reasoned):
    """Files could not be written."""

    entry: ClassVar[Code] = Code.error("output", "files cannot be written", Exit.UNDECIDED)


class ForeignFile(OutputError):
    """A file that slogen did not write stands where it would write."""

    entry: ClassVar[Code] = Code.error(
        "foreign-file", "a file that slogen did not write stands in the way", Exit.UNDECIDED
    )

    def __init__(self, path: str) -> None:
        """Take the path of the file."""
        reason = f"{path} was not written by slogen; it stays and nothing is written"
        super().__init__(reason, remedy="move that file away, or choose another --out")


@attrs.define(eq=False, str=False)
class ToolMissing(SlogenError):
    """A program that is needed to decide something is not there, or cannot be used.

    Attributes:
        tool: Its name.
        reason: Where it was looked for, and what was found instead.
        remedies: What to do, a line each.
    """

    entry: ClassVar[Code] = Code.error(
        "tool-missing", "a program that is needed is not there", Exit.UNDECIDED
    )

    tool: str
    reason: str
    remedies: tuple[str, ...]

    @property
    def diagnostic(self) -> Diagnostic:
        """Which one it is, and what helps."""
        return Diagnostic(
            entry=self.entry,
            found=f"{self.tool} was not found",
            details=(f"found: {self.reason}",),
            remedy="\n".join(self.remedies),
        )


CODES: tuple[Code, ...] = tuple(
    error.entry
    for error in (
        InvalidValue,
        InvalidPromQL,
        WrongType,
        UnknownKey,
        MissingKey,
        DuplicateKey,
        InvalidYAML,
        InvalidTOML,
        UnreadableFile,
        DuplicateID,
        ScriptFailed,
        ScriptsRefused,
        NothingToBuild,
        OutputError,
        ForeignFile,
        ToolMissing,
        InputError,
        SlogenError,
    )
)
"""What errors are about."""
