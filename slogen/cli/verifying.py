"""``slogen convert --verify``: definitions beside the rules that another tool generated."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from slogen.cli.exits import Exit
from slogen.cli.running import count
from slogen.formats.generated import read_rules
from slogen.review.verification import sentence, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.formats.imported.generated import OldSLO
    from slogen.model import SLO
    from slogen.rule_set import RuleSet


def run_verify(rules: RuleSet, file: Path) -> None:
    """Print what agrees and what differs, SLO by SLO; exit with 1 if anything differs.

    Args:
        rules: What is built of the definitions.
        file: The rules that the other tool generated.

    Raises:
        InputError: If the file holds no rules of another tool.
    """
    old = read_rules(file)
    lines = list(_lines(rules, old))
    differences = sum(line.startswith("  differs: ") for line in lines)
    lines.append(f"{count(len(rules.slos), 'SLO')}, {count(differences, 'difference')}")
    click.echo("\n".join(lines))
    if differences:
        sys.exit(Exit.FINDINGS)


def _lines(rules: RuleSet, old: dict[str, OldSLO]) -> Iterator[str]:
    """Yield what is said about each SLO of either side."""
    known: set[str] = set()
    for slo, own in zip(rules.slos, rules.rules, strict=True):
        yield f"{slo.definition.id}:"
        key = _key_of(slo.definition, old)
        if key is None:
            yield "  differs: the rules of the other tool do not have it"
            continue
        known.add(key)
        agrees, differs = sentence(verify(slo, own, old[key]))
        yield from (f"  agrees: {line}" for line in agrees)
        yield from (f"  differs: {line}" for line in differs)
    for slo_id in (slo_id for slo_id in old if slo_id not in known):
        yield f"{slo_id}:"
        yield "  differs: the definitions do not have it"


def _key_of(slo: SLO, old: dict[str, OldSLO]) -> str | None:
    """Return which old SLO is the same one: that of its id, else the only one of its name."""
    if slo.id in old:
        return slo.id
    same = [key for key, found in old.items() if found.name == slo.name]
    return same[0] if len(same) == 1 else None
