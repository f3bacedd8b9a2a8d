"""The definitions that a project begins with, in YAML or in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.yaml.writing import written
from slogen.units import quoted

if TYPE_CHECKING:
    from slogen.formats.yaml.writing import Tree
    from slogen.starter.choices import Starter

_OBJECTIVE, _WINDOW = "99%", "30d"
_TOTAL, _BAD = "http_requests_total", 'code=~"5.."'
_DESCRIPTION = "Requests are answered without an error of the server."
_HEAD = """\
# What the service promises. After an edit: slogen lint, slogen test, slogen build.
"""


def yaml_definitions(starter: Starter) -> str:
    """Return the definitions as slogen YAML."""
    service = starter.service
    slo: dict[str, Tree] = {
        "name": starter.slo_name,
        "description": _description(starter),
        "objective": _OBJECTIVE,
        "window": _WINDOW,
        "sli": _sli(starter),
    }
    tree: dict[str, Tree] = {
        "apiVersion": "slogen/v1",
        "services": [
            {
                "name": service.name,
                "owner": service.owner,
                "runbook": service.runbook,
                "slos": [slo],
            }
        ],
    }
    return f"{_HEAD}{written(tree)}"


def python_definitions(starter: Starter) -> str:
    """Return the definitions as a script."""
    service, entry = starter.service, starter.entry
    given = "".join(f", {key}={quoted(value)}" for key, value in starter.arguments.items())
    if entry is None:
        selector = f"{_TOTAL}{{job={quoted(service.name)}}}"
        head = "from slogen import SLO, Events, Selector, Service\n\n"
        head += f"requests = Selector({quoted(selector)})\n"
        sli = f"Events(total=requests, bad=requests.where({quoted(_BAD)}))"
    else:
        head = f"from slogen import SLO, Service\nfrom slogen.library import {entry.name}\n"
        sli = f"{entry.name}({given.removeprefix(', ')})"
    return (
        f"{_HEAD}\n{head}\n"
        "service = Service(\n"
        f"    {quoted(service.name)},\n"
        f"    owner={quoted(service.owner)},\n"
        f"    runbook={quoted(service.runbook)},\n"
        ")\n\n"
        f"{starter.slo_name.replace('-', '_')} = SLO(\n"
        "    service=service,\n"
        f"    name={quoted(starter.slo_name)},\n"
        f"    description={quoted(_description(starter))},\n"
        f"    objective={quoted(_OBJECTIVE)},\n"
        f"    window={quoted(_WINDOW)},\n"
        f"    sli={sli},\n"
        ")\n"
    )


def _description(starter: Starter) -> str:
    if starter.entry is None:
        return _DESCRIPTION
    return " ".join(starter.entry.doc.partition("\n\n")[0].split()).replace("``", "")


def _sli(starter: Starter) -> Tree:
    if starter.entry is not None:
        return {"library": {starter.entry.name: dict(starter.arguments)}}
    total = f"{_TOTAL}{{job={quoted(starter.service.name)}}}"
    return {"events": {"total": total, "bad_where": _BAD}}
