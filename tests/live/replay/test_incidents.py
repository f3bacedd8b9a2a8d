"""A file of incidents, right and wrong."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidValue
from slogen.live.replay.incidents import incidents_of


@pytest.mark.parametrize(
    ("column", "row"),
    [
        ("start", "0001-01-01T00:00+14:00,2026-11-26"),
        ("end", "2026-11-26,9999-12-31T23:59-14:00"),
    ],
)
def test_a_year_that_utc_does_not_have_is_refused(column: str, row: str) -> None:
    """The message names the place, and nothing fails later where the moment is written."""
    with pytest.raises(InvalidValue, match=f"{column} in line 2 of incidents.csv"):
        incidents_of("incidents.csv", ["start,end\n", row])
