"""What stands in OpenSLO's files, as it stands there: no more is read than keys and values.

Source: github.com/OpenSLO/OpenSLO, "Specification", version v1.
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from slogen.errors import InvalidValue
from slogen.formats.openslo.entries import Entry, Reference
from slogen.formats.yaml.nodes import Node
from slogen.model import Objective, Window
from slogen.source import Origin, caller
from slogen.units import Duration


@attrs.frozen(kw_only=True)
class MetricSourceSpec:
    """Where the values of a metric come from."""

    metric_source_ref: str = ""
    type: str = ""
    spec: Node | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class MetricSpec:
    """A query."""

    metric_source: MetricSourceSpec
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class RatioMetricSpec:
    """An indicator that is a ratio of events, or is stored as one."""

    counter: bool | None = None
    good: MetricSpec | None = None
    bad: MetricSpec | None = None
    total: MetricSpec | None = None
    raw_type: str = ""
    raw: MetricSpec | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one kind of ratio, and no more."""
        parts = {"good": self.good, "bad": self.bad, "total": self.total, "raw": self.raw}
        given = [name for name, metric in parts.items() if metric is not None]
        if given not in (["good", "total"], ["bad", "total"], ["raw"]):
            found = f"given with {', '.join(given)}" if given else "given without any query"
            allowed = "good and total, bad and total, or raw with rawType"
            raise InvalidValue("ratioMetric", found, allowed, origin=self.origin)
        if self.raw is not None and not self.raw_type:
            allowed = "success or failure: what the ratio is a ratio of"
            raise InvalidValue("rawType", "missing", allowed, origin=self.origin)


@attrs.frozen(kw_only=True)
class SLISpec:
    """What an SLI measures."""

    description: str = ""
    threshold_metric: MetricSpec | None = None
    ratio_metric: RatioMetricSpec | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one kind of metric, and no more."""
        if (self.threshold_metric is None) == (self.ratio_metric is None):
            found = "given without any" if self.ratio_metric is None else "given with both"
            allowed = "exactly one of ratioMetric and thresholdMetric"
            raise InvalidValue("spec", found, allowed, origin=self.origin)


@attrs.frozen(kw_only=True)
class TimeWindowSpec:
    """The window of an SLO."""

    duration: Window
    is_rolling: bool | None = None
    calendar: Node | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what follows the calendar."""
        if self.calendar is not None or self.is_rolling is False:
            key = "isRolling" if self.calendar is None else "calendar"
            raise InvalidValue(
                key,
                "false" if self.calendar is None else "given",
                "a rolling window: slogen has no windows that follow the calendar",
                "write isRolling: true without calendar, and say to users that the window rolls",
                origin=self.origin,
                argument=key,
            )


@attrs.frozen(kw_only=True)
class ObjectiveSpec:
    """One objective of an SLO."""

    display_name: str = ""
    op: str = ""
    value: Decimal | None = None
    target: Objective | None = None
    target_percent: Objective | None = None
    time_slice_target: Decimal | None = None
    time_slice_window: Duration | None = None
    composite_weight: Node | None = None
    indicator: Node | None = None
    indicator_ref: Node | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one target, and refuse parts of composites."""
        for part in (self.indicator, self.indicator_ref, self.composite_weight):
            if part is not None:
                raise InvalidValue(
                    str(part.key),
                    "given below an objective: the SLO is a composite",
                    "objectives of one indicator, which stands beside objectives",
                    "write an SLO for each indicator",
                    origin=part,
                )
        if (self.target is None) == (self.target_percent is None):
            found = "given with neither" if self.target is None else "given with both"
            allowed = "exactly one of target and targetPercent"
            raise InvalidValue("objective", found, allowed, origin=self.origin)

    @property
    def objective(self) -> Objective:
        """The target, however it is written."""
        found = self.target or self.target_percent
        assert found is not None  # noqa: S101 (checked when it was made)
        return found


@attrs.frozen(kw_only=True)
class SLOSpec:
    """An SLO, with all of its objectives."""

    description: str = ""
    service: str
    indicator: Entry | None = None
    indicator_ref: Reference | None = None
    time_window: tuple[TimeWindowSpec, ...] = ()
    budgeting_method: str
    objectives: tuple[ObjectiveSpec, ...]
    alert_policies: tuple[Entry | Reference, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that there is one indicator, and one window at most."""
        if (self.indicator is None) == (self.indicator_ref is None):
            found = "given without any" if self.indicator is None else "given with both"
            allowed = "exactly one of indicator and indicatorRef"
            raise InvalidValue("spec", found, allowed, origin=self.origin)


@attrs.frozen(kw_only=True)
class ServiceSpec:
    """A service."""

    description: str = ""
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class DataSourceSpec:
    """Where queries are answered."""

    type: str
    description: str = ""
    connection_details: Node | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class AlertPolicySpec:
    """When to tell whom."""

    description: str = ""
    alert_when_no_data: bool = False
    alert_when_resolved: bool = False
    alert_when_breaching: bool = False
    conditions: tuple[Entry | Reference, ...] = ()
    notification_targets: tuple[Entry | Reference, ...] = ()
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class BurnRateSpec:
    """The condition of an alert."""

    kind: str = "burnrate"
    op: str = "gte"
    threshold: Decimal
    lookback_window: Duration
    alert_after: Duration = attrs.field(factory=Duration.zero)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what alerts while the budget lasts, or always."""
        if self.op not in {"gte", "gt"}:
            allowed = "gte or gt: an alert tells of a burn rate that is too high"
            remedy = "write op: gte"
            raise InvalidValue("op", self.op, allowed, remedy, origin=self.origin, argument="op")
        if self.threshold <= 0:
            raise InvalidValue(
                "threshold",
                f"{self.threshold}",
                "a burn rate above 0, such as 14.4",
                "at 1 the budget is spent when the window ends",
                origin=self.origin,
                argument="threshold",
            )


@attrs.frozen(kw_only=True)
class AlertConditionSpec:
    """A condition, and how urgent it is."""

    description: str = ""
    severity: str
    condition: BurnRateSpec
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class NotificationTargetSpec:
    """Who is told."""

    target: str
    description: str = ""
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)


SPECS: dict[str, type] = {
    "SLO": SLOSpec,
    "SLI": SLISpec,
    "Service": ServiceSpec,
    "DataSource": DataSourceSpec,
    "AlertPolicy": AlertPolicySpec,
    "AlertCondition": AlertConditionSpec,
    "AlertNotificationTarget": NotificationTargetSpec,
}
"""What the spec of an object of each kind holds."""
