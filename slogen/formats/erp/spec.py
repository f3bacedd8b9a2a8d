"""What stands in the ERP's ConfigMaps, as it stands there.

The YAML within a ConfigMap is read where it stands, so that each of its values has a place in the
file.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import Faults, InputError, InvalidValue, InvalidYAML
from slogen.formats.erp import SLIS, SLOS
from slogen.formats.format import Document
from slogen.formats.yaml.faults import missing, unknown_keys, unreported
from slogen.formats.yaml.nodes import MappingNode, Source
from slogen.formats.yaml.objects import Form, Structurer
from slogen.formats.yaml.reading import read_source
from slogen.formats.yaml.refusals import mapping, scalar_node
from slogen.formats.yaml.shapes import TEXT, Plain
from slogen.source import Origin, caller
from slogen.units import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.formats.yaml.nodes import Node
    from slogen.formats.yaml.objects import Key
    from slogen.formats.yaml.shapes import Shape

_FILE_KEYS = ("apiVersion", "kind", "metadata", "data")
_NUMBER = Plain(("int", "float"), "a number, such as 99.9")


@attrs.frozen(kw_only=True)
class Indicator:
    """An indicator of a service."""

    sli_specification: str
    description: str = ""
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Objective:
    """An objective, by its own words."""

    service: str
    sli_name: str
    objective: Decimal
    error_budget: Decimal
    time_window: str
    description: str = ""
    process: str = ""
    data_source: str = ""
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


_SHAPES: dict[type, dict[str, Shape]] = {
    Indicator: {"description": TEXT, "sli_specification": TEXT},
    Objective: {
        "service": TEXT,
        "sli_name": TEXT,
        "process": TEXT,
        "data_source": TEXT,
        "objective": _NUMBER,
        "time_window": TEXT,
        "error_budget": _NUMBER,
        "description": TEXT,
    },
}


@attrs.define
class File:
    """What a ConfigMap holds.

    Attributes:
        document: The file.
        indicators: Its indicators, by service and name.
        objectives: Its objectives, by id.
        faults: What is wrong with it.
        findings: What there is to say about it.
    """

    document: Document
    indicators: dict[tuple[str, str], Indicator] = attrs.field(factory=dict)
    objectives: dict[str, Objective] = attrs.field(factory=dict)
    faults: list[InputError] = attrs.field(factory=list)
    findings: list[Diagnostic] = attrs.field(factory=list)


def file_of(document: Document) -> File:
    """Return what a file holds."""
    reading = document.yaml
    file = File(document, faults=list(reading.faults), findings=list(reading.findings))
    assert isinstance(reading.root, MappingNode)  # noqa: S101 (it was recognised)
    file.faults += unknown_keys(reading.root, _FILE_KEYS)
    data = reading.root["data"]
    assert isinstance(data, MappingNode)  # noqa: S101 (it was recognised)
    file.faults += unknown_keys(data, (SLIS, SLOS))
    for service, node in _entries(data, SLIS, "services", file):
        for name, found in _made(node, Indicator, file):
            file.indicators[service, name] = found
    for name, node in _entries(data, SLOS, "slos", file):
        try:
            file.objectives[name] = structurer().structure(node, Objective)
        except InputError as fault:
            file.faults += unreported(fault)
    return file


def _entries(data: MappingNode, key: str, inner: str, file: File) -> Iterator[tuple[str, Node]]:
    """Yield what stands below a key of the YAML that a key of the data holds."""
    if key not in data:
        return
    try:
        root = _nested(data[key], file)
        file.faults += unknown_keys(root, (inner,))
        if inner not in root:
            raise missing(root, inner, "a mapping with names")
        yield from mapping(root[inner], "a mapping with names").items()
    except InputError as fault:
        file.faults += unreported(fault)


def _made(node: Node, cls: type[Indicator], file: File) -> Iterator[tuple[str, Indicator]]:
    """Yield the objects of a mapping by their names, but for those that are wrong."""
    try:
        items = mapping(node, "indicators by name").items()
    except InputError as fault:
        file.faults += unreported(fault)
        return
    for name, inner in items:
        try:
            yield name, structurer().structure(inner, cls)
        except InputError as fault:
            file.faults += unreported(fault)


def _nested(node: Node, file: File) -> MappingNode:
    """Return the YAML that a text holds, with its places in the file.

    Raises:
        InputError: If it is no block of lines, or no mapping.
    """
    allowed = "a block of YAML behind |, so that its values have places"
    scalar_node(node, allowed)
    source = node.source
    if not source.text.startswith("|", node.begin):
        raise InvalidValue(str(node.key), "a text of another form", allowed, origin=node)
    begin = source.text.find("\n", node.begin) + 1
    blank = "".join(char if char in "\r\n" else " " for char in source.text[:begin])
    reading = read_source(Source(source.file, blank + source.text[begin : node.end]))
    file.findings += reading.findings
    if reading.faults:
        raise Faults(reading.faults)
    if reading.root is None:
        raise InvalidYAML("there is no YAML here", node.position(), "write it, or leave it out")
    return mapping(reading.root, "a mapping")


@cache
def structurer() -> Structurer:
    """Return what makes the objects above of nodes."""
    made: list[Structurer] = []

    def form(cls: type) -> Form:
        return attrs.evolve(Form.of(cls, _SHAPES[cls]), read=read)

    def read(key: Key, node: Node) -> object:
        value = made[0].value(key.shape, node)
        if key.shape is not _NUMBER:
            return value
        try:
            return decimal(str(value))
        except InvalidValue as fault:
            raise attrs.evolve(fault, subject=key.name, origin=node) from fault

    made.append(Structurer(form))
    return made[0]
