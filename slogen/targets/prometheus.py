"""Rule files for Prometheus: ``prometheus/<id>.yaml``, one document each.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model import arguments
from slogen.targets.prometheus_ruler import PrometheusRulerTarget
from slogen.targets.rule_files import RuleFileTarget


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Prometheus(PrometheusRulerTarget, RuleFileTarget):
    """Rule files, one document each.

    >>> str(Prometheus(rule_query_offset="1m").rule_query_offset)
    '1m'
    """

    name: ClassVar[str] = "prometheus"
    help: ClassVar[str] = "rule files"
