"""An SLO for a page or a comment: tables, and the rules folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import markdown
from slogen.plan.levels import MULTIPLES
from slogen.review.explanation.sentences import budget, delay, outage, traffic
from slogen.review.explanation.wording import burn_rate, events, folded, part, share, span
from slogen.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.review.explanation.meaning import DetectionExplanation, Explanation, TierExplanation

_TIERS = ("tier", "alert", "errors above", "spends", "for", "young", "least", "one error below")
_TIMES = ("tier", "total outage", "10x the threshold", "2x the threshold", "resolves")
_ALERTS = ("alert", "severity", "fires when")


def as_markdown(explanation: Explanation) -> str:
    """Return a heading and what stands below it, each line with a line feed."""
    sections = (
        _promise(explanation),
        _tiers(explanation),
        _detection(explanation),
        _alerts(explanation),
        _limits(explanation),
        _groups(explanation),
    )
    texts = ("\n".join(lines) for lines in sections)
    return "\n\n".join(text for text in texts if text) + "\n"


def _promise(explanation: Explanation) -> Iterator[str]:
    slo = explanation.slo.definition
    yield f"### {markdown.escaped(slo.id)}: {slo.objective} over {slo.window}"
    yield ""
    if slo.description:
        yield markdown.escaped(" ".join(slo.description.split()))
        yield ""
    yield f"- Good: {markdown.code(explanation.good)}"
    yield f"- Bad: {markdown.code(explanation.bad)}"
    yield f"- Error budget: {budget(explanation)}"
    if explanation.traffic:
        words = f"{traffic(explanation.traffic)}; {outage(explanation.tiers)}"
        yield f"- Traffic: {words.removesuffix('; ')}"
    if slo.group_by:
        yield f"- For each {markdown.escaped(', '.join(slo.group_by))}"
    if slo.owner:
        yield f"- Owner: {markdown.escaped(slo.owner)}"
    if slo.runbook:
        yield f"- Runbook: <{slo.runbook}>"


def _tiers(explanation: Explanation) -> Iterator[str]:
    if not explanation.tiers:
        return
    yield from _table(_TIERS, [_tier(each) for each in explanation.tiers])
    yield ""
    yield (
        "Spends: the part of the error budget that errors at the threshold spend in the long "
        "window. Young: how long a new SLO does not fire. Least: bad events in the long window. "
        "One error exceeds the threshold below this traffic."
    )


def _tier(each: TierExplanation) -> tuple[str, ...]:
    tier, alert = each.tier, each.tier.alert
    return (
        burn_rate(tier),
        f"{alert.severity} {alert.name}",
        share(each.error_ratio),
        part(each.spends),
        clock(alert.for_) if alert.for_ else "",
        clock(tier.warm_up),
        str(tier.min_bad_events or ""),
        events(each.one_error_below) if each.one_error_below else "",
    )


def _detection(explanation: Explanation) -> Iterator[str]:
    if not explanation.tiers:
        return
    yield "Time to fire, and the part of the error budget that is spent by then at the latest:"
    yield ""
    yield from _table(_TIMES, [_times(each) for each in explanation.tiers])
    yield ""
    yield "Errors of this share from now on, and none before. After a total outage it resolves."


def _times(each: TierExplanation) -> tuple[str, ...]:
    found = {detection.level.times: _cell(detection) for detection in each.detections}
    cells = (found.get(times, "") for times in MULTIPLES)
    return (burn_rate(each.tier), *cells, span(each.resolves))


def _cell(detection: DetectionExplanation) -> str:
    level = "" if detection.level.is_total else f"at {share(detection.level.ratio)}: "
    return f"{level}{span(detection.fires)}, {part(detection.budget_spent)}"


def _alerts(explanation: Explanation) -> Iterator[str]:
    rows = [
        (each.alert.name, each.alert.severity, f"{each.condition}{delay(each.alert)}")
        for each in explanation.alerts
    ]
    if rows:
        yield from _table(_ALERTS, rows)


def _limits(explanation: Explanation) -> Iterator[str]:
    yield "What it will not see:"
    yield ""
    yield from (f"- {markdown.escaped(limit)}" for limit in explanation.limits)


def _groups(explanation: Explanation) -> Iterator[str]:
    """Yield the rules, which a reader of a comment unfolds."""
    total = sum(group.rules for group in explanation.groups)
    yield f"<details><summary>{total} rules</summary>"
    yield ""
    for group in explanation.groups:
        yield f"- {markdown.code(group.name)}: {group.rules} rules every {group.interval}"
        for verb, names in (("reads", group.reads), ("records", group.records)):
            yield f"  - {verb} {', '.join(map(markdown.code, folded(names)))}"
    yield ""
    yield "</details>"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    heads = tuple(heads)
    yield markdown.row(heads)
    yield f"|{' --- |' * len(heads)}"
    yield from (markdown.row(map(markdown.escaped, row)) for row in rows)
