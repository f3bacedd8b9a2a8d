"""What formats say about files besides errors."""

from __future__ import annotations

from slogen.diagnostics import Code
from slogen.formats.imported import notes as imported

YAML_DIALECT = Code.note(
    "yaml-dialect",
    "readers of YAML 1.1 read a text as something else",
    why="slogen reads YAML 1.2, many other programs read YAML 1.1. In YAML 1.1 on, no and off "
    "are truth values, and 1:30 is ninety. So these programs see another definition than "
    "slogen does.",
    remedy="Put the text between quotes.",
)
SERVICES_NOT_BUILT = Code.note(
    "services-not-built",
    "a file that others inherit defines services, which are not built",
    why="slogen reads a file whose name begins with an underscore only for what other files "
    "inherit. It never builds the SLOs of services in it, so nobody is paged for them.",
    remedy="Move the services into a file with another name.",
)
SLO_NOT_BUILT = Code.warning(
    "slo-not-built",
    "a script makes an SLO that no name at module level holds",
    why="slogen builds the SLOs that the names of a script hold when the script has ended. An "
    "SLO that is only in an attribute, in a set or in a function, or that a loop "
    "overwrote, gets no rules, and nobody is paged for it.",
    remedy="Give it a name at module level, or put it into a list, a tuple or a dict there.",
)
UNUSED_NAME = Code.note(
    "unused-name",
    "nothing uses the name of a policy or an indicator",
    why="A reader believes that the policy or the indicator is used. Often its name is "
    "misspelt where it should be used.",
    remedy="Correct the name where it should be used, or remove the policy or the indicator.",
)
CODES = (YAML_DIALECT, SERVICES_NOT_BUILT, SLO_NOT_BUILT, UNUSED_NAME, *imported.CODES)
