"""What an entry of the library is: a function from a few arguments to an indicator.

The arguments of an entry are those of its function. From them a class is made, so that Python and
YAML convert and refuse each of them in the same way, and name it in the same words.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar, get_args

import attrs

from slogen.library.arguments import one_of, reader_of
from slogen.model import SLI
from slogen.model.arguments import blamed

P = ParamSpec("P")
T = TypeVar("T", bound=SLI)

ENTRIES: dict[str, Entry] = {}
"""The entries whose modules have been imported, by name."""


@attrs.frozen(kw_only=True)
class Exporter:
    """What exposes series, and where their names were read.

    Attributes:
        of: Its name, in words.
        source: Addresses of its documents or its source.
        versions: The versions for which they were read there.
        legacy: Why nobody should begin to use it; empty if that is not so.
    """

    of: str
    source: tuple[str, ...]
    versions: str
    legacy: str = ""


@attrs.frozen(kw_only=True)
class Entry:
    """A ready indicator for something that people run.

    Attributes:
        name: The name of its function, which is its key in YAML.
        arguments: The class of its arguments, by which they are converted.
        make: The function from such arguments to the indicator.
        annotations: What each argument is, by its name.
        exporter: What exposes the series.
        example: Arguments that show how it is used, as YAML writes them.
        doc: What it counts, and which traps there are.
    """

    name: str
    arguments: type[attrs.AttrsInstance]
    make: Callable[..., SLI]
    annotations: dict[str, Any] = attrs.field(eq=False)
    exporter: Exporter
    example: Mapping[str, str] = attrs.field(eq=False)
    doc: str

    def indicator(self, arguments: attrs.AttrsInstance) -> SLI:
        """Return the indicator for arguments that have been converted."""
        return self.make(**attrs.asdict(arguments, recurse=False))


def entry(exporter: Exporter, /, **example: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return the decorator that enters a function in the library.

    Args:
        exporter: What exposes the series.
        **example: Arguments that show how it is used, as YAML writes them.
    """

    def entered(function: Callable[P, T]) -> Callable[P, T]:
        parameters = inspect.signature(function, eval_str=True).parameters.values()
        arguments = _class_of(function.__name__, tuple(parameters))
        made = Entry(
            name=function.__name__,
            arguments=arguments,
            make=function,
            annotations={parameter.name: parameter.annotation for parameter in parameters},
            exporter=exporter,
            example=MappingProxyType(example),
            doc=inspect.cleandoc(function.__doc__ or ""),
        )
        ENTRIES[made.name] = made

        @functools.wraps(function)
        def indicator(*args: P.args, **kwargs: P.kwargs) -> T:
            return made.indicator(arguments(*args, **kwargs))  # type: ignore[return-value]

        return indicator

    return entered


def _class_of(name: str, parameters: tuple[inspect.Parameter, ...]) -> type[attrs.AttrsInstance]:
    """Return a class whose arguments are the parameters of a function, each with its reader."""
    fields = {
        parameter.name: attrs.field(
            default=attrs.NOTHING if parameter.default is parameter.empty else parameter.default,
            converter=_converter(parameter),
            type=parameter.annotation,
        )
        for parameter in parameters
    }
    return attrs.make_class(name, fields, frozen=True, kw_only=True, field_transformer=blamed)


def _converter(parameter: inspect.Parameter) -> Callable[[Any], Any]:
    """Return what reads an argument; None stays None where it is the default."""
    annotation = parameter.annotation
    if parameter.default is not None:
        return reader_of(annotation) or one_of(*get_args(annotation))
    inner = next(part for part in get_args(annotation) if part is not type(None))
    read: Callable[[Any], Any] = attrs.converters.optional(
        reader_of(inner) or one_of(*get_args(inner))
    )
    return read
