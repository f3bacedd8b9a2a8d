"""Rules for the operator of VictoriaMetrics: ``victoriametrics-operator/<id>.yaml``.

Source: https://docs.victoriametrics.com/operator/api/#vmrule
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model import arguments
from slogen.targets.rule_resources import RuleResourceTarget
from slogen.targets.vmalert import VmalertTarget


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class VictoriaMetricsOperator(VmalertTarget, RuleResourceTarget):
    """A ``VMRule`` for each file of the layout.

    >>> VictoriaMetricsOperator(namespace="monitoring").namespace
    'monitoring'
    """

    name: ClassVar[str] = "victoriametrics-operator"
    help: ClassVar[str] = "rules as resources, for the operator of VictoriaMetrics"
    api_version: ClassVar[str] = "operator.victoriametrics.com/v1beta1"
    kind: ClassVar[str] = "VMRule"
