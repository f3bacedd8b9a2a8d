"""Dashboards, as the targets that hand them to Grafana need them: checked, and with a place.

A dashboard stands under its key: the title of its folder, a slash and its uid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import json_text, migrated
from slogen.errors import InvalidValue
from slogen.targets.files import MARK
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grafanalib.core import Dashboard

    from slogen.model.budget_policy import BudgetPolicy
    from slogen.targets.built import Built


@attrs.frozen
class Board:
    """A dashboard that is ready to be written.

    Attributes:
        folder: The title of its folder in Grafana.
        uid: What Grafana knows it by.
        text: Its JSON, which ends with a line feed.
    """

    folder: str
    uid: str
    text: str

    @property
    def path(self) -> str:
        """Where it stands below the folder of a target, without a suffix."""
        return f"{directory(self.folder)}/{self.uid}"


def dashboards(
    built: tuple[Built, ...], budget_policy: BudgetPolicy | None = None
) -> Mapping[str, Dashboard]:
    """Return grafanalib's dashboards, each by its key."""
    made = boards((one.slo for one in built), budget_policy)
    return {f"{board.folder}/{board.uid}": dashboard(board) for board in made}


def checked(
    chosen: Mapping[str, Dashboard],
    *,
    folder: str = "",
    tags: tuple[str, ...] = (),
    changes: Mapping[str, Any] | None = None,
) -> tuple[Board, ...]:
    """Return dashboards by their keys, which a user may have changed, as they are written.

    Args:
        chosen: The dashboards.
        folder: The title of the folder of all of them; that of their keys if empty.
        tags: Their tags besides.
        changes: Keys of Grafana with other values than they have.

    Raises:
        InvalidValue: If one is none of grafanalib's, or has not the uid that its key says.
    """
    found = []
    for key, one in chosen.items():
        own, uid, shown = _checked(key, one)
        shown |= changes or {}
        shown["tags"] = list(dict.fromkeys((*shown["tags"], *tags)))
        found.append(Board(folder or own, uid, json_text(shown)))
    return tuple(found)


def directory(folder: str) -> str:
    """Return the name of the directory that stands for a folder of Grafana."""
    return naming.folder("" if folder == naming.DASHBOARD_FOLDER else folder)


def _checked(key: str, one: Any) -> tuple[str, str, dict[str, Any]]:  # noqa: ANN401 (a user's)
    """Return the folder, the uid and the JSON of a dashboard."""
    folder, _, uid = key.rpartition("/")
    subject, found = "dashboards", f"of the key {quoted(key)}"
    if not hasattr(one, "to_json_data"):
        allowed = "a grafanalib.core.Dashboard"
        raise InvalidValue(subject, f"{type(one).__name__} {found}", allowed)
    if not folder or not naming.is_uid(uid):
        allowed = "the title of a folder, a slash, and a uid: at most 40 of A-Z, a-z, 0-9, _ and -"
        raise InvalidValue(subject, found, allowed)
    shown = migrated(one, MARK)
    if shown.get("uid") != uid:
        words = f"the uid {quoted(shown.get('uid'))} {found}"
        raise InvalidValue(subject, words, "the uid that the key ends with")
    return folder, uid, shown
