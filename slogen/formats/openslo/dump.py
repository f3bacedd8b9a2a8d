"""From SLOs to OpenSLO's files, and what these cannot hold."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.formats.format import Document
from slogen.formats.openslo.annotations import ALERTS, GROUP_BY, ID, NAME, TARGET_LABEL
from slogen.formats.openslo.indicator_dump import indicator_of, objective_of
from slogen.formats.openslo.versions import VERSIONS
from slogen.formats.slogen_yaml.unstructure import unstructured
from slogen.formats.yaml.reading import Reading, read
from slogen.formats.yaml.writing import Tree, scalar, written
from slogen.model import SLO, Events, Latency, Service, Tier
from slogen.promql.lexing import WINDOW
from slogen.units import Duration, number, quotient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from slogen.model import Window

_FILE = Path("openslo.yaml")
_UNITS = ("d", "h", "m")
_BETWEEN = "---\n"


def dump(slos: Iterable[SLO]) -> str:
    """Return SLOs as documents of OpenSLO v1: services that say more than a name, then the SLOs."""
    every = tuple(slos)
    by_name = {slo.service.name: slo.service for slo in reversed(every)}
    services = [_service(by_name[name]) for name in dict.fromkeys(s.service.name for s in every)]
    names = _names(every)
    trees = [tree for tree in services if tree is not None]
    trees += [_slo(slo, name) for slo, name in zip(every, names, strict=True)]
    return _BETWEEN.join(map(written, trees))


def lost(slos: Sequence[SLO]) -> Iterator[tuple[str, str]]:
    """Yield the id of an SLO, and something that OpenSLO's file of it cannot hold.

    The file is read again, so that nothing is lost in silence.

    Args:
        slos: What is written.
    """
    from slogen.formats.openslo.reader import read as read_again  # noqa: PLC0415 (start-up)

    document = _Written(dump(slos))
    contents = read_again([document])
    again = {slo.id: slo for slo in contents.slos[document.resolved]}
    for slo in slos:
        if slo.id not in again:
            yield slo.id, "slogen does not read it again"
            continue
        yield from ((slo.id, said) for said in _differences(slo, again[slo.id]))
        if WINDOW in written(indicator_of(slo)):
            yield slo.id, f"its query has {WINDOW}, which other tools do not know"
        if ALERTS in _annotations(slo, slo.name):
            yield slo.id, f"the annotation {ALERTS} alone says its alerts: other tools send none"


class _Written(Document):
    """A file that is not there yet."""

    def __init__(self, text: str) -> None:
        super().__init__(_FILE)
        self._text = text

    @cached_property
    def documents(self) -> Reading:
        """What it holds."""
        return read(self._text.encode(), str(_FILE), several=True)


def _differences(slo: SLO, again: SLO) -> Iterator[str]:
    """Yield how an SLO differs from what is read again."""
    before, after = dict(_leaves(_whole(slo))), dict(_leaves(_whole(again)))
    for path in dict.fromkeys((*before, *after)):
        was, becomes = before.get(path), after.get(path)
        if becomes is None:
            yield f"{path}: {was} is not kept"
        elif was != becomes:
            yield f"{path}: {was} becomes {becomes}" if was else f"{path} becomes {becomes}"


def _whole(slo: SLO) -> dict[str, Tree]:
    return {**unstructured(slo), "service": unstructured(slo.service)}


def _leaves(tree: Tree, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the scalars of a tree, with their paths."""
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _leaves(item, f"{path}[{index}]")
    elif not isinstance(tree, str) and hasattr(tree, "items"):
        for key, value in tree.items():
            yield from _leaves(value, f"{path}.{key}" if path else key)
    else:
        yield path, scalar(tree)


def _names(slos: Sequence[SLO]) -> list[str]:
    """Return a name for each SLO that no other one has: its own, or else its id."""
    own = [slo.name for slo in slos]
    return [slo.name if own.count(slo.name) == 1 else slo.id for slo in slos]


def _object(kind: str, metadata: Mapping[str, Tree], spec: Mapping[str, Tree]) -> dict[str, Tree]:
    full = {key: value for key, value in metadata.items() if value}
    return {"apiVersion": VERSIONS[0], "kind": kind, "metadata": full, "spec": spec}


