"""Buckets of classic histograms, in all the ways in which their bounds are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.selector import Matcher
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_GO_EXPONENT_FROM = 6
_GO_EXPONENT_BELOW = -4
_PYTHON_ODD_EXPONENT_FROM = 10
_JAVA_EXPONENT_FROM = 7
_JAVA_EXPONENT_BELOW = -3


def bucket_matcher(bound: Decimal) -> Matcher:
    """Return the matcher of the bucket with a bound, however it is spelled.

    Go's client writes ``le="1"``, Python's and Java's ``le="1.0"``, and Prometheus 3 turns the
    former into the latter. A rule that knows one spelling reads as no errors, for ever.

    >>> from decimal import Decimal
    >>> str(bucket_matcher(Decimal("0.2"))), str(bucket_matcher(Decimal(1)))
    ('le="0.2"', 'le=~"1|1[.]0"')
    """
    first, *others = dict.fromkeys(_spellings(bound))
    if not others:
        return Matcher("le", "=", first)
    return Matcher("le", "=~", "|".join(_escaped(text) for text in (first, *others)))


def _spellings(bound: Decimal) -> Iterator[str]:
    plain = number(bound)
    yield plain
    if "." not in plain:
        yield f"{plain}.0"
    exponent = bound.adjusted()
    if exponent >= _GO_EXPONENT_FROM or exponent < _GO_EXPONENT_BELOW:
        yield f"{_mantissa(bound)}e{exponent:+03d}"
    if exponent >= _PYTHON_ODD_EXPONENT_FROM:
        yield f"{_mantissa(bound)}e+0{exponent}"
    if exponent >= _JAVA_EXPONENT_FROM or exponent < _JAVA_EXPONENT_BELOW:
        mantissa = _mantissa(bound)
        yield f"{mantissa if '.' in mantissa else f'{mantissa}.0'}E{exponent}"


def _mantissa(bound: Decimal) -> str:
    return number(bound.scaleb(-bound.adjusted()))


def _escaped(text: str) -> str:
    """Escape for RE2 without backslashes, which PromQL would want doubled."""
    return text.replace(".", "[.]").replace("+", "[+]")
