"""How OpenSLO's files write the objects of `spec`: the keys, and what may stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue, raise_all
from slogen.formats.imported.keys import camel_case
from slogen.formats.imported.reading import read_at
from slogen.formats.openslo import values
from slogen.formats.openslo.entries import Entry, Reference, entry_of, inline_or_reference
from slogen.formats.openslo.spec import (
    SPECS,
    AlertConditionSpec,
    AlertPolicySpec,
    BurnRateSpec,
    DataSourceSpec,
    MetricSourceSpec,
    MetricSpec,
    NotificationTargetSpec,
    ObjectiveSpec,
    RatioMetricSpec,
    ServiceSpec,
    SLISpec,
    SLOSpec,
    TimeWindowSpec,
)
from slogen.formats.yaml.faults import unreported
from slogen.formats.yaml.nodes import MappingNode, Node, SequenceNode
from slogen.formats.yaml.objects import Form, Key, Structurer
from slogen.formats.yaml.refusals import mapping, sequence
from slogen.formats.yaml.shapes import TEXT, Choice, Many, Nested, Plain, Switch
from slogen.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from slogen.formats.yaml.shapes import Shape
    from slogen.promql.query import Query

_NUMBER = Plain(("int", "float", "text"), "a number")
_LENGTH = Plain(("text", "int"), "a duration, such as 28d or 5m")
METHODS = ("Occurrences", "Timeslices", "RatioTimeslices")
QUERIES = ("query", "promql", "expr")
"""The keys of a Prometheus metric source that hold its query, whichever a tool wants."""
_ANYTHING = frozenset({"spec", "connection_details", "calendar"})
_OTHER_VERSIONS = {
    "timeWindows": "write timeWindow: [{duration: 28d, isRolling: true}]",
    "ratioMetrics": "write it as spec.indicator.spec.ratioMetric",
    "ratioMetric": "it belongs below indicator.spec",
    "thresholdMetric": "it belongs below indicator.spec",
    "incremental": "write counter",
}
"""What older versions say, and what is read instead."""


_SHAPES: dict[type, dict[str, Shape]] = {
    MetricSourceSpec: {"metric_source_ref": TEXT, "type": TEXT, "spec": TEXT},
    MetricSpec: {"metric_source": Nested(MetricSourceSpec)},
    RatioMetricSpec: {
        "counter": Switch(),
        **dict.fromkeys(("good", "bad", "total", "raw"), Nested(MetricSpec)),
        "raw_type": Choice(("success", "failure")),
    },
    SLISpec: {
        "description": TEXT,
        "threshold_metric": Nested(MetricSpec),
        "ratio_metric": Nested(RatioMetricSpec),
    },
    TimeWindowSpec: {"duration": _LENGTH, "is_rolling": Switch(), "calendar": TEXT},
    ObjectiveSpec: {
        "display_name": TEXT,
        "op": Choice(tuple(values.OPERATORS)),
        **dict.fromkeys(("value", "target", "target_percent", "time_slice_target"), _NUMBER),
        "time_slice_window": _LENGTH,
        **dict.fromkeys(("composite_weight", "indicator", "indicator_ref"), TEXT),
    },
    SLOSpec: {
        "description": TEXT,
        "service": TEXT,
        "indicator": TEXT,
        "indicator_ref": TEXT,
        "time_window": Many(TimeWindowSpec),
        "budgeting_method": Choice(METHODS),
        "objectives": Many(ObjectiveSpec),
        "alert_policies": TEXT,
    },
    ServiceSpec: {"description": TEXT},
    DataSourceSpec: {"type": TEXT, "description": TEXT, "connection_details": TEXT},
    AlertPolicySpec: {
        "description": TEXT,
        **dict.fromkeys(
            ("alert_when_no_data", "alert_when_resolved", "alert_when_breaching"), Switch()
        ),
        "conditions": TEXT,
        "notification_targets": TEXT,
    },
    BurnRateSpec: {
        "kind": Choice(("burnrate",)),
        "op": Choice(tuple(values.OPERATORS)),
        "threshold": _NUMBER,
        "lookback_window": _LENGTH,
        "alert_after": _LENGTH,
    },
    AlertConditionSpec: {
        "description": TEXT,
        "severity": TEXT,
        "condition": Nested(BurnRateSpec),
    },
    NotificationTargetSpec: {"target": TEXT, "description": TEXT},
}
_READERS: dict[tuple[type, str], Callable[[str], object]] = {
    (TimeWindowSpec, "duration"): values.window,
    (ObjectiveSpec, "value"): values.threshold,
    (ObjectiveSpec, "target"): values.target,
    (ObjectiveSpec, "target_percent"): values.target_percent,
    (ObjectiveSpec, "time_slice_target"): values.slice_target,
    (ObjectiveSpec, "time_slice_window"): values.slice_window,
    (BurnRateSpec, "threshold"): values.threshold,
    (BurnRateSpec, "lookback_window"): values.duration,
    (BurnRateSpec, "alert_after"): values.delay,
}
"""What reads the texts that are more than texts."""
_LISTS: Mapping[str, tuple[str, str]] = {
    "alert_policies": ("AlertPolicy", "alertPolicyRef"),
    "conditions": ("AlertCondition", "conditionRef"),
    "notification_targets": ("AlertNotificationTarget", "targetRef"),
}
"""Lists of objects that may stand there, or be named: their kinds, and the key of a name."""
_CASES = {
    **{name.lower(): name for name in (*METHODS, *values.OPERATORS)},
    **{name: name for name in ("burnrate", "success", "failure")},
    **{sign: name for name, sign in values.OPERATORS.items()},
}
"""What is meant by words in other letters, and by the signs of comparisons."""


def spec_of(entry: Entry) -> object:
    """Return the spec of an object.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    return _STRUCTURER.structure(entry.spec, SPECS[entry.kind])


