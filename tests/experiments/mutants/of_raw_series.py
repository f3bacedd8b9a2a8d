"""Mutants of the raw series that proofs feed: which are selected, and what they show."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_RAW_SERIES = (
    *mutants(
        "slogen.proof.kinds.up:series_of_up",
        (
            "proof-up",
            "1 - ratio",
            "ratio",
            "a gauge that is up is down",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.time_slices:series_of_time_slices",
        (
            "proof-side",
            "bad[0] if ratio else good[0]",
            "good[0] if ratio else bad[0]",
            "values are on the other side of the limit",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.queried:QueriedSeries._undone",
        (
            "proof-undone",
            "(value - self.query.constant) / self.query.factor",
            "value - self.query.constant",
            "a query does not give what is wanted",
        ),
    ),
    *mutants(
        "slogen.proof.matching:_holds",
        (
            "proof-part-of-value",
            "{'=', '=~'}",
            "{'='}",
            "a regex matches what it does not",
        ),
    ),
    *mutants(
        "slogen.proof.matching:_recognizer",
        (
            "proof-dot",
            "True",
            "False",
            "dots miss line breaks",
        ),
    ),
    *mutants(
        "slogen.proof.sampling:satisfying",
        (
            "proof-misses",
            "(*matchers, broken.negated)",
            "(*matchers, broken)",
            "good events are bad",
        ),
    ),
    *mutants(
        "slogen.proof.buckets:spelled",
        (
            "proof-bucket-twice",
            "[3, *[1] * (len(subject.groups) - 1)]",
            "[4, *[1] * (len(subject.groups) - 1)]",
            "a bucket with two spellings is said to count twice",
        ),
    ),
    *mutants(
        "slogen.proof.buckets:_others",
        (
            "proof-one-spelling",
            "{**second, LE: spelling}",
            "second",
            "no series spells the bound in another way",
        ),
    ),
    *mutants(
        "slogen.proof.drawing:alternatives",
        (
            "proof-bars-within-groups",
            "token.kind == 'bar' and (not depth)",
            "token.kind == 'bar'",
            "a piece of an alternative is taken for all of it",
        ),
    ),
    *mutants(
        "slogen.proof.drawing:drawn",
        (
            "proof-laborious-regexes",
            "_is_laborious(read)",
            "False",
            "a regex takes minutes",
        ),
        (
            "proof-one-attempt",
            "seed + attempt",
            "seed",
            "each text that is drawn is the first one",
        ),
    ),
    *mutants(
        "slogen.proof.drawing:_Readable.choice",
        (
            "proof-unreadable-texts",
            "max(alphabet, len(_ALPHABETS) - 1)",
            "len(_ALPHABETS)",
            "texts hold signs that nobody reads",
        ),
    ),
    *mutants(
        "slogen.proof.groups:group_labels",
        (
            "proof-one-group",
            "names[-1]",
            "names[0]",
            "no second group is fed",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.__init__:KINDS",
        (
            "proof-histogram-is-a-counter",
            "{Latency: series_of_latency}",
            "{Latency: series_of_events}",
            "no proof can be made of a histogram",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.error_ratio:series_of_error_ratio",
        (
            "proof-ratio-of-all",
            "any(map(query.can_give, _ABOVE_ZERO))",
            "all(map(query.can_give, _ABOVE_ZERO))",
            "a ratio that is never small is said to be never bad",
        ),
        (
            "proof-ratio-never-zero",
            "query.can_give(Fraction(0)) and query.can_give(Fraction(1))",
            "query.can_give(Fraction(1))",
            "a proof asks for a ratio of 0 that the query cannot give",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.events:series_of_events",
        (
            "proof-good-part-is-optional",
            "None if sli.is_difference else name",
            "name",
            "events of which nobody counts the good ones are said to be bad",
        ),
        (
            "proof-series-are-not-joined",
            "total.metric != part.metric and set(total.matchers) == set(part.matchers)",
            "False",
            "a series of which one counter gives NaN is not fed",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.events:_counters",
        (
            "proof-part-of-another-total",
            "(*total.matchers, *part.matchers)",
            "part.matchers",
            "bad events are fed that are no events",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.held:HeldSeries.beside",
        (
            "proof-rest-is-all",
            "value - driven.show(ratio) if is_rest else value",
            "value",
            "the part grows, and the rest of the sum stays as it is",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.held:HeldSeries.shared",
        (
            "proof-parts-are-not-joined",
            "matcher.label not in own",
            "not own",
            "a query that joins two series finds no pair",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.held:HeldSeries._labels",
        (
            "proof-rest-is-the-part",
            "self.driven.matchers if same else ()",
            "()",
            "the rest of a sum is the part once more",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.latency:_spelling",
        (
            "proof-same-spelling",
            "spelling if spelling != number(bound) else ''",
            "spelling",
            "one series is fed twice",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.latency:_counters",
        (
            "proof-all-events-are-slow",
            "{**labels, LE: '+Inf'}",
            "labels",
            "no bucket holds all events",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.raw:RawCounters.counted",
        (
            "proof-good-is-bad",
            "part if self.part_name == 'bad' else events - part",
            "part",
            "good events are said to be bad",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.raw:RawStates.variants",
        (
            "proof-no-other-states",
            "self._selecting(one.state) == own",
            "False",
            "a regex of a state may be made narrower",
        ),
        (
            "proof-merged-somehow",
            "one.merge != 'unknown'",
            "True",
            "a series takes a turn of which it is not known what the query makes",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.sources:State.identity",
        (
            "proof-order-of-labels",
            "frozenset(self.labels.items())",
            "tuple(self.labels.items())",
            "a series is fed twice whose labels are ordered in two ways",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.turns:_Course.of_stray",
        (
            "proof-strays-agree",
            "self._beside(given, merge)",
            "given",
            "a series that is let in changes nothing",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.turns:_Course._changed",
        (
            "proof-turn-under-an-average",
            "self.averaged * (self.end - self.begin)",
            "self.end - self.begin",
            "one of several series is said to change an average as if it were alone",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.turns:_Course.of_rest",
        (
            "proof-rest-stays",
            "list(range(1, 1 + self.moves))",
            "[0] * self.moves",
            "a part of a whole may be made wider",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.raw:RawStates.several",
        (
            "proof-without-nan",
            "(ZERO, self.bad, *self.beyond, NAN)",
            "(ZERO, self.bad, *self.beyond)",
            "no series gives NaN",
        ),
        (
            "proof-only-the-good-one",
            "self.merge(ratios[:2])",
            "ratios[0]",
            "a bad series is said not to count",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.selecting:Selection.near_misses",
        (
            "proof-other-buckets-are-strays",
            "matcher.label != LE",
            "True",
            "a bucket with another bound is said to count",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.selecting:free_label",
        (
            "proof-label-is-taken",
            "label not in named",
            "True",
            "series differ by a label that the SLI selects by",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.sources:Counter.share",
        (
            "proof-bad-beside-all",
            "events - (errors or 0)",
            "events",
            "good events stay when all are bad",
        ),
    ),
    *mutants(
        "slogen.proof.kinds.sources:State._shown",
        (
            "proof-nan-is-a-state",
            "phase.errors if phase.errors.is_nan() else self.show(phase.errors)",
            "self.show(phase.errors)",
            "where a series gives NaN it shows a value",
        ),
    ),
    *mutants(
        "slogen.proof.spoilt:_not_counters",
        (
            "proof-nothing-goes-astray",
            "astray if source is wrong else still",
            "still",
            "no counter goes to Inf",
        ),
    ),
    *mutants(
        "slogen.proof.spoilt:_half_nan",
        (
            "proof-both-halves-count",
            "(source.part == 'all') is (part == 'all')",
            "False",
            "no counter gives NaN, and nothing is said to count",
        ),
    ),
    *mutants(
        "slogen.proof.spoilt:_half_known",
        (
            "proof-known-all-along",
            "(NAN, _GROWN)",
            "(_GROWN, _GROWN)",
            "no counter gave NaN before, and nothing is said to count",
        ),
    ),
    *mutants(
        "slogen.proof.spoilt:_all_nan",
        (
            "proof-nan-is-zero",
            "Samples(samples, NAN)",
            "Samples(samples, ZERO)",
            "no series gives NaN",
        ),
    ),
)
