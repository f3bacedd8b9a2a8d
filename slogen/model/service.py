"""Services: what users depend on, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from slogen.model import arguments
from slogen.model.settings import Settings, settings_of
from slogen.source import Origin, caller


@attrs.frozen(field_transformer=arguments.blamed)
class Service:
    """Something that users depend on, with what all of its SLOs have in common.

    >>> Service("backend-api", owner="team-backend").owner
    'team-backend'

    Attributes:
        name: What it is called; becomes the label ``slo_service`` and the name of the rule file.
        owner: The team that answers for it.
        tier: How important it is (its rank), in your own words; shown on ``slo_info``.
        description: What it does, for people.
        runbook: The address that alerts link to.
        labels: More labels for ``slo_info``; an SLO's own win.
        settings: What differs from the settings of the build.
        origin: Where it was written down.
    """

    name: str = attrs.field(converter=arguments.name)
    owner: str = attrs.field(default="", converter=arguments.line, kw_only=True)
    tier: str = attrs.field(default="", converter=arguments.line, kw_only=True)
    description: str = attrs.field(default="", converter=arguments.prose, kw_only=True)
    runbook: str = attrs.field(default="", converter=arguments.link, kw_only=True)
    labels: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.info_labels, kw_only=True, hash=False
    )
    settings: Settings = attrs.field(default=None, converter=settings_of, kw_only=True)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False, kw_only=True)
