"""Names of labels that servers add to what leaves them: ``external_labels``, or ``--label``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.naming import DESCRIBING_LABELS, is_reserved
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_RENAME = "let the server add a label of another name"


def external_labels(value: Iterable[str]) -> tuple[str, ...]:
    """Return the names of labels as a tuple.

    Raises:
        InvalidValue: If one is no label name, is one that slogen sets, or stands there twice.
    """
    if not isinstance(value, list | tuple):
        raise InvalidValue("labels", repr(value), 'a list of label names, such as ["cluster"]')
    names = tuple(
        arguments.read_part(number, _external_label, label) for number, label in enumerate(value)
    )
    if len(set(names)) < len(names):
        raise InvalidValue("labels", ", ".join(names), "each label once")
    return names


def _external_label(value: str) -> str:
    if isinstance(value, str) and (is_reserved(value) or value in DESCRIBING_LABELS):
        raise InvalidValue(
            "label",
            f"{quoted(value)}, a label that slogen sets itself",
            "labels that no rule sets, such as replica",
            _RENAME,
        )
    return arguments.label_name(value, _RENAME)
