"""What vmalert takes of a rule group, and what it refuses; for its files and for its operator.

Source: https://docs.victoriametrics.com/victoriametrics/vmalert/#groups
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.model import Latency, arguments
from slogen.plan.rulers import Ruler
from slogen.promql.trees import functions
from slogen.targets.rule_files import RuleTarget
from slogen.targets.spans import from_zero, in_words
from slogen.targets.yaml_text import scalar
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.plan import ResolvedSLO
    from slogen.rules import RuleGroup
    from slogen.source import Origin
    from slogen.targets.built import Built
    from slogen.targets.rule_groups import GroupWriter

LATENCY_OFFSET = Duration("30s")
"""For how long VictoriaMetrics hides what it has just stored (``-search.latencyOffset``)."""
_OF_NATIVE_HISTOGRAMS = frozenset(
    f"histogram_{what}" for what in ("avg", "count", "fraction", "stddev", "stdvar", "sum")
)
"""vmalert refuses some of these, and has no data for the others."""
_CLASSIC = "classic histograms: VictoriaMetrics has no native ones"
_LARGEST_ID = 2**32 - 1
_TENANT = re.compile(r"(?:[0-9]{1,10}(?::[0-9]{1,10})?)?", re.ASCII)
_PLACEHOLDER = re.compile(r"%\{[A-Za-z_][\w.]*\}", re.ASCII)


def tenant_id(value: str) -> str:
    """Return the id of a tenant, or the empty text.

    Raises:
        InvalidValue: If it is none.
    """
    is_tenant = isinstance(value, str) and _TENANT.fullmatch(value)
    if not is_tenant or any(int(part) > _LARGEST_ID for part in value.split(":") if part):
        allowed = f'an account, such as "7", or "7:1" with a project; each at most {_LARGEST_ID}'
        raise InvalidValue("tenant", repr(value), allowed)
    return value


def eval_offset(value: Duration | str | None) -> Duration | None:
    """Return how long after the begin of an interval groups are evaluated; None for any time.

    Raises:
        InvalidValue: If it is no duration.
    """
    return None if value is None else from_zero(value)


@attrs.frozen(kw_only=True, slots=False, field_transformer=arguments.blamed)
class VmalertTarget(RuleTarget):
    """A target whose rules vmalert runs; without slots, so that files and resources can mix it in.

    Attributes:
        tenant: The tenant that has the rules; empty for that of vmalert's data source.
        eval_offset: How long after the begin of its interval each group is evaluated; None for at
            any time, 30s in the past.
    """

    tenant: str = attrs.field(
        default="",
        converter=tenant_id,
        metadata={
            "help": 'the tenant that has the rules, such as `"7"` or `"7:1"`; the enterprise '
            "version of vmalert alone takes it"
        },
    )
    eval_offset: Duration | None = attrs.field(
        default=None,
        converter=eval_offset,
        metadata={
            "help": "how long after the begin of its interval each group is evaluated, without a "
            "cache, instead of 30s in the past"
        },
    )

    @property
    def ruler(self) -> Ruler:
        """What runs the rules: vmalert."""
        if self.eval_offset is not None:
            return Ruler(is_asynchronous=True)
        return Ruler(delay=LATENCY_OFFSET, is_at_least=True, is_aligned=True, is_asynchronous=True)

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group that vmalert knows beside its name, interval and rules."""
        keys = {"tenant": scalar(self.tenant)} if self.tenant else {}
        if self.eval_offset is not None:
            return {
                **keys,
                "eval_offset": in_words(self.eval_offset),
                "params": '{nocache: ["1"]}',
            }
        if group.query_offset:
            keys["eval_delay"] = str(max(group.query_offset, LATENCY_OFFSET))
        return keys

    def faults(self, built: Iterable[Built], writer: GroupWriter) -> Iterator[InputError]:
        """Yield why vmalert would refuse rules, or run them wrongly.

        What is wrong with the option `eval_offset` is said once, of the SLO that needs it smallest.
        """
        slos = tuple(built)
        for one in slos:
            yield from _unknown(one.slo)
            if placeholder := _PLACEHOLDER.search(writer.text(one)):
                yield InvalidValue(
                    f"a text of {one.slo.definition.id}",
                    f"one that holds {placeholder[0]}",
                    "texts without %{NAME}: vmalert puts a variable of its environment there",
                    "write % {NAME}, or leave it out",
                    origin=one.slo.definition.origin,
                )
        if self.eval_offset is not None:
            yield from islice(_clashes(slos, self.eval_offset, self.origin), 1)


def _clashes(
    built: Iterable[Built], offset: Duration, origin: Origin | None
) -> Iterator[InputError]:
    """Yield why groups cannot have an offset, those with the shortest intervals first."""
    for one in sorted(built, key=lambda one: one.slo.timing.fast_interval):
        yield from _clashing(one.slo, offset, origin)


def _unknown(slo: ResolvedSLO) -> Iterator[InputError]:
    """Yield what an SLI asks that VictoriaMetrics does not have.

    Functions that PromQL alone has are experimental, and refused whatever runs the rules.
    """
    sli, slo_id = slo.definition.sli, slo.definition.id
    if isinstance(sli, Latency) and sli.native:
        yield InvalidValue(
            "Latency.native",
            f"true in {slo_id}",
            _CLASSIC,
            "let the service expose a classic histogram, and leave native out",
            origin=sli.origin,
            argument="native",
        )
    for name in sorted({name for query in sli.queries for name in functions(query)}):
        if name in _OF_NATIVE_HISTOGRAMS:
            subject, found = f"a query of {slo_id}", f"one that calls {name}()"
            yield InvalidValue(subject, found, _CLASSIC, origin=sli.origin)


def _clashing(slo: ResolvedSLO, offset: Duration, origin: Origin | None) -> Iterator[InputError]:
    """Yield why a group of an SLO cannot have an offset."""
    timing = slo.timing
    if timing.query_offset:
        yield InvalidValue(
            "eval_offset",
            f"{in_words(offset)}, and {slo.definition.id} has a query_offset of "
            f"{timing.query_offset}",
            "one of the two: vmalert refuses eval_offset with eval_delay",
            "remove eval_offset, or let the settings have offset instead of query_offset",
            origin=origin,
            argument="eval_offset",
        )
    if offset >= timing.fast_interval:
        yield InvalidValue(
            "eval_offset",
            f"{offset}, and groups of {slo.definition.id} run every {timing.fast_interval}",
            "less than the interval of every group",
            origin=origin,
            argument="eval_offset",
        )
