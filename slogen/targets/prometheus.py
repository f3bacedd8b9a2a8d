"""Rule files for Prometheus: ``prometheus/<service>.yaml``, one document each.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.targets.rule_files import RuleFileTarget


@attrs.frozen(kw_only=True)
class Prometheus(RuleFileTarget):
    """Rule files, one document each."""

    name: ClassVar[str] = "prometheus"
    help: ClassVar[str] = "rule files"
