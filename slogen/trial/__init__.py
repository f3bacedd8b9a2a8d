"""Proofs put to the test: promtool runs what was built, and its verdicts are read."""

from slogen.trial.promtool import Tool, find
from slogen.trial.proving import SLOVerdict, proven
from slogen.trial.verdicts import Failure, FileVerdict, ScenarioVerdict, SeenTimes

__all__ = [
    "Failure",
    "FileVerdict",
    "SLOVerdict",
    "ScenarioVerdict",
    "SeenTimes",
    "Tool",
    "find",
    "proven",
]
