"""The page of an SLO in the catalogue: its definition in words, and what to do about an alert."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from slogen import naming
from slogen.markdown import fence
from slogen.promql.printer import text
from slogen.recorded.series import latest
from slogen.targets.catalogue_text import plain, prose
from slogen.units import Duration, clock, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from slogen.model import Severity
    from slogen.plan import ResolvedAlert, ResolvedSLO, ResolvedTier

_BURNING: Mapping[Severity, str] = {
    "page": "Stop the errors first: roll back the last change, or take what fails out of service. "
    "Look for the cause afterwards.",
    "ticket": "On the next working day: find what fails, and decide whether it is fixed before the "
    "budget is spent.",
    "info": "Nothing, as long as it ends by itself.",
}
_FIRST: Mapping[str, tuple[str, str]] = {
    "exhausted": (
        "the error budget is spent",
        "Make no risky change of the service until there is budget again.",
    ),
    "low": (
        "less than {low} of the error budget is left",
        "Look at what is planned: what would spend the rest?",
    ),
    "violated": (
        "the SLI of the last hour is below the objective",
        "See whether a burn-rate alert fires as well: it says how urgent this is.",
    ),
    "stale": (
        "there is no data at all, and the service was not idle before",
        "Find out whether the service has ended, or its data: no outage would cause an alert.",
    ),
    "stale_groups": (
        "one group has no data any more, and was not idle before",
        "Find out whether the group is gone for good.",
    ),
    "incomplete": (
        "less than 95% of the last hour's evaluations had data",
        "Look for scrapes that fail or take too long.",
    ),
}
_SECOND = 1000
_ASKING = ("exhausted", "low", "violated")
"""The alerts besides tiers that ask for bad events."""
_SKELETON = """\
# {name}

## What users notice

## How to see it

Dashboards, logs and traces, with links.

## What to try first

1. Roll back the last change:
2. Take what fails out of service:
3. Scale up or out:

## Whom to ask

## What caused it before
"""
_ID = re.compile(r"^\| Id \| <code>(.+)</code> \|\r?$", re.MULTILINE)


def page(slo: ResolvedSLO) -> Iterator[str]:
    """Yield the lines of the page about an SLO."""
    defined = slo.definition
    yield f"# {plain(defined.service.name)} {plain(defined.name)}"
    yield ""
    yield from prose(defined.description)
    yield from _definition(slo)
    yield from ("", "## What counts as bad", "")
    yield from _code("text", defined.sli.bad_in_words(slo.timing.base_range))
    yield from ("", "## Alerts", "", *_alerts(slo))
    yield from ("", "## What to ask Prometheus", "", *_queries(slo))
    if not defined.runbook and not (slo.alerts and all(alert.runbook for alert in slo.alerts)):
        yield from ("", "## Runbook", "")
        yield "There is none. Copy this, fill it in, and give the SLO the address as its `runbook`:"
        yield ""
        name = f"{defined.service.name} {defined.name}"
        yield from _code("markdown", _SKELETON.format(name=name))


def ids_of(text: str) -> tuple[str, ...]:
    """Return the id of the SLO that a page is about; none if the text is no page."""
    match = _ID.search(text)
    return (html.unescape(match[1]),) if match else ()


def _definition(slo: ResolvedSLO) -> Iterator[str]:
    defined = slo.definition
    rows = {
        "Objective": f"{defined.objective} over {defined.window}",
        "Error budget": _budget(slo),
        "A budget for each": ", ".join(map(plain, defined.group_by)),
        "Owner": plain(defined.owner),
        "Runbook": _link(defined.runbook),
        "Dashboard": _link(_dashboard(slo)),
        "Id": f"<code>{plain(defined.id)}</code>",
    }
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {name} | {value} |" for name, value in rows.items() if value)


def _budget(slo: ResolvedSLO) -> str:
    """Return the budget as a ratio, and how long an outage may last that spends all of it."""
    return f"{percentage(slo.budget)}, or {_outage(slo.budget * slo.period.milliseconds)}"


def _outage(milliseconds: Decimal) -> str:
    """Return a length of time in words: whole seconds, or milliseconds below one.

    >>> from decimal import Decimal
    >>> _outage(Decimal(2_592_400)), _outage(Decimal(1_500)), _outage(Decimal("0.0036"))
    ('43m12s of a total outage', '1s of a total outage', 'less than 1ms of a total outage')
    """
    whole = int(milliseconds)
    if whole >= _SECOND:
        whole -= whole % _SECOND
    length = clock(Duration.of_milliseconds(whole)) if whole else "less than 1ms"
    return f"{length} of a total outage"


def _alerts(slo: ResolvedSLO) -> Iterator[str]:
    if not slo.alerts:
        yield "None."
        return
    yield "| alert | severity | fires when | what to do first |"
    yield "| --- | --- | --- | --- |"
    for tier in slo.tiers:
        yield _row(tier.alert, _burns(slo, tier), _BURNING[tier.alert.urgency])
    for kind, alert in slo.others.items():
        when, first = _FIRST[kind]
        below = percentage(slo.definition.alerts.low_below)
        least = slo.min_bad_events if kind in _ASKING else None
        yield _row(alert, f"{when.format(low=below)}{_least(least)}", first)


def _burns(slo: ResolvedSLO, tier: ResolvedTier) -> str:
    """Return when the alert of a tier fires."""
    ratio = percentage(tier.threshold * slo.budget)
    return (
        f"more than {ratio} is bad over both {tier.long} and {tier.short}: "
        f"{number(tier.threshold)} times what the budget allows{_least(tier.min_bad_events)}"
    )


def _least(events: int | None) -> str:
    """Return how many events have to be bad; nothing where one is enough."""
    return f", and at least {events} events were bad" if events else ""


def _row(alert: ResolvedAlert, when: str, first: str) -> str:
    runbook = f" {_link(alert.runbook, 'Runbook')}" if alert.runbook else ""
    delay = f", for {alert.for_}" if alert.for_ else ""
    return f"| {plain(alert.name)} | {plain(alert.severity)} | {when}{delay} | {first}{runbook} |"


def _queries(slo: ResolvedSLO) -> Iterator[str]:
    groups = slo.definition.group_by
    asked = {
        "The part that was bad in the last hour": naming.ratio_rate(slo.violation_window),
        "The part of the error budget that is left": naming.BUDGET_REMAINING,
        "For how many seconds the budget lasts at this rate": naming.TIME_TO_EXHAUSTION,
    }
    for number_, (meaning, metric) in enumerate(asked.items()):
        yield from ([""] if number_ else [])
        yield from (f"{meaning}:", "")
        yield from _code("promql", text(latest(slo, metric, groups)))


def _code(language: str, content: str) -> Iterator[str]:
    """Yield a block of code, whatever it holds."""
    marks = fence(content)
    yield from (f"{marks}{language}", *content.rstrip("\n").split("\n"), marks)


def _dashboard(slo: ResolvedSLO) -> str:
    if not slo.grafana:
        return ""
    uid = naming.uid("service", slo.definition.service.name, slo.naming)
    return f"{slo.grafana.rstrip('/')}/d/{uid}?var-slo={quote(slo.definition.id, safe='')}"


def _link(address: str, words: str = "") -> str:
    """Return a link; nothing where there is no address."""
    target = quote(address, safe=":/?#@!$&'*+,;=%~")
    return f"[{words or plain(address)}]({target})" if address else ""
