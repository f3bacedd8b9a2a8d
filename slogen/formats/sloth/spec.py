"""What stands in the files of Sloth, as it stands there: no more is read than keys and values.

Source: sloth.dev, "Specs"; the schemas ``prometheus/v1`` and ``sloth.slok.dev/v1``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.formats.imported.keys import camel_case
from slogen.formats.imported.reading import read_at
from slogen.formats.sloth.values import objective, percent, query
from slogen.formats.yaml.objects import Form, Key, Structurer
from slogen.formats.yaml.refusals import mapping
from slogen.formats.yaml.shapes import TEXT, Nested, Plain, Switch, Table
from slogen.model import Objective, Window
from slogen.promql.query import Query
from slogen.source import Origin, caller
from slogen.spelling import did_you_mean
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.yaml.nodes import Node
    from slogen.formats.yaml.shapes import Shape

VERSION = "prometheus/v1"
API_VERSION = "sloth.slok.dev/v1"
SERVICE_LEVEL, ALERT_WINDOWS = "PrometheusServiceLevel", "AlertWindows"

_WORD = Plain(("text", "int", "float", "bool"), "a text", is_prose=True)
_PERCENTAGE = Plain(("int", "float", "text"), "a percentage without its sign, such as 99.9")
_LENGTH = Plain(("text",), 'a length of time with its unit, such as "5m" or "30d"')
_ONE_OF_THREE = "exactly one of events, raw and plugin"


@attrs.frozen(kw_only=True)
class AlertSpec:
    """What is said of pages, or of tickets."""

    disable: bool = False
    labels: Mapping[str, str] = attrs.field(factory=dict)
    annotations: Mapping[str, str] = attrs.field(factory=dict)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class AlertingSpec:
    """How the alerts of an SLO are sent."""

    name: str = ""
    labels: Mapping[str, str] = attrs.field(factory=dict)
    annotations: Mapping[str, str] = attrs.field(factory=dict)
    page_alert: AlertSpec = attrs.field(factory=AlertSpec)
    ticket_alert: AlertSpec = attrs.field(factory=AlertSpec)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class EventsSpec:
    """An indicator of two queries."""

    error_query: Query
    total_query: Query
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class RawSpec:
    """An indicator that is a ratio already."""

    error_ratio_query: Query
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class PluginSpec:
    """An indicator that a plugin of Sloth makes."""

    id: str
    options: Mapping[str, str] = attrs.field(factory=dict)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class SLISpec:
    """One of the three kinds of indicators."""

    events: EventsSpec | None = None
    raw: RawSpec | None = None
    plugin: PluginSpec | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one kind, and no more."""
        if len(self.given) != 1:
            amount = "given with more than one" if self.given else "given without any"
            raise InvalidValue("sli", amount, _ONE_OF_THREE, origin=self.origin)

    @property
    def given(self) -> tuple[EventsSpec | RawSpec | PluginSpec, ...]:
        """The kinds that are there; one, once it was made."""
        return tuple(kind for kind in (self.events, self.raw, self.plugin) if kind is not None)


@attrs.frozen(kw_only=True)
class SLOSpec:
    """An SLO of a file."""

    name: str
    objective: Objective
    sli: SLISpec
    description: str = ""
    labels: Mapping[str, str] = attrs.field(factory=dict)
    alerting: AlertingSpec = attrs.field(factory=AlertingSpec)
    plugins: object = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class ServiceSpec:
    """A service with its SLOs: a document of ``prometheus/v1``, or the spec of a resource."""

    service: str
    labels: Mapping[str, str] = attrs.field(factory=dict)
    slo_plugins: object = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class WindowSpec:
    """A tier of burn-rate alerts."""

    error_budget_percent: Decimal
    short_window: Duration
    long_window: Duration
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class SeveritySpec:
    """The two tiers of a severity."""

    quick: WindowSpec
    slow: WindowSpec
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class WindowsSpec:
    """The tiers for SLOs of a period: the spec of ``AlertWindows``."""

    slo_period: Window
    page: SeveritySpec
    ticket: SeveritySpec
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


