"""What formats say about files besides errors."""

from __future__ import annotations

from slogen.diagnostics import Code
from slogen.formats.imported import notes as imported

YAML_DIALECT = Code.note(
    "yaml-dialect",
    "readers of YAML 1.1 take a text for something else",
    why="slogen reads YAML 1.2. Many other programs read YAML 1.1, in which on, no and off are "
    "truth values and 1:30 is ninety. They see another definition than slogen does.",
    remedy="Put the text between quotes.",
)
SERVICES_NOT_BUILT = Code.note(
    "services-not-built",
    "a file that others inherit defines services, and is not read for itself",
    why="A file whose name begins with an underscore is read for what others inherit. The SLOs of "
    "its services are never built, and nobody is paged by them.",
    remedy="Move the services into a file of another name.",
)
SLO_NOT_BUILT = Code.warning(
    "slo-not-built",
    "a script makes an SLO, and has it nowhere at module level",
    why="Only SLOs that a script's names hold when it has run are built. One in an attribute, in a "
    "set, in a function, or overwritten in a loop gets no rules, and nobody is paged by it.",
    remedy="Give it a name at module level, or put it into a list, a tuple or a dict there.",
)
UNUSED_NAME = Code.note(
    "unused-name",
    "a policy or an indicator has a name that nothing uses",
    why="Whoever reads it believes that it holds for something. Often the name is misspelt where "
    "it was to be used.",
    remedy="Correct the name where it is used, or remove what has it.",
)
CODES = (YAML_DIALECT, SERVICES_NOT_BUILT, SLO_NOT_BUILT, UNUSED_NAME, *imported.CODES)
