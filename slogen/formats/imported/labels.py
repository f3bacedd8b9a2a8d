"""The labels of other tools' files that slogen has a place for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def is_taken(convert: Callable[[Mapping[str, str]], object], name: str, text: str = "text") -> bool:
    """Tell whether a converter of the model takes a label of this name and value."""
    try:
        convert({name: text})
    except InputError:
        return False
    return True
