"""Why a value is off is said with numbers and names."""

from __future__ import annotations

from tests.experiments.accuracy import history, spans
from tests.experiments.accuracy.explaining import explained
from tests.experiments.accuracy.readings import Reading
from tests.experiments.accuracy.scenario import NOON, pods
from tests.experiments.accuracy.truth import count


def test_an_incident_that_a_value_has_not_seen_is_named() -> None:
    """A minute into the incident, a value that ends as it begins lacks a fifth of 12,000 events."""
    at = NOON.begin + 60
    first, own = spans.asked("1h", at), spans.Span(NOON.begin - 3_600, NOON.begin)
    asked_count, own_count = (count(pods(8), span.begin, span.end) for span in (first, own))
    reading = Reading(
        window="1h",
        at=at,
        values={history.SLOGEN: own_count.bad / own_count.events},
        asked=(first, asked_count),
        own=(own, own_count),
    )

    words = explained(8, reading)

    assert words.startswith("1h, 18 November, 12:07: ")
    assert "(0 % at its own time)" in words
    assert "ends 60 s before the moment and lacks 2,4" in words
    assert "begins 60 s early" in words
    assert "of 12,001 events; it" in words
    assert words.endswith("the incident at noon.")
