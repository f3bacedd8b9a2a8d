"""What a user means: frozen objects that are valid however they were made."""

from slogen.model.alerts import Alert, Severity, Tier
from slogen.model.objective import Objective
from slogen.model.policy import AlertPolicy
from slogen.model.project import Project
from slogen.model.service import Service
from slogen.model.settings import Settings
from slogen.model.sli import SLI, ErrorRatio, Events, Latency, TimeSlices, Up
from slogen.model.slo import SLO
from slogen.model.window import Window

__all__ = [
    "SLI",
    "SLO",
    "Alert",
    "AlertPolicy",
    "ErrorRatio",
    "Events",
    "Latency",
    "Objective",
    "Project",
    "Service",
    "Settings",
    "Severity",
    "Tier",
    "TimeSlices",
    "Up",
    "Window",
]
