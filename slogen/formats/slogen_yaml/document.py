"""A file of slogen YAML: what it inherits, what its names stand for, and the SLOs that it defines.

References are resolved in the tree, before any object is made: the name of a policy or of an
indicator gives way to what it names, and an SLO takes from the defaults what it does not say. So
every value keeps the place where it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue, UnreadableFile
from slogen.formats.codes import SERVICES_NOT_BUILT
from slogen.formats.slogen_yaml.bases import completed, policy, preset_meant
from slogen.formats.slogen_yaml.foreign import foreign_fault
from slogen.formats.slogen_yaml.inheriting import LONGEST_CHAIN, Inherited, inherited_file
from slogen.formats.slogen_yaml.keys import (
    API_VERSION,
    DEFAULTS,
    FILE_KEYS,
    PRESETS,
    SERVICE_KEYS,
    key_names,
)
from slogen.formats.slogen_yaml.misplaced import key_remedy
from slogen.formats.slogen_yaml.structure import ABOUT, indicator, made_arguments, structure
from slogen.formats.yaml.faults import is_explained, missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import (
    MappingNode,
    Node,
    ObjectNode,
    ScalarNode,
    UnreadNode,
)
from slogen.formats.yaml.reading import MOST_FAULTS, name_of_file, read_file
from slogen.formats.yaml.refusals import described, listed, mapping, sequence, wrong
from slogen.formats.yaml.shapes import TEXT, Texts
from slogen.model import SLO, Service, Settings
from slogen.spelling import did_you_mean, nearest
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from slogen.formats.yaml.reading import Reading

N = TypeVar("N", bound=Node)
T = TypeVar("T")


_STAND_IN = Service("service", origin=None)


class _Enough(Exception):
    """A file has as many faults as are told of one."""


class Loader:
    """What reads files of definitions, each of them once.

    Attributes:
        faults: What is wrong with all that was read.
        findings: What there is to say about it.
    """

    def __init__(self, read: Callable[[Path], Reading] = read_file) -> None:
        """Begin with nothing read.

        Args:
            read: What reads a file; the default reads it from the disk.
        """
        self._read = read
        self.faults: list[InputError] = []
        self.findings: list[Diagnostic] = []
        self._roots: dict[Path, MappingNode | None] = {}
        self._order: dict[str, int] = {}
        self._inherited: dict[Path, Inherited] = {}
        self._open: list[Path] = []
        self._most = MOST_FAULTS

    def load(self, path: Path) -> tuple[SLO, ...]:
        """Return the SLOs of a file; what is wrong with the others is among the faults."""
        self._open.clear()
        self._most = len(self.faults) + MOST_FAULTS
        try:
            return self._slos(path)
        except _Enough:
            reason = f"has more faults than the first {MOST_FAULTS}, which are shown here"
            self.faults.append(UnreadableFile(name_of_file(path), reason))
            return ()

    def _report(self, faults: Iterable[InputError]) -> None:
        """Keep what is wrong; of one file no more than anybody reads."""
        for fault in faults:
            if len(self.faults) >= self._most:
                raise _Enough
            self.faults.append(fault)

    def _slos(self, path: Path) -> tuple[SLO, ...]:
        root = self._root(path)
        if root is None:
            return ()
        handed = self._handed(path, root)
        services = root.get("services")
        if services is None:
            return ()
        return tuple(slo for node in self._items(services) for slo in self._service(node, handed))

    def sorted_faults(self) -> list[InputError]:
        """Return the faults file by file, in the order in which the files were read."""

        def place(fault: InputError) -> tuple[int, int, int]:
            if isinstance(fault, UnreadableFile):
                return self._order.get(fault.file, -1), len(self.faults), 0
            at = fault.position
            return (self._order.get(at.file, -1), at.line, at.column) if at else (-1, 0, 0)

        return sorted(self.faults, key=place)

    @property
    def roots(self) -> tuple[MappingNode, ...]:
        """What stands in all files that were read."""
        return tuple(filter(None, self._roots.values()))

    def services_not_built(self, read: Collection[Path]) -> Iterator[Diagnostic]:
        """Find services of files that others inherit, and that are not read for themselves.

        Args:
            read: The files that are.
        """
        for path, root in self._roots.items():
            if root is not None and "services" in root and path not in read:
                found = f"the services of {path.name} are not built: other files only inherit it"
                remedy = "move them to a file whose name does not begin with an underscore"
                place = root.key_position("services")
                yield Diagnostic(entry=SERVICES_NOT_BUILT, found=found, remedy=remedy, origin=place)

    def _root(self, path: Path) -> MappingNode | None:
        """Return what stands in a file of definitions; None if it is none."""
        key = path.resolve()
        if key not in self._roots:
            self._roots[key] = None
            self._order[name_of_file(path)] = len(self._order)
            reading = self._read(path)
            if (foreign := foreign_fault(reading.root)) is not None:
                self._report([foreign])
                return None
            self._report(reading.faults)
            self.findings += reading.findings
            root = reading.root
            is_empty = root is None or (isinstance(root, ScalarNode) and root.kind == "null")
            if root is not None and not is_empty:
                self._roots[key] = self._checked(root)
            elif not reading.faults:
                remedy = f"begin it with apiVersion: {API_VERSION}"
                self._report([UnreadableFile(name_of_file(path), "is empty", remedy)])
        return self._roots[key]

    def _checked(self, root: Node) -> MappingNode | None:
        """Return the root of a file of slogen's, whose keys are known."""
        if not isinstance(root, MappingNode):
            self._report([wrong(root, f"a mapping that begins with apiVersion: {API_VERSION}")])
            return None
        version = root.get("apiVersion")
        if version is None:
            explained = is_explained(root, "apiVersion", tuple(FILE_KEYS))
            if not explained:
                remedy = f"begin the file with apiVersion: {API_VERSION}"
                self._report([missing(root, "apiVersion", API_VERSION, remedy)])
            if not any(key in root for key in FILE_KEYS):
                self._report(unknown_keys(root, FILE_KEYS, key_remedy) if explained else ())
                return None
        elif not isinstance(version, ScalarNode) or version.text != API_VERSION:
            remedy = f"write {API_VERSION}, the version that this slogen reads"
            found = described(version)
            self._report([InvalidValue("apiVersion", found, API_VERSION, remedy, origin=version)])
            return None
        self._report(unknown_keys(root, FILE_KEYS, key_remedy))
        return root

    def _handed(self, path: Path, root: MappingNode) -> Inherited:
        """Return what a file hands on, with what it inherits itself."""
        key = path.resolve()
        if key not in self._inherited:
            self._open.append(key)
            parents = Inherited()
            for node in self._files(root):
                parents = parents.over(self._parent(path, node))
            self._open.pop()
            self._inherited[key] = self._own(root, parents.policies).over(parents)
        return self._inherited[key]

    def _files(self, root: MappingNode) -> list[Node]:
        """Return the files that one inherits, the nearest first: of two the later one wins."""
        if (node := root.get("inherits")) is None:
            return []
        try:
            files = list(Texts().items(node))[::-1]
        except InputError as fault:
            self._report(unreported(fault))
            return []
        if len(files) > LONGEST_CHAIN:
            found, allowed = f"a list of {len(files)} files", f"at most {LONGEST_CHAIN} files"
            self._report([InvalidValue("inherits", found, allowed, origin=node)])
            return []
        return files

    def _parent(self, path: Path, node: Node) -> Inherited:
        try:
            file = inherited_file(node, path.parent)
        except InputError as fault:
            self._report(unreported(fault))
            return Inherited()
        if file.resolve() in self._open:
            found = f"{quoted(TEXT.read(node))}, which inherits this file"
            self._report([InvalidValue("inherits", found, "no circles", origin=node)])
            return Inherited()
        if len(self._open) >= LONGEST_CHAIN:
            found = f"{quoted(TEXT.read(node))}, the end of a long chain"
            allowed = f"at most {LONGEST_CHAIN} files that inherit one another"
            self._report([InvalidValue("inherits", found, allowed, origin=node)])
            return Inherited()
        root = self._root(file)
        return Inherited() if root is None else self._handed(file, root)

    def _own(self, root: MappingNode, inherited: dict[str, Node]) -> Inherited:
        """Return what a file says itself, beside the policies that it inherits."""
        settings = None
        if (node := root.get("settings")) is not None:
            settings = self._try(_settings, node)
        policies = self._policies(root.get("policies"), inherited)
        known = {**inherited, **policies}
        return Inherited(settings, self._defaults(root.get("defaults"), known), policies)

    def _defaults(self, node: Node | None, policies: dict[str, Node]) -> MappingNode | None:
        if node is None:
            return None
        try:
            chosen = mapping(node, f"a mapping with {', '.join(DEFAULTS)}")
        except InputError as fault:
            self._report(unreported(fault))
            return None
        chosen = self._based(self._known(chosen, DEFAULTS), policies)
        named = ("alerts",) if _is_text(chosen, "alerts") else ()
        made, faults = made_arguments(chosen, SLO, (key for key in DEFAULTS if key not in named))
        self._report(faults.each())
        return made

    def _policies(self, node: Node | None, inherited: dict[str, Node]) -> dict[str, Node]:
        """Return alert policies by name, each made, used or not."""
        own = dict(node.items()) if isinstance(node, MappingNode) else {}
        known = {**inherited, **own}
        named = self._named(node, "policies", lambda one: policy(one, known))
        if isinstance(node, MappingNode):
            for name in (name for name in named if name in PRESETS):
                place, found = node.key_position(name), f"{quoted(name)}, which is a preset"
                self._report(
                    [InvalidValue("a key of policies", found, "another name", origin=place)]
                )
        return named

    def _based(self, node: MappingNode, policies: dict[str, Node]) -> MappingNode:
        """Return an SLO, or defaults, whose policy has all that it takes from another one."""
        if (alerts := node.get("alerts")) is None:
            return node
        whole = self._try(lambda one: completed(one, policies), alerts)
        return node.with_entries(alerts=whole or UnreadNode.at(node))

    def _named(self, node: Node | None, what: str, make: Callable[[Node], Node]) -> dict[str, Node]:
        """Return what has a name in a file; what is wrong is told here, and nowhere else."""
        if node is None:
            return {}
        named: dict[str, Node] = {}
        try:
            table = mapping(node, f"names with {what}")
        except InputError as fault:
            self._report(unreported(fault))
            return {}
        for name, one in table.items():
            named[name] = self._try(make, one) or UnreadNode.at(one)
        return named

    def _service(self, node: Node, handed: Inherited) -> Iterator[SLO]:
        """Yield the SLOs of a service that are right."""
        if not isinstance(node, MappingNode):
            self._report([wrong(node, "a service: a mapping with name and slos")])
            return
        known = self._known(node, (*key_names(Service), *SERVICE_KEYS))
        service = self._try(_service, known.without(*SERVICE_KEYS))
        if service is not None and handed.settings is not None:
            service = attrs.evolve(service, settings=service.settings.over(handed.settings))
        slis = self._named(node.get("slis"), "indicators", _indicator)
        own = self._defaults(node.get("defaults"), handed.policies)
        chosen = Inherited(None, own).over(handed)
        if (slos := node.get("slos")) is None:
            self._report(
                [missing(node, "slos", "a list, each SLO with name, objective, window, sli")]
            )
            return
        for item in self._items(slos):
            slo = self._slo(item, service or _STAND_IN, chosen, slis)
            assert slo or self.faults  # noqa: S101 (no SLO is lost in silence)
            if slo is not None and service is not None:
                yield slo

    def _slo(
        self, node: Node, service: Service, handed: Inherited, slis: dict[str, Node]
    ) -> SLO | None:
        if not isinstance(node, MappingNode):
            about = "an SLO: a mapping with name, objective, window and sli"
            self._report([wrong(node, about)])
            return None
        whole = self._based(self._known(node, key_names(SLO)), handed.policies)
        whole = whole if handed.defaults is None else whole.over(handed.defaults)
        whole = self._resolved(whole, "alerts", handed.policies, PRESETS)
        whole = self._resolved(whole, "sli", slis, ())
        return self._try(_slo, whole.with_entries(service=ObjectNode(node, service)))

    def _known(self, node: MappingNode, keys: tuple[str, ...]) -> MappingNode:
        """Return a mapping without the keys that mean nothing."""
        self._report(unknown_keys(node, keys, key_remedy))
        strangers = [key for key in node.entries if key not in keys]
        meant = {nearest(key, keys) for key in strangers} - {"", *node.entries}
        lost = node.with_entries(**{key: UnreadNode.at(node) for key in meant})
        return lost.without(*strangers)

    def _resolved(
        self, node: MappingNode, key: str, named: dict[str, Node], words: Collection[str]
    ) -> MappingNode:
        """Return an SLO in which a name has given way to what it stands for."""
        if not _is_text(node, key):
            return node
        name = TEXT.read(node[key])
        if name in words:
            return node
        if name in named:
            return node.with_entries(**{key: named[name]})
        known = (*words, *named)
        self._report(
            (
                InvalidValue(
                    key,
                    f"{quoted(name)}, which is not defined",
                    f"{listed(known)} or {ABOUT[key]}" if known else ABOUT[key],
                    (preset_meant(name) if PRESETS is words else "") or did_you_mean(name, known),
                    origin=node[key],
                ),
            )
        )
        return node.with_entries(**{key: UnreadNode.at(node)})

    def _items(self, node: Node) -> tuple[Node, ...]:
        return tuple(self._try(sequence, node) or ())

    def _try(self, make: Callable[[N], T], node: N) -> T | None:
        """Return what is made of a node; if anything is wrong, tell it and return None."""
        try:
            return make(node)
        except InputError as fault:
            self._report(unreported(fault))
            return None


def _indicator(node: Node) -> Node:
    return ObjectNode(node, indicator(node))


def _service(node: Node) -> Service:
    return structure(node, Service)


def _slo(node: Node) -> SLO:
    return structure(node, SLO)


def _settings(node: Node) -> Settings:
    return structure(node, Settings)


def _is_text(node: MappingNode, key: str) -> bool:
    value = node.get(key)
    return isinstance(value, ScalarNode) and value.kind == "text"
