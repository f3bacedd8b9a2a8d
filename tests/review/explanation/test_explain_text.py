"""An SLO on one screen: what stands where, and that it fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from slogen import AlertPolicy, ErrorRatio, Events, Selector, Tier, TimeSlices, Up
from slogen.units import Duration
from tests.review.explanation.explaining import explained

if TYPE_CHECKING:
    from slogen.review.explanation.meaning import Explanation

LONGEST = 100
CASES = {
    "events": explained(traffic=5_000),
    "groups": explained(group_by=("tenant", "region")),
    "time": explained(sli=TimeSlices(query="lag", good_when="< 3"), objective="80%", window="6h"),
    "up": explained(sli=Up(gauge="up"), objective="99%", window="7d"),
    "strict": explained(objective="99.999%", window="90d"),
    "none": explained(sli=ErrorRatio(query="error_ratio"), alerts=AlertPolicy.none()),
}
CHART = re.compile(r" *(\d+[smhd])? \|.*")


@pytest.fixture(params=CASES, name="explanation")
def _explanation(request: pytest.FixtureRequest) -> Explanation:
    return CASES[request.param]


def test_it_fits_a_terminal(explanation: Explanation) -> None:
    """No line is longer than 100 characters, and no SLO of a preset longer than 64 lines."""
    lines = explanation.text().splitlines()

    assert max(map(len, lines)) <= LONGEST
    assert len(lines) <= 64


def test_it_ends_with_one_line_feed(explanation: Explanation) -> None:
    """Lines have no spaces at their ends, and sections one empty line between them."""
    text = explanation.text()

    assert text.endswith("\n")
    assert not re.search(r" \n|\n\n\n|\n\n$", text)


def test_a_long_selector_stays_whole() -> None:
    """It can be copied: a line is longer rather than broken within a name."""
    long = Selector(f'requests_total{{path="{"/very" * 30}"}}')

    text = explained(sli=Events(total=long, bad=long.where('code="500"'))).text()

    assert str(long) in text


def test_each_tier_has_its_row_in_both_tables() -> None:
    """The numbers before the tiers are those in the chart."""
    text = CASES["events"].text()

    for place, burn_rate in ((1, "14.4x"), (2, "6x"), (3, "3x"), (4, "1x")):
        assert len(re.findall(rf"^{place}  {re.escape(burn_rate)} ", text, re.MULTILINE)) == 2
    assert "1  14.4x     1m6s-2m8s, 4.9%    14.4%: 6m15s-7m18s, 2.4%  2.88%: 30m-32m, 2.1%" in text


def test_what_cannot_be_is_a_dash_in_its_column() -> None:
    """Twice a threshold of 40 % stands in the last column, not in that of ten times."""
    row = next(line for line in CASES["time"].text().splitlines() if line.startswith("2  2x  "))

    assert re.fullmatch(r"2  2x +35m-37m, 51%  - +80%: 44m-46m, 51%  4m-5m30s", row)


def test_a_chart_falls_from_left_to_right(explanation: Explanation) -> None:
    """The more errors, the sooner: a tier's number never stands higher than further to the left."""
    rows = [line.partition("|")[2] for line in explanation.text().splitlines() if CHART.match(line)]
    for number in "1234":
        places = [
            (column, row)
            for row, line in enumerate(rows)
            for column, cell in enumerate(line)
            if cell == number
        ]
        seen = [row for _, row in sorted(places)]

        assert seen == sorted(seen)


def test_the_times_beside_a_chart_fall_from_top_to_bottom(explanation: Explanation) -> None:
    """They are those that people know."""
    labels = [
        Duration(match[1])
        for line in explanation.text().splitlines()
        if (match := CHART.fullmatch(line)) and match[1]
    ]

    assert labels == sorted(labels, reverse=True)
    assert len(labels) == len(set(labels))


def test_traffic_that_is_too_little_is_said() -> None:
    """At two events an hour it depends on luck whether a page fires."""
    tiers = [Tier("page", long="1h", burn_rate="14.4")]

    text = explained(traffic=48, alerts=AlertPolicy(preset="none", tiers=tiers)).text()

    assert "48 events a day are 1440 in the window, of which 1 may be bad" in text
    assert "a total outage fires 14.4x perhaps never" in text


def test_a_tier_without_guard_or_delay_has_dashes() -> None:
    """What it does not wait for is not made up."""
    policy = AlertPolicy(
        preset="none", min_bad_events=1, tiers=[Tier("page", long="1h", burn_rate="10", for_="2m")]
    )

    text = explained(alerts=policy).text()

    assert re.search(r"^1  10x 1h/5m  1% +1\.4% +2m +6m +- ", text, re.MULTILINE)
