"""An SLO on one screen of a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from slogen.columns import aligned
from slogen.plan.levels import MULTIPLES
from slogen.review.explanation.sentences import budget, delay, outage, traffic
from slogen.review.explanation.text_chart import text_chart
from slogen.review.explanation.wording import events, folded, part, share, span
from slogen.units import clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.explanation.meaning import (
        DetectionExplanation,
        Explanation,
        TierExplanation,
    )

_WIDTH = 100
_MARGIN = 10
Row = tuple[str, ...]
_TIER: Row = ("TIER", "ERRORS", "SPENDS", "FOR", "YOUNG", "LEAST", "1 ERROR", "ALERT")


def as_text(explanation: Explanation) -> str:
    """Return the lines about an SLO, each with a line feed."""
    sections = (
        _promise(explanation),
        _tiers(explanation),
        _detection(explanation),
        _chart(explanation),
        _alerts(explanation),
        _groups(explanation),
        _limits(explanation),
    )
    texts = ("\n".join(lines) for lines in sections)
    return "\n\n".join(text for text in texts if text) + "\n"


def _promise(explanation: Explanation) -> Iterator[str]:
    slo = explanation.slo.definition
    owner = f", owned by {slo.owner}" if slo.owner else ""
    groups = f", for each {', '.join(slo.group_by)}" if slo.group_by else ""
    yield f"{slo.id}: {slo.objective} over {slo.window}{groups}{owner}"
    yield from _paragraph("", " ".join(slo.description.split()), margin=0)
    yield from _paragraph("good", explanation.good)
    yield from _paragraph("bad", explanation.bad)
    yield from _paragraph("budget", budget(explanation))
    if explanation.traffic:
        yield from _paragraph("traffic", traffic(explanation.traffic))
        yield from _paragraph("", outage(explanation.tiers))
    if slo.runbook:
        yield from _paragraph("runbook", slo.runbook)


def _tiers(explanation: Explanation) -> Iterator[str]:
    if not explanation.tiers:
        return
    yield from aligned([_TIER, *(_tier(*each) for each in enumerate(explanation.tiers, start=1))])
    yield "SPENDS: in the long window, at the threshold. YOUNG: how long a new SLO does not fire."
    if explanation.slo.definition.sli.counts_events:
        yield "LEAST: bad events in the long window. 1 ERROR: exceeds the limit below this traffic."


def _tier(place: int, each: TierExplanation) -> Row:
    tier, alert = each.tier, each.tier.alert
    return (
        f"{place}  {number(tier.threshold)}x {tier.long}/{tier.short}",
        share(each.error_ratio),
        part(each.spends),
        clock(alert.for_) if alert.for_ else "-",
        clock(tier.warm_up),
        str(tier.min_bad_events) if tier.min_bad_events else "-",
        events(each.one_error_below) if each.one_error_below else "-",
        f"{alert.severity} {alert.name}",
    )


def _detection(explanation: Explanation) -> Iterator[str]:
    if not explanation.tiers:
        return
    heads = ("FIRES AFTER", "TOTAL OUTAGE", "10x THE THRESHOLD", "2x THE THRESHOLD", "RESOLVES")
    rows = [_times(place, each) for place, each in enumerate(explanation.tiers, start=1)]
    yield from aligned([heads, *rows])
    yield "Errors of this share begin now, after none. The last number: budget spent by then."


def _times(place: int, each: TierExplanation) -> Row:
    found = {detection.level.times: _cell(detection) for detection in each.detections}
    cells = (found.get(times, "-") for times in MULTIPLES)
    return (f"{place}  {number(each.tier.threshold)}x", *cells, span(each.resolves))


def _cell(detection: DetectionExplanation) -> str:
    level = "" if detection.level.is_total else f"{share(detection.level.ratio)}: "
    return f"{level}{span(detection.fires)}, {part(detection.budget_spent)}"


def _chart(explanation: Explanation) -> Iterator[str]:
    if not explanation.tiers:
        return
    yield "Time to fire, at the latest:"
    yield from text_chart(explanation)


def _alerts(explanation: Explanation) -> Iterator[str]:
    heads = ("OTHER ALERTS", "SEVERITY")
    rows = [heads, *((each.alert.name, each.alert.severity) for each in explanation.alerts)]
    words = ["FIRES WHEN"]
    words += [f"{each.condition}{delay(each.alert)}" for each in explanation.alerts]
    margin = 4 + sum(max(map(len, column)) for column in zip(*rows, strict=True))
    if explanation.alerts:
        for row, said in zip(aligned(rows), words, strict=True):
            yield from _paragraph(row, said, margin)


def _groups(explanation: Explanation) -> Iterator[str]:
    total = sum(group.rules for group in explanation.groups)
    own = {name for group in explanation.groups for name in group.records}
    yield f"{total} RULES"
    for group in explanation.groups:
        foreign = [name for name in group.reads if name not in own]
        reads = f", reading {', '.join(foreign)}" if foreign else ""
        yield from _paragraph(
            group.name, f"{group.rules} rules every {group.interval}{reads}", len(group.name) + 2
        )
        yield from _paragraph("  records", ", ".join(folded(group.records)))


def _limits(explanation: Explanation) -> Iterator[str]:
    yield "WHAT IT WILL NOT SEE"
    for limit in explanation.limits:
        yield from textwrap.wrap(f"- {limit}", _WIDTH, subsequent_indent="  ")


def _paragraph(name: str, text: str, margin: int | None = None) -> Iterator[str]:
    """Yield a text with its name before it; long words such as selectors stay whole."""
    margin = _MARGIN if margin is None else margin
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=f"{name:{margin}}",
        subsequent_indent=" " * margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
