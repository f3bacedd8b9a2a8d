"""Annotations and labels of OpenSLO's objects by which slogen reads what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.model import AlertPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME, ID, ALERTS, GROUP_BY = "slogen/name", "slogen/id", "slogen/alerts", "slogen/group_by"
KNOWN = (NAME, ID, ALERTS, GROUP_BY)
"""The annotations: the name and the id of an SLO, the preset of its alerts, its groups."""
PRESETS: Mapping[str, Callable[[], AlertPolicy]] = {
    "standard": AlertPolicy.standard,
    "pages_only": AlertPolicy.pages_only,
    "tickets_only": AlertPolicy.tickets_only,
    "none": AlertPolicy.none,
}
"""The alert policies that have a name."""
TARGET_LABEL = "notification_target"
"""The label of alerts that names its AlertNotificationTargets, for Alertmanager's routes."""
