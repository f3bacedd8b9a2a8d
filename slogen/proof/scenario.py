"""What a proof consists of: scenarios for promtool, and what is predicted for each alert."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

from slogen.plan import ResolvedTier, TimeRange
from slogen.units import Duration


@attrs.frozen(kw_only=True)
class Input:
    """A series that a scenario feeds.

    Attributes:
        series: As PromQL selects it: ``requests_total{code="500"}``.
        values: In promtool's notation: ``0+30x120``.
    """

    series: str
    values: str


@attrs.frozen(kw_only=True)
class Sample:
    """A sample that an expression has to give.

    Attributes:
        labels: As PromQL writes them, the metric's name before the braces if there is one.
        value: Exactly.
    """

    labels: str
    value: Decimal


@attrs.frozen(kw_only=True)
class Check:
    """An expression, when it is asked, and all that it has to answer.

    Attributes:
        remark: What is asked, in words.
        expr: PromQL.
        at: The time since the scenario began.
        samples: The answer; none where there has to be none.
    """

    remark: str
    expr: str
    at: Duration
    samples: tuple[Sample, ...] = ()


@attrs.frozen(kw_only=True)
class AlertText:
    """An alert that fires, and what it says.

    Attributes:
        labels: All of its labels but its name.
        annotations: All of its annotations, rendered.
    """

    labels: Mapping[str, str]
    annotations: Mapping[str, str]


@attrs.frozen(kw_only=True)
class TextCheck:
    """An alert, when it is asked for, and what it has to say.

    Attributes:
        remark: What is asked, in words.
        alert: The name of the alert.
        at: The time since the scenario began.
        alerts: All that fire with this name.
    """

    remark: str
    alert: str
    at: Duration
    alerts: tuple[AlertText, ...]


@attrs.frozen(kw_only=True)
class Detection:
    """What a scenario says about a tier: when its alert fires, and when it is over.

    Attributes:
        tier: The tier.
        pace: The time between two evaluations: that of the real rules, or far more.
        ratio: The error ratio that makes it fire, from `began` until `ended`.
        began: When the error ratio rises, since the scenario began.
        ended: When there are no errors any more.
        fires: How long after `began` the alert fires, at the soonest and at the latest.
        resolves: How long after `ended` it fires no longer, where that is shown.
        first: PromQL, at `until`: the time in seconds at which the alert began to fire.
        last: PromQL, at `until`: the time in seconds at which it was last seen firing.
        until: When the scenario is over.
        moved: How far in the past groups are evaluated. All times are those that samples bear; the
            alert is sent, and is over, so much later.
    """

    tier: ResolvedTier
    pace: Duration
    ratio: Decimal
    began: Duration
    ended: Duration
    fires: TimeRange
    resolves: TimeRange | None
    first: str
    last: str
    until: Duration
    moved: Duration = attrs.field(factory=Duration.zero)


@attrs.frozen(kw_only=True)
class Scenario:
    """Something that happens to an SLO, and what its rules have to make of it.

    Attributes:
        name: In a few words.
        remarks: Lines that explain the input.
        step: The time between two samples of the input.
        inputs: The series that are fed.
        checks: What has to come out.
        texts: What alerts have to say.
        detection: What is predicted, where the scenario is about a tier.
    """

    name: str
    remarks: tuple[str, ...] = ()
    step: Duration
    inputs: tuple[Input, ...]
    checks: tuple[Check, ...]
    texts: tuple[TextCheck, ...] = ()
    detection: Detection | None = None


@attrs.frozen(kw_only=True)
class Paced:
    """Scenarios that are evaluated at one pace: promtool knows no intervals of groups.

    Attributes:
        pace: The time between two evaluations.
        scenarios: In the order of the file.
    """

    pace: Duration
    scenarios: tuple[Scenario, ...]


@attrs.frozen(kw_only=True)
class Proof:
    """All that is shown about one SLO.

    Attributes:
        slo_id: The SLO.
        groups: The names of its rule groups in the order of evaluation.
        remarks: What cannot be shown as one would expect, and why.
        parts: The scenarios by their pace, the quickest first; a file each.
    """

    slo_id: str
    groups: tuple[str, ...]
    remarks: tuple[str, ...]
    parts: tuple[Paced, ...]
