"""What holds for all SLOs of one build."""

from __future__ import annotations

import attrs

from slogen.errors import InvalidValue
from slogen.model.arguments import blamed
from slogen.naming import Naming
from slogen.source import Origin, caller
from slogen.units import Duration

SHORTEST_SCRAPE = Duration("1s")
LONGEST_SCRAPE = Duration("1m")


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Settings:
    """What the rules have to know about the Prometheus that runs them.

    Attributes:
        scrape_interval: How often the SLI's series are scraped: whole seconds that divide two
            minutes, from 1s to 1m.
        naming: The names of the identity labels.
        origin: Where it was written down.
    """

    scrape_interval: Duration = attrs.field(default=Duration("30s"), converter=Duration)
    naming: Naming = attrs.field(factory=Naming)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that tiles of two minutes can be made of whole scrapes."""
        interval = self.scrape_interval
        if not SHORTEST_SCRAPE <= interval <= LONGEST_SCRAPE or 120_000 % interval.milliseconds:
            raise InvalidValue(
                "Settings.scrape_interval",
                f"{interval}",
                "a part of two minutes: 1s, 5s, 10s, 15s, 20s, 30s, 40s, 1m, ...",
                origin=self.origin,
                argument="scrape_interval",
            )
