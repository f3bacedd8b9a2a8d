"""The same on vmalert with VictoriaMetrics, for five minutes; neither is started anew."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.counted.comparing import Count, counts
from tests.counted.job import Job
from tests.counted.live import FAULTS, Clock, restart_exporters, rule_files, send_when_counted
from tests.realtools.victoria import running_victoria, running_vmalert

if TYPE_CHECKING:
    from pathlib import Path

INTERVALS = ("15s", "30s")
_POD_LEAVES = 240
_EXPORTERS_RESTART = 300
_SENDING_ENDS = 360
_END = 500


def run(folder: Path) -> tuple[float, tuple[Count, ...]]:
    """Return when the exporters were restarted, and what was counted."""
    jobs = [Job(interval, FAULTS[interval]) for interval in INTERVALS]
    rules = rule_files(folder)
    with ExitStack() as exporters:
        for job in jobs:
            exporters.enter_context(job.serving())
        with (
            running_victoria(
                folder=folder, scrape_configs=[job.scrape_config for job in jobs]
            ) as victoria,
            running_vmalert(rules, victoria, folder=folder),
        ):
            clock = Clock()
            send_when_counted(victoria, jobs)
            clock.wait_until(_POD_LEAVES)
            for job in jobs:
                job.lose_pod()
            clock.wait_until(_EXPORTERS_RESTART)
            restarted = restart_exporters(jobs, exporters)
            clock.wait_until(_SENDING_ENDS)
            for job in jobs:
                job.stop_sending()
            clock.wait_until(_END)
            return restarted, counts(jobs, victoria)
