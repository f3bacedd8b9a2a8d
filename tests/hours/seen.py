"""What a story was seen to do, and how much may be lost in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from slogen.naming import ERRORS_INCREASE
from tests.hours.accounts import Account
from tests.hours.exporter import Answer
from tests.hours.slos import FAST_INTERVAL, LONGEST_GAP, OFFSET

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = (
    "| story | tenant | events | sent | counted | lost | missed | hours | open | period |",
    f"| --- | --- | --- |{' ---: |' * 4} --- | ---: | ---: |",
)


@attrs.frozen
class Outage:
    """A time without scrapes and evaluations, in seconds of the server's clock."""

    began: float
    ended: float


@attrs.frozen(kw_only=True)
class Seen:
    """What a story was seen to do.

    Attributes:
        speed: How many times faster time ran.
        answers: What the exporter answered to scrapes.
        outages: When there were neither scrapes nor evaluations.
        accounts: What was recorded.
        last_hour: The hour in which the story ended, which is not over.
    """

    speed: int
    answers: Sequence[Answer]
    outages: Sequence[Outage]
    accounts: Sequence[Account]
    last_hour: int

    def sent(self, account: Account) -> int:
        """Return how many events scrapes told of."""
        return self._sent_between(account, 0, float("inf"))

    def lost(self, account: Account) -> int:
        """Return how many events the base series did not count."""
        return self.sent(account) - account.counted

    def missed(self) -> int:
        """Return how many evaluations were missed, beside outages."""
        gaps = ((after - before) * self.speed / FAST_INTERVAL for before, after in self._gaps())
        return sum(round(gap) - 1 for gap in gaps)

    def most_lost(self, account: Account) -> int:
        """Return how many events the base series may lose.

        An outage loses what scrapes told in the last offset and fast interval before it, and all of
        it where it lasts for longer than the longest gap. Evaluations that are missed lose at most
        what scrapes told from what the one before them saw until what the one after them sees.
        """
        offset = OFFSET / self.speed
        by_gaps = (
            self._sent_between(account, before - offset, after - offset)
            for before, after in self._gaps()
        )
        by_outages = (self._lost_by(account, outage) for outage in self.outages)
        return sum(by_gaps) + sum(by_outages)

    def _gaps(self) -> list[tuple[float, float]]:
        """Return the evaluations before and after each that was missed, beside outages."""
        times = sorted({sample.time for account in self.accounts for sample in account.base})
        return [
            (before / self.speed, after / self.speed)
            for before, after in pairwise(times)
            if after - before > 1.5 * FAST_INTERVAL
            and not self._is_out(before / self.speed, after / self.speed)
        ]

    def _is_out(self, since: float, until: float) -> bool:
        return any(
            since < self._scraped_again(outage) and outage.began < until for outage in self.outages
        )

    def _lost_by(self, account: Account, outage: Outage) -> int:
        since = outage.began - (OFFSET + FAST_INTERVAL) / self.speed
        again = self._scraped_again(outage)
        is_long = (again - since) * self.speed > LONGEST_GAP
        return self._sent_between(account, since, again if is_long else outage.began)

    def _scraped_again(self, outage: Outage) -> float:
        return min(answer.time for answer in self.answers if answer.time > outage.ended)

    def _sent_between(self, account: Account, since: float, until: float) -> int:
        return sum(
            after.since(before, account.tenant, account.record)
            for before, after in pairwise(self.answers)
            if since < after.time <= until
        )


def table(name: str, seen: Seen) -> Iterator[str]:
    """Yield the rows of a Markdown table, one for each tenant's events and bad events."""
    first = min(hour for account in seen.accounts for hour in account.by_hour())
    for account in sorted(seen.accounts, key=lambda a: (a.tenant, a.record)):
        hours = ", ".join(
            f"{hour - first}: {' and '.join(f'{count:,}' for count in counts)}"
            for hour, counts in account.recorded().items()
        )
        yield (
            f"| {name} | {account.tenant} "
            f"| {'bad' if account.record == ERRORS_INCREASE else 'all'} "
            f"| {seen.sent(account):,} | {account.counted:,} "
            f"| {seen.lost(account):,} of at most {seen.most_lost(account):,} | {seen.missed()} "
            f"| {hours} | {account.last_open():,} | {account.last_period():,} |"
        )
