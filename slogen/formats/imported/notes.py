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
    why="The definition is the same, but numbers, alerts or labels differ from those of the "
    "other tool. Whoever compares both tools has to know that.",
    remedy="Run both for a while, as docs/migration.md shows, and compare.",
    is_of_many=True,
)
SIMPLIFIED = Code.note(
    "import-simplified",
    "a part of a query is left out because it has no effect",
    why="Other tools divide one query by another, so neither query may be empty. slogen "
    "counts an empty query as 0, and records no NaN.",
    is_of_many=True,
)
ASSUMED = Code.note(
    "import-assumed",
    "another tool's file leaves open what that tool's command line says",
    why="slogen assumed the tool's default.",
    remedy="If the tool ran with another value, give it to `slogen convert`, or write it into "
    "the definition.",
    is_of_many=True,
)
SLOTH_LABEL = Code.warning(
    "import-sloth-label",
    "a template reads a label that alerts have only with the names of Sloth",
    why="The text of the alert has a gap where the label is missing.",
    remedy="Write `naming: sloth` in the settings, or use slogen's own name of the label.",
)
PYRRA_LABEL = Code.warning(
    "import-pyrra-label",
    "a template reads a label that only Pyrra's alerts have",
    why="The text of the alert would have a gap, so slogen refuses to build it.",
    remedy="In the definition that `slogen convert` writes, use slogen's own name of the label.",
)
LEFT_OUT = Code.warning(
    "import-left-out",
    "slogen has nothing that matches a part of another tool's file",
    why="This part of the file has no effect on the rules.",
    remedy="If the message names slogen's own way, use that; otherwise do without this part.",
)
CONTRADICTION = Code.warning(
    "import-contradiction",
    "another tool's file contradicts itself, or leaves something open",
    why="slogen chose one of several meanings. If it is the wrong one, the SLO is not what "
    "its authors meant.",
    remedy="Read in the message what slogen chose, and correct the file if that is wrong.",
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
