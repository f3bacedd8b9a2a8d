"""slogen compiles service level objectives into Prometheus rules.

>>> from slogen import SLO, Events, Selector, Service, build
>>> requests = Selector('http_requests_total{service="shop"}')
>>> slo = SLO(
...     service=Service("shop"),
...     name="availability",
...     objective="99.9%",
...     window="30d",
...     sli=Events(total=requests, bad=requests.where('code=~"5.."')),
... )
>>> [file.path for file in build([slo]).render("prometheus")]
['prometheus/shop-availability.yaml']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.api import build, load
    from slogen.model import (
        SLO,
        Alert,
        AlertPolicy,
        ErrorRatio,
        Events,
        Latency,
        Objective,
        Service,
        Settings,
        Tier,
        TimeSlices,
        Up,
        Window,
    )
    from slogen.promql.selector import Selector
    from slogen.rule_set import RuleSet
    from slogen.units import Duration

__version__ = "0.2.0"

__all__ = [
    "SLO",
    "Alert",
    "AlertPolicy",
    "Duration",
    "ErrorRatio",
    "Events",
    "Latency",
    "Objective",
    "RuleSet",
    "Selector",
    "Service",
    "Settings",
    "Tier",
    "TimeSlices",
    "Up",
    "Window",
    "build",
    "load",
]

_HOMES = {
    "slogen.api": ("build", "load"),
    "slogen.rule_set": ("RuleSet",),
    "slogen.model": (
        "SLO",
        "Alert",
        "AlertPolicy",
        "ErrorRatio",
        "Events",
        "Latency",
        "Objective",
        "Service",
        "Settings",
        "Tier",
        "TimeSlices",
        "Up",
        "Window",
    ),
    "slogen.promql.selector": ("Selector",),
    "slogen.units": ("Duration",),
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used: ``slogen --version`` needs none of them."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'slogen' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
