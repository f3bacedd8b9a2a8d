"""Alertmanager's rules by which the alerts of one incident are one notification.

Which alert inhibits which follows from the plan of each SLO; the rules say it by names, severities
and windows, for all SLOs together. A rule that would inhibit an alert of some SLO that the plan
does not let it inhibit is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import attrs

from slogen.model import Severity
from slogen.naming import ALERT_LABEL, SEVERITY_LABEL, Naming
from slogen.plan.incidents import IncidentAlert, incident_alerts
from slogen.targets.matchers import exists, matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from slogen.plan import ResolvedSLO

    Vocabulary = tuple[IncidentAlert, ...]
    Key = tuple[str, str, str]

_LESS_URGENT: Mapping[Severity, str] = {
    "page": "A burn-rate page: nothing that is less urgent is sent as well.",
    "ticket": "A burn-rate ticket: nor is what it says already, that the budget is spent or low.",
    "info": "Alerts to be read: the burn rate says already that the budget is spent or low.",
}
_SLOWER: Mapping[Severity, str] = {
    "page": "The page over {}: no page over a longer window as well.",
    "ticket": "The ticket over {}: no ticket over a longer window as well.",
    "info": "The alert to be read over {}: none over a longer window as well.",
}
_SPENT = "A spent budget: that it is low, or the objective missed, is not sent as well."


@attrs.frozen
class InhibitRule:
    """One of Alertmanager's ``inhibit_rules``.

    Attributes:
        meaning: What it is for, in a sentence.
        source: Matchers of the alerts that inhibit.
        target: Matchers of those that are not sent meanwhile.
        equal: The labels in which both have to agree.
    """

    meaning: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    equal: tuple[str, ...]


@attrs.frozen
class _Draft:
    """A rule before it is written: which alerts inhibit which, by what tells them apart."""

    meaning: str
    sources: frozenset[Key]
    targets: frozenset[Key]

    def joined(self, other: _Draft) -> _Draft:
        """Return the rule for the alerts of both."""
        sources, targets = self.sources | other.sources, self.targets | other.targets
        return _Draft(self.meaning, sources, targets)

    def is_true_of(self, vocabulary: Vocabulary) -> bool:
        """Tell whether it inhibits nothing in an SLO's alerts that the plan does not."""
        sources = [alert for alert in vocabulary if _key(alert) in self.sources]
        targets = [alert for alert in vocabulary if _key(alert) in self.targets]
        pairs = ((source, target) for source in sources for target in targets)
        return all(s.inhibits(t) for s, t in pairs if _key(s) != _key(t))


def incident_labels(
    naming: Naming, slos: Iterable[ResolvedSLO], external: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the labels that tell an incident from all others: the SLO's, and those of groups.

    A label that an SLO does not have is none of its alerts', in which they agree.

    Args:
        naming: The names of labels.
        slos: The SLOs.
        external: Labels that servers add to alerts.
    """
    chosen = [slo for slo in slos if slo.naming == naming]
    edited = (naming.service, naming.name)
    own = {label: None for slo in chosen for label in slo.identity if label not in edited}
    groups = {label for slo in chosen for label in slo.definition.group_by}
    return (*own, *sorted({*groups, *external} - own.keys()))


def inhibit_rules(
    naming: Naming, slos: Iterable[ResolvedSLO], external: Iterable[str] = ()
) -> tuple[InhibitRule, ...]:
    """Return the rules for the SLOs whose labels have the names of a naming.

    The arguments are those of `incident_labels`.
    """
    chosen = [slo for slo in slos if slo.naming == naming]
    vocabularies = tuple(dict.fromkeys(map(incident_alerts, chosen)))
    known = {_key(alert) for vocabulary in vocabularies for alert in vocabulary}
    equal = incident_labels(naming, chosen, external)
    return tuple(
        InhibitRule(draft.meaning, source, target, equal)
        for draft in _drafts(vocabularies)
        for source in _matchers(naming, draft.sources, known)
        for target in _matchers(naming, draft.targets, known)
    )


def _drafts(vocabularies: Sequence[Vocabulary]) -> Iterator[_Draft]:
    """Yield the rules of all SLOs, those of one meaning as one where that is true of every SLO."""
    by_meaning: dict[str, dict[_Draft, None]] = {}
    for vocabulary in vocabularies:
        for draft in _drafts_of(vocabulary):
            by_meaning.setdefault(draft.meaning, {})[draft] = None
    for drafts in by_meaning.values():
        together = _joined(drafts)
        for draft in together if all(map(together[0].is_true_of, vocabularies)) else drafts:
            if all(map(draft.is_true_of, vocabularies)):
                yield draft


def _joined(drafts: Iterable[_Draft]) -> tuple[_Draft, ...]:
    first, *rest = drafts
    for draft in rest:
        first = first.joined(draft)
    return (first,)


def _drafts_of(vocabulary: Vocabulary) -> Iterator[_Draft]:
    """Yield the rules of one SLO's alerts."""
    for urgency in get_args(Severity):
        burning = [a for a in vocabulary if a.role == "burn_rate" and a.urgency == urgency]
        yield from _draft(_LESS_URGENT[urgency], burning, vocabulary, but=burning)
        for window in sorted({alert.window for alert in burning if alert.window}):
            sources = [alert for alert in burning if alert.window == window]
            yield from _draft(_SLOWER[urgency].format(window), sources, burning)
    spent = [alert for alert in vocabulary if alert.role == "exhausted"]
    yield from _draft(_SPENT, spent, vocabulary)


def _draft(
    meaning: str,
    sources: Sequence[IncidentAlert],
    alerts: Sequence[IncidentAlert],
    but: Sequence[IncidentAlert] = (),
) -> Iterator[_Draft]:
    """Yield the rule by which alerts inhibit what they can of others; none if that is nothing."""
    targets = [
        alert
        for alert in alerts
        if alert not in but and all(source.inhibits(alert) for source in sources)
    ]
    if sources and targets:
        yield _Draft(meaning, frozenset(map(_key, sources)), frozenset(map(_key, targets)))


def _key(alert: IncidentAlert) -> Key:
    """Return the labels that tell an alert of an SLO from its others."""
    return alert.severity, str(alert.window or ""), alert.name


def _matchers(
    naming: Naming, keys: frozenset[Key], known: Iterable[Key]
) -> Iterator[tuple[str, ...]]:
    """Yield matchers that together fit alerts of these keys, and no other alert that is known.

    The window is asked for where an alert of the same name and severity has another one.
    """
    names = {(severity, name) for severity, _, name in keys}
    alike = {key for key in known if (key[0], key[2]) in names}
    by_window: dict[tuple[str, str | None], list[str]] = {}
    for severity, window, name in sorted(keys):
        place = (severity, window if alike - keys else None)
        if name not in by_window.setdefault(place, []):
            by_window[place].append(name)
    for (severity, wanted), found in sorted(by_window.items(), key=str):
        asked = () if wanted is None else (matcher(naming.window, [wanted]),)
        yield (
            exists(naming.id),
            matcher(SEVERITY_LABEL, [severity]),
            matcher(ALERT_LABEL, sorted(found)),
            *asked,
        )
