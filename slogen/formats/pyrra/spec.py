"""What stands in the files of Pyrra, as it stands there: no more is read than keys and values.

Source: the resource ``ServiceLevelObjective`` of ``pyrra.dev/v1alpha1``, up to Pyrra 0.9 and what
its main branch has besides: ``severities``, ``success`` of a ratio, ``performanceOverAccuracy``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.formats.imported.reading import read_at
from slogen.formats.pyrra.values import target
from slogen.formats.yaml.nodes import MappingNode, ScalarNode
from slogen.formats.yaml.objects import Form, Structurer
from slogen.formats.yaml.refusals import mapping
from slogen.formats.yaml.shapes import TEXT, Nested, Plain, Switch, Table, Texts
from slogen.model import Objective, Window
from slogen.model.arguments import label_names, name, prose
from slogen.promql.selector import Selector
from slogen.source import Origin, caller
from slogen.units import seconds

if TYPE_CHECKING:
    from slogen.formats.yaml.nodes import Node
    from slogen.formats.yaml.objects import Key
    from slogen.formats.yaml.shapes import Shape

API_VERSION, KIND = "pyrra.dev/v1alpha1", "ServiceLevelObjective"

_WORD = Plain(("text", "int", "float", "bool"), "a text", is_prose=True)
_TARGET = Plain(("int", "float", "text"), "a percentage without its sign, such as 99.9")
_LENGTH = Plain(("text",), 'a length of time with its unit, such as "4w" or "30d"')
_ONE = "exactly one of ratio, latency, latencyNative and bool_gauge"
_TWO = "exactly two of errors, success and total"


@attrs.frozen(kw_only=True)
class MetadataSpec:
    """What Kubernetes knows an SLO by."""

    name: str
    namespace: str = ""
    labels: Mapping[str, str] = attrs.field(factory=dict)
    annotations: Mapping[str, str] = attrs.field(factory=dict)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class MetricSpec:
    """A selector."""

    metric: Selector
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class RatioSpec:
    """Two counters of three, of which the third follows."""

    errors: MetricSpec | None = None
    success: MetricSpec | None = None
    total: MetricSpec | None = None
    grouping: tuple[str, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there are two counters."""
        given = [key for key in ("errors", "success", "total") if getattr(self, key) is not None]
        if len(given) != 2:  # noqa: PLR2004 (two of three)
            found = f"given with {' and '.join(given) or 'none of them'}"
            raise InvalidValue("ratio", found, _TWO, origin=self.origin)


