"""Rules for the Prometheus operator: ``prometheus-operator/<id>.yaml``.

Source: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model import arguments
from slogen.targets.prometheus_ruler import PrometheusRulerTarget
from slogen.targets.rule_resources import RuleResourceTarget


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class PrometheusOperator(PrometheusRulerTarget, RuleResourceTarget):
    """A ``PrometheusRule`` for each file of the layout.

    >>> PrometheusOperator(labels={"release": "kube-prometheus"}).labels["release"]
    'kube-prometheus'
    """

    name: ClassVar[str] = "prometheus-operator"
    help: ClassVar[str] = "rules as resources, for the Prometheus operator"
    api_version: ClassVar[str] = "monitoring.coreos.com/v1"
    kind: ClassVar[str] = "PrometheusRule"
