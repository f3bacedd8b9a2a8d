"""Rule files that somebody edited by hand: the proofs that came with them say what is wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs
import pytest

from slogen import SLO, AlertPolicy, Events, Selector, Service, build
from slogen.proof import prove
from slogen.targets import promtool_tests
from slogen.targets.prometheus import Prometheus
from slogen.trial.promtool import Runs, find
from slogen.trial.verdicts import file_verdict, marked
from tests.proof.inherited_edits import INHERITED, NOT_SHOWN, SLOS, InheritedEdit
from tests.realtools import packages

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.targets.built import Built
    from slogen.trial.promtool import Tool

pytestmark = pytest.mark.long

COUNTS = "what is selected counts, and nothing else"
UNBORN = "bad events that do not exist yet are 0"
LOST = "missed scrapes and restarts lose nothing"
SPOILT = "a series that gives NaN or Inf takes nothing else with it"
SILENCE = "no traffic gives no ratio, no NaN and no alert"
WEIGHT = "events weigh, not minutes"
RENAMED = "a renamed service keeps its history"
HOURS = "an hour is recorded once, and what is open counts as well"
LASTING = "what is left of a budget will be gone in time"
SPENT = "a budget is spent, through all of its states"
VIOLATED = "SLOObjectiveViolated fires below the objective"
STALE = "SLODataStale fires when the data ends"
PAGE, PAGE_6H = "SLOBurnRatePage 14.4x over 1h and 5m", "SLOBurnRatePage 6x over 6h and 30m"
_CANNOT_EVALUATE = "err: vector contains metrics with the same labelset"
TICKET, TICKET_3D = "SLOBurnRateTicket 3x over 1d and 2h", "SLOBurnRateTicket 1x over 3d and 6h"


def above(tier: str) -> str:
    """Return the name of the scenario in which a tier fires after a long time."""
    return f"{tier} fires at twice its burn rate"


def outage(tier: str) -> str:
    """Return the name of the scenario in which a tier fires at once, and is over."""
    return f"{tier} fires at a total outage, and resolves"


def below(tier: str) -> str:
    """Return the name of the scenario in which it does not."""
    return f"{tier} stays quiet just below its burn rate"


def young(tier: str, warm_up: str) -> str:
    """Return the name of the scenario in which it waits."""
    return f"{tier} waits for {warm_up} and fires just above its burn rate"


@attrs.frozen
class Edit:
    """What a hand did to a rule file.

    Attributes:
        what: In words.
        found: A pattern; every place that it matches is edited.
        put: What stands there then.
        caught_by: A scenario that fails; others may fail too.
    """

    what: str
    found: str
    put: str
    caught_by: str


EDITS = (
    Edit(
        "a threshold ten times as high", r"(ratio_rate1h\S+ / 0.001 >) 14.4", r"\1 144", above(PAGE)
    ),
    Edit("a threshold a tenth lower", r"> 14\.4", "> 13", below(PAGE)),
    Edit("a threshold a tenth higher", r"> 14\.4", "> 16", young(PAGE, "6m")),
    Edit("a threshold a tenth higher, in a slow tier", "> 3$", "> 3.3", young(TICKET, "12h")),
    Edit(
        "the budget of another objective",
        r"(ratio_rate6h\S+) / 0.001 > 6",
        r"\1 / 0.01 > 6",
        above(PAGE_6H),
    ),
    Edit(
        "another long window", r"ratio_rate1h(\S+ / 0.001 > 14.4)", r"ratio_rate6h\1", above(PAGE)
    ),
    Edit(
        "a shorter long window",
        r"ratio_rate1h(\S+ / 0.001 > 14.4)",
        r"ratio_rate30m\1",
        above(PAGE),
    ),
    Edit("windows swapped in what is recorded", r"(sum1h\S+)\[3d\]", r"\1[1d]", above(TICKET_3D)),
    Edit(
        "the short window as long as the long one",
        r"ratio_rate5m(\S+ / 0.001 > 14.4)",
        r"ratio_rate1h\1",
        outage(PAGE),
    ),
    Edit("or instead of and", r"(> 14.4\n\s+)and", r"\1or", above(PAGE)),
    Edit("or instead of and, in a slow tier", r"(> 3\n\s+)and\n", r"\1or\n", above(TICKET)),
    Edit("another value of a label", 'code=~"5..', 'code=~"4..', COUNTS),
    Edit("a matcher less", '{job="shop"}', "", COUNTS),
    Edit("a matcher less of the bad events", '{job="shop",code', "{code", COUNTS),
    Edit("windows divided by nothing", r"\((sum\(.+\)) > 0\)", r"\1", SILENCE),
    Edit("the fill removed", r"\n\s+or\n\s+0 \* max\(slo:sli_events.+\n", "\n", UNBORN),
    Edit("counts since two evaluations before", "offset 45s", "offset 75s", COUNTS),
    Edit("counts of what may not be there yet", " offset 15s", "", COUNTS),
    Edit("a gap that is shorter than one of scrapes", r"\[10m\] offset", "[90s] offset", LOST),
    Edit("restarts that do not count", r"\n\s+or\n\s+\(last(.|\n)+?< Inf\)$", "", LOST),
    Edit("NaN let through", r"(offset 45s\)) >= 0 < Inf", r"\1", SPOILT),
    Edit(
        "hours that are recorded again",
        r"(errors:increase\S+\))\n +unless\n.+sum1h.+(?=\n +and on \(slo_hour\))",
        r"\1",
        HOURS,
    ),
    Edit("hours that are not over", r"/ 3600 \+ 3", "/ 3600 + 4", HOURS),
    Edit(
        "hours that count samples, not events",
        r"sum_over_time(\(slo:sli_events:increase\S+\[2h\]\))",
        r"count_over_time\1",
        HOURS,
    ),
    Edit("what no hour holds yet forgotten", r"\n +or\n +max by \(slo_hour\).+", "", WEIGHT),
    Edit(
        "a mean of ratios",
        r"clamp\(max\(slo:sli_errors:period(\{.+?\})\).+",
        r"avg_over_time(slo:sli_error:ratio_rate5m\1[30d])",
        WEIGHT,
    ),
    Edit(
        "windows read before they are recorded",
        r"(?s)(      - record: slo:sli_events:increase\n.+?)"
        r"(      - record: slo:sli_error:ratio_rate5m\n.+?)(?=      - record)",
        r"\2\1",
        COUNTS,
    ),
    Edit(
        "windows that keep the old name",
        r"sum\(sum_over_time\((\S+)\)\)",
        r"sum by (slo_service) (sum_over_time(\1))",
        RENAMED,
    ),
    Edit(
        "no patience with a young SLO",
        r"\n\s+and\n.+43200$",
        "",
        young(TICKET, "12h"),
    ),
    Edit("half the patience with a young SLO", "129600", "64800", young(TICKET_3D, "1d12h")),
    Edit(
        "a young SLO that has spent as much as an old one",
        r" \* max\(slo:period_coverage\S+",
        "",
        SPENT,
    ),
    Edit("bad events of half the time", r"(\[1h\]\)\)) / 3600", r"\1 / 1800", LASTING),
    Edit("another limit of a state", "bool 0.25", "bool 0.5", SPENT),
    Edit("a budget that may be overspent", r"<= 0$", "<= -1", SPENT),
    Edit("another limit of the low budget", "< 0.25$", "< 0.5", SPENT),
    Edit("an alert that ends at once", "        keep_firing_for: 10m\n", "", outage(PAGE)),
    Edit(
        "an alert that waits", "        keep_firing_for: 10m\n", "        for: 10m\n", outage(PAGE)
    ),
    Edit("stale without patience", "        for: 10m\n", "", STALE),
    Edit("stale when there are no events", r"absent\(slo:sli_errors", "absent(slo:sli_bad", STALE),
    Edit(
        "violated without patience",
        r"(below its objective(.|\n)+?)?        for: 5m\n",
        "",
        VIOLATED,
    ),
    Edit(
        "another identity",
        r"slo_id: \"?e\"?\n(\s+slo_service: shop\n\s+slo_name: \"?e\"?\n\s+severity: page)",
        r"slo_id: f\n\1",
        above(PAGE),
    ),
    Edit("another severity", "severity: page", "severity: ticket", above(PAGE)),
)


@pytest.fixture(scope="module")
def built() -> Built:
    """Return an SLO with all alerts, and its rules."""
    requests = Selector('requests_total{job="shop"}')
    sli = Events(total=requests, bad=requests.where('code=~"5.."'))
    policy = AlertPolicy(preset="standard", low=True, violated=True)
    (one,) = build(
        SLO(
            id="e",
            service=Service("shop"),
            name="e",
            objective="99.9%",
            window="30d",
            sli=sli,
            alerts=policy,
        )
    ).built
    return one


def _failing(built: Built, rules: str, line: str, folder: Path, within: str = "") -> set[str]:
    """Return the names of the scenarios that a rule file does not pass.

    Args:
        built: The SLO.
        rules: The rule file.
        line: Of promtool.
        folder: Where files may be written.
        within: A scenario that alone is tried; all are unless it is given.
    """
    proof, failing = prove(built.slo, built.rules), set[str]()
    (folder / "rules.yaml").write_text(rules)
    for whole in proof.parts:
        tried = [one for one in whole.scenarios if within in ("", one.name)]
        if not tried:
            continue
        part = attrs.evolve(whole, scenarios=tuple(tried))
        file = folder / f"{part.pace}.yaml"
        file.write_text(promtool_tests.text(proof, marked(part), "rules.yaml"))
        verdict = file_verdict(part, Runs().test(_promtool(line), file))
        # Of rules that cannot be evaluated promtool says no more; any other report has to be read.
        assert not verdict.trouble or _CANNOT_EVALUATE in verdict.output, verdict.output
        failing |= {one.scenario.name for one in verdict.scenarios if not one.passed}
    return failing


@cache
def _promtool(line: str) -> Tool:
    return find(str(packages.find("promtool", line)))


def _rules(built: Built) -> str:
    (file,) = Prometheus().render((built,), "slo")
    return file.text


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_an_edit_is_caught(edit: Edit, built: Built, tmp_path: Path) -> None:
    """The scenario that is about what was edited fails."""
    before = _rules(built)
    after = re.sub(edit.found, edit.put, before, flags=re.MULTILINE)
    assert after != before

    assert edit.caught_by in _failing(built, after, "3", tmp_path, within=edit.caught_by)


@pytest.mark.parametrize("line", ["2", "3"])
def test_what_nobody_edited_passes(line: str, built: Built, tmp_path: Path) -> None:
    """No scenario fails of the rules as they were made."""
    assert not _failing(built, _rules(built), line, tmp_path)


@pytest.fixture(scope="module")
def inherited() -> dict[str, Built]:
    """Return an SLO of each kind, and its rules."""
    return {one.slo.definition.id: one for one in build(list(SLOS.values())).built}


@pytest.mark.parametrize("edit", INHERITED, ids=lambda edit: f"{edit.slo}: {edit.what}")
def test_an_edit_that_once_passed_is_caught(
    edit: InheritedEdit, inherited: dict[str, Built], tmp_path: Path
) -> None:
    """A scenario is about what was edited, of every kind."""
    one = inherited[edit.slo]
    after = _edited(edit, _rules(one))

    assert edit.caught_by in _failing(one, after, "3", tmp_path, within=edit.caught_by)


@pytest.mark.parametrize("slo_id", ["e"])
def test_what_promtool_cannot_show(
    slo_id: str, inherited: dict[str, Built], tmp_path: Path
) -> None:
    """All of these edits together pass: whoever adds a scenario about one takes it away there."""
    one = inherited[slo_id]
    after = _rules(one)
    for edit in NOT_SHOWN:
        if edit.slo == slo_id:
            after = _edited(edit, after)

    assert not _failing(one, after, "3", tmp_path)


def _edited(edit: InheritedEdit, before: str) -> str:
    after = re.sub(edit.found, edit.put, before, flags=re.MULTILINE)
    assert after != before, edit.what
    return after
