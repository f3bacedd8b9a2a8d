"""Labels that satisfy the matchers of a selector, or on purpose do not.

People read the tests that these labels end up in. So what they may know comes first: what the
matchers name, then values that are usual (``500``, ``GET``, ``other``), and only then characters
that are drawn from a regex. Each value is tried on all matchers of its label before it is taken.
"""

from __future__ import annotations

import contextlib
import string
from itertools import chain, islice
from typing import TYPE_CHECKING

from slogen.promql.quoting import quote
from slogen.promql.selector import Matcher, braced
from slogen.proof.drawing import alternatives, drawn
from slogen.proof.matching import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["CannotSample", "distinct", "further", "matches", "near_misses", "satisfying"]

_CODES = ("200", "404", "500", "503", "302", "429", "400", "401", "403", "502", "504", "100")
_METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")
_OF_LABELS = {"code": _CODES, "status": _CODES, "method": _METHODS}
_OF_ANY_LABEL = (
    *("success", "error", "ok", "failed", "true", "false", "production", "api", "/", "a", "1", "0"),
    *(_CODES + _METHODS),
)
_LONGEST_VALUE = 200
_MOST_FURTHER = 4


class CannotSample(Exception):
    """No labels were found; the message says for which matchers."""


def satisfying(
    matchers: tuple[Matcher, ...],
    *,
    but: tuple[Matcher, ...] = (),
    beside: Mapping[str, str] = {},
) -> dict[str, str]:
    """Return labels that satisfy matchers, and fail others where there are some.

    >>> requests = (Matcher("job", "=", "shop"),)
    >>> satisfying(requests, but=(*requests, Matcher("code", "=~", "5..")))
    {'job': 'shop', 'code': '200'}

    Args:
        matchers: What has to hold.
        but: Matchers of which one must not hold, whatever the others do; any may if there are
            none here.
        beside: Labels that are there already. They are returned with the others, and `matchers`
            cannot change them.

    Returns:
        The labels in the order in which the matchers name them; none of them is empty.

    Raises:
        CannotSample: If there are no such labels, or none that were found.
        ModuleNotFoundError: If a matcher has a regex, and the extra ``slogen[proof]`` is not
            installed.
    """
    labels = _labels(matchers, beside)
    if not but:
        return labels
    for broken in but:
        if broken not in matchers:
            with contextlib.suppress(CannotSample):
                return _labels((*matchers, broken.negated), beside)
    raise CannotSample(
        f"no labels were found that satisfy {braced(matchers) or '{}'} but not {braced(but)}"
    )


def near_misses(
    matchers: tuple[Matcher, ...], *, beside: Mapping[str, str] = {}
) -> tuple[tuple[Matcher, dict[str, str]], ...]:
    """Return for each matcher labels that fail this one only.

    >>> for matcher, labels in near_misses((Matcher("job", "=", "a"), Matcher("pod", "!=", ""))):
    ...     print(matcher, labels)
    job="a" {'job': 'other', 'pod': 'pod-a'}
    pod!="" {'job': 'a'}

    Args:
        matchers: The matchers.
        beside: Labels that are there already, as in `satisfying`.

    Returns:
        Matchers in their order, with the labels. A matcher that cannot fail alone is left out.

    Raises:
        ModuleNotFoundError: If a matcher has a regex, and the extra ``slogen[proof]`` is not
            installed.
    """
    misses = []
    for place, matcher in enumerate(matchers):
        changed = (*matchers[:place], matcher.negated, *matchers[place + 1 :])
        with contextlib.suppress(CannotSample):
            misses.append((matcher, _labels(changed, beside)))
    return tuple(misses)


def distinct(label: str, matchers: tuple[Matcher, ...], count: int) -> tuple[str, ...]:
    """Return values of a label that satisfy all matchers on it.

    >>> distinct("tenant", (), 2)
    ('tenant-a', 'tenant-b')

    Args:
        label: The label.
        matchers: The matchers; those on other labels say nothing here.
        count: How many values there should be, 1 at least.

    Returns:
        Values that differ, none of them empty; fewer than `count` where no more were found.

    Raises:
        CannotSample: If not one was found.
        ModuleNotFoundError: If a matcher has a regex, and the extra ``slogen[proof]`` is not
            installed.
    """
    letters = [*string.ascii_lowercase, *map(str, range(len(string.ascii_lowercase), count))]
    names = [f"{label}-{letter}" for letter in letters]
    found = tuple(islice(_values(label, matchers, names + letters), count))
    if not found:
        raise _nothing_found(label, matchers)
    return found


