"""What the arguments of entries may be: each kind is a type, and has one function that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_origin

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.sli import Comparison
from slogen.promql.selector import Selector
from slogen.spelling import did_you_mean
from slogen.units import Duration, decimal, length, number, quoted, ratio, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

LabelValue = Annotated[str, "label value"]
"""The value of a label, taken as it is: no regular expression."""
Matchers = Annotated[str, "matchers"]
"""More matchers, such as ``method!="OPTIONS"``."""
Metric = Annotated[str, "metric"]
"""A metric and matchers, such as ``sli_availability{service="shop"}``."""
Threshold = Annotated[str, "threshold"]
"""A length of time with its unit, of any fineness, such as ``250ms``."""
Age = Annotated[str, "age"]
"""A length of time with its unit, such as ``15m``."""
Amount = Annotated[str, "amount"]
"""A number of at least 0."""
Share = Annotated[str, "share"]
"""A part of a whole: a percentage such as ``80%``, or a number between 0 and 1."""
GoodWhen = Annotated[str, "comparison"]
"""An operator and a number, such as ``<= 200``."""


def _label_value(value: str) -> str:
    if isinstance(value, str) and not value:
        raise InvalidValue("label value", '""', "a text that is not empty")
    return arguments.name(value)


def _matchers(value: str) -> str:
    if value == "":
        return value
    Selector("anything").where(value)
    return value


def _metric(value: Selector | str) -> str:
    return str(Selector(value))


def _threshold(value: str) -> str:
    return length(seconds(value))


def _age(value: Duration | str) -> str:
    return str(Duration(value))


def _amount(value: float | str) -> str:
    amount = decimal(value)
    if amount < 0:
        raise InvalidValue("number", quoted(value), "a number of at least 0")
    return number(amount)


def _share(value: float | str) -> str:
    share = ratio(value)
    if not 0 < share <= 1:
        raise InvalidValue("share", quoted(value), 'more than 0 % and at most 100 %, such as "80%"')
    return number(share)


def _good_when(value: Comparison | str) -> str:
    return str(Comparison(value))


_READERS: dict[Any, Callable[[Any], str]] = {
    LabelValue: _label_value,
    Matchers: _matchers,
    Metric: _metric,
    Threshold: _threshold,
    Age: _age,
    Amount: _amount,
    Share: _share,
    GoodWhen: _good_when,
}


def reader_of(annotation: object) -> Callable[[Any], str] | None:
    """Return the function that reads an argument of a type; None for one of a few words."""
    return _READERS[annotation] if get_origin(annotation) is Annotated else None


def one_of(*words: str) -> Callable[[Any], str]:
    """Return the function that reads one of a few words."""

    def read(value: object) -> str:
        if value not in words:
            allowed = ", ".join(map(quoted, words))
            raise InvalidValue("word", repr(value), allowed, did_you_mean(str(value), words))
        return str(value)

    return read