@attrs.frozen(kw_only=True)
class LatencySpec:
    """A bucket of a histogram, and its count."""

    success: MetricSpec
    total: MetricSpec
    grouping: tuple[str, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class NativeLatencySpec:
    """A native histogram, and how long a request may take, in seconds."""

    latency: Decimal
    total: MetricSpec
    grouping: tuple[str, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class GaugeSpec:
    """A gauge that is 1 while all is well."""

    metric: Selector
    grouping: tuple[str, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


AnyIndicatorSpec = RatioSpec | LatencySpec | NativeLatencySpec | GaugeSpec


@attrs.frozen(kw_only=True)
class IndicatorSpec:
    """One of the four kinds of indicators."""

    ratio: RatioSpec | None = None
    latency: LatencySpec | None = None
    latency_native: NativeLatencySpec | None = None
    bool_gauge: GaugeSpec | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one kind, and no more."""
        if len(self._given) != 1:
            amount = "given with more than one" if self._given else "given without any"
            raise InvalidValue("indicator", amount, _ONE, origin=self.origin)

    @property
    def _given(self) -> tuple[AnyIndicatorSpec, ...]:
        kinds = (self.ratio, self.latency, self.latency_native, self.bool_gauge)
        return tuple(kind for kind in kinds if kind is not None)

    @property
    def kind(self) -> AnyIndicatorSpec:
        """The kind that is there."""
        return self._given[0]


@attrs.frozen(kw_only=True)
class SeveritiesSpec:
    """The words for the severities of the four burn-rate alerts and of the one on absence."""

    fast_burn: str = ""
    medium_burn: str = ""
    slow_burn: str = ""
    long_term_burn: str = ""
    absent: str = ""
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class AlertingSpec:
    """Which alerts an SLO has."""

    disabled: bool = False
    burnrates: bool = True
    absent: bool = True
    name: str = ""
    absent_name: str = ""
    severities: SeveritiesSpec = attrs.field(factory=SeveritiesSpec)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class SLOSpec:
    """What an SLO promises."""

    target: Objective
    window: Window
    indicator: IndicatorSpec
    description: str = ""
    alerting: AlertingSpec = attrs.field(factory=AlertingSpec)
    partial_response_strategy: str = ""
    performance_over_accuracy: bool = False
    rule_output: object = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


_METRIC: dict[str, Shape] = {"metric": TEXT}
_GROUPED: dict[str, Shape] = {"total": Nested(MetricSpec), "grouping": Texts()}
_SHAPES: dict[type, dict[str, Shape]] = {
    MetadataSpec: {"name": _WORD, "namespace": _WORD, "labels": Table(), "annotations": Table()},
    MetricSpec: _METRIC,
    RatioSpec: {"errors": Nested(MetricSpec), "success": Nested(MetricSpec), **_GROUPED},
    LatencySpec: {"success": Nested(MetricSpec), **_GROUPED},
    NativeLatencySpec: {"latency": _LENGTH, **_GROUPED},
    GaugeSpec: {**_METRIC, "grouping": Texts()},
    IndicatorSpec: {
        "ratio": Nested(RatioSpec),
        "latency": Nested(LatencySpec),
        "latency_native": Nested(NativeLatencySpec),
        "bool_gauge": Nested(GaugeSpec),
    },
    SeveritiesSpec: dict.fromkeys(
        ("fast_burn", "medium_burn", "slow_burn", "long_term_burn", "absent"), _WORD
    ),
    AlertingSpec: {
        "disabled": Switch(),
        "burnrates": Switch(),
        "absent": Switch(),
        "name": TEXT,
        "absent_name": TEXT,
        "severities": Nested(SeveritiesSpec),
    },
    SLOSpec: {
        "target": _TARGET,
        "window": _LENGTH,
        "indicator": Nested(IndicatorSpec),
        "description": TEXT,
        "alerting": Nested(AlertingSpec),
        "partial_response_strategy": TEXT,
        "performance_over_accuracy": Switch(),
        "rule_output": Table(),
    },
}
_SPELLED = {
    "latency_native": "latencyNative",
    "absent_name": "absentName",
    "fast_burn": "fastBurn",
    "medium_burn": "mediumBurn",
    "slow_burn": "slowBurn",
    "long_term_burn": "longTermBurn",
    "performance_over_accuracy": "performanceOverAccuracy",
    "rule_output": "ruleOutput",
}
"""How files spell the arguments that they do not spell as Python does."""
_SEVERITIES = ("fast_burn", "medium_burn", "slow_burn", "long_term_burn")
_READERS: dict[tuple[type, str], Callable[[str], object]] = {
    (MetadataSpec, "name"): name,
    (MetadataSpec, "namespace"): name,
    (MetricSpec, "metric"): Selector,
    (GaugeSpec, "metric"): Selector,
    (NativeLatencySpec, "latency"): seconds,
    (SLOSpec, "target"): target,
    (SLOSpec, "window"): Window,
    (SLOSpec, "description"): prose,
    (AlertingSpec, "name"): name,
    (AlertingSpec, "absent_name"): name,
    **{(SeveritiesSpec, argument): name for argument in (*_SEVERITIES, "absent")},
}
"""What reads the texts that are more than texts. What may be empty is not read where it is."""
_MAY_BE_EMPTY = frozenset({"name", "absent_name", "absent", "description", *_SEVERITIES})


@cache
def structurer() -> Structurer:
    """Return what makes the objects above of nodes."""
    made: list[Structurer] = []
    made.append(Structurer(lambda cls: _form(cls, made)))
    return made[0]


def _form(cls: type, structurers: list[Structurer]) -> Form:
    plain = Form.of(cls, _SHAPES[cls])
    keys = tuple(attrs.evolve(key, name=_SPELLED.get(key.name, key.name)) for key in plain.keys)

    def read(key: Key, node: Node) -> object:
        if key.argument == "rule_output":
            return node
        if isinstance(key.shape, Table):
            table = mapping(node, "names with a text each")
            return {label: _WORD.read(value) for label, value in table.items()}
        value = structurers[0].value(key.shape, node)
        if key.argument == "grouping":
            return _converted(key, node, lambda: label_names(value))  # type: ignore[arg-type]
        reader = _READERS.get((cls, key.argument))
        is_nothing = not value and key.argument in _MAY_BE_EMPTY and cls is not MetadataSpec
        if reader is None or is_nothing:
            return value
        return _converted(key, node, lambda: reader(str(value)))

    optional = frozenset(key.name for key in keys if not key.is_required)
    return Form(keys=keys, read=read, prepare=lambda node: _without_nothing(node, optional))


def _without_nothing(node: MappingNode, optional: Collection[str]) -> MappingNode:
    """Return a mapping without optional keys that have no value: Kubernetes drops them, too."""
    nothing = (
        key
        for key, value in node.items()
        if key in optional and isinstance(value, ScalarNode) and value.kind == "null"
    )
    return node.without(*nothing)


def _converted(key: Key, node: Node, convert: Callable[[], object]) -> object:
    """Return what a value means; what is wrong with it stands at its place."""
    with read_at(key.name, node):
        return convert()
