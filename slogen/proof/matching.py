"""Whether labels satisfy matchers, as Prometheus decides it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.promql.selector import Matcher


def matches(matchers: tuple[Matcher, ...], labels: Mapping[str, str]) -> bool:
    """Return whether labels satisfy all matchers.

    A label that is absent counts as the empty text. Regexes are RE2's, have to match the whole
    value, and their dots match line breaks, too.

    >>> from slogen.promql.selector import Matcher
    >>> matches((Matcher("code", "!=", "500"), Matcher("job", "=", "")), {"code": "503"})
    True

    Raises:
        ModuleNotFoundError: If a matcher has a regex, and google-re2 is not installed.
    """
    return all(_holds(matcher, labels.get(matcher.label, "")) for matcher in matchers)


def _holds(matcher: Matcher, value: str) -> bool:
    if matcher.operator in {"=", "!="}:
        is_named = value == matcher.value
    else:
        is_named = _recognizer(matcher.value)(value)
    return is_named is (matcher.operator in {"=", "=~"})


@functools.lru_cache(maxsize=1024)
def _recognizer(regex: str) -> Callable[[str], bool]:
    """Return the function that tells whether a regex matches the whole of a value."""
    import re2  # noqa: PLC0415 (matchers without a regex do without it)

    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    compiled = re2.compile(regex, options=options)
    return lambda value: compiled.fullmatch(value) is not None