def further(label: str, matchers: tuple[Matcher, ...]) -> tuple[str, ...]:
    """Return values of a label that an edit of its matchers might pass over, or let in.

    >>> further("code", (Matcher("code", "=~", "[45].."),))
    ('404', '500', '503', '429', '452')
    >>> further("job", (Matcher("job", "!=", "shop"),))
    ('shop-other',)

    Args:
        label: The label.
        matchers: What the values have to satisfy; those on other labels say nothing here.

    Returns:
        A few values that differ, none of them empty; none if no matcher suggests any.

    Raises:
        ModuleNotFoundError: If a matcher has a regex, and the extra ``slogen[proof]`` is not
            installed.
    """
    own = _on(label, matchers)
    regexes = [matcher.value for matcher in own if matcher.operator == "=~"]
    known = (value for value in _suggested(label, own, regexes) if _fits(label, value, own))
    values = dict.fromkeys(islice(dict.fromkeys(known), _MOST_FURTHER))
    others = (value for value in chain.from_iterable(map(drawn, regexes)) if value not in values)
    return (*values, *islice((value for value in others if _fits(label, value, own)), 1))


def _labels(matchers: tuple[Matcher, ...], beside: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that are there already, and such for the matchers on other ones."""
    for matcher in matchers:
        if matcher.label in beside and not matches((matcher,), beside):
            fixed = f"{matcher.label}={quote(beside[matcher.label])}"
            raise CannotSample(f"{matcher} cannot hold beside {fixed}")
    names = dict.fromkeys((*(matcher.label for matcher in matchers), *beside))
    labels = {name: beside[name] if name in beside else _value(name, matchers) for name in names}
    return {name: value for name, value in labels.items() if value}


def _value(label: str, matchers: tuple[Matcher, ...]) -> str:
    """Return a value that satisfies all matchers on a label, the empty one if there is no other."""
    names = [f"{label}-a", "other"]
    if any(m.label == label and m.operator in {"!=", "!~"} and m.value for m in matchers):
        names.reverse()
    for value in _values(label, matchers, names):
        return value
    if matches(_on(label, matchers), {}):
        return ""
    raise _nothing_found(label, matchers)


def _nothing_found(label: str, matchers: tuple[Matcher, ...]) -> CannotSample:
    own = _on(label, matchers)
    for matcher in own:
        if matcher.operator == "=" and not _is_plain(matcher.value):
            return CannotSample(f"the value of {matcher} is not one short line that prints")
    return CannotSample(f"no value was found for {','.join(map(str, own))}")


def _on(label: str, matchers: tuple[Matcher, ...]) -> tuple[Matcher, ...]:
    return tuple(matcher for matcher in matchers if matcher.label == label)


def _values(label: str, matchers: tuple[Matcher, ...], names: Iterable[str]) -> Iterator[str]:
    """Yield values that satisfy all matchers on a label: no empty one, and none twice."""
    own = _on(label, matchers)
    pinned = [matcher.value for matcher in own if matcher.operator == "="]
    seen: set[str] = set()
    for value in pinned[:1] or _candidates(label, own, names):
        if value not in seen and _fits(label, value, own):
            seen.add(value)
            yield value


def _fits(label: str, value: str, own: tuple[Matcher, ...]) -> bool:
    """Tell whether a value is not empty, reads well and satisfies all matchers on its label."""
    return bool(value) and _is_plain(value) and matches(own, {label: value})


def _is_plain(value: str) -> bool:
    """Return whether a value reads well on a line, and reaches promtool as it is."""
    is_printed = value.isprintable() and "\ufffd" not in value
    return is_printed and value == value.strip() and len(value) <= _LONGEST_VALUE


def _candidates(label: str, own: tuple[Matcher, ...], names: Iterable[str]) -> Iterator[str]:
    """Yield values that might do, what a reader knows first."""
    regexes = [matcher.value for matcher in own if matcher.operator == "=~"]
    others = [matcher for matcher in own if matcher.operator != "=~"]
    return chain(
        *map(alternatives, regexes),
        *([m.value] if m.operator == "!=" else alternatives(m.value) for m in others),
        *_usual(label),
        names,
        _OF_ANY_LABEL,
        chain.from_iterable(map(drawn, regexes)),
    )


def _suggested(label: str, own: tuple[Matcher, ...], regexes: list[str]) -> Iterator[str]:
    """Yield values that matchers suggest, and such as only begin like those that they exclude."""
    excluded = [m.value for m in own if m.operator == "!="]
    excluded += [text for m in own if m.operator == "!~" for text in alternatives(m.value)]
    beyond = (f"{text}-other" for text in excluded if text)
    return chain(*map(alternatives, regexes), *_usual(label), beyond)


def _usual(label: str) -> Iterator[tuple[str, ...]]:
    return (values for part, values in _OF_LABELS.items() if part in label)
