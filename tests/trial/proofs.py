"""A small proof, and what promtool would print about it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from slogen import build, load
from slogen.plan import TimeRange
from slogen.proof.scenario import Check, Detection, Input, Paced, Sample, Scenario
from slogen.trial.promtool import Outcome
from slogen.trial.proving import SLOVerdict
from slogen.trial.verdicts import file_verdict
from slogen.units import Duration
from tests.cli.running import write

if TYPE_CHECKING:
    from slogen.plan import ResolvedTier

MINUTE = Duration("1m")
QUIET = Check(remark="not before 30m", expr="ALERTS\nunless x", at=Duration("1h54m"))
LOUD = Check(
    remark="after 33m",
    expr="ALERTS",
    at=Duration("2h"),
    samples=(Sample(labels="{}", value=Decimal(1)),),
)


def tier() -> ResolvedTier:
    """Return the first tier of an SLO."""
    write("tier.py")
    return build(load(Path("tier.py"))).slos[0].tiers[0]


def detection() -> Detection:
    """Return a prediction: errors from 1h to 2h, and 3h are looked at."""
    return Detection(
        tier=tier(),
        pace=MINUTE,
        ratio=Decimal("0.0152"),
        began=Duration("1h"),
        ended=Duration("2h"),
        fires=TimeRange(Duration("29m59s500ms"), Duration("32m59s1ms")),
        resolves=TimeRange(Duration("1ms"), Duration("12m30s")),
        first="first_seen",
        last="last_seen",
        until=Duration("3h"),
    )


def part() -> Paced:
    """Return a scenario about an alert, and one that is not."""
    inputs = (Input(series="up", values="1x3"),)
    return Paced(
        pace=MINUTE,
        scenarios=(
            Scenario(
                name="a page fires",
                step=MINUTE,
                inputs=inputs,
                checks=(QUIET, LOUD),
                detection=detection(),
            ),
            Scenario(name="sums add up", step=MINUTE, inputs=inputs, checks=(QUIET,)),
        ),
    )


def told(place: int, word: str, got: str, expected: str = "nil") -> str:
    """Return what promtool prints about an expression."""
    expr = rf'"x\n# slogen: scenario {place}, {word}"'
    return f"    expr: {expr}, time: 1h,\n        exp: {expected}\n        got: {got}\n"


def failed(*lines: str) -> Outcome:
    """Return a run of promtool that printed this."""
    return Outcome(1, "\n", "".join(("  FAILED:\n", *lines)))


def probed(first: str = "5.4E+03", last: str = "7.8E+03") -> tuple[str, ...]:
    """Return what promtool prints about each scenario whatever happens."""
    return (
        told(0, "first", f"{{}} {first}"),
        told(0, "last", f"{{}} {last}"),
        told(1, "end", "{} 1E+00"),
    )


def slo_verdict(*outcomes: Outcome, slo_id: str = "shop-availability") -> SLOVerdict:
    """Return what comes out of a proof, a run of the same scenarios for each of its files."""
    files = tuple(file_verdict(part(), outcome) for outcome in outcomes)
    return SLOVerdict(slo_id=slo_id, remarks=(), files=files)
