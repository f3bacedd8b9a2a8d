"""Print when alerts fire on Prometheus and vmalert: `python -m tests.experiments.rulers`.

Both run what is built for them out of the ERP and an SLO with groups. Everything fails after seven
minutes, when alerts believe what they see. It takes 17 minutes, since no time is divided.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Selector, Service, Settings, build, load
from slogen.targets.prometheus import Prometheus
from slogen.targets.target import Target
from slogen.targets.victoriametrics import VictoriaMetrics
from tests.experiments.rulers.feeding import outage
from tests.golden_cases import ROOT
from tests.realtools.exporter import changing_exporter, scraping
from tests.realtools.server import running_prometheus
from tests.realtools.victoria import running_victoria, running_vmalert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slogen.rule_set import RuleSet
    from tests.realtools.exporter import Exporter
    from tests.realtools.server import PrometheusServer

    Alert = tuple[str, ...]

_BEFORE, _OUTAGE = 430, 560
_LABELS = ("slo_id", "alertname", "slo_window", "tenant")
_LATE_DATA = Settings(query_offset="1m", prometheus="3.5")


@attrs.frozen
class Trial:
    """A ruler that is watched.

    Attributes:
        name: What it is called in the table.
        target: What its files are made by.
        settings: What they are built with.
    """

    name: str
    target: Target
    settings: Settings = attrs.field(factory=Settings)


TRIALS = (
    Trial("Prometheus", Prometheus()),
    Trial("vmalert", VictoriaMetrics()),
    Trial("vmalert, `eval_offset`", VictoriaMetrics(eval_offset="5s")),
    Trial("vmalert, `query_offset`", VictoriaMetrics(), _LATE_DATA),
)


def main() -> None:
    """Measure, and print a table of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(Path(folder))
    lines = [f"| alert | {' | '.join(found)} |", f"| --- |{' ---: |' * len(found)}"]
    for alert in sorted({alert for times in found.values() for alert in times}):
        seconds = (times.get(alert) for times in found.values())
        cells = ("never" if one is None else f"{one} s" for one in seconds)
        lines.append(f"| {' '.join(filter(None, alert))} | {' | '.join(cells)} |")
    sys.stdout.write("\n".join((*lines, "")))


def _rules(settings: Settings) -> RuleSet:
    requests = Selector("tenant_requests_total")
    grouped = SLO(
        service=Service("tenants"),
        name="requests",
        objective="99.5%",
        window="6h",
        group_by="tenant",
        sli=Events(total=requests, bad=requests.where('code="500"')),
    )
    return build([*load(ROOT / "docs" / "examples" / "erp"), grouped], settings)


def _measured(folder: Path) -> dict[str, dict[Alert, int]]:
    healthy, failing = outage(_rules(Settings()).built)
    with ExitStack() as stack:
        exporter = stack.enter_context(changing_exporter(healthy.counters, healthy.gauges))
        servers = {one.name: _started(stack, one, exporter, folder) for one in TRIALS}
        time.sleep(_BEFORE)
        before = {name: set(_firing(server)) for name, server in servers.items()}
        began = time.monotonic()
        exporter.counters.run_at(failing.counters)
        exporter.gauges.update(failing.gauges)
        found: dict[str, dict[Alert, int]] = {name: {} for name in servers}
        while (since := time.monotonic() - began) < _OUTAGE:
            for name, server in servers.items():
                for alert in set(_firing(server)) - before[name]:
                    found[name].setdefault(alert, round(since))
            time.sleep(1)
        for name, server in servers.items():
            _check(name, server)
    return found


def _started(stack: ExitStack, trial: Trial, exporter: Exporter, root: Path) -> PrometheusServer:
    """Run a ruler, and what stores its series, on the files that are built for it."""
    folder = root / str(TRIALS.index(trial))
    folder.mkdir()
    scrapes = [scraping(exporter.target, every="30s") | {"scrape_timeout": "10s"}]
    files = _files(trial, folder)
    if isinstance(trial.target, Prometheus):
        server = running_prometheus("3", files, folder=folder, scrape_configs=scrapes)
        return stack.enter_context(server)
    store = stack.enter_context(running_victoria(folder=folder, scrape_configs=scrapes))
    return stack.enter_context(running_vmalert(files, store, folder=folder))


def _files(trial: Trial, folder: Path) -> Sequence[Path]:
    files = []
    for file in _rules(trial.settings).render(trial.target):
        files.append(folder / file.path.rpartition("/")[2])
        files[-1].write_text(file.text)
    return files


def _firing(server: PrometheusServer) -> Iterable[Alert]:
    """Yield the alerts that fire, by the labels that tell them apart."""
    for alert in server.get("/api/v1/alerts")["alerts"]:
        if alert["state"] == "firing":
            yield tuple(alert["labels"].get(label, "") for label in _LABELS)


def _check(name: str, server: PrometheusServer) -> None:
    """Say on stderr how many rules there are, and which of them have an error."""
    rules = [rule for group in server.rule_groups() for rule in group["rules"]]
    wrong = [rule["name"] for rule in rules if rule["health"] != "ok"]
    sys.stderr.write(f"{name}: {len(rules)} rules, with an error: {wrong or 'none'}\n")


if __name__ == "__main__":
    main()
