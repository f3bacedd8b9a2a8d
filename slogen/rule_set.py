"""What a build returns: the rules of SLOs, and what can be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InvalidValue
from slogen.model.project import DEFAULT_LAYOUT
from slogen.model.selection import listed, matching
from slogen.spelling import did_you_mean
from slogen.targets import TARGETS, output, target_class
from slogen.targets.built import Built, Layout
from slogen.targets.dashboard_target import DashboardTarget
from slogen.targets.target import Target
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from grafanalib.core import Dashboard

    from slogen.model.budget_policy import BudgetPolicy
    from slogen.plan import ResolvedSLO
    from slogen.review.explanation.meaning import Explanation
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

    >>> from slogen import SLO, Up, build
    >>> sli = Up(gauge='up{job="shop"}')
    >>> rules = build(SLO(service="shop", name="up", objective="99%", window="30d", sli=sli))
    >>> [file.path for file in rules.render("prometheus")]
    ['prometheus/shop-up.yaml']
    >>> page = rules.explain("shop-up").tiers[0].detections[0]
    >>> print(page.fires.earliest, page.fires.latest)
    510s 570s
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

    def dashboards(self, budget_policy: BudgetPolicy | None = None) -> dict[str, Dashboard]:
        """Return the dashboards as objects of grafanalib, to be changed before they are written.

        Each stands under the title of its folder, a slash and its uid, such as
        ``team-shop/slo-shop``.

        Args:
            budget_policy: By which limits they say whether to deploy; a budget that is spent alone
                says no unless given.
        """
        from slogen.targets.boards import dashboards  # noqa: PLC0415 (start-up)

        return dict(dashboards(self.built, budget_policy))

    def render(
        self, target: str | Target = "prometheus", layout: Layout = DEFAULT_LAYOUT
    ) -> tuple[File, ...]:
        """Return the files of a target, without writing any.

        Args:
            target: A target with its options, such as ``GrafanaConfigMap(namespace="monitoring")``,
                or a name in `slogen.targets.TARGETS`, which stands for the defaults.
            layout: What a file holds: one ``slo``, the SLOs of a ``service``, or all (``single``).

        Raises:
            InvalidValue: If there is no such target or layout.
            OutputError: If a name cannot be that of a file.
        """
        return self._files(targets_of([target]), layout, None)

    def pending(
        self,
        out: str | PathLike[str],
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = DEFAULT_LAYOUT,
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
        layout: Layout = DEFAULT_LAYOUT,
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
            prune: Whether what was built of SLOs that are not built now may be removed.

        Raises:
            InvalidValue: If there is no such target or layout, a target is given twice with
                different options, or a dashboard is none.
            PartialBuild: If SLOs would be lost that must not be.
            ForeignFile: If a file that slogen did not write stands in the way.
            OutputError: If names clash, or the file system refuses.
        """
        return tuple(self.write_each(out, targets, layout, dashboards, prune=prune))

    def write_each(
        self,
        out: str | PathLike[str],
        targets: str | Target | Iterable[str | Target] = ("prometheus",),
        layout: Layout = DEFAULT_LAYOUT,
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
        layout: Layout = DEFAULT_LAYOUT,
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
        from slogen.trial import find, proven  # noqa: PLC0415 (start-up)

        wanted = matching((slo.definition.id for slo in self.slos), slos)
        chosen = tuple(one for one in self.built if one.slo.definition.id in wanted)
        return tuple(proven(chosen, find(promtool)))

    def explain(self, slo_id: str, traffic: int | None = None) -> Explanation:
        """Return what an SLO means, as `slogen explain` prints it: as data, text or a picture.

        Args:
            slo_id: The id of one of the SLOs.
            traffic: Events a day, if anybody knows: what the error budget is in events, and how
                soon so few of them fire an alert.

        Raises:
            InvalidValue: If there is no SLO with that id, or the traffic is no such number.
        """
        from slogen.review.explanation.explain import explain  # noqa: PLC0415 (start-up)

        if traffic is not None and (type(traffic) is not int or traffic < 1):
            allowed = "a whole number of events a day from 1 on"
            raise InvalidValue("traffic", repr(traffic), allowed)
        ids = [slo.definition.id for slo in self.slos]
        if slo_id not in ids:
            raise InvalidValue("id", quoted(slo_id), listed(ids), did_you_mean(slo_id, ids))
        built = self.built[ids.index(slo_id)]
        return explain(built.slo, built.rules, traffic)

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
