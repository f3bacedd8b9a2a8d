"""Whatever happens to a server while hours end, every event is in its hour, and only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from tests.hours import stories
from tests.hours.seen import HEADER, table
from tests.hours.servers import SPEED_OF_VMALERT, on_prometheus, on_vmalert
from tests.hours.slos import FAST_INTERVAL, SLOW_INTERVAL
from tests.hours.stage import TENANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from tests.hours.accounts import Account
    from tests.hours.seen import Seen
    from tests.hours.stage import Stage

_LOSING = (stories.an_hour_without_hours, stories.down)
"""The stories of three borders in which nothing records hours for the whole of the hour after the
first of them."""
_NEW_SERIES_SECONDS = 10
"""How long VictoriaMetrics may take to find a series that is new, as each hour's is."""
_LAG_OF_VMALERT = 2 * SLOW_INTERVAL + FAST_INTERVAL + 2 * _NEW_SERIES_SECONDS * SPEED_OF_VMALERT
"""How far the period may be behind where a rule reads what was recorded an interval ago: the period
is an interval behind what is open, which is one behind the base; of an hour both are new series."""


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("story", stories.ALL, ids=lambda story: story.__name__)
def test_prometheus_counts_every_event_once(
    story: Callable[[Stage], Seen], line: str, tmp_path: Path
) -> None:
    """Each hour is recorded once, and holds what was counted in it; what is lost is bounded."""
    seen = on_prometheus(story, line, tmp_path)
    print("\n".join((*HEADER, *table(story.__name__, seen))))  # noqa: T201 (for pytest -s)

    guests = {stories.GUEST, stories.LATE} if story is stories.steady else set()
    lost = {seen.last_hour - 3} if story in _LOSING else set()
    _assert_counted_once(seen, {*TENANTS, *guests}, SLOW_INTERVAL, lost)


def test_vmalert_counts_every_event_once(tmp_path: Path) -> None:
    """A ruler that sees late what it recorded neither records an hour twice nor counts it twice."""
    seen = on_vmalert(stories.with_a_late_ruler, tmp_path)
    print("\n".join((*HEADER, *table("vmalert", seen))))  # noqa: T201 (for pytest -s)

    _assert_counted_once(seen, TENANTS, _LAG_OF_VMALERT)


def _assert_counted_once(
    seen: Seen, tenants: Collection[str], lag: float, lost: Collection[int] = ()
) -> None:
    """Check hours, the period at each of its evaluations, and the base series itself.

    Args:
        seen: What a story was seen to do.
        tenants: All tenants that sent something.
        lag: By how many seconds the period may be behind.
        lost: The hours that are not recorded.
    """
    found = {(account.tenant, account.record) for account in seen.accounts}
    assert found == {(t, r) for t in tenants for r in (EVENTS_INCREASE, ERRORS_INCREASE)}
    for account in seen.accounts:
        _assert_hours(account, seen.last_hour, lost)
        _assert_period(account, lag, lost)
        assert 0 <= seen.lost(account) <= seen.most_lost(account), account.tenant


def _assert_hours(account: Account, last: int, lost: Collection[int]) -> None:
    """Check that each hour that is over was recorded once, with what was counted in it."""
    counted, seconds = account.by_hour(), account.evaluated()
    over = [hour for hour in counted if hour < last and hour not in lost]

    assert over, account.tenant
    assert not account.wrong_labels()
    assert account.recorded() == {hour: [counted[hour]] for hour in over}
    if account.record == EVENTS_INCREASE:
        assert account.begun() == {hour: [seconds[hour]] for hour in over}


def _assert_period(account: Account, lag: float, lost: Collection[int]) -> None:
    """Check that the period held at any time what was counted until then, and no event twice."""
    counted = account.by_hour()
    missing = sum(counted[hour] for hour in lost)
    whole = sum(count for (count,) in account.recorded().values())

    assert not account.wrong_periods(lag, missing)
    assert account.last_period() == account.counted - missing
    assert account.last_period() == whole + account.last_open()
