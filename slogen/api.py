"""The functions that a configuration script or the command line calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slogen.checks import check, check_build, check_given, check_house
from slogen.checks.check import RefusedByCheck
from slogen.checks.given import Given
from slogen.compiler.sharing import Sharing
from slogen.errors import InputError, NothingToBuild, raise_all
from slogen.formats import load_paths
from slogen.model import SLO
from slogen.model.settings import settings_of
from slogen.plan import resolve
from slogen.rule_set import RuleSet
from slogen.targets.built import Built

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike
    from typing import Self

    from slogen.diagnostics import Diagnostic
    from slogen.formats import Loaded
    from slogen.model import Settings
    from slogen.plan import ResolvedSLO


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
    """Return the SLOs of files, and of folders of files: scripts, slogen YAML, other tools' files.

    Args:
        paths: Files and folders.
        scripts: Whether Python may be run at all; not for definitions that somebody else wrote.

    Raises:
        InputError: If a file cannot be read, a script fails, a definition is wrong, there is no
            SLO, or there is a script and none may be run; the faults of all files together.

    >>> [slo.id for slo in load("docs/examples/kinds/events.yaml")]
    ['shop-availability']
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
            found = (*found, *check_house(slos), *check_given(slos, given or Given()))
    except InputError as fault:
        faults += fault.each()
    refused = (fault.diagnostics for fault in (*faults, *_refused(found)))
    errors = {str(error): error for diagnostics in refused for error in diagnostics}
    others = (finding for finding in found if finding.severity != "error")
    return (*loaded.findings, *errors.values(), *others)


def build(slos: SLO | Iterable[SLO], settings: Settings | None = None) -> RuleSet:
    """Compile SLOs.

    Args:
        slos: One SLO, or several, such as `load` returns.
        settings: What holds for all of them; slogen's own settings unless given.

    Raises:
        InputError: If two share an id, a tier makes no sense for its SLO, a check finds that one
            cannot work, or there is none.

    >>> rules = build(load("docs/examples/kinds/events.yaml"))
    >>> for finding in rules.findings:
    ...     print(finding.severity, finding.code)
    note low-traffic
    >>> [file.path for file in rules.render("prometheus")]
    ['prometheus/shop-availability.yaml']
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
