"""From what a user means to what is compiled: policies made effective, windows and numbers set.

Arithmetic only: nothing here knows PromQL.
"""

from slogen.plan.alerts import ResolvedAlert
from slogen.plan.detection import TimeRange, time_to_fire, time_to_resolve
from slogen.plan.observation import Observation
from slogen.plan.resolve import ResolvedSLO, resolve
from slogen.plan.tiers import LoweredTier, OmittedTier, ResolvedTier
from slogen.plan.timing import Timing

__all__ = [
    "LoweredTier",
    "Observation",
    "OmittedTier",
    "ResolvedAlert",
    "ResolvedSLO",
    "ResolvedTier",
    "TimeRange",
    "Timing",
    "resolve",
    "time_to_fire",
    "time_to_resolve",
]
