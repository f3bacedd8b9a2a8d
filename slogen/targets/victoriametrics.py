"""Rule files for vmalert: ``victoriametrics/<id>.yaml``."""

from __future__ import annotations

from typing import ClassVar

import attrs

from slogen.model import arguments
from slogen.targets.rule_files import RuleFileTarget
from slogen.targets.vmalert import VmalertTarget


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class VictoriaMetrics(VmalertTarget, RuleFileTarget):
    """Rule files for vmalert, with what it knows alone.

    >>> VictoriaMetrics(tenant="7:1").tenant
    '7:1'
    """

    name: ClassVar[str] = "victoriametrics"
    help: ClassVar[str] = "rule files for vmalert"
