"""Service level indicators: what counts as an event, and which events are bad.

A kind is known in three places, each with a module of its own and a line in a table: here, where
its class stands in the union; in `slogen.compiler.sli`, where it becomes two series; and in
`slogen.proof.kinds`, which says what feeds it. A test holds the three against each other.
"""

from slogen.model.sli.comparison import Comparison
from slogen.model.sli.error_ratio import ErrorRatio
from slogen.model.sli.events import Events
from slogen.model.sli.indicator import Indicator
from slogen.model.sli.latency import Latency
from slogen.model.sli.time_slices import TimeSlices
from slogen.model.sli.up import Up

SLI = Events | Latency | ErrorRatio | TimeSlices | Up
"""Every kind of SLI, each of which is an `Indicator`: a closed union."""

__all__ = ["SLI", "Comparison", "ErrorRatio", "Events", "Indicator", "Latency", "TimeSlices", "Up"]
