"""What PromQL has had only since Prometheus 2.42, or has behind a flag.

promql-parser knows the PromQL of the newest Prometheus, with all that is experimental there. The
versions are those of Prometheus' CHANGELOG; what they say of 2.42 and 3.5 is tested with promtool.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import attrs

from slogen.promql.lexing import Token, durations, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Version = tuple[int, int]

_FUNCTIONS = "promql-experimental-functions"
_UNIT = re.compile(r"(?:[0-9]+(?:ms|[smhdwy]))+")
# What opens a list of labels or of matchers; other strings are arguments and values.
_NAMING = frozenset({"{", "by", "without", "on", "ignoring", "group_left", "group_right"})


@attrs.frozen
class Feature:
    """A part of PromQL that a version of Prometheus may lack.

    Attributes:
        name: What it is called, such as ``histogram_avg()``.
        since: The first version that knows it.
        flag: The flag that it is hidden behind, if it is.
        stable: The first version that needs no flag any more, if there is one.
    """

    name: str
    since: Version
    flag: str = ""
    stable: Version | None = None

    def is_in(self, version: Version) -> bool:
        """Return whether a server of a version knows it without a flag."""
        needed = self.stable if self.flag else self.since
        return needed is not None and version >= needed

    def lack(self, version: Version) -> tuple[str, str]:
        """Return what is wrong with it in a version without it, and what to do."""
        needed = self.stable if self.flag else self.since
        if needed is None:
            found = f"{self.name} is experimental: it needs --enable-feature={self.flag}"
            return found, "write the query without it: slogen's rules must not need a feature flag"
        found = f"{self.name} is not in Prometheus {spelled(version)}"
        return found, f'let the settings say prometheus "{spelled(needed)}", or write it without'


def _functions(names: str, since: Version, flag: str = "") -> dict[str, Feature]:
    return {name: Feature(f"{name}()", since, flag) for name in names.split()}


FUNCTIONS: Mapping[str, Feature] = {
    **_functions("histogram_stddev histogram_stdvar", (2, 47)),
    **_functions("mad_over_time sort_by_label sort_by_label_desc", (2, 49), _FUNCTIONS),
    **_functions("histogram_avg", (2, 51)),
    **_functions("limitk limit_ratio", (2, 54), _FUNCTIONS),
    **_functions("info", (2, 55), _FUNCTIONS),
    **_functions("double_exponential_smoothing", (3, 0), _FUNCTIONS),
    **_functions("ts_of_last_over_time ts_of_max_over_time", (3, 5), _FUNCTIONS),
    **_functions("ts_of_min_over_time", (3, 5), _FUNCTIONS),
    "first_over_time": Feature("first_over_time()", (3, 7), _FUNCTIONS, stable=(3, 14)),
    **_functions("ts_of_first_over_time", (3, 7), _FUNCTIONS),
    **_functions("fill fill_left fill_right", (3, 10), "promql-binop-fill-modifiers"),
    **_functions("histogram_quantiles", (3, 11), _FUNCTIONS),
    **_functions("start end range step", (3, 12), _FUNCTIONS),
    **_functions("max_of min_of", (3, 13), _FUNCTIONS),
    **_functions("start_timestamp", (3, 14), "use-start-timestamps"),
    **_functions("integral", (3, 16), _FUNCTIONS),
}
"""Functions, aggregations and what else is written like a function, by name."""

# Experiments of 2.54 and 2.55 that 3.0 made stable.
_UNIT_AS_NUMBER = "the duration {} as a number"
_NUMBER_AS_DURATION = "the number {} as a duration"
_QUOTED_NAME = "the quoted name {}"
_STABLE: Version = (3, 0)


def features(text: str) -> Iterator[Feature]:
    """Yield what of a query not every Prometheus since 2.42 knows.

    >>> [feature.name for feature in features("histogram_avg(x) > 5m")]
    ['histogram_avg()', 'the duration 5m as a number']
    """
    lexed = tokens(text)
    yield from _functions_in(lexed)
    yield from _numbers_in(lexed)
    yield from _quoted_names_in(lexed)


def spelled(version: Version) -> str:
    """Return a version as text."""
    return f"{version[0]}.{version[1]}"


def _solid(lexed: tuple[Token, ...]) -> list[Token]:
    return [token for token in lexed if token.kind != "space"]


def _functions_in(lexed: tuple[Token, ...]) -> Iterator[Feature]:
    """Yield functions: their names are names of metrics and labels elsewhere."""
    edge = Token("space", "")
    solid = [edge, *_solid(lexed), edge]
    for before, token, after in zip(solid, solid[1:], solid[2:], strict=False):
        # "x @ end()" is older than the function end(); "limitk by (a) (1, x)" is a call, too.
        called = after.text.lower() in {"(", "by", "without"} and before.text != "@"
        if called and token.kind == "word" and token.text.lower() in FUNCTIONS:
            yield FUNCTIONS[token.text.lower()]


def _numbers_in(lexed: tuple[Token, ...]) -> Iterator[Feature]:
    """Yield numbers where durations stand, and the other way round."""
    places = set(durations(lexed))
    for index, token in enumerate(lexed):
        if token.kind != "number":
            continue
        if index not in places and _UNIT.fullmatch(token.text):
            yield Feature(_UNIT_AS_NUMBER.format(token.text), _STABLE)
        elif index in places and not _UNIT.fullmatch(token.text):
            yield Feature(_NUMBER_AS_DURATION.format(token.text), _STABLE)


def _quoted_names_in(lexed: tuple[Token, ...]) -> Iterator[Feature]:
    """Yield names of metrics and labels that stand in quotation marks."""
    opened: list[str] = []
    for before, token in itertools.pairwise([Token("space", ""), *_solid(lexed)]):
        if token.text in {"(", "[", "{"}:
            opened.append(before.text.lower() if token.text == "(" else token.text)
        elif token.text in {")", "]", "}"}:
            opened.pop()
        elif token.kind == "string" and before.text in {"{", "(", ","} and opened[-1] in _NAMING:
            yield Feature(_QUOTED_NAME.format(token.text), _STABLE)