_ALERT: dict[str, Shape] = {"labels": Table(), "annotations": Table()}
_SHAPES: dict[type, dict[str, Shape]] = {
    AlertSpec: {"disable": Switch(), **_ALERT},
    AlertingSpec: {
        "name": TEXT,
        **_ALERT,
        "page_alert": Nested(AlertSpec),
        "ticket_alert": Nested(AlertSpec),
    },
    EventsSpec: {"error_query": TEXT, "total_query": TEXT},
    RawSpec: {"error_ratio_query": TEXT},
    PluginSpec: {"id": TEXT, "options": Table()},
    SLISpec: {"events": Nested(EventsSpec), "raw": Nested(RawSpec), "plugin": Nested(PluginSpec)},
    SLOSpec: {
        "name": TEXT,
        "objective": _PERCENTAGE,
        "description": TEXT,
        "labels": Table(),
        "sli": Nested(SLISpec),
        "alerting": Nested(AlertingSpec),
        "plugins": TEXT,
    },
    ServiceSpec: {
        "service": TEXT,
        "labels": Table(),
        "slo_plugins": TEXT,
    },
    WindowSpec: {
        "error_budget_percent": _PERCENTAGE,
        "short_window": _LENGTH,
        "long_window": _LENGTH,
    },
    SeveritySpec: {"quick": Nested(WindowSpec), "slow": Nested(WindowSpec)},
    WindowsSpec: {
        "slo_period": _LENGTH,
        "page": Nested(SeveritySpec),
        "ticket": Nested(SeveritySpec),
    },
}
READERS: dict[str, Callable[[str], object]] = {
    "error_query": query,
    "total_query": query,
    "error_ratio_query": query,
    "objective": objective,
    "error_budget_percent": percent,
    "short_window": Duration,
    "long_window": Duration,
    "slo_period": Window,
}
"""What reads the texts that are more than texts, by their keys."""
SLOS = "slos"
"""The key of a service's SLOs, each of which is read for itself."""
_PLUGINS = frozenset({"plugins", "slo_plugins"})


@cache
def structurer(*, is_resource: bool) -> Structurer:
    """Return what makes the objects above of nodes.

    Args:
        is_resource: Whether keys are written as in resources of Kubernetes: ``errorQuery``.
    """
    made: list[Structurer] = []
    spelled: Callable[[str], str] = camel_case if is_resource else str
    made.append(Structurer(lambda cls: _form(cls, spelled, made)))
    return made[0]


def place_of(spec: AlertSpec | EventsSpec | RawSpec | PluginSpec | SLOSpec | ServiceSpec) -> Origin:
    """Return where something stands; it was read from a file."""
    assert spec.origin is not None  # noqa: S101 (nothing else makes one)
    return spec.origin


def _form(cls: type, spelled: Callable[[str], str], structurers: list[Structurer]) -> Form:
    plain = Form.of(cls, _SHAPES[cls])
    keys = tuple(attrs.evolve(key, name=spelled(key.name)) for key in plain.keys)

    def read(key: Key, node: Node) -> object:
        if key.argument in _PLUGINS:
            return node
        if key.argument in READERS:
            value = key.shape.read(node) if isinstance(key.shape, Plain) else ""
            return _converted(key, value, node)
        if isinstance(key.shape, Table):
            table = mapping(node, "names with a text each")
            return {name: _WORD.read(value) for name, value in table.items()}
        return structurers[0].value(key.shape, node)

    def remedy_of(key: str, known: Sequence[str]) -> str:
        other = spelled(_snake_case(key))
        return f"write {other}" if other in known else did_you_mean(key, known)

    others = (SLOS,) if cls is ServiceSpec else ()
    return Form(keys=keys, read=read, remedy_of=remedy_of, others=others)


def _converted(key: Key, value: str, node: Node) -> object:
    """Return what a text means; what is wrong with it stands at its place."""
    with read_at(key.name, node):
        return READERS[key.argument](value)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f"_{found[1].lower()}", name)
