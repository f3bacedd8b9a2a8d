"""What a user means: frozen objects that are valid however they were made."""

from slogen.model.alerts import AlertPolicy, Severity, Tier
from slogen.model.objective import Objective
from slogen.model.service import Service
from slogen.model.settings import Settings
from slogen.model.sli import SLI, Events
from slogen.model.slo import SLO
from slogen.model.window import Window

__all__ = [
    "SLI",
    "SLO",
    "AlertPolicy",
    "Events",
    "Objective",
    "Service",
    "Settings",
    "Severity",
    "Tier",
    "Window",
]
