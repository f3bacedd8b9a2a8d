"""What the tests of targets write and read: small files, small rules, and whole folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events
from slogen import build as compiled
from slogen.compiler.sharing import Compiled
from slogen.errors import OutputError
from slogen.rules import RecordingRule, RuleGroup, SLORules
from slogen.targets import output
from slogen.targets.built import Built
from slogen.targets.files import HEADER, MANIFEST, File, manifest_paths
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from slogen.rules import Rule
    from slogen.targets.output import Change

RULE = RecordingRule(record="one", expr="vector(1)", labels={"slo_id": "x"})
RESOLVED = compiled(
    SLO(
        service="s",
        name="n",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests", bad="errors"),
    )
).slos[0]


def file(name: str, content: str = "a: 1", target: str = "prometheus") -> File:
    """Return a file as slogen writes them."""
    return File(f"{target}/{name}.yaml", f"{HEADER}\n{content}\n")


def write(files: Iterable[File], out: Path, *targets: str) -> tuple[Change, ...]:
    """Write files as a build does; those of the target ``prometheus`` unless told otherwise."""
    with output.exclusive(out):
        return tuple(output.plan(files, out, targets or ("prometheus",)).written())


def attempt(files: Iterable[File], out: Path, *targets: str) -> OutputError | None:
    """Write files as a build does, and return what stopped it; None if nothing did."""
    try:
        write(files, out, *targets)
    except OutputError as error:
        return error
    return None


def below(folder: Path) -> dict[str, str]:
    """Return all files below a folder, hidden ones too, but for the manifest."""
    return {path: text for path, text in with_manifest(folder).items() if path != MANIFEST}


def with_manifest(folder: Path) -> dict[str, str]:
    """Return all files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode(errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def owned(out: Path) -> tuple[str, ...]:
    """Return the paths that a folder's manifest names."""
    return manifest_paths((out / MANIFEST).read_text())


def built(group: RuleGroup, *, service: str = "s", slo_id: str = "s-n") -> Built:
    """Return an SLO that has the rules of one group."""
    named = attrs.evolve(RESOLVED.definition, service=service, id=slo_id)
    rules = SLORules(slo_id=slo_id, service=service, groups=(group,))
    return Built(attrs.evolve(RESOLVED, definition=named), Compiled.alone(rules))


def built_of(service: str, slo_id: str, *rules: Rule) -> Built:
    """Return an SLO with one group of rules, as the compiler would."""
    group = RuleGroup(name=f"slogen:{slo_id}:fast", interval=Duration("30s"), rules=rules)
    return built(group, service=service, slo_id=slo_id)
