"""Which part of the budget each tier of the presets spends: as the docs say, and never all."""

from __future__ import annotations

from decimal import Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.model import SLO, AlertPolicy, Events, Settings, Tier
from slogen.plan import resolve
from slogen.units import number, percentage

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
BEGIN = "<!-- tests/plan/test_parts.py makes this table of slogen/plan/presets.py -->\n"
END = "<!-- end of the table -->\n"
WINDOWS = ("1h", "6h", "12h", "1d", "3d", "7d", "14d", "28d", "30d", "90d", "366d")


def planned(
    window: str, objective: str = "99.9%", alerts: AlertPolicy | None = None
) -> ResolvedSLO:
    """Return an SLO with the standard policy."""
    slo = SLO(
        service="s",
        name="n",
        objective=objective,
        window=window,
        sli=Events(total="requests", bad="errors"),
        alerts=alerts or AlertPolicy(),
    )
    (plan,) = resolve(slo, Settings())
    return plan


def _row(slo: ResolvedSLO) -> str:
    """Return a row of the table: parts have three digits."""
    cells = [
        f"{tier.alert.urgency} {number(tier.threshold)} @ {tier.long}/{tier.short}: "
        f"{percentage(Context(prec=3).plus(tier.spends(slo.period))).replace('%', ' %')}"
        for tier in slo.tiers
    ]
    return f"| {slo.definition.window} | {', '.join(cells)} |"


def _table() -> str:
    head = (
        "| SLO window | tiers (burn rate @ long/short window), and the part of the budget spent |"
    )
    return "\n".join((head, "| --- | --- |", *(_row(planned(window)) for window in WINDOWS))) + "\n"


def test_the_docs_have_the_parts(request: pytest.FixtureRequest) -> None:
    """The table of the docs says what the presets have."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    if request.config.getoption("--rewrite-goldens"):
        table = f"\n{_table()}\n"
        PAGE.write_text(f"{before}{BEGIN}{table}{END}{after}", "utf-8")

    assert table == f"\n{_table()}\n"


@pytest.mark.parametrize(
    ("window", "parts"),
    [
        ("30d", ["0.02", "0.05", "0.1", "0.1"]),
        ("28d", ["0.0214286", "0.0535714", "0.107143", "0.107143"]),
        ("1d", ["0.25", "0.5", "0.5"]),
        ("12h", ["0.25", "0.5"]),
        ("1h", ["0.4", "0.5"]),
    ],
)
def test_the_part_of_a_tier(window: str, parts: list[str]) -> None:
    """It is the burn rate times the long window over the SLO's window."""
    slo = planned(window)

    assert [tier.spends(slo.period) for tier in slo.tiers] == list(map(Decimal, parts))


@given(st.integers(1, 366 * 24), st.sampled_from(["50%", "90%", "99%", "99.9%", "99.999%"]))
def test_no_tier_of_a_preset_spends_the_whole_budget(hours: int, objective: str) -> None:
    """Whatever the window and the objective, something is left when a tier fires."""
    slo = planned(f"{hours}h", objective)
    parts = [tier.spends(slo.period) for tier in slo.tiers]

    assert parts
    assert all(0 < part < 1 for part in parts)


@given(st.sampled_from(["1%", "2%", "5%", "12.5%", "50%"]))
def test_a_tier_spends_what_it_says(spends: str) -> None:
    """What a user writes as a part of the budget comes back as that part."""
    tier = Tier("page", long="6h", spends=spends)
    slo = planned("30d", "99.99%", AlertPolicy(tiers=[tier]))

    assert [percentage(tier.spends(slo.period)) for tier in slo.tiers] == [spends]
