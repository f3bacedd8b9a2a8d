"""A project: what is built, from which files, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.settings import Settings
from slogen.source import Origin

Layout = Literal["slo", "service", "single"]
DEFAULT_LAYOUT: Layout = "slo"
"""promtool evaluates each rule of a file for each test of it: one SLO a file is tested soonest."""


def layout(value: str) -> Layout:
    """Return the name of a layout.

    Raises:
        InvalidValue: If there is no such layout.
    """
    for name in get_args(Layout):
        if value == name:
            known: Layout = name
            return known
    raise InvalidValue("layout", repr(value), ", ".join(get_args(Layout)))


class TableOrigin(Origin, Protocol):
    """Where a table of a project file stands; its keys are the arguments of `position`."""

    def inside(self, key: str) -> TableOrigin:
        """Return the origin of a table that stands in this one."""

    def of_keys(self) -> TableOrigin:
        """Return the origin whose positions are those of the keys, instead of the values."""


@attrs.frozen
class Table:
    """A table of a project file as it was written.

    Attributes:
        values: What it holds by its keys, as TOML has it.
        origin: Where it stands.
    """

    values: Mapping[str, Any]
    origin: TableOrigin


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Project:
    """What a project file says; the command line wins over it.

    Attributes:
        folder: Where the project file stands; its paths are relative to that.
        paths: Scripts and folders of scripts.
        out: The output folder.
        targets: Names of targets; the rules of Prometheus unless given.
        layout: What a file holds: one ``slo``, the SLOs of a ``service``, or all (``single``).
        promtool: The program that runs tests: a path, or a name that PATH is searched for; None for
            ``promtool``.
        settings: What holds for all SLOs.
        tables: What stands in tables whose keys are known elsewhere, such as ``target`` and
            ``lint``, by their names; whoever reads a project file checks them.
        origin: Where it was written down.
    """

    folder: Path
    paths: tuple[Path, ...] = ()
    out: Path | None = None
    targets: tuple[str, ...] = ("prometheus",)
    layout: Layout = attrs.field(default=DEFAULT_LAYOUT, converter=layout)
    promtool: str | None = None
    settings: Settings = attrs.field(factory=lambda: Settings(origin=None))
    tables: Mapping[str, Table] = attrs.field(factory=dict, eq=False, repr=False)
    origin: TableOrigin | None = attrs.field(default=None, eq=False, repr=False)
