"""The history of SLOs: what later rules need to know about what rules recorded.

Rules select the history of an SLO by its id and the labels of `Settings.identity`, and sum it by
the labels of ``group_by``. So does `History.of` an SLO; `histories` reads the same from rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

import attrs

from slogen import naming
from slogen.model import SLI
from slogen.promql.selector import Matcher, braced
from slogen.recorded.series import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedSLO
    from slogen.rules import RecordingRule

_NAMINGS = (naming.Naming(), naming.Naming.sloth())
_COUNTS_EVENTS: Mapping[str, bool] = {cls.kind: cls.counts_events for cls in get_args(SLI)}
# In the expression of events, whatever the kind, the first aggregation is the one by groups.
_GROUPS = re.compile(r"\b(?:sum|group)(?: by \((.*?)\) )?\(")

RECORDS = frozenset({naming.EVENTS_INCREASE, *(names.info for names in _NAMINGS)})
"""The names of the series whose rules `histories` reads."""


@attrs.frozen(kw_only=True)
class History:
    """What was recorded for an SLO, as far as later rules depend on it.

    Attributes:
        labels: What tells it from the history of all other SLOs: the id, and the labels of the
            settings' identity.
        group_by: The labels of its groups.
        kind: The kind of the SLI.
    """

    labels: Mapping[str, str]
    group_by: tuple[str, ...]
    kind: str

    @classmethod
    def of(cls, slo: ResolvedSLO) -> History:
        """Return what the rules of an SLO record."""
        return cls(
            labels={label: slo.identity[label] for label in key(slo)},
            group_by=slo.definition.group_by,
            kind=slo.definition.sli.kind,
        )

    @property
    def selector(self) -> str:
        """What rules select it by."""
        matchers = (Matcher(label, "=", value) for label, value in self.labels.items())
        return f"{naming.EVENTS_INCREASE}{braced(tuple(matchers))}"

    @property
    def unit(self) -> str:
        """What it counts: ``events`` or ``seconds``."""
        return "events" if _COUNTS_EVENTS[self.kind] else "seconds"


def histories(rules: Iterable[RecordingRule]) -> Mapping[str, History]:
    """Return what rules record, by the ids of SLOs; what cannot be understood is left out."""
    named = [(rule, names) for rule in rules if (names := _naming(rule))]
    kinds = {
        rule.labels[names.id]: rule.labels.get(naming.KIND_LABEL, "")
        for rule, names in named
        if rule.record == names.info
    }
    found = {}
    for rule, names in named:
        slo_id, groups = rule.labels[names.id], _GROUPS.search(rule.expr)
        kind = kinds.get(slo_id, "")
        if rule.record == naming.EVENTS_INCREASE and groups and kind in _COUNTS_EVENTS:
            edited = (names.service, names.name)
            found[slo_id] = History(
                labels={name: text for name, text in rule.labels.items() if name not in edited},
                group_by=tuple(groups[1].split(", ")) if groups[1] else (),
                kind=kind,
            )
    return found


def _naming(rule: RecordingRule) -> naming.Naming | None:
    """Return the names of the identity labels that a rule has; None if it has no id."""
    return next((names for names in _NAMINGS if names.id in rule.labels), None)
