"""Facts about traffic and servers that slogen cannot know, and that a user may give."""

from __future__ import annotations

import attrs

from slogen.units import Duration


@attrs.frozen(kw_only=True)
class Given:
    """What a user says about traffic and servers.

    Attributes:
        traffic: Events a day of an SLO; None if nothing is said.
        retention: For how long Prometheus keeps samples; None if nothing is said.
        external_labels: The labels in which the Prometheus servers differ whose series one Thanos
            or Mimir has; none if nothing is said.
    """

    traffic: int | None = None
    retention: Duration | None = None
    external_labels: tuple[str, ...] = ()

    def completed(self, other: Given) -> Given:
        """Return these facts, with those of another where these say nothing."""
        return Given(
            traffic=other.traffic if self.traffic is None else self.traffic,
            retention=self.retention or other.retention,
            external_labels=self.external_labels or other.external_labels,
        )
