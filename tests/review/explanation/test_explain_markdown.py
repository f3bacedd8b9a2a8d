"""An SLO as Markdown: what somebody wrote stays text."""

from __future__ import annotations

from slogen import Alert, AlertPolicy, Service, TimeSlices, Up
from tests.review.explanation.explaining import explained


def test_tables_have_as_many_cells_in_each_row() -> None:
    """A bar in an alert's name is none of the table's."""
    policy = AlertPolicy(exhausted=Alert(name="Gone | spent <b>"))
    text = explained(alerts=policy).markdown()

    rows = [line.replace(r"\|", "") for line in text.splitlines() if line.startswith("|")]

    assert {row.count("|") for row in rows} == {9, 6, 4}
    assert r"| Gone \| spent \<b\> | ticket |" in text


def test_what_somebody_wrote_is_no_markdown() -> None:
    """A description's stars and brackets are shown as they are."""
    text = explained(description="*Fast*\nand [good](http://x)").markdown()

    assert r"\*Fast\* and \[good\](http://x)" in text


def test_a_query_with_backticks_is_code() -> None:
    """The fence is longer than what is in it."""
    sli = TimeSlices(query='lag{queue="a`b``c"}', good_when="< 3")

    assert (
        '``` the time when lag{queue="a`b``c"} is below 3 ```'
        in explained(sli=sli, objective="99%").markdown()
    )


def test_who_answers_is_named() -> None:
    """Owner, runbook and groups stand in the list, where there are any."""
    service = Service("shop", owner="team_shop", runbook="https://runbooks.example.com/shop")

    text = explained(service=service, group_by="tenant").markdown()

    assert "- For each tenant\n- Owner: team\\_shop\n" in text
    assert "- Runbook: <https://runbooks.example.com/shop>\n" in text
    assert "Owner" not in explained().markdown()


def test_the_rules_are_folded() -> None:
    """A reviewer unfolds them; names that begin alike are one."""
    text = explained().markdown()

    folded = text[text.index("<details>") :]
    assert folded.startswith("<details><summary>39 rules</summary>\n\n- `slogen:")
    assert folded.endswith("\n\n</details>\n")
    assert "`slo:sli_error:ratio_rate{5m,30m,1h,2h,6h}`" in folded


def test_traffic_stands_below_the_budget() -> None:
    """Without tiers nothing fires at it."""
    text = explained(traffic=5_000, alerts=AlertPolicy.none()).markdown()

    assert (
        "- Traffic: 5000 events a day are 150000 in the window, of which 150 may be bad\n" in text
    )
    assert "| tier |" not in text
    assert "Traffic" not in explained(sli=Up(gauge="up"), traffic=1, objective="99%").markdown()
