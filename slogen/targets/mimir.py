"""Rule files for Mimir's ruler: ``mimir/slo-<id>.yaml``, each a namespace.

mimirtool takes the name of a file without its suffix for the namespace. Source:
https://grafana.com/docs/mimir/latest/manage/tools/mimirtool/#rules
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.plan.rulers import Ruler
from slogen.targets.files import file_name
from slogen.targets.rule_files import RuleFileTarget
from slogen.targets.rule_groups import query_offset
from slogen.targets.spans import from_zero
from slogen.targets.yaml_text import scalar
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.rules import RuleGroup
    from slogen.targets.built import Built, Layout

RULE_GROUPS_ABOVE_LIMIT = Code.warning(
    "rule-groups-above-limit",
    "a tenant of Mimir may have fewer rule groups than were built",
    why="Mimir refuses each group beyond its limit. So some SLOs have no alerts, or lack some "
    "of their rules.",
    remedy="Raise `ruler_max_rule_groups_per_tenant` in Mimir, and write the new limit into the "
    "option of the same name. Or divide the SLOs between tenants.",
)
_TENANT = re.compile(r"[A-Za-z0-9!\-_.*'()]{1,150}")
_TENANTS = "at most 150 letters, digits and !-_.*'(), and neither . nor .."
_NO_TENANTS = (".", "..", "__mimir_cluster")
"""What Mimir refuses although its letters are allowed.

Source: https://grafana.com/docs/mimir/latest/configure/about-tenant-ids/
"""
_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}|")


def _tenants(value: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise InvalidValue("tenants", repr(value), f"a list of tenants, each of {_TENANTS}")
    tenants = tuple(arguments.read_part(place, _tenant, one) for place, one in enumerate(value))
    if len(set(tenants)) < len(tenants):
        raise InvalidValue("tenants", ", ".join(tenants), "each tenant once")
    return tenants


def _tenant(value: str) -> str:
    if not isinstance(value, str) or not _TENANT.fullmatch(value) or value in _NO_TENANTS:
        found = repr(value)
        remedy = "write a list of them" if isinstance(value, str) and "|" in value else ""
        raise InvalidValue("tenant", found, _TENANTS, remedy)
    return value


def _prefix(value: str) -> str:
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        allowed = "at most 60 of A-Z, a-z, 0-9, ., _ and -, a letter or a digit first; or nothing"
        raise InvalidValue("prefix", repr(value), allowed)
    return value


def _most(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidValue("limit", repr(value), "a whole number, or 0 for no limit")
    return value


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Mimir(RuleFileTarget):
    """Rule files of which each is a namespace.

    >>> Mimir(source_tenants=["shop", "search"]).source_tenants
    ('shop', 'search')

    Attributes:
        namespace_prefix: What the names of namespaces begin with.
        source_tenants: The tenants whose series rules read; those of the ruler's own unless given.
        ruler_evaluation_delay_duration: What Mimir's setting of that name is.
        ruler_max_rule_groups_per_tenant: What Mimir's setting of that name is; 0 for no limit.
    """

    name: ClassVar[str] = "mimir"
    help: ClassVar[str] = "rule files for Mimir's ruler, each a namespace"

    namespace_prefix: str = attrs.field(
        default="slo-",
        converter=_prefix,
        metadata={"help": 'what the names of namespaces begin with; `"slo-"` unless given'},
    )
    source_tenants: tuple[str, ...] = attrs.field(
        default=(),
        converter=_tenants,
        metadata={
            "help": "the tenants whose series the rules read, where federation is on; the tenant "
            "that has the rules unless given"
        },
    )
    ruler_evaluation_delay_duration: Duration = attrs.field(
        default=Duration("1m"),
        converter=from_zero,
        metadata={
            "help": 'what Mimir\'s setting of that name is; `"1m"`, its default, unless given'
        },
    )
    ruler_max_rule_groups_per_tenant: int = attrs.field(
        default=70,
        converter=_most,
        metadata={"help": "what Mimir's setting of that name is; `70`, its default, unless given"},
    )

    @property
    def ruler(self) -> Ruler:
        """Mimir's ruler: synchronous, and as far in the past as its setting says."""
        return Ruler(delay=self.ruler_evaluation_delay_duration)

    def file(self, name: str) -> str:
        """Return the namespace of a file."""
        return f"{self.namespace_prefix}{file_name(name)}"

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group that Mimir knows beside its name, interval and rules."""
        tenants = f"[{', '.join(map(scalar, self.source_tenants))}]"
        return {
            **query_offset(group),
            **({"source_tenants": tenants} if self.source_tenants else {}),
        }

    def findings(self, built: tuple[Built, ...], layout: Layout) -> Iterator[Diagnostic]:  # noqa: ARG002 (groups are the same in every layout)
        """Yield that there are more groups than a tenant may have."""
        most = self.ruler_max_rule_groups_per_tenant
        groups = sum(len(one.compiled.sizes) for one in built)
        if most and groups > most:
            yield Diagnostic(
                entry=RULE_GROUPS_ABOVE_LIMIT,
                found=f"{groups} rule groups; Mimir takes {most} of a tenant unless told otherwise",
                remedy="raise ruler_max_rule_groups_per_tenant in Mimir, and in the option of that "
                "name",
                argument="ruler_max_rule_groups_per_tenant",
                origin=self.origin,
            )
