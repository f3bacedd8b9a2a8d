"""What Sloth costs for as many SLOs: `go install github.com/slok/sloth/cmd/sloth@v0.16.0`.

Its SLOs all count events, and ten of a service share a file, as slogen's of the benchmark do.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import attrs

from tests.experiments.bench.command import Cost, cost
from tests.experiments.bench.slos import SERVICE_SIZE

_RULE = re.compile(r"^ *- (?:record|alert):", re.MULTILINE)
_SLO = """\
  - name: events-{position}
    objective: 99.9
    description: What users of the service may expect of it.
    sli:
      events:
        error_query: sum(rate({metric}{{path="/{position}",{job},code=~"5.."}}[{window}]))
        total_query: sum(rate({metric}{{path="/{position}",{job}}}[{window}]))
    alerting:
      name: SLOBurnRate
      page_alert: {{labels: {{severity: page}}}}
      ticket_alert: {{labels: {{severity: ticket}}}}
"""


def build(count: int) -> Cost | None:
    """Return what rules for so many SLOs cost; None where Sloth is not on PATH."""
    program = shutil.which("sloth")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        specs, out = Path(folder, "specs"), Path(folder, "out")
        specs.mkdir()
        out.mkdir()
        for number in range(count // SERVICE_SIZE):
            service = f"service-{number:04}"
            (specs / f"{service}.yaml").write_text(_spec(service))
        found = cost((program, "generate", "-i", str(specs), "-o", str(out)))
        rules = sum(len(_RULE.findall(file.read_text())) for file in out.rglob("*.yaml"))
    return attrs.evolve(found, rules=rules)


def _spec(service: str) -> str:
    job = f'service="{service}"'
    fixed = {"job": job, "metric": "http_requests_total", "window": "{{.window}}"}
    slos = (_SLO.format(position=position, **fixed) for position in range(SERVICE_SIZE))
    return f"version: prometheus/v1\nservice: {service}\nslos:\n{''.join(slos)}"
