"""From SLOs to a file of slogen YAML, as a person would have written it.

What all have in common stands at the top, what several share has a name, and is said once.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

import attrs

from slogen.formats.slogen_yaml.keys import API_VERSION, BASED_ON, PRESETS
from slogen.formats.slogen_yaml.unstructure import indicator, policy, unstructured
from slogen.formats.yaml.writing import Tree, written
from slogen.model import SLI, SLO, AlertPolicy, Service, Settings
from slogen.model.arguments import line

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T", AlertPolicy, SLI)

SCHEMA = "slogen.schema.json"
"""Where editors look for the JSON Schema of a file, unless told otherwise: beside it."""

_APART = frozenset({"policies", "services", "slos"})
_NAMELESS = "shared"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@attrs.frozen(kw_only=True)
class _Shared:
    """What is said once for several SLOs.

    Attributes:
        settings: The settings of every service.
        alerts: The alert policy of every SLO.
        names: The names of alert policies that several SLOs have.
        policies: Those policies by their names.
    """

    settings: Settings | None
    alerts: AlertPolicy | None
    names: Mapping[AlertPolicy, str]
    policies: Mapping[str, dict[str, Tree]]

    @classmethod
    def by(cls, slos: tuple[SLO, ...]) -> _Shared:
        """Return what SLOs share."""
        settings = {slo.service.settings for slo in slos}
        alerts = {slo.alerts for slo in slos}
        is_one_policy = len(alerts) == 1 and len(slos) > 1 and alerts != {AlertPolicy.standard()}
        long = [slo for slo in slos if not is_one_policy and isinstance(policy(slo.alerts), dict)]
        names = _named(((slo.alerts, slo) for slo in long), PRESETS)
        return cls(
            settings=settings.pop() if len(settings) == 1 else None,
            alerts=alerts.pop() if is_one_policy else None,
            names=names,
            policies=_policies(names),
        )


def dump(slos: Iterable[SLO], schema: str = SCHEMA) -> str:
    """Return SLOs as slogen YAML, which loads back equal.

    The SLOs of a service stand together, services in the order of their first ones.

    Args:
        slos: What to write.
        schema: The path or address of the JSON Schema, for editors, as seen from the file.

    Raises:
        InvalidValue: If the path has more than one line.
    """
    by_service: dict[Service, list[SLO]] = {}
    for slo in slos:
        by_service.setdefault(slo.service, []).append(slo)
    shared = _Shared.by(tuple(slo for own in by_service.values() for slo in own))
    sections: tuple[dict[str, Tree], ...] = (
        {"settings": unstructured(shared.settings) if shared.settings else {}},
        {"defaults": {"alerts": policy(shared.alerts)} if shared.alerts else {}},
        {"policies": shared.policies},
        {"services": [_service(service, own, shared) for service, own in by_service.items()]},
    )
    head = f"# yaml-language-server: $schema={line(schema)}\napiVersion: {API_VERSION}\n"
    texts = (written(section, _APART) for section in sections if all(section.values()))
    return "\n".join((head, *texts))


def _service(service: Service, slos: list[SLO], shared: _Shared) -> dict[str, Tree]:
    tree = unstructured(service)
    if shared.settings is not None:
        tree.pop("settings", None)
    slis = _named(((slo.sli, slo) for slo in slos), ())
    if slis:
        tree["slis"] = {name: indicator(sli) for sli, name in slis.items()}
    tree["slos"] = [_slo(slo, slis, shared) for slo in slos]
    return tree


def _slo(slo: SLO, slis: Mapping[SLI, str], shared: _Shared) -> dict[str, Tree]:
    tree = unstructured(slo)
    if slo.alerts == shared.alerts:
        tree.pop("alerts", None)
    elif slo.alerts in shared.names:
        tree["alerts"] = shared.names[slo.alerts]
    elif isinstance(alerts := tree.get("alerts"), dict):
        tree["alerts"] = _shortened(alerts, shared.policies)
    if slo.sli in slis:
        tree["sli"] = slis[slo.sli]
    return tree


def _policies(names: Mapping[AlertPolicy, str]) -> dict[str, dict[str, Tree]]:
    """Return alert policies by their names, each based on one before it where it can be."""
    trees: dict[str, dict[str, Tree]] = {}
    for one, name in names.items():
        trees[name] = _shortened(unstructured(one), trees)
    return trees


def _shortened(tree: dict[str, Tree], policies: Mapping[str, dict[str, Tree]]) -> dict[str, Tree]:
    """Return a policy by what tells it from another one, if that is less than half of it.

    The other one is written in full, since no policy has a key ``based_on`` by itself.
    """
    best = tree
    for name, base in policies.items():
        if base.keys() <= tree.keys():
            own = {key: value for key, value in tree.items() if base.get(key) != value}
            if len(own) < min(len(best), len(tree) / 2):
                best = {BASED_ON: name, **own}
    return best


def _named(uses: Iterable[tuple[T, SLO]], taken: Iterable[str]) -> dict[T, str]:
    """Return names for what several SLOs have, each after the first of them."""
    pairs = tuple(uses)
    count = Counter(thing for thing, _ in pairs)
    names: dict[T, str] = {}
    used = set(taken)
    for thing, slo in pairs:
        if count[thing] > 1 and thing not in names:
            names[thing] = _free(slo, used)
            used.add(names[thing])
    return names


def _free(slo: SLO, used: set[str]) -> str:
    """Return the first name that is free: that of an SLO, its id, or one with a number."""
    wishes = [name for name in (slo.name, slo.id) if _NAME.fullmatch(name)] or [_NAMELESS]
    numbered = (f"{wishes[0]}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain(wishes, numbered) if name not in used)
