"""Service level indicators: what counts as an event, and which events are bad."""

from slogen.model.sli.events import Events
from slogen.model.sli.latency import Latency
from slogen.model.sli.states import Comparison, ErrorRatio, TimeSlices, Up

SLI = Events | Latency | ErrorRatio | TimeSlices | Up
"""Every kind of SLI: a closed union, on which `slogen.compiler.sli` alone branches."""

__all__ = ["SLI", "Comparison", "ErrorRatio", "Events", "Latency", "TimeSlices", "Up"]
