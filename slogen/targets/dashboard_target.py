"""What targets that hand dashboards to Grafana have in common, and their shared options."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.budget_policy import BudgetPolicy
from slogen.targets.target import Target
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grafanalib.core import Dashboard

    from slogen.targets.boards import Board
    from slogen.targets.built import Built, Layout
    from slogen.targets.files import File

NEVER = "never"
"""Of a dashboard that is drawn anew only when a reader asks for it."""


def _folder_title(value: str) -> str:
    if "/" in arguments.line(value):
        raise InvalidValue("folder_title", repr(value), "a title without a slash")
    return value


def _refresh(value: str) -> str:
    return value if arguments.line(value) in {"", NEVER} else str(Duration(value))


def _tags(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise InvalidValue("tags", repr(value), 'a list of names, such as ["production"]')
    return tuple(dict.fromkeys(arguments.name(tag) for tag in value))


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class DashboardTarget(Target):
    """A target that hands dashboards to Grafana.

    Attributes:
        folder_title: The title of the one folder for all dashboards; each team has its own unless
            given.
        refresh: How often dashboards are drawn anew, or ``never``; as each dashboard says unless
            given.
        tags: Tags that dashboards have beside their own.
        budget_policy: By which limits dashboards say whether to deploy: in a project file the table
            ``[budget_policy]``, which `slogen gate` reads as well.
    """

    folder_title: str = attrs.field(
        default="",
        converter=_folder_title,
        metadata={
            "help": "the title of one folder for all dashboards; each team has its own unless given"
        },
    )
    refresh: str = attrs.field(
        default="",
        converter=_refresh,
        metadata={
            "help": 'how often dashboards are drawn anew, such as `"5m"`, or `"never"`; every '
            "minute unless given, and the report never"
        },
    )
    tags: tuple[str, ...] = attrs.field(
        default=(),
        converter=_tags,
        metadata={"help": "tags that dashboards have beside `slogen`"},
    )
    budget_policy: BudgetPolicy = attrs.field(
        factory=BudgetPolicy, validator=attrs.validators.instance_of(BudgetPolicy)
    )

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:  # noqa: ARG002
        """Return the files of slogen's own dashboards; they are the same in every layout."""
        from slogen.targets.boards import dashboards  # noqa: PLC0415 (grafanalib is slow)

        return self.render_dashboards(dashboards(built, self.budget_policy))

    def boards(self, dashboards: Mapping[str, Dashboard]) -> tuple[Board, ...]:
        """Return dashboards by their keys as they are written, with what the options say.

        Raises:
            InvalidValue: If one is none of grafanalib's, or has not the uid that its key says.
        """
        from slogen.targets.boards import checked  # noqa: PLC0415 (grafanalib is slow)

        changes = {"refresh": "" if self.refresh == NEVER else self.refresh} if self.refresh else {}
        return checked(dashboards, folder=self.folder_title, tags=self.tags, changes=changes)

    @abstractmethod
    def render_dashboards(self, dashboards: Mapping[str, Dashboard]) -> tuple[File, ...]:
        """Return the files of dashboards, which a user may have changed.

        Args:
            dashboards: Each by the title of its folder, a slash and its uid.

        Raises:
            InvalidValue: If one is none of grafanalib's, or has not the uid that its key says.
        """
