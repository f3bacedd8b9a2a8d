"""What slogen says about definitions: errors, warnings and notes are all of one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from slogen.exits import Exit
from slogen.source import Occurrence, Origin, printable

if TYPE_CHECKING:
    from slogen.source import Position

Severity = Literal["error", "warning", "note"]
"""An error stops a build; a warning says what may harm, a note what was done differently."""

_LONGEST_LINE = 500
_LONGEST_END = 100
_CUT = " ... "


@attrs.frozen
class Code:
    """What a diagnostic can be about; `slogen.codes` lists them all.

    Attributes:
        name: A name that stays, such as ``tier-lowered``.
        severity: How bad it is.
        meaning: When it is said: in one clause, which begins in lower case.
        exit: The exit code of a build that ends with it.
        why: Why that matters, in sentences.
        remedy: What to do about it, in sentences.
        is_of_many: Whether people read it once for all SLOs of which it says the same.
    """

    name: str
    severity: Severity
    meaning: str
    exit: Exit
    why: str = ""
    remedy: str = ""
    is_of_many: bool = False

    @classmethod
    def error(
        cls, name: str, meaning: str, exit_code: Exit = Exit.INPUT, *, doc: str | None = None
    ) -> Code:
        """Return the code of something that stops a build."""
        return cls(name, "error", meaning, exit_code, _why(doc))

    @classmethod
    def warning(
        cls, name: str, meaning: str, *, why: str = "", remedy: str = "", doc: str | None = None
    ) -> Code:
        """Return the code of something that may harm.

        Args:
            name: Its name.
            meaning: When it is said.
            why: Why that matters.
            remedy: What to do about it.
            doc: The docstring of a module that says both, behind its first paragraph.
        """
        return cls(name, "warning", meaning, Exit.FINE, why or _why(doc), remedy)

    @classmethod
    def note(  # noqa: PLR0913 (what there is to say about a code)
        cls,
        name: str,
        meaning: str,
        *,
        why: str = "",
        remedy: str = "",
        doc: str | None = None,
        is_of_many: bool = False,
    ) -> Code:
        """Return the code of something that is worth knowing; the arguments are those above."""
        return cls(name, "note", meaning, Exit.FINE, why or _why(doc), remedy, is_of_many)

    @property
    def stops_builds(self) -> bool:
        """Whether a build ends with it, whatever severity a project gives it."""
        return self.exit is not Exit.FINE


def _why(doc: str | None) -> str:
    """Return what a docstring says behind its first paragraph, as one."""
    _, *rest = (doc or "").split("\n\n")
    return " ".join(" ".join(rest).split())


@attrs.frozen
class Fix:
    """What to write at the place of a diagnostic, where nobody has to think about it.

    That is so where the definition means the same afterwards; or where it could not be compiled,
    and can only have meant this.

    Attributes:
        old: What stands there, as the file has it, on one line; where something else does, nothing
            is written.
        new: What to write instead.
    """

    old: str = attrs.field(validator=attrs.validators.matches_re(r"[^\r\n]+"))
    new: str


@attrs.frozen(kw_only=True)
class Diagnostic:
    """Something that slogen says about what a user wrote.

    Attributes:
        entry: Its code, as it is registered.
        found: What was found, on one line.
        allowed: What would be accepted; empty where there is no more to say.
        remedy: What to do, or nothing; more lines than the first are parts of it.
        details: More that was found, a line each.
        slo_id: The SLO that it is about; empty where it is about a file, or about several.
        argument: The argument that it is about: a key in YAML.
        origin: Where the object was written down that has the argument.
        part: The part of the argument's text that it is about, where that is known.
        fix: What ``slogen lint --fix`` writes there; None where somebody has to decide.
    """

    entry: Code
    found: str
    allowed: str = ""
    remedy: str = ""
    details: tuple[str, ...] = ()
    slo_id: str = ""
    argument: str | None = None
    origin: Origin | None = attrs.field(default=None, eq=False, repr=False)
    part: Occurrence | None = None
    fix: Fix | None = None

    @property
    def code(self) -> str:
        """The name of its code."""
        return self.entry.name

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.entry.severity

    @property
    def position(self) -> Position | None:
        """Where the argument stands, or the part of it; else where the object does."""
        place = self.origin.position(self.argument) if self.origin else None
        return place.of(self.part) if place and self.part else place

    @property
    def message(self) -> str:
        """What was found; errors name the SLO in their own words, the others begin with it."""
        is_named = self.entry.stops_builds or not self.slo_id
        return shortened(self.found if is_named else f"{self.slo_id}: {self.found}")

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say besides: details, what is allowed, what to do."""
        said = [*self.details]
        said += [f"allowed: {self.allowed}"] if self.allowed else []
        if self.remedy:
            first, *more = self.remedy.split("\n")
            said += [f"remedy: {first}", *(f"  {line}" for line in more)]
        return tuple(map(shortened, said))

    @property
    def text(self) -> str:
        """All of it without its place."""
        return "\n".join((self.message, *(f"  {line}" for line in self.lines)))

    def paragraph(self, end: str = "") -> str:
        """Return it for a terminal, with the line of the source.

        Args:
            end: What the first line ends with.
        """
        place = self.position
        message, *lines = self.text.split("\n")
        head = f"{place}: " if place else ""
        excerpt = place.excerpt() if place else ()
        path = [shortened(f"  path: {place.path}")] if place and place.path else []
        return "\n".join([f"{head}{self.severity}: {message}{end}", *excerpt, *path, *lines])

    def __str__(self) -> str:
        """Return it for a terminal: an error with the line of the source, the others shorter."""
        if self.severity == "error":
            return self.paragraph()
        place = self.position
        message, *lines = self.text.split("\n")
        head = f"{place}: " if place else ""
        return "\n".join([f"{head}{self.severity}: {message} [{self.code}]", *lines])


def shortened(text: str) -> str:
    r"""Return a text as a line of a message, whatever the user wrote.

    What does not print is escaped, so that it cannot steer a terminal; of a long text the middle is
    left out.

    >>> shortened("a\tb"), len(shortened("x" * 10_000))
    ('a\\tb', 505)
    """
    if len(text) > _LONGEST_LINE:
        text = f"{text[: _LONGEST_LINE - _LONGEST_END]}{_CUT}{text[-_LONGEST_END:]}"
    return printable(text)


def reason_of(error: OSError) -> str:
    """Return why the system refused something, in its own words.

    >>> reason_of(FileNotFoundError(2, "No such file or directory")), reason_of(OSError("torn"))
    ('No such file or directory', 'torn')
    """
    return error.strerror or str(error)
