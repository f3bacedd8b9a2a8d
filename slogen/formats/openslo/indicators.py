"""The indicators of OpenSLO's files, by the way in which they spend an error budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue, raise_all
from slogen.formats.imported.indicators import Indicator, of_events, of_ratio
from slogen.formats.imported.notes import CONTRADICTION, DIFFERS, LEFT_OUT, SIMPLIFIED
from slogen.formats.openslo.sources import query_and_place
from slogen.formats.openslo.spec import ObjectiveSpec
from slogen.formats.openslo.values import OPERATORS
from slogen.formats.yaml.faults import unreported
from slogen.model import ErrorRatio, Events, TimeSlices
from slogen.promql.counter_rates import (
    gives_one_series,
    is_rate,
    is_sum,
    names_counters,
    ranges,
    rated,
    rated_ratio,
    reads_ranges,
    summed_by,
)
from slogen.promql.query import Query
from slogen.source import read_from
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.imported.notes import Notes
    from slogen.formats.openslo.documents import Registry
    from slogen.formats.openslo.spec import RatioMetricSpec, SLISpec
    from slogen.formats.yaml.nodes import Node

_METHODS = ("Timeslices", "RatioTimeslices")


@attrs.frozen(kw_only=True)
class Budgeting:
    """How an error budget is spent.

    Attributes:
        method: ``Occurrences``, ``Timeslices`` or ``RatioTimeslices``.
        objective: The objective, with its slices and its comparison.
    """

    method: str
    objective: ObjectiveSpec

    def slice(self) -> Duration:
        """Return the length of a slice.

        Raises:
            InvalidValue: If the file does not say it.
        """
        if self.objective.time_slice_window is None:
            raise self._missing("timeSliceWindow", "a duration, such as 1m")
        return self.objective.time_slice_window

    def comparison(self) -> str:
        """Return the comparison that good values satisfy.

        Raises:
            InvalidValue: If the file does not say it.
        """
        if not self.objective.op:
            raise self._missing("op", ", ".join(OPERATORS))
        if self.objective.value is None:
            raise self._missing("value", "a number that values are compared with")
        return f"{OPERATORS[self.objective.op]} {number(self.objective.value)}"

    def missing_target(self) -> InvalidValue:
        """Return the fault of an objective that does not say when a slice is good."""
        return self._missing("timeSliceTarget", "the part of a slice that has to be good: 0.95")

    def _missing(self, key: str, allowed: str) -> InvalidValue:
        return InvalidValue(key, "missing", allowed, origin=self.objective.origin)


def indicator_of(
    spec: SLISpec, budgeting: Budgeting, registry: Registry, notes: Notes
) -> Indicator:
    """Return the indicator of an SLO, and say what is left out or differs.

    Raises:
        InputError: If it cannot be read.
    """
    _warn_of_slices(budgeting, notes)
    if spec.threshold_metric is not None:
        query, node = query_and_place(spec.threshold_metric, registry, notes)
        with read_from(node):
            return _of_threshold(query, budgeting, node, notes)
    assert spec.ratio_metric is not None  # noqa: S101 (one of the two is there)
    _warn_of_comparison(budgeting, notes)
    if spec.ratio_metric.raw is not None:
        query, node = query_and_place(spec.ratio_metric.raw, registry, notes)
        is_good = spec.ratio_metric.raw_type == "success"
        with read_from(node):
            return _of_raw(query, budgeting, node, notes, is_good=is_good)
    return _of_ratio(spec.ratio_metric, budgeting, registry, notes)


def _of_ratio(
    spec: RatioMetricSpec, budgeting: Budgeting, registry: Registry, notes: Notes
) -> Indicator:
    """Return the indicator of two queries."""
    is_good = spec.good is not None
    metric = spec.good or spec.bad
    assert metric is not None  # noqa: S101 (checked when it was made)
    assert spec.total is not None  # noqa: S101 (checked when it was made)
    faults: list[InputError] = []
    found_of = []
    for each in (metric, spec.total):
        try:
            found_of.append(query_and_place(each, registry, notes))
        except InputError as fault:
            faults += unreported(fault)
    raise_all(faults)
    (part, place), (whole, _) = found_of
    is_counter = _is_counter(spec, (part, whole), notes)
    rates = [rated(query, is_counter=is_counter) for query in (part, whole)]
    with read_from(place):
        if rates[0] is None or rates[1] is None:
            if is_counter:
                _refuse_bare_counters(found_of, rates)
            return _uncounted(part, whole, budgeting, place, notes, is_good=is_good)
        rated_part, rated_whole = _alike(rates[0], rates[1], place, notes)
        found = _counted(rated_part, rated_whole, is_good=is_good)
        if budgeting.method in _METHODS:
            sides = (_summed(query, found) for query in (rated_part, rated_whole))
            made = _sliced(_share(*sides), budgeting, place, notes, is_good=is_good)
            return attrs.evolve(made, group_by=found.group_by)
        _say_of_counters(found, (part, whole), place, notes)
        if not found.is_counted and not (gives_one_series(part) and gives_one_series(whole)):
            said = "slogen sums all series of both queries, unless group_by names labels"
            notes.add(DIFFERS, said, place)
        return found


def _is_counter(spec: RatioMetricSpec, queries: tuple[Query, Query], notes: Notes) -> bool:
    """Tell whether queries without ranges read counters."""
    if spec.counter is not None or all(map(reads_ranges, queries)):
        return bool(spec.counter)
    if all(map(names_counters, queries)):
        said = "counter is not given: slogen takes true, by the names of the metrics"
        notes.add(CONTRADICTION, said, spec.origin, remedy="write counter: true")
        return True
    return False


def _refuse_bare_counters(
    found_of: Sequence[tuple[Query, Node]], rates: Sequence[Query | None]
) -> None:
    """Refuse counters that would be divided as they stand, since their processes started.

    Raises:
        InvalidValue: If a query has no rate and is no sum of counters, or the other one has none.
    """
    if all(reads_ranges(query) for query, _ in found_of):
        return
    query, place = next(found for found, rate in zip(found_of, rates, strict=True) if rate is None)
    raise InvalidValue(
        "query",
        f"{query.text}, which is no sum of counters",
        "a sum of counters, or of their rates: sum(errors_total), sum(rate(errors_total[$window]))",
        "write rates in both queries, or counter: false for what is no counter",
        origin=place,
    )


def _alike(part: Query, whole: Query, place: Node, notes: Notes) -> list[Query]:
    """Return two sums of rates, both without labels where one of them is."""
    both = [part, whole]
    if is_sum(part) == is_sum(whole):
        return both
    made = [Query(f"sum({query})") if is_rate(query) else query for query in both]
    if made != both:
        said = "one query sums all series and the other one keeps every label: both sum them"
        notes.add(DIFFERS, said, place)
    return made


def _counted(part: Query, whole: Query, *, is_good: bool) -> Indicator:
    """Return the indicator of two sums of rates."""
    if not is_good:
        return of_events(part, whole)
    found = of_ratio(Query(f"1 - ({part}) / ({whole})"))
    if isinstance(found.sli, ErrorRatio):
        return Indicator(sli=Events(total=whole, good=part), is_counted=False)
    return found


def _summed(query: Query, found: Indicator) -> str:
    """Return a query that gives one series, or one for each group."""
    return f"sum({query})" if found.is_per_series else _operand(query)


def _operand(query: Query) -> str:
    return f"{query}" if query.is_atomic else f"({query})"


def _share(part: str, whole: str) -> str:
    """Return a part of all; without its series, it is none of them."""
    return f"({part} or 0 * {whole}) / {whole}"


def _uncounted(  # noqa: PLR0913 (what a ratio depends on)
    part: Query,
    whole: Query,
    budgeting: Budgeting,
    place: Node,
    notes: Notes,
    *,
    is_good: bool,
) -> Indicator:
    """Return the indicator of two queries whose results are divided, moment by moment."""
    sides = (_operand(part), _operand(whole))
    ratio = _share(*sides) if is_sum(part) and is_sum(whole) else " / ".join(sides)
    if budgeting.method in _METHODS:
        return _sliced(ratio, budgeting, place, notes, is_good=is_good)
    notes.add(
        DIFFERS,
        "its queries count with no counter, so that their ratio is read at each evaluation, and "
        "each moment weighs the same, however many events it has",
        place,
    )
    bad = f"1 - {ratio}" if is_good else ratio
    return Indicator(sli=ErrorRatio(query=bad), is_counted=False)


def _of_raw(
    query: Query, budgeting: Budgeting, place: Node, notes: Notes, *, is_good: bool
) -> Indicator:
    """Return the indicator of a query that gives a ratio."""
    ratio = rated_ratio(query) or query
    _warn_of_bare_counters(query, place, notes)
    found = of_ratio(Query(f"1 - ({ratio})") if is_good else ratio)
    if budgeting.method in _METHODS:
        made = _sliced(ratio.text, budgeting, place, notes, is_good=is_good)
        return attrs.evolve(made, group_by=found.group_by)
    if found.is_counted:
        _say_of_counters(found, (query,), place, notes)
    else:
        notes.add(
            DIFFERS,
            "the ratio is read at each evaluation and averaged: each moment weighs the same",
            place,
        )
    return found


def _warn_of_bare_counters(query: Query, place: Node, notes: Notes) -> None:
    """Say that counters are divided as they stand, since their processes started."""
    has_range = reads_ranges(query) or ranges(query) or query.uses_window
    if len(query.metrics) > 1 and names_counters(query) and not has_range:
        said = "by their names it divides counters without rate(): the ratio is that of all time"
        remedy = "write rates, or good, bad and total with counter: true"
        notes.add(CONTRADICTION, said, place, remedy=remedy)


def _sliced(
    ratio: str, budgeting: Budgeting, place: Node, notes: Notes, *, is_good: bool
) -> Indicator:
    """Return the indicator of time slices, each of which is judged by its ratio, or counts it.

    Args:
        ratio: Which part of events is good or bad, over ``$window``.
        budgeting: How the budget is spent.
        place: Where the query stands.
        notes: What is said about it.
        is_good: Whether the part is that of the good ones.
    """
    length, target = budgeting.slice(), budgeting.objective.time_slice_target
    query = Query(ratio)
    over = query.with_window(length) if query.uses_window else _averaged(ratio, length)
    _say_of_slices(length, place, notes)
    if budgeting.method == "RatioTimeslices":
        bad = f"1 - ({over})" if is_good else over
        return Indicator(sli=ErrorRatio(query=bad), is_counted=False)
    if target is None:
        raise budgeting.missing_target()
    good_when = f">= {number(target)}" if is_good else f"<= {number(1 - target)}"
    return Indicator(sli=TimeSlices(query=over, good_when=good_when), is_counted=False)


def _say_of_slices(length: Duration, place: Node, notes: Notes) -> None:
    said = "slices of {} do not stand side by side: each evaluation looks back over {}"
    notes.add(DIFFERS, said.format(length, length), place)


def _averaged(text: str, length: Duration) -> str:
    return f"avg_over_time(({text})[{length}:])"


def _of_threshold(query: Query, budgeting: Budgeting, place: Node, notes: Notes) -> Indicator:
    """Return the indicator of values that are compared with a number."""
    good_when, target = budgeting.comparison(), budgeting.objective.time_slice_target
    if labels := summed_by(query):
        said = (
            f"a moment is bad where the value of one {', '.join(labels)} is: group_by would give "
            "each an error budget of its own"
        )
        notes.add(DIFFERS, said, place)
    if budgeting.method != "Timeslices":
        what = "data points" if budgeting.method == "Occurrences" else "slices"
        said = f"each evaluation counts as much time as any other; OpenSLO counts {what}"
        notes.add(DIFFERS, said, place)
        return Indicator(sli=TimeSlices(query=query, good_when=good_when), is_counted=False)
    length = budgeting.slice()
    _say_of_slices(length, place, notes)
    text = query.with_window(length)
    operator, _, limit = good_when.partition(" ")
    over = _averaged(f"({text}) {operator} bool {limit}", length)
    if target is None:
        raise budgeting.missing_target()
    return Indicator(sli=TimeSlices(query=over, good_when=f">= {number(target)}"), is_counted=False)


def _warn_of_slices(budgeting: Budgeting, notes: Notes) -> None:
    """Say that a method has no slices, or does not judge them."""
    objective, method = budgeting.objective, budgeting.method
    given = {
        "timeSliceTarget": objective.time_slice_target is not None and method != "Timeslices",
        "timeSliceWindow": objective.time_slice_window is not None and method not in _METHODS,
    }
    for key in (key for key, is_given in given.items() if is_given):
        said = f"{key} is left out: budgetingMethod is {method}"
        remedy = "leave it out, or write budgetingMethod: Timeslices"
        notes.add(LEFT_OUT, said, objective.origin, argument=key, remedy=remedy)


def _warn_of_comparison(budgeting: Budgeting, notes: Notes) -> None:
    """Say that a ratio is compared with its target alone."""
    objective = budgeting.objective
    for key, given in (("op", bool(objective.op)), ("value", objective.value is not None)):
        if given:
            said = f"{key} is left out: a ratio is compared with the target, whatever {key} says"
            notes.add(LEFT_OUT, said, objective.origin, argument=key, remedy="leave it out")


def _say_of_counters(
    found: Indicator, queries: tuple[Query, ...], place: Node, notes: Notes
) -> None:
    """Say what is left out of the queries of counters, and what they mean instead."""
    for text in dict.fromkeys(found.needless):
        reason = "slogen counts an empty query as 0, and records no ratio without events"
        notes.add(SIMPLIFIED, f"`{text}` is left out: {reason}", place)
    for text in dict.fromkeys(range_ for query in queries for range_ in ranges(query)):
        notes.add(SIMPLIFIED, f"the range {text} is left out: slogen counts all events", place)
    if found.merged:
        many = ", ".join(found.merged)
        notes.add(DIFFERS, f"one counter stands for {many}; one of them may be missing", place)
    if found.is_per_series:
        said = "the queries keep every label: slogen sums all series, unless group_by names labels"
        notes.add(DIFFERS, said, place)
    if found.group_by:
        labels = ", ".join(found.group_by)
        notes.add(DIFFERS, f"each {labels} has an error budget of its own (group_by)", place)
