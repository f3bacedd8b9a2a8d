"""What Prometheus, and rulers made of it, let somebody set for all groups at once.

Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/
"""

from __future__ import annotations

import attrs

from slogen.model import arguments
from slogen.plan.rulers import Ruler
from slogen.targets.rule_files import RuleTarget
from slogen.targets.spans import from_zero
from slogen.units import Duration


@attrs.frozen(kw_only=True, slots=False, field_transformer=arguments.blamed)
class PrometheusRulerTarget(RuleTarget):
    """A target whose rules Prometheus runs; without slots, so that other targets can mix it in.

    Attributes:
        rule_query_offset: How far in the past the server evaluates groups without a query_offset.
    """

    rule_query_offset: Duration = attrs.field(
        factory=Duration.zero,
        converter=from_zero,
        metadata={
            "help": "how far in the past the server evaluates groups that have no query_offset: "
            'what its setting of that name is; `"0s"` unless given'
        },
    )

    @property
    def ruler(self) -> Ruler:
        """What runs the rules: a Prometheus with that setting."""
        return Ruler(delay=self.rule_query_offset)
