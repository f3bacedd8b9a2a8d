"""What is said about SLOs that come from the file of another tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from slogen.source import Origin

DIFFERS = Code.note(
    "import-differs",
    "an SLO from another tool's file means something else in slogen",
    why="Numbers, alerts or labels differ from those of the other tool, though the definition is "
    "the same. Whoever compares both has to know.",
    remedy="Run both for a while, as docs/migration.md shows, and compare.",
    is_of_many=True,
)
SIMPLIFIED = Code.note(
    "import-simplified",
    "a part of a query is left out because it says nothing",
    why="Other tools divide one query by another, so that a query must not be empty. slogen counts "
    "nothing as 0 and records no NaN.",
    is_of_many=True,
)
ASSUMED = Code.note(
    "import-assumed",
    "another tool's file does not say something that its command line does",
    why="slogen took what the tool does by itself.",
    remedy="Say it to `slogen convert`, or in the definition that it writes.",
    is_of_many=True,
)
SLOTH_LABEL = Code.warning(
    "import-sloth-label",
    "a template reads a label that alerts have with the names of Sloth alone",
    why="The text of the alert has a gap where the label is missing.",
    remedy="Write `naming: sloth` in the settings, or slogen's own name of the label.",
)
PYRRA_LABEL = Code.warning(
    "import-pyrra-label",
    "a template reads a label that only Pyrra's alerts have",
    why="The text of the alert would have a gap there, and slogen refuses to build it.",
    remedy="Write slogen's own name of the label in the definition that `slogen convert` writes.",
)
LEFT_OUT = Code.warning(
    "import-left-out",
    "slogen has nothing for a part of another tool's file",
    why="What stands there has no effect on what is built.",
    remedy="Say it in slogen's own way, where the message names one, or do without.",
)
CONTRADICTION = Code.warning(
    "import-contradiction",
    "another tool's file contradicts itself, or leaves something open",
    why="slogen took one of several meanings. If that is the wrong one, the SLO is another one "
    "than its authors meant.",
    remedy="Check what the message says was taken, and correct the file.",
)
CODES = (DIFFERS, SIMPLIFIED, ASSUMED, SLOTH_LABEL, PYRRA_LABEL, LEFT_OUT, CONTRADICTION)


@attrs.frozen
class Notes:
    """What is said about one SLO, or about a file.

    Attributes:
        slo_id: The SLO; empty for a file.
        said: The diagnostics, in the order in which they were found.
    """

    slo_id: str = ""
    said: list[Diagnostic] = attrs.field(factory=list)

    def add(
        self,
        entry: Code,
        found: str,
        origin: Origin | None = None,
        *,
        argument: str | None = None,
        remedy: str = "",
    ) -> None:
        """Say something.

        Args:
            entry: What it is about.
            found: What was found, on one line.
            origin: Where it stands.
            argument: The key there that it is about.
            remedy: What to do.
        """
        self.said.append(
            Diagnostic(
                entry=entry,
                found=found,
                remedy=remedy,
                slo_id=self.slo_id,
                origin=origin,
                argument=argument,
            )
        )
