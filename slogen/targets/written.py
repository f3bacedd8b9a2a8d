"""What earlier builds wrote, as the rules of SLOs: to be compared with what a build writes now."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import InputError, NothingToBuild, UnreadableFile
from slogen.review.comparison.changes import Unread
from slogen.rules import SLORules
from slogen.source import shown
from slogen.targets import TARGETS, target_class
from slogen.targets.files import MANIFEST, MARK_WITHIN, is_ours
from slogen.targets.output import TEMPORARY
from slogen.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from slogen.targets.built import Built
    from slogen.targets.output import Change

_BY_SUFFIX = {".yaml": "prometheus", ".yml": "prometheus", ".json": "json"}
"""The targets that hold rules, by how the names of their files end."""
_FOREIGN = "slogen did not write it"
_EDITED = "no rule group in it has a name that slogen gives"
_TWICE = "it stands in another file as well"


@attrs.frozen
class WrittenSLO:
    """The rules of an SLO in a file of an earlier build; they are parsed when they are asked for.

    Attributes:
        slo_id: Its id.
        file: The file.
        text: The groups, as they are written.
        target: The target that the file is of.
    """

    slo_id: str
    file: str
    text: str
    target: type[Target] = attrs.field(repr=False)

    @property
    def slo(self) -> None:
        """Nothing: of what was compiled there are rules alone."""
        return

    @cached_property
    def rules(self) -> SLORules:
        """Its rules.

        Raises:
            UnreadRules: If they are anything that slogen does not write.
        """
        groups = self.target.rule_groups(self.text)
        return SLORules(slo_id=self.slo_id, service="", groups=groups)


@attrs.frozen
class WrittenRules:
    """What files of an earlier build hold.

    Attributes:
        built: The rules of each SLO.
        unread: What could not be read.
    """

    built: tuple[WrittenSLO, ...]
    unread: tuple[Unread, ...] = ()

    def narrowed(self, other: Mapping[str, str]) -> WrittenRules:
        """Return those that stand there differently, as far as they can be read.

        Args:
            other: What the other side has of each SLO, by its id.
        """
        left = [one for one in self.built if other.get(one.slo_id) != one.text]
        faults = [(one, fault) for one in left if (fault := _fault(one))]
        unread = (Unread(file=one.file, reason=fault, slo_id=one.slo_id) for one, fault in faults)
        faulty = {one.slo_id for one, _ in faults}
        read = tuple(one for one in left if one.slo_id not in faulty)
        return WrittenRules(read, (*self.unread, *unread))

    @property
    def texts(self) -> Mapping[str, str]:
        """What there is of each SLO, by its id."""
        return {one.slo_id: one.text for one in self.built}


def _fault(one: WrittenSLO) -> str:
    """Return why the rules of an SLO cannot be read; the empty text if they can."""
    try:
        _ = one.rules
    except InputError as fault:
        return fault.diagnostic.found
    return ""


def is_output(path: Path) -> bool:
    """Tell whether a path is what a build wrote: its folder, a folder in that, or a file of it."""
    try:
        if path.is_file():
            return path.suffix in _BY_SUFFIX and is_ours(_head(path))
        return (path / MANIFEST).is_file() or any(map(is_output, _files(path)))
    except OSError:  # whoever reads the path says what is wrong with it
        return False


def written_rules(path: str | PathLike[str]) -> WrittenRules:
    """Return the rules of SLOs in a folder that a build wrote, or in a file of it.

    Where the folder holds them several times, as rule files and as JSON, the rule files count.

    Raises:
        InputError: If a file cannot be read, or there are no rules.
    """
    place = Path(path)
    files = [place] if place.is_file() else _files(place)
    if not files:
        allowed = "the output of a target with rules, such as prometheus"
        raise NothingToBuild(f"there are no rules in {shown(str(place))}", allowed=allowed)
    return _collected((shown(str(file)), _target(file), _text(file)) for file in files)


def replaced_rules(
    changes: Iterable[Change], built: Iterable[Built]
) -> tuple[WrittenRules, tuple[Built, ...]]:
    """Return the SLOs whose rules a build replaces: what files hold of them, and what they will.

    Args:
        changes: What the build would write and remove.
        built: All SLOs that are built.
    """
    found = [change for change in changes if holds_rules(change.path)]
    before = _collected(
        (change.path, _target_of(change), change.before)
        for change in found
        if change.before is not None
    )
    after: dict[str, str] = {}
    for change in found:
        for slo_id, text in _target_of(change).slo_texts(change.after or "").items():
            after.setdefault(slo_id, text)
    differing = {slo_id for slo_id, text in after.items() if before.texts.get(slo_id) != text}
    return before.narrowed(after), tuple(one for one in built if one.slo_id in differing)


def _target_of(change: Change) -> type[Target]:
    return target_class(change.path.partition("/")[0])


def holds_rules(path: str) -> bool:
    """Tell whether a file is one of rules, by its path from the output folder."""
    folder = path.partition("/")[0]
    is_whole = not path.endswith(TEMPORARY)
    return is_whole and folder in TARGETS and target_class(folder).holds_rules


def _collected(files: Iterable[tuple[str, type[Target], str]]) -> WrittenRules:
    """Return what files hold: of an SLO that stands in several the first one counts."""
    built: dict[str, WrittenSLO] = {}
    unread: list[Unread] = []
    for file, target, text in files:
        texts = target.slo_texts(text)
        if not texts:
            unread.append(Unread(file=file, reason=_EDITED if is_ours(text) else _FOREIGN))
        for slo_id, own in texts.items():
            first = built.setdefault(slo_id, WrittenSLO(slo_id, file, own, target))
            if first.file != file and first.target is target:
                unread.append(Unread(file=file, reason=_TWICE, slo_id=slo_id))
    return WrittenRules(tuple(built.values()), tuple(unread))


def _files(folder: Path) -> list[Path]:
    """Return the files with rules in a folder that a build wrote, or in a folder of a target."""
    for name in sorted(TARGETS, key=_preference):
        if target_class(name).holds_rules and (own := _with_rules(folder / name)):
            return own
    return _with_rules(folder)


def _preference(name: str) -> tuple[bool, str]:
    """Let JSON count where no other target has rules."""
    return name == _BY_SUFFIX[".json"], name


def _with_rules(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if _holds_rules(file))


def _holds_rules(file: Path) -> bool:
    return file.suffix in _BY_SUFFIX and not file.name.startswith(".") and file.is_file()


def _target(file: Path) -> type[Target]:
    return target_class(_BY_SUFFIX[file.suffix])


def _head(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as stream:
        return stream.read(MARK_WITHIN)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UnreadableFile(shown(str(file)), f"cannot be read: {reason_of(error)}") from error
