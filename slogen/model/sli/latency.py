"""Indicators that count how many requests took too long."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model.arguments import blamed
from slogen.model.sli.event_names import event_name
from slogen.model.sli.missing import always_unknown
from slogen.promql.remedies import histogram_remedy, read_selector
from slogen.promql.selector import Selector, braced
from slogen.source import Origin, caller
from slogen.units import length, quoted, seconds

if TYPE_CHECKING:
    from slogen.units import Duration

Unit = Literal["s", "ms", "us", "ns"]

_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_UNITS_BY_SUFFIX: tuple[tuple[str, Unit], ...] = (
    ("_milliseconds", "ms"),
    ("_microseconds", "us"),
    ("_nanoseconds", "ns"),
    ("_seconds", "s"),
    ("_ms", "ms"),
)
_UNITS = '"s", "ms", "us" or "ns"'
_UNITS_BY_WORD = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("msec", "millis", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("\u00b5s", "\u03bcs", "usec", "micros", "microsecond", "microseconds"), "us"),
    **dict.fromkeys(("nsec", "nanos", "nanosecond", "nanoseconds"), "ns"),
}
_PARTS = ("_bucket", "_count", "_sum")


def _histogram(value: Selector | str) -> Selector:
    selector = read_selector(value, histogram_remedy)
    if part := next((part for part in _PARTS if selector.metric.endswith(part)), None):
        whole = selector.metric.removesuffix(part)
        raise InvalidValue(
            "histogram", f'"{selector}"', "the histogram's own name", f"leave out {part}: {whole}"
        )
    if any(matcher.label == "le" for matcher in selector.matchers):
        raise InvalidValue(
            "histogram", f'"{selector}"', "matchers on other labels than le", "say under=..."
        )
    return selector


def _switch(value: bool) -> bool:  # noqa: FBT001 (a switch)
    if not isinstance(value, bool):
        raise InvalidValue("switch", repr(value), "True or False")
    return value


def _unit(value: Unit | None) -> Unit | None:
    if value is not None and value not in get_args(Unit):
        meant = _UNITS_BY_WORD.get(value.strip().lower(), "") if isinstance(value, str) else ""
        remedy = f"write {quoted(meant)}" if meant else ""
        raise InvalidValue("unit", repr(value), _UNITS, remedy)
    return value


@attrs.frozen(kw_only=True, field_transformer=blamed)
class Latency:
    """A histogram of durations: all observations are events, those above a threshold are bad.

    Compiles to what ``_count`` counted since the evaluation before as events, and to that without
    what the bucket at the threshold counted as errors, series by series; with ``native`` to
    ``histogram_count`` and ``histogram_fraction``.

    >>> Latency(histogram="http_request_duration_seconds", under="200ms").bound
    Decimal('0.2')

    Attributes:
        histogram: The histogram, without ``_bucket``.
        under: The threshold in seconds, given with a unit, such as ``"200ms"``; a request that
            takes exactly as long is good. Of a classic histogram it has to be a bucket's bound.
        unit: What the histogram measures in; known from a name that ends in ``_seconds`` and the
            like, asked for otherwise.
        native: Whether it is a native histogram. Prometheus 3 scrapes them, Prometheus 2.42 with
            ``--enable-feature=native-histograms``.
        when_missing: Always ``unknown``: without its counters nobody knows how many events there
            were.
        origin: Where it was written down.

    Raises:
        InvalidValue: If the unit is not known, or contradicts the name.
    """

    kind: ClassVar[str] = "latency"
    counts_events: ClassVar[bool] = True
    is_difference: ClassVar[bool] = False

    histogram: Selector = attrs.field(converter=_histogram)
    under: Decimal = attrs.field(converter=seconds)
    unit: Unit | None = attrs.field(default=None, converter=_unit)
    native: bool = attrs.field(default=False, converter=_switch)
    when_missing: Literal["unknown"] = attrs.field(default="unknown", converter=always_unknown)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Take the unit from the histogram's name, or check it against that."""
        named = unit_of(self.histogram.metric)
        if self.unit is None and named is not None:
            object.__setattr__(self, "unit", named)
        if self.unit is None:
            raise InvalidValue(
                "Latency.unit",
                f"not known from the name {self.histogram.metric}",
                f"the unit it measures in: {_UNITS}",
                origin=self.origin,
                argument="histogram",
            )
        if named is not None and named != self.unit:
            raise InvalidValue(
                "Latency.unit",
                f'"{self.unit}", but the name {self.histogram.metric} says "{named}"',
                f'"{named}", or nothing',
                origin=self.origin,
                argument="unit",
            )

    @property
    def queries(self) -> tuple[()]:
        """No free query: the histogram is all."""
        return ()

    @property
    def selectors(self) -> tuple[Selector]:
        """The histogram."""
        return (self.histogram,)

    @property
    def counts_whole_events(self) -> bool:
        """Whether each slow request counts as one: native histograms estimate within a bucket."""
        return not self.native

    @property
    def needed(self) -> tuple[Selector]:
        """The series that counts all observations, without which there is no data."""
        if self.native:
            return (self.histogram,)
        return (Selector(f"{self.histogram.metric}_count{braced(self.histogram.matchers)}"),)

    def bad_in_words(self, window: Duration) -> str:  # noqa: ARG002 (a histogram has no window)
        """Return what counts as bad."""
        return f"observations of {self.histogram} above {length(self.under)}"

    def good_in_words(self, window: Duration) -> str:  # noqa: ARG002 (a histogram has no window)
        """Return what counts as good."""
        return f"observations of {self.histogram} of at most {length(self.under)}"

    def bad_share(self, share: str) -> str:
        """Return the clause that says how much is bad.

        >>> Latency(histogram="http_request_duration_seconds", under="300ms").bad_share("9%")
        '9% of requests are slower than 300ms'
        """
        name = event_name(self.histogram.metric)
        return f"{share} of {name} are slower than {length(self.under)}"

    @property
    def bound(self) -> Decimal:
        """The threshold in the histogram's own unit."""
        assert self.unit is not None  # noqa: S101 (checked when it was made)
        return self.under * _PER_SECOND[self.unit]


def unit_of(metric: str) -> Unit | None:
    """Return the unit that a histogram's name tells; None if it tells none.

    >>> unit_of("rpc_duration_seconds"), unit_of("rpc_duration")
    ('s', None)
    """
    return next((unit for suffix, unit in _UNITS_BY_SUFFIX if metric.endswith(suffix)), None)