def faults_of_spec(node: Node, kind: str) -> list[InputError]:
    """Return what is wrong with the spec of an object of which other parts are wrong, too."""
    spec = node.get("spec") if isinstance(node, MappingNode) else None
    if not isinstance(spec, MappingNode):
        return []
    try:
        _STRUCTURER.structure(spec, SPECS[kind])
    except InputError as fault:
        return list(unreported(fault))
    return []


def query_of(source: MetricSourceSpec) -> tuple[Query, Node]:
    """Return the query of a metric source, and where it stands.

    Raises:
        InvalidValue: If there is none, or it is no PromQL.
    """
    assert source.origin is not None  # noqa: S101 (it was read from a file)
    if source.spec is None:
        raise InvalidValue(
            "metricSource", "given without spec", "spec with a query", origin=source.origin
        )
    spec = mapping(source.spec, "a mapping with query")
    key = next((key for key in QUERIES if key in spec), "")
    if not key:
        raise InvalidValue("spec", "given without query", "query: a text of PromQL", origin=spec)
    node = spec[key]
    text = TEXT.read(node)
    with read_at(key, node):
        return values.query(text), node


def _form(cls: type) -> Form:
    plain = Form.of(cls, _SHAPES[cls])
    keys = tuple(attrs.evolve(key, name=camel_case(key.name)) for key in plain.keys)

    def read(key: Key, node: Node) -> object:
        name, reader = key.argument, _READERS.get((cls, key.argument))
        is_node = name in _ANYTHING or (cls is ObjectiveSpec and name in _COMPOSITE)
        if is_node:
            return node
        if reader is not None and isinstance(key.shape, Plain):
            return _converted(reader, key, key.shape.read(node), node)
        return _objects(key, node) if name in _NAMED else _plain(key, node)

    def remedy_of(key: str, known: Sequence[str]) -> str:
        return _OTHER_VERSIONS.get(key, "") or did_you_mean(key, known)

    return Form(keys=keys, read=read, remedy_of=remedy_of, expected=_EXPECTED)


def _objects(key: Key, node: Node) -> object:
    """Return what stands behind a key that other objects stand behind, or their names."""
    if key.argument in _LISTS:
        kind, reference = _LISTS[key.argument]
        items = sequence(node, "a list").items
        return _every(items, lambda item: _checked(item, kind, reference))
    if key.argument == "indicator":
        return _checked(node, "SLI")
    return Reference("SLI", TEXT.read(node), node)


def _plain(key: Key, node: Node) -> object:
    """Return what stands behind any other key."""
    if isinstance(key.shape, Choice):
        return _word(key, key.shape, node)
    if key.argument in {"time_window", "objectives"}:
        _check_amount(key.argument, node)
    return _STRUCTURER.value(key.shape, node)


def _checked(node: Node, kind: str, key: str = "") -> Entry | Reference:
    """Return an object that stands within another, or its name, once nothing is wrong with it."""
    faults: list[InputError] = []
    try:
        found = inline_or_reference(node, kind, key) if key else entry_of(node, kind)
    except InputError as fault:
        faults += unreported(fault)
    if not isinstance(node, MappingNode) or not key or key not in node:
        faults += faults_of_spec(node, kind)
    raise_all(faults)
    return found


def _every(
    items: Iterable[Node], read: Callable[[Node], Entry | Reference]
) -> tuple[Entry | Reference, ...]:
    """Return what all items are read as, or say what is wrong with any of them."""
    made: list[Entry | Reference] = []
    faults: list[InputError] = []
    for item in items:
        try:
            made.append(read(item))
        except InputError as fault:
            faults += unreported(fault)
    raise_all(faults)
    return tuple(made)


_NAMED = frozenset({"indicator", "indicator_ref", *_LISTS})
_COMPOSITE = frozenset({"composite_weight", "indicator", "indicator_ref"})
_EXPECTED = {"objectives": "a list of objectives", "service": "the name of a service"}


def _check_amount(name: str, node: Node) -> None:
    """Refuse a list without objectives, and several windows."""
    if not isinstance(node, SequenceNode):
        return
    amount = len(node.items)
    if name == "time_window" and amount > 1:
        raise InvalidValue("timeWindow", f"a list of {amount}", "a list of one window", origin=node)
    if name == "objectives" and not amount:
        raise InvalidValue("objectives", "an empty list", "at least one objective", origin=node)


def _word(key: Key, shape: Choice, node: Node) -> str:
    """Return one of a few words."""
    text = shape.read(node)
    if text in shape.words:
        return text
    known = [str(word) for word in shape.words]
    meant = _CASES.get(text.lower(), "")
    remedy = f"write {meant}" if meant in known else did_you_mean(text, known)
    raise InvalidValue(key.name, text, ", ".join(known), remedy, origin=node)


def _converted(read: Callable[[str], object], key: Key, text: str, node: Node) -> object:
    """Return what a text means; what is wrong with it stands at its place."""
    with read_at(key.name, node):
        return read(text)


_STRUCTURER = Structurer(_form)
