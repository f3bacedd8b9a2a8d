"""Rule files for Thanos Ruler: ``thanos/<id>.yaml``.

Source: https://thanos.io/tip/components/rule.md/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.model import arguments
from slogen.plan.rulers import Ruler
from slogen.targets import kubernetes
from slogen.targets.external_labels import external_labels
from slogen.targets.prometheus_ruler import PrometheusRulerTarget
from slogen.targets.rule_files import RuleFileTarget
from slogen.targets.rule_groups import query_offset
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.rules import RuleGroup
    from slogen.targets.built import Built
    from slogen.targets.rule_groups import GroupWriter

_REMEDIES = {
    "group_by": "rename the label in the scrape configuration, or remove it from the ruler: all "
    "groups would be recorded as one",
    "identity": "remove the label from the ruler: identity puts it on all that is recorded",
}
PartialResponse = Literal["abort", "warn"]


def _strategy(value: PartialResponse | None) -> PartialResponse | None:
    if value is not None and value not in get_args(PartialResponse):
        raise InvalidValue("strategy", repr(value), '"abort" or "warn"')
    return value


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Thanos(PrometheusRulerTarget, RuleFileTarget):
    """Rule files for a ruler that asks a Querier.

    >>> Thanos(partial_response_strategy="warn").partial_response_strategy
    'warn'

    Attributes:
        partial_response_strategy: What a rule does with the answer of some stores alone; that of
            the ruler, which is to abort, unless given.
        external_labels: The names of the labels that the ruler adds to all that it records.
        stateless: Whether the ruler keeps nothing itself, and writes to a receiver instead.
    """

    name: ClassVar[str] = "thanos"
    help: ClassVar[str] = "rule files for Thanos Ruler"

    partial_response_strategy: PartialResponse | None = attrs.field(
        default=None,
        converter=_strategy,
        metadata={
            "help": '`"abort"` or `"warn"`: what a rule does when some stores do not answer; what '
            "the ruler does by default unless given"
        },
    )
    external_labels: tuple[str, ...] = attrs.field(
        default=(),
        converter=external_labels,
        metadata={"help": "the names of the labels that the ruler adds (`--label`)"},
    )
    stateless: bool = attrs.field(
        default=False,
        converter=kubernetes.switch,
        metadata={
            "help": "whether the ruler writes to a receiver (`--remote-write.config`) instead of a "
            "store of its own; `false` unless given"
        },
    )

    @property
    def ruler(self) -> Ruler:
        """Thanos Ruler: it sees its own results at once, unless it keeps none."""
        return Ruler(delay=self.rule_query_offset, is_asynchronous=self.stateless)

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group that Thanos knows beside its name, interval and rules."""
        strategy = self.partial_response_strategy
        return {
            **query_offset(group),
            **({"partial_response_strategy": strategy} if strategy else {}),
        }

    def faults(self, built: Iterable[Built], writer: GroupWriter) -> Iterator[InputError]:  # noqa: ARG002 (it is about definitions)
        """Yield which labels that tell SLOs or groups apart the ruler sets itself."""
        for one in built:
            defined, settings = one.slo.definition, one.slo.settings
            for argument, labels, origin in (
                ("group_by", defined.group_by, defined.origin),
                ("identity", tuple(settings.identity), settings.origin),
            ):
                for label in labels:
                    if label in self.external_labels:
                        yield InvalidValue(
                            f"{argument} of {defined.id}",
                            f"{quoted(label)}, which Thanos Ruler sets itself (external_labels)",
                            "labels that the ruler leaves as they are",
                            _REMEDIES[argument],
                            origin=origin,
                            argument=argument,
                        )
