"""The functions that a configuration script or the command line calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.compiler import compile_slo
from slogen.compiler.limits import oversized_groups
from slogen.errors import InvalidValue, NothingToBuild
from slogen.formats import load_paths
from slogen.model.settings import settings_of
from slogen.plan import Finding, ResolvedSLO, resolve
from slogen.rules import SLORules
from slogen.targets import TARGETS
from slogen.targets.files import write_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from slogen.model import SLO, Settings
    from slogen.targets.files import File


@attrs.frozen(kw_only=True)
class RuleSet:
    """What was built from SLOs.

    Attributes:
        slos: The SLOs with every choice made, in the order in which they were given.
        rules: The rule groups of each.
        findings: What slogen changed or advises against.
    """

    slos: tuple[ResolvedSLO, ...]
    rules: tuple[SLORules, ...]
    findings: tuple[Finding, ...]

    def render(self, target: str = "prometheus") -> tuple[File, ...]:
        """Return the files of a target, without writing any.

        Raises:
            InvalidValue: If there is no such target.
            OutputError: If a name cannot be that of a file.
        """
        try:
            render = TARGETS[target]
        except KeyError:
            raise InvalidValue("target", f'"{target}"', ", ".join(sorted(TARGETS))) from None
        return render(self.rules)

    def write(self, out: str | PathLike[str]) -> tuple[Path, ...]:
        """Write the files below a folder and return the paths of those that changed.

        Raises:
            ForeignFile: If a file that slogen did not write stands in the way.
            OutputError: If the file system refuses.
        """
        return write_files(self.render(), Path(out))


def load(*paths: str | PathLike[str]) -> tuple[SLO, ...]:
    """Return the SLOs of scripts, and of folders of scripts.

    Raises:
        InputError: If a script fails, or there is no SLO.
    """
    return load_paths(Path(path) for path in paths)


def build(slos: SLO | Iterable[SLO], settings: Settings | None = None) -> RuleSet:
    """Compile SLOs.

    Raises:
        InputError: If two share an id, a tier makes no sense for its SLO, or there is none.
    """
    resolved, findings = resolve(slos, settings_of(settings))
    if not resolved:
        raise NothingToBuild("there is no SLO to build")
    rules = tuple(compile_slo(slo) for slo in resolved)
    oversized = (
        f for slo, of in zip(resolved, rules, strict=True) for f in oversized_groups(slo, of)
    )
    return RuleSet(slos=resolved, rules=rules, findings=(*findings, *oversized))
