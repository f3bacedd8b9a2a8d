"""Rule files for vmalert: ``victoriametrics/<service>.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.model import arguments
from slogen.targets import vmalert
from slogen.targets.rule_files import RuleFileTarget
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from slogen.errors import InputError
    from slogen.plan.rulers import Ruler
    from slogen.rules import RuleGroup
    from slogen.targets.built import Built
    from slogen.targets.rule_groups import GroupWriter


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class VictoriaMetrics(RuleFileTarget):
    """Rule files for vmalert, with what it knows alone.

    >>> VictoriaMetrics(tenant="7:1").tenant
    '7:1'

    Attributes:
        tenant: The tenant that has the rules; empty for that of vmalert's data source.
        eval_offset: How long after the begin of its interval each group is evaluated; None for at
            any time, 30s in the past.
    """

    name: ClassVar[str] = "victoriametrics"
    help: ClassVar[str] = "rule files for vmalert"

    tenant: str = attrs.field(default="", converter=vmalert.tenant_id, metadata=vmalert.TENANT)
    eval_offset: Duration | None = attrs.field(
        default=None, converter=vmalert.eval_offset, metadata=vmalert.EVAL_OFFSET
    )

    @property
    def ruler(self) -> Ruler:
        """What runs the rules: vmalert."""
        return vmalert.ruler(self.eval_offset)

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group that vmalert knows beside its name, interval and rules."""
        return vmalert.group_keys(self.tenant, self.eval_offset, group)

    def faults(self, built: Iterable[Built], writer: GroupWriter) -> Iterable[InputError]:
        """Return why vmalert would refuse rules, or run them wrongly."""
        return vmalert.faults(self.eval_offset, built, writer, self.origin)