def _service(service: Service) -> dict[str, Tree] | None:
    """Return a service; None where its name is all that there is to say."""
    own = {"owner": service.owner, "tier": service.tier}
    labels: dict[str, Tree] = {key: value for key, value in own.items() if value}
    labels |= service.labels
    annotations: dict[str, Tree] = {"runbook_url": service.runbook} if service.runbook else {}
    if not (labels or annotations or service.description):
        return None
    metadata: dict[str, Tree] = {
        "name": service.name,
        "labels": labels,
        "annotations": annotations,
    }
    spec: dict[str, Tree] = {"description": service.description} if service.description else {}
    return _object("Service", metadata, spec)


def _slo(slo: SLO, name: str) -> dict[str, Tree]:
    labels: dict[str, Tree] = dict(slo.labels)
    if slo.owner != slo.service.owner:
        labels = {"owner": slo.owner, **labels}
    metadata: dict[str, Tree] = {
        "name": name,
        "labels": labels,
        "annotations": _annotations(slo, name),
    }
    policies: list[Tree] = list(_policies(slo))
    spec: dict[str, Tree] = {
        **({"description": slo.description} if slo.description else {}),
        "service": slo.service.name,
        "indicator": {"metadata": {"name": name}, "spec": indicator_of(slo)},
        "timeWindow": [{"duration": str(slo.window), "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [{**objective_of(slo.sli), "target": slo.objective.ratio}],
        **({"alertPolicies": policies} if policies else {}),
    }
    return _object("SLO", metadata, spec)


def _annotations(slo: SLO, name: str) -> dict[str, Tree]:
    """Return what no key of OpenSLO says, and slogen reads again."""
    said: dict[str, Tree] = {}
    if slo.runbook != slo.service.runbook:
        said["runbook_url"] = slo.runbook
    if name != slo.name:
        said[NAME] = slo.name
    if slo.id != f"{slo.service.name}-{slo.name}":
        said[ID] = slo.id
    if slo.group_by and not isinstance(slo.sli, (Events, Latency)):
        said[GROUP_BY] = ",".join(slo.group_by)
    if slo.alerts.preset != "none":
        said[ALERTS] = slo.alerts.preset
    return said


def _policies(slo: SLO) -> Iterator[dict[str, Tree]]:
    """Yield an alert policy for each tier that is written out."""
    for index, tier in enumerate(slo.alerts.tiers):
        name = f"{slo.name}-{tier.severity}-{index + 1}"
        targets = filter(None, tier.labels.get(TARGET_LABEL, "").split(","))
        yield {
            "kind": "AlertPolicy",
            "metadata": {"name": name},
            "spec": {
                "alertWhenBreaching": True,
                "alertWhenNoData": slo.alerts.stale is not None,
                "conditions": [_condition(tier, slo.window, name, _word(slo, tier))],
                "notificationTargets": [
                    {
                        "kind": "AlertNotificationTarget",
                        "metadata": {"name": target},
                        "spec": {"target": target},
                    }
                    for target in targets
                ],
            },
        }


def _word(slo: SLO, tier: Tier) -> str:
    """Return the SLO's word for a severity."""
    assert tier.severity is not None  # noqa: S101 (a tier has one)
    words = {**slo.service.settings.severities, **slo.settings.severities}
    return words.get(tier.severity, tier.severity)


def _condition(tier: Tier, window: Window, name: str, severity: str) -> dict[str, Tree]:
    rate = tier.burn_rate
    if rate is None:
        assert tier.spends is not None  # noqa: S101 (it has one of the two)
        rate = quotient(tier.spends * window.length.milliseconds, tier.long.seconds * 1000)
    return {
        "kind": "AlertCondition",
        "metadata": {"name": name},
        "spec": {
            "severity": severity,
            "condition": {
                "kind": "burnrate",
                "threshold": rate,
                "lookbackWindow": _shorthand(tier.long),
                "alertAfter": _shorthand(tier.for_) if tier.for_ else "0m",
            },
        },
    }


def _shorthand(length: Duration) -> str:
    """Return a duration; OpenSLO has none below a minute, and so rounds up."""
    text = str(length)
    if text.endswith(_UNITS) and not text.endswith("ms"):
        return text
    return f"{number(-(-length.milliseconds // 60_000))}m"
