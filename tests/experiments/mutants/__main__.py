"""Mutants as a Markdown table.

`python -m tests.experiments.mutants [--only NAME] [--jobs N] [--behaviour] [--slow]`

A test that fails is enough, unless one wants to know what promtool sees without any.

Exits with 1 if nothing kills a mutant that is not said to be equivalent, and with 2 if slogen fails
without any.
"""

from __future__ import annotations

import argparse
import os
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from tests.experiments.mutants.running import Fate, laboratory
from tests.experiments.mutants.table import MUTANTS
from tests.experiments.mutants.testing import CleanFailsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.experiments.mutants.proving import Proved

_MOST_SCENARIOS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.mutants", description=__doc__
    )
    parser.add_argument("--only", action="append", metavar="NAME", help="a mutant; several times")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    words = "ask promtool about mutants that a test kills, too"
    parser.add_argument("--behaviour", action="store_true", help=words)
    parser.add_argument("--slow", action="store_true", help="also tests that take a minute each")
    options = parser.parse_args(arguments)
    chosen = [one for one in MUTANTS if not options.only or one.name in options.only]
    if not chosen:
        parser.error("there is no such mutant")
    began = perf_counter()
    try:
        with laboratory(options.jobs, behaviour=options.behaviour, slow=options.slow) as opened:
            fates = _told(opened.fates(chosen))
            red = sorted(opened.red)
    except CleanFailsError as fault:
        _say(str(fault))
        return 2
    _summarize(fates, red, perf_counter() - began)
    return int(any(fate.survived and not fate.mutant.equivalent for fate in fates))


def _told(fates: Iterable[Fate]) -> list[Fate]:
    """Print a line of the table as soon as it is known."""
    _row("mutant", "module", "what is wrong", "killed by test", "killed by proof", "survives")
    _row(*["---"] * 6)
    told = []
    for fate in fates:
        mutant = fate.mutant
        module = mutant.file.removeprefix("slogen/")
        survives = (mutant.equivalent or "**yes**") if fate.survived else ""
        proof = _by_proof(fate.proved)
        _row(mutant.name, module, mutant.why, fate.test or "**none**", proof, survives)
        told.append(fate)
    return told


def _by_proof(proved: Proved | None) -> str:
    if not proved:
        return "not asked"
    if not proved.killers:
        return "**no**" if proved.changed else "rules and proofs are the same"
    more = len(proved.killers) - _MOST_SCENARIOS
    shown = "; ".join(proved.killers[:_MOST_SCENARIOS])
    return f"{shown}; {more} more" if more > 0 else shown


def _summarize(fates: list[Fate], red: list[str], seconds: float) -> None:
    changed = [(fate, fate.proved) for fate in fates if fate.proved and fate.proved.changed]
    unproved = [fate.mutant.name for fate, proved in changed if not proved.killers]
    survivors = [fate.mutant for fate in fates if fate.survived]
    _say(f"\n- {len(fates)} mutants in {seconds / 60:.1f} minutes")
    _say(f"- killed by a test of the suite: {sum(bool(fate.test) for fate in fates)}")
    killed = len(changed) - len(unproved)
    asked = sum(bool(fate.proved) for fate in fates)
    of = f"of {len(changed)} that change rules or proofs, of {asked} that promtool was asked about"
    _say(f"- killed by behaviour: {killed} {of}")
    _say(f"- not killed by behaviour: {', '.join(unproved) or 'none'}")
    _say(f"- survive: {', '.join(one.name for one in survivors) or 'none'}")
    _say(
        f"- without a reason: {', '.join(x.name for x in survivors if not x.equivalent) or 'none'}"
    )
    if red:
        _say(f"- left out, since they fail without any mutant: {', '.join(red)}")


def _row(*cells: str) -> None:
    _say(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
