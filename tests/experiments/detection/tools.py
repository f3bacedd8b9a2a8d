"""The rules that are compared: slogen's, Sloth's where it is at hand, Pyrra's form, given files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
from ruamel.yaml import YAML

from slogen import SLO, Events, build
from tests.realtools.processes import run

_SECONDS = 60
_TOTAL, _BAD = "requests_total", "failures_total"


class ToolError(RuntimeError):
    """A tool did not make rules; the message has its words."""


@attrs.frozen
class Tool:
    """A tool that makes rules of an objective.

    Attributes:
        name: Its name.
        pages: What selects its pages among all alerts, as a matcher.
        write: The function that writes a rule file for an objective into a folder.
    """

    name: str
    pages: str
    write: Callable[[str, Path], Path]


def slogen_rules(objective: str, folder: Path) -> Path:
    """Write slogen's rules."""
    sli = Events(total=_TOTAL, bad=_BAD)
    slo = SLO(service="shop", name="availability", objective=objective, window="30d", sli=sli)
    build(slo).write(folder / "slogen")
    return folder / "slogen" / "prometheus" / "shop-availability.yaml"


SLOGEN = Tool("slogen", 'severity="page"', slogen_rules)


def sloth(program: str | None = None) -> Tool | None:
    """Return Sloth, if the program is there."""
    found = shutil.which(program or "sloth")
    if found is None:
        return None

    def write(objective: str, folder: Path) -> Path:
        source, out = folder / "sloth.yaml", folder / "sloth-rules.yaml"
        with source.open("w") as file:
            YAML().dump(_sloth_spec(objective), file)
        outcome = run(found, "generate", "-i", source, "-o", out, seconds=_SECONDS)
        if outcome.code:
            raise ToolError(outcome.output)
        _leave_out_the_period(out)
        return out

    return Tool("Sloth", 'sloth_severity="page"', write)


def _leave_out_the_period(path: Path) -> None:
    """Remove the ratio over 30d, which no alert reads: promtool takes 10,000 samples a query."""
    yaml = YAML()
    rules = yaml.load(path)
    for group in rules["groups"]:
        group["rules"] = [
            rule for rule in group["rules"] if not rule.get("record", "").endswith("ratio_rate30d")
        ]
    yaml.dump(rules, path)


def _sloth_spec(objective: str) -> dict[str, object]:
    alerting = {"name": "High", "page_alert": {"labels": {"severity": "page"}}}
    slo = {
        "name": "availability",
        "objective": float(objective.removesuffix("%")),
        "sli": {
            "events": {
                "error_query": f"sum(rate({_BAD}[{{{{.window}}}}]))",
                "total_query": f"sum(rate({_TOTAL}[{{{{.window}}}}]))",
            }
        },
        "alerting": alerting,
    }
    return {"version": "prometheus/v1", "service": "shop", "slos": [slo]}


def pyrra_form(objective: str, folder: Path) -> Path:
    """Write rules of the form that Pyrra gives an SLO of 28d, for Go cannot install Pyrra itself.

    Raw rates over both windows are compared with a whole burn rate, for some time.
    """
    budget = 1 - Decimal(objective.removesuffix("%")) / 100
    rules: list[dict[str, object]] = [
        {
            "record": f"requests:burnrate{window}",
            "expr": f"sum(rate({_BAD}[{window}])) / sum(rate({_TOTAL}[{window}]))",
        }
        for window in ("5m", "30m", "1h", "6h")
    ]
    for short, long, factor, wait in (("5m", "1h", 14, "2m"), ("30m", "6h", 7, "15m")):
        limit = f"> {factor * budget}"
        rules.append(
            {
                "alert": "ErrorBudgetBurn",
                "expr": f"requests:burnrate{short} {limit} and requests:burnrate{long} {limit}",
                "for": wait,
                "labels": {"severity": "critical", "short": short, "long": long},
            }
        )
    path = folder / "pyrra-form.yaml"
    with path.open("w") as file:
        YAML().dump({"groups": [{"name": "availability", "interval": "30s", "rules": rules}]}, file)
    return path


PYRRA_FORM = Tool("Pyrra's form", 'severity="critical"', pyrra_form)


def of_files(name: str, pages: str, pattern: str) -> Tool:
    """Return a tool whose rule files somebody made: {objective} in their path is 99.9 or 99."""

    def write(objective: str, _: Path) -> Path:
        return Path(pattern.format(objective=objective.removesuffix("%")))

    return Tool(name, pages, write)
