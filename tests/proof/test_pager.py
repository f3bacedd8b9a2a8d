"""What wakes a person: alerts as a real Prometheus renders them, kept in a golden file."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.golden_cases import FOLDER
from tests.proof.pager import LASTS, firing, recorded
from tests.realtools.exporter import running_exporter, scraping
from tests.realtools.server import running_prometheus
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = FOLDER / "what-a-pager-shows" / "alerts.txt"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?= UTC)")
_SINCE = re.compile(rf"Since ({_MOMENT.pattern}) UTC\.\n")
_UNTIL = re.compile(rf"spent by ({_MOMENT.pattern}) UTC")
_PATIENCE = timedelta(minutes=2)


def _text(alert: dict[str, Any]) -> str:
    """Return an alert as a person reads it: the summary, the other annotations, the labels."""
    annotations = dict(alert["annotations"])
    labels = [f"{name}={value}" for name, value in sorted(alert["labels"].items())]
    summary = annotations.pop("summary")
    texts = [f"{name}:\n{value}" for name, value in sorted(annotations.items())]
    return "\n".join([f"# {summary}", *texts, " ".join(labels), ""])


def _moment(text: str) -> datetime:
    return datetime.strptime(f"{text} +0000", "%Y-%m-%d %H:%M %z")


@pytest.mark.parametrize("line", ["2", "3"])
def test_alerts_read_as_they_should(
    line: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every alert of every kind of SLI has the words of the golden file, and moments are right."""
    rules = firing()
    count = len(rules.rules[0].groups[0].rules)
    (file,) = rules.render("prometheus", layout="single")
    path = tmp_path / "rules.yaml"
    path.write_text(file.text)
    with running_exporter({}, recorded()) as target:
        scrape = scraping(target) | {"honor_labels": True}
        with running_prometheus(line, [path], folder=tmp_path, scrape_configs=[scrape]) as server:

            def alerts() -> list[dict[str, Any]] | None:
                found: list[dict[str, Any]] = server.get("/api/v1/alerts")["alerts"]
                since = [one for one in found if _SINCE.match(one["annotations"]["description"])]
                left = [one for one in found if _UNTIL.search(one["annotations"]["description"])]
                return found if len(since) == count and left else None

            until(alerts, seconds=60)
            time.sleep(2)  # Whatever was rendered before the first scrape is rendered again.
            found = alerts() or []
    now = datetime.now(UTC)
    seen = "\n".join(sorted(_MOMENT.sub("MOMENT", _text(alert)) for alert in found))
    if request.config.getoption("--rewrite-goldens"):
        GOLDEN.write_text(seen)

    assert seen == GOLDEN.read_text()
    assert len(found) == count
    for alert in found:
        text = alert["annotations"]["description"]
        since = _SINCE.match(text)
        assert since
        assert _moment(since[1]) == datetime.fromisoformat(alert["activeAt"][:16] + "+00:00")
        for lasts in _UNTIL.findall(text):
            assert abs(_moment(lasts) - now - timedelta(seconds=LASTS)) < _PATIENCE
