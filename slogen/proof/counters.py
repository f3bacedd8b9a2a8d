"""Counters that an SLI's own selectors select, and such as they must pass over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from slogen.model import Events, Latency
from slogen.promql.selector import Matcher, Selector
from slogen.proof.sampling import CannotSample, distinct, matches, near_misses, satisfying
from slogen.proof.subject import Labels, selector
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from slogen.model import SLI, SLO

Part = Literal["all", "good", "bad"]

_LE = "le"


@attrs.frozen
class Counter:
    """A counter.

    Attributes:
        metric: Its name.
        labels: Its labels.
        part: Which events it counts.
    """

    metric: str
    labels: Labels = attrs.field(hash=False)
    part: Part

    @property
    def series(self) -> str:
        """The counter as PromQL selects it."""
        return selector(self.metric, self.labels)

    def share(self, events: Decimal | None, errors: Decimal | None) -> Decimal | None:
        """Return how many of the events it counts; None where it does not exist."""
        if events is None or self.part == "all":
            return events
        if self.part == "bad":
            return errors
        return events - (errors or 0)


def group_labels(slo: SLO, *, is_raw: bool) -> tuple[Labels, ...]:
    """Return the labels of a group, and of a second one where selectors leave room for it.

    Args:
        slo: The SLO.
        is_raw: Whether counters have to have these labels, and so selectors to select them.

    Raises:
        CannotSample: If no group can be made that the selectors select.
    """
    matchers = _all_matchers(slo.sli) if is_raw else ()
    values = {
        label: distinct(label, tuple(one for one in matchers if one.label == label), 2)
        for label in slo.group_by
    }
    first = {label: names[0] for label, names in values.items()}
    second = {label: names[-1] for label, names in values.items()}
    return (first,) if first == second else (first, second)


def _all_matchers(sli: SLI) -> tuple[Matcher, ...]:
    match sli:
        case Latency(native=False):
            return sli.histogram.matchers
        case Events(total=Selector() as total, bad=bad, good=good):
            part = bad or good
            return (*total.matchers, *(part.matchers if isinstance(part, Selector) else ()))
        case _:
            return ()


def counters_of(sli: SLI, group: Labels) -> tuple[Counter, ...]:
    """Return the counters of one group.

    Raises:
        CannotSample: If there are none, or none can be made that the selectors select.
    """
    match sli:
        case Latency(native=False):
            return tuple(_of_histogram(sli, group))
        case Events(total=Selector() as total, bad=Selector() as bad):
            return _of_parts(total, bad, "bad", group)
        case Events(total=Selector() as total, good=Selector() as good):
            return _of_parts(total, good, "good", group)
        case Latency():
            raise CannotSample("Prometheus 2.42 has no notation for native histograms in tests")
        case Events():
            raise CannotSample("a query of one's own says not which series it is made from")
        case _:
            raise CannotSample(f"an indicator of the kind {sli.kind} counts no events")


def strays(sli: SLI, group: Labels) -> tuple[Counter, ...]:
    """Return counters that each fail one matcher of a selector.

    Some of them count nevertheless: what fails the matcher of the bad events is a good one.
    """
    found: dict[str, Counter] = {}
    for metric, matchers in _selected(sli):
        for matcher, labels in near_misses(matchers, beside=group):
            if matcher.label != _LE:
                stray = Counter(metric, labels, "all")
                found.setdefault(stray.series, stray)
    return tuple(found.values())


def is_event(sli: SLI, counter: Counter) -> bool:
    """Tell whether a counter is one of all events."""
    return _is_selected(_selected(sli)[0], counter)


def is_part(sli: SLI, counter: Counter) -> bool:
    """Tell whether a counter is one of the bad events, or of the good ones where those count."""
    return _is_selected(_selected(sli)[1], counter)


_Selected = tuple[str, tuple[Matcher, ...]]


def _is_selected(selected: _Selected, counter: Counter) -> bool:
    metric, matchers = selected
    return counter.metric == metric and matches(matchers, counter.labels)


def _selected(sli: SLI) -> tuple[_Selected, _Selected]:
    """Return metric and matchers of what is counted as a whole, and of what as a part."""
    if isinstance(sli, Latency):
        metric, matchers = sli.histogram.metric, sli.histogram.matchers
        bound = Matcher(_LE, "=", number(sli.bound))
        return (f"{metric}_count", matchers), (f"{metric}_bucket", (*matchers, bound))
    assert isinstance(sli, Events)  # noqa: S101 (`counters_of` refuses all others)
    total, part = sli.total, sli.bad or sli.good
    assert isinstance(total, Selector)  # noqa: S101
    assert isinstance(part, Selector)  # noqa: S101
    return (total.metric, total.matchers), (part.metric, part.matchers)


def _of_histogram(sli: Latency, group: Labels) -> Iterator[Counter]:
    metric = sli.histogram.metric
    labels = satisfying(sli.histogram.matchers, beside=group)
    yield Counter(f"{metric}_bucket", {**labels, _LE: number(sli.bound)}, "good")
    yield Counter(f"{metric}_bucket", {**labels, _LE: "+Inf"}, "all")
    yield Counter(f"{metric}_count", labels, "all")


def _of_parts(
    total: Selector, part: Selector, name: Literal["good", "bad"], group: Labels
) -> tuple[Counter, ...]:
    """Return a counter of the part and one of the rest; or of all, where that is another series."""
    rest: Part = "bad" if name == "good" else "good"
    if total.metric != part.metric:
        return (
            Counter(total.metric, satisfying(total.matchers, beside=group), "all"),
            Counter(part.metric, satisfying(part.matchers, beside=group), name),
        )
    others = satisfying(total.matchers, but=part.matchers, beside=group)
    try:
        within = satisfying((*total.matchers, *part.matchers), beside=group)
    except CannotSample:
        apart = satisfying(part.matchers, but=total.matchers, beside=group)
        return (
            Counter(total.metric, others, "all"),
            Counter(part.metric, apart, name),
        )
    return Counter(total.metric, others, rest), Counter(part.metric, within, name)
