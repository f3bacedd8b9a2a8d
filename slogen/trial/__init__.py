"""Proofs put to the test: promtool runs what was built, and its verdicts are read."""

from slogen.trial.promtool import Tool, find
from slogen.trial.proving import SLOVerdict, proven
from slogen.trial.selection import matching
from slogen.trial.verdicts import Failure, FileVerdict, Observation, ScenarioVerdict

__all__ = [
    "Failure",
    "FileVerdict",
    "Observation",
    "SLOVerdict",
    "ScenarioVerdict",
    "Tool",
    "find",
    "matching",
    "proven",
]
