"""From a file of rules that another tool generated to what they say, whichever tool it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import NothingToBuild, raise_all
from slogen.formats.imported.generated import rules_of
from slogen.formats.pyrra import rules as pyrra
from slogen.formats.sloth import rules as sloth
from slogen.formats.yaml.reading import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.formats.imported.generated import OldSLO


def read_rules(path: Path) -> dict[str, OldSLO]:
    """Return what the rules of a file say, by the ids of SLOs, as far as they are known.

    Raises:
        InputError: If it is no file of rules, or holds none of a tool that is known.
    """
    reading = read_file(path, several=True)
    raise_all(list(reading.faults))
    rules = tuple(rules_of((reading.root, *reading.others)))
    found = {**pyrra.old_slos(rules), **sloth.old_slos(rules)}
    if not found:
        allowed = "the file that `sloth generate` wrote, or the rules that Pyrra made"
        raise NothingToBuild(f"there is no rule of Sloth's or Pyrra's in {path}", allowed=allowed)
    return found
