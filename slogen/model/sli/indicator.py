"""What every kind of SLI says of itself, whatever it measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from slogen.model.sli.missing import WhenMissing
    from slogen.promql.query import Query
    from slogen.promql.selector import Selector
    from slogen.source import Origin
    from slogen.units import Duration


class Indicator(Protocol):
    """A kind of SLI, as the rest of slogen speaks of it.

    Attributes:
        kind: The name of the kind, as YAML and the info series spell it.
        counts_events: Whether it counts events; if not, it counts time.
        is_difference: Whether it subtracts two metrics, which are seen at different moments.
        counts_whole_events: Whether each bad event counts as one.
        when_missing: What a moment without data means.
        origin: Where it was written down.
    """

    kind: ClassVar[str]
    counts_events: ClassVar[bool]

    @property
    def is_difference(self) -> bool:
        """Whether it subtracts two metrics, which are seen at different moments."""
        ...

    @property
    def counts_whole_events(self) -> bool:
        """Whether each bad event counts as one."""
        ...

    @property
    def when_missing(self) -> WhenMissing:
        """What a moment without data means."""
        ...

    @property
    def origin(self) -> Origin | None:
        """Where it was written down."""
        ...

    @property
    def queries(self) -> tuple[Query, ...]:
        """The free queries that it reads."""
        ...

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors that it reads."""
        ...

    @property
    def needed(self) -> tuple[Selector | Query, ...]:
        """What there has to be for any data: selectors of existing series, or whole queries."""
        ...

    def bad_in_words(self, window: Duration) -> str:
        """Return what counts as bad, as a person says it, with a window for ``$window``."""
        ...

    def good_in_words(self, window: Duration) -> str:
        """Return what counts as good, likewise."""
        ...

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad, such as ``9% of requests fail``."""
        ...
