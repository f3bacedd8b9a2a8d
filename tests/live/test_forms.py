"""Reports as text, Markdown and JSON: the same numbers in each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live import Prometheus
from slogen.live.forms import cells
from slogen.live.forms.documents import dumped, report_document
from slogen.live.forms.markdown import markdown
from slogen.live.forms.sections import sections
from slogen.live.forms.text import document, screen
from slogen.live.readings import Fleet
from slogen.live.reporting import reported
from tests.live.world import AT, troubled_erp

if TYPE_CHECKING:
    from slogen.live.reports import Report

REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference"


@pytest.fixture(scope="module")
def erp() -> Report:
    """Return a report on the ERP on a bad day."""
    world = troubled_erp()
    for name in ("slo:period_error_budget_remaining:ratio",):
        labels = {"slo_id": "database-availability"}
        world.curves[name] = [(labels, [(AT.timestamp() - 60, 0.1), (AT.timestamp(), -0.38)])]
    with world.serving() as stub:
        fleet = Fleet(prometheus=Prometheus(stub.url), slos=world.slos, at=AT)
        return reported(fleet, history=True)


def test_json_is_what_its_schema_says(erp: Report) -> None:
    """Programs read the report by a schema that is kept beside the docs."""
    schema = json.loads((REFERENCE / "report.schema.json").read_text("utf-8"))
    found = json.loads(dumped(report_document(erp)))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema)
    assert found["at"] == "2026-11-26T16:30:00Z"
    assert found["slos"][0]["groups"][0]["history"] == [
        [AT.timestamp() - 60, 0.1],
        [AT.timestamp(), -0.38],
    ]


def test_json_can_be_counted_again(erp: Report) -> None:
    """Whoever doubts a number finds in the document what it was made of."""
    found = report_document(erp)
    slos: list[dict[str, Any]] = found["slos"]
    healthy = sum(slo["state"] == "healthy" for slo in slos)

    assert found["health_score"] == pytest.approx(100 * healthy / len(slos))
    assert found["summary"]["healthy"] == healthy
    assert sum(owner["summary"]["total"] for owner in found["owners"]) == len(slos)
    for slo in slos:
        for group in slo["groups"]:
            assert group["sli"] == pytest.approx(1 - group["errors"] / group["events"])
            total = (1 - slo["objective"]) * group["events"] / group["coverage"]
            assert group["budget"]["total"] == pytest.approx(total)
            left = 1 - group["errors"] / total
            assert group["budget"]["share_left"] == pytest.approx(left)


def test_the_screen_has_a_line_for_each_slo(erp: Report) -> None:
    """The worst first, below a head that says who was asked about when."""
    lines = screen(erp)

    assert lines[0].endswith(" at 2026-11-26 16:30 UTC")
    assert lines[1] == (
        "health 57%: 8 healthy, 1 young, 1 warning, 1 no data, 1 not recorded, 1 critical, "
        "1 exhausted"
    )
    assert lines[4].split()[:5] == [
        "exhausted",
        "database-availability",
        "-38.0%",
        "99.9310%",
        "99.95%/30d",
    ]
    assert len(lines) == 4 + 14 + 2
    assert lines[-1] == "frontend-interaction: the server does not evaluate its rules"


def test_the_screen_fits_a_terminal(erp: Report) -> None:
    """What has no room is counted, and no line is longer than the screen."""
    lines = screen(erp, width=80, rows=3)

    assert max(map(len, lines)) <= 80
    assert "and 11 more: 8 healthy, 1 young, 1 warning, 1 no data" in lines


def test_what_is_not_known_is_a_dash(erp: Report) -> None:
    """An SLO without data has no number that somebody could take for a good one."""
    (line,) = [line for line in screen(erp) if "user-data-freshness" in line]

    assert line.split()[3:6] == ["-", "-", "80%/1d"]


def test_colours_are_of_the_state_alone(erp: Report) -> None:
    """The first column is painted, and nothing else."""
    painted = screen(erp, paint=lambda text, state: f"<{state}>{text}</>")

    assert painted[4].startswith("<exhausted>exhausted</>     database-availability")
    assert sum("</>" in line for line in painted) == 14


@pytest.mark.parametrize("form", [document, markdown])
def test_each_form_has_all_sections(erp: Report, form: Any) -> None:  # noqa: ANN401 (two functions)
    """Text and Markdown show every cell of every section."""
    text = form(erp).replace("\\", "")

    for section in sections(erp):
        assert section.title in text
        for cell in {cell for row in section.rows for cell in row}:
            assert cell in text


def test_markdown_shows_texts_as_they_are(erp: Report) -> None:
    """No table breaks, whatever a name holds."""
    rows = [line for line in markdown(erp).splitlines() if line.startswith("|")]
    widths = {row.replace("\\|", "").count("|") for row in rows}

    assert widths == {5, 10, 12}


SHARES = st.floats(min_value=-100, max_value=1)


@given(share=SHARES)
def test_a_percentage_is_never_rounded_up(share: float) -> None:
    """What is below a limit does not read as if it were on it."""
    assert float(cells.percent(share).removesuffix("%")) <= 100 * share + 1e-6
    assert float(cells.percent(share).removesuffix("%")) > 100 * share - 0.1 - 1e-6


@pytest.mark.parametrize(
    ("objective", "decimals"), [(0.8, 1), (0.95, 2), (0.99, 2), (0.999, 3), (0.9995, 4)]
)
def test_an_sli_has_as_many_digits_as_its_budget_needs(objective: float, decimals: int) -> None:
    """A tenth of the budget can be told from two."""
    assert cells.decimals_of(objective) == decimals
