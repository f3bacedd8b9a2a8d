"""The functions that a configuration script or the command line calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import attrs

from slogen.checks import check, check_build, check_given, check_house
from slogen.checks.check import RefusedByCheck
from slogen.checks.given import Given
from slogen.compiler.sharing import Sharing
from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, InvalidValue, NothingToBuild, raise_all
from slogen.formats import load_paths
from slogen.formats.spelling import did_you_mean
from slogen.model import SLO
from slogen.model.settings import settings_of
from slogen.plan import resolve
from slogen.targets import TARGETS, output, target_class
from slogen.targets.built import Built, Layout
from slogen.targets.target import DashboardTarget, Target
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike
    from typing import Self

    from grafanalib.core import Dashboard

    from slogen.formats import Loaded
    from slogen.model import Settings
    from slogen.plan import ResolvedSLO
    from slogen.rules import SLORules
    from slogen.targets.files import File
    from slogen.targets.output import Change
    from slogen.trial import SLOVerdict


@attrs.frozen(kw_only=True)
class RuleSet:
    """What was built from SLOs.

    Attributes:
        built: The SLOs with every choice made and their rules, in the order in which they were
            given.
        findings: What slogen changed or advises against.
    """

    built: tuple[Built, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def slos(self) -> tuple[ResolvedSLO, ...]:
        """The SLOs with every choice made."""
        return tuple(one.slo for one in self.built)

    @property
    def rules(self) -> tuple[SLORules, ...]:
        """The rule groups of each SLO, which are compiled when they are asked for."""
        return tuple(one.rules for one in self.built)

    def dashboards(self) -> dict[str, Dashboard]:
        """Return the dashboards as objects of grafanalib, to be changed before they are written.

        Each stands under the title of its folder, a slash and its uid, such as
        ``team-shop/slo-shop``.
        """
        from slogen.targets.boards import dashboards  # noqa: PLC0415 (start-up)

        return dict(dashboards(self.built))

    def render(
        self, target: str | Target = "prometheus", layout: Layout = "service"
    ) -> tuple[File, ...]:
        """Return the files of a target, without writing any.

        Args:
            target: A target with its options, such as ``GrafanaConfigMap(namespace="monitoring")``,
                or a name in `slogen.targets.TARGETS`, which stands for the defaults.
            layout: What a file holds: the SLOs of a ``service``, one ``slo``, or all (``single``).

        Raises:
            InvalidValue: If there is no such target or layout.
            OutputError: If a name cannot be that of a file.
        """
        return self._files(targets_of([target]), layout, None)

    def pending(
        self,
        out: str | PathLike[str],
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = "service",
        dashboards: Mapping[str, Dashboard] | None = None,
        *,
        prune: bool = True,
    ) -> tuple[Change, ...]:
        """Return what `write` would change below a folder, without writing anything.

        The arguments are those of `write`.

        Raises:
            InvalidValue: As `write`.
            PartialBuild: As `write`.
            ForeignFile: If a file that slogen did not write stands in the way.
            OutputError: If names clash, or the file system refuses.
        """
        chosen = targets_of(targets)
        files = self._files(chosen, layout, dashboards)
        return tuple(self._planned(files, Path(out), chosen, prune=prune).changes())

    def write(
        self,
        out: str | PathLike[str],
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = "service",
        dashboards: Mapping[str, Dashboard] | None = None,
        *,
        prune: bool = True,
    ) -> tuple[Change, ...]:
        """Write the files of targets below a folder and return what changed there.

        Files of earlier builds that no longer belong are removed, files of others stay.

        Args:
            out: The folder.
            targets: Targets with their options, or names in `slogen.targets.TARGETS`.
            layout: What a file of rules holds, as for `render`.
            dashboards: What the targets for Grafana write instead of `dashboards`, as that returns
                it: changed, with some left out or with one's own.
            prune: Whether rules of SLOs that are not built may be removed.

        Raises:
            InvalidValue: If there is no such target or layout, a target is given twice with
                different options, or a dashboard is none.
            PartialBuild: If rules would be removed that must not be.
            ForeignFile: If a file that slogen did not write stands in the way.
            OutputError: If names clash, or the file system refuses.
        """
        return tuple(self.write_each(out, targets, layout, dashboards, prune=prune))

    def write_each(
        self,
        out: str | PathLike[str],
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = "service",
        dashboards: Mapping[str, Dashboard] | None = None,
        *,
        prune: bool = True,
    ) -> Iterator[Change]:
        """Write as `write` does, and yield each change as soon as it is made.

        Files of rules are rendered one after the other, so that those of thousands of SLOs need
        not be in memory together. Whatever is wrong is raised before the first is written.
        """
        chosen = targets_of(targets)
        files = self._files(chosen, layout, dashboards)
        with output.exclusive(Path(out)):
            plan = self._planned(files, Path(out), chosen, prune=prune)
            yield from plan.written()

    def findings_of(self, changes: Iterable[Change]) -> tuple[Diagnostic, ...]:
        """Return what changes of files do to the history of SLOs: none where it goes on.

        Args:
            changes: What `pending`, `write` or `write_each` gave: once the files are written nobody
                knows what was recorded before.
        """
        from slogen.targets import edits  # noqa: PLC0415 (start-up)

        return edits.findings(self.built, changes)

    def findings_for(
        self,
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = "service",
    ) -> tuple[Diagnostic, ...]:
        """Return what there is to say about what targets make of the rules.

        The arguments are those of `write`.

        Raises:
            InvalidValue: As `write`.
        """
        chosen = targets_of(targets)
        return tuple(found for one in chosen for found in one.findings(self.built, layout))

    def test(
        self, promtool: str | None = None, slos: str | Iterable[str] = ()
    ) -> tuple[SLOVerdict, ...]:
        """Let promtool run the proof of each SLO, and return what came out.

        Args:
            promtool: The program, as a path or a name on PATH; ``promtool`` unless given.
            slos: Patterns of ids, such as ``"shop-*"``; every SLO unless given.

        Raises:
            InvalidValue: If a pattern matches no id.
            ToolMissing: If promtool or the extra ``slogen[proof]`` is missing.
            OutputError: If temporary files cannot be written.
        """
        from slogen.trial import find, matching, proven  # noqa: PLC0415 (start-up)

        wanted = matching((slo.definition.id for slo in self.slos), slos)
        chosen = tuple(one for one in self.built if one.slo.definition.id in wanted)
        return tuple(proven(chosen, find(promtool)))

    def _planned(
        self, files: Iterable[File], out: Path, targets: tuple[Target, ...], *, prune: bool
    ) -> output.Plan:
        plan = output.plan(files, out, [target.folder for target in targets])
        if not prune:
            from slogen.targets import edits  # noqa: PLC0415 (start-up)

            edits.check_whole(self.built, plan.changes())
        return plan

    def _files(
        self,
        targets: Iterable[Target],
        layout: Layout,
        dashboards: Mapping[str, Dashboard] | None,
    ) -> tuple[File, ...]:
        if layout not in get_args(Layout):
            raise InvalidValue("layout", f'"{layout}"', ", ".join(get_args(Layout)))
        files: list[File] = []
        for target in targets:
            if dashboards is not None and isinstance(target, DashboardTarget):
                files += target.render_dashboards(dashboards)
            else:
                files += target.render(self.built, layout)
        return tuple(files)


def targets_of(targets: str | Target | Iterable[str | Target]) -> tuple[Target, ...]:
    """Return targets, each once; a name stands for a target with its defaults.

    A lone name or target is one target.

    Raises:
        InvalidValue: If there is no such target, or one is given twice with different options.
    """
    chosen: dict[str, Target] = {}
    for one in (targets,) if isinstance(targets, str | Target) else targets:
        target = one if isinstance(one, Target) else _named_target(one)
        if chosen.setdefault(target.name, target) != target:
            found = f'"{target.name}" twice, with different options'
            raise InvalidValue("targets", found, "each target once", origin=target.origin)
    return tuple(chosen.values())


def _named_target(name: str) -> Target:
    if isinstance(name, type) and issubclass(name, Target):
        remedy = f"write {name.__name__}()"
        raise InvalidValue("target", f"the class {name.__name__}", "a target or a name", remedy)
    if not isinstance(name, str) or name not in TARGETS:
        remedy = did_you_mean(name, TARGETS) if isinstance(name, str) else ""
        raise InvalidValue("target", quoted(name), ", ".join(TARGETS), remedy)
    return target_class(name)(origin=None)


class Definitions(tuple[SLO, ...]):  # noqa: SLOT001 (a tuple with something beside it)
    """SLOs that were read from files, in reading order.

    Attributes:
        findings: What there is to say about the files; `build` hands it on.
    """

    findings: tuple[Diagnostic, ...]

    def __new__(cls, slos: Iterable[SLO], findings: tuple[Diagnostic, ...] = ()) -> Self:
        """Take what was read."""
        definitions = super().__new__(cls, slos)
        definitions.findings = findings
        return definitions


def load(*paths: str | PathLike[str], scripts: bool = True) -> Definitions:
    """Return the SLOs of files, and of folders of files: Python scripts and slogen YAML.

    Args:
        paths: Files and folders.
        scripts: Whether Python may be run at all; not for definitions that somebody else wrote.

    Raises:
        InputError: If a file cannot be read, a script fails, a definition is wrong, there is no
            SLO, or there is a script and none may be run; the faults of all files together.
    """
    loaded = load_paths((Path(path) for path in paths), scripts=scripts)
    raise_all(list(loaded.faults))
    return Definitions(loaded.slos, loaded.findings)


def resolved(
    loaded: Loaded, settings: Settings
) -> tuple[tuple[ResolvedSLO, ...], tuple[Diagnostic, ...]]:
    """Return what was loaded with every choice made, and what was said about its files.

    Raises:
        InputError: If anything is wrong: with single definitions, and between those that are right
            by themselves; all of it together, and what checks find in each of these.
    """
    faults = list(loaded.faults)
    slos: tuple[ResolvedSLO, ...] = ()
    try:
        slos = resolve(loaded.slos, settings)
        if faults:
            faults += _refused(_checked(_built(slos)))
    except InputError as fault:
        faults += fault.each()
    raise_all(faults)
    return slos, loaded.findings


def all_findings(
    loaded: Loaded, settings: Settings, given: Given | None = None
) -> tuple[Diagnostic, ...]:
    """Return all that there is to say about what was loaded; errors are returned, not raised.

    While a definition cannot be read, the other SLOs are checked one by one: what several have in
    common, and which lack an owner, is found once all can be read. What two errors would say in the
    same words at the same place is said once.

    Args:
        loaded: What was read.
        settings: Those of the project.
        given: What the user says about traffic and servers, if anything.
    """
    faults = list(loaded.faults)
    found: tuple[Diagnostic, ...] = ()
    try:
        slos = resolve(loaded.slos, settings)
        found = _checked(_built(slos))
        if not faults:
            house = (*check_house(slos), *check_given(slos, given or Given()))
            found = (*found, *check_build(slos), *house)
    except InputError as fault:
        faults += fault.each()
    refused = (fault.diagnostics for fault in (*faults, *_refused(found)))
    errors = {str(error): error for diagnostics in refused for error in diagnostics}
    others = (finding for finding in found if finding.severity != "error")
    return (*loaded.findings, *errors.values(), *others)


def build(slos: SLO | Iterable[SLO], settings: Settings | None = None) -> RuleSet:
    """Compile SLOs.

    Raises:
        InputError: If two share an id, a tier makes no sense for its SLO, a check finds that one
            cannot work, or there is none.
    """
    chosen = resolve(slos, settings_of(settings))
    if not chosen:
        raise NothingToBuild("there is no SLO to build")
    return compiled(chosen, slos.findings if isinstance(slos, Definitions) else ())


def compiled(slos: Iterable[ResolvedSLO], findings: Iterable[Diagnostic] = ()) -> RuleSet:
    """Return the rules of SLOs with every choice made, checked.

    Args:
        slos: What is compiled.
        findings: What was said about their files.

    Raises:
        InputError: If an expression that was made is none, which only a query of the user's can
            do, or checks find SLOs that cannot work; what they find in all of them together.
    """
    built = _built(slos)
    found = (*_checked(built), *check_build([one.slo for one in built]))
    raise_all(_refused(found))
    return RuleSet(built=built, findings=(*findings, *found))


def _built(slos: Iterable[ResolvedSLO]) -> tuple[Built, ...]:
    sharing = Sharing()
    return tuple(Built(slo, sharing.compiled(slo)) for slo in slos)


def _checked(built: Iterable[Built]) -> tuple[Diagnostic, ...]:
    return tuple(finding for one in built for finding in check(one.slo, one.compiled.sizes))


def _refused(findings: Iterable[Diagnostic]) -> list[InputError]:
    """Return what checks find that stops a build."""
    return [RefusedByCheck(finding) for finding in findings if finding.severity == "error"]
