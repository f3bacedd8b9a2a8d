"""Service level objectives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.alerts import Tier
from slogen.model.objective import Objective
from slogen.model.policy import AlertPolicy, Preset
from slogen.model.service import Service
from slogen.model.settings import Settings, settings_of
from slogen.model.sli import SLI
from slogen.model.window import Window
from slogen.source import Origin, caller

_MADE: ContextVar[list[SLO] | None] = ContextVar("made", default=None)


@contextmanager
def slos_made() -> Iterator[list[SLO]]:
    """Collect every SLO that is made during a with block, in the order in which they are made."""
    made: list[SLO] = []
    token = _MADE.set(made)
    try:
        yield made
    finally:
        _MADE.reset(token)


def _service(value: Service | str) -> Service:
    return value if isinstance(value, Service) else Service(value)


def _sli(value: SLI) -> SLI:
    if not isinstance(value, SLI):
        raise InvalidValue("sli", repr(value), "an SLI, such as Events(total=..., bad=...)")
    return value


def _policy(value: AlertPolicy) -> AlertPolicy:
    if not isinstance(value, AlertPolicy):
        allowed = "an AlertPolicy, such as AlertPolicy.standard()"
        raise InvalidValue("alerts", repr(value), allowed, _policy_meant(value))
    return value


def _policy_meant(value: object) -> str:
    """Return what to write for a preset's name, a switch or tiers alone."""
    if value in (None, False, "none"):
        return "write AlertPolicy.none() for no alerts"
    if value is True:
        return "leave it out: an SLO has AlertPolicy.standard() unless it says otherwise"
    if isinstance(value, str) and value in get_args(Preset):
        return f"write AlertPolicy.{value}()"
    tiers = isinstance(value, Tier) or (isinstance(value, list | tuple) and bool(value))
    return "write AlertPolicy(tiers=[...])" if tiers else ""


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class SLO:
    """An objective for one indicator of one service, judged over a window.

    Attributes:
        service: The service that it speaks of; a name makes a service without an owner.
        name: What it is about, such as ``availability``; becomes the label ``slo_name``.
        objective: How much of the events has to be good, such as ``"99.9%"``.
        window: How long the events are counted for, such as ``"30d"``.
        sli: What counts as an event and which ones are bad.
        id: What tells it apart from all others, for ever; ``<service>-<name>`` unless given.
        group_by: Labels of the SLI's series that each get an error budget of their own.
        alerts: Which alerts it gets.
        owner: The team that answers for it, if it is not the service's.
        description: What it promises, for people.
        runbook: The address that its alerts link to, if it is not the service's.
        labels: More labels for ``slo_info``.
        settings: What differs from the settings of its service and of the build.
        origin: Where it was written down.

    Raises:
        InvalidValue: If an argument is refused; the message says what is allowed.

    >>> from slogen import Latency
    >>> slo = SLO(
    ...     service="shop",
    ...     name="latency",
    ...     objective="99%",
    ...     window="30d",
    ...     sli=Latency(histogram='http_request_duration_seconds{job="shop"}', under="500ms"),
    ... )
    >>> slo.id, str(slo.objective), str(slo.window)
    ('shop-latency', '99%', '30d')
    """

    service: Service = attrs.field(converter=_service)
    name: str = attrs.field(converter=arguments.name)
    objective: Objective = attrs.field(converter=Objective)
    window: Window = attrs.field(converter=Window)
    sli: SLI = attrs.field(converter=_sli)
    id: str = attrs.field(converter=arguments.name)
    group_by: tuple[str, ...] = attrs.field(default=(), converter=arguments.label_names)
    alerts: AlertPolicy = attrs.field(factory=AlertPolicy.standard, converter=_policy)
    owner: str = attrs.field(converter=arguments.line)
    description: str = attrs.field(default="", converter=arguments.prose)
    runbook: str = attrs.field(converter=arguments.link)
    labels: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.info_labels, hash=False
    )
    settings: Settings = attrs.field(default=None, converter=settings_of)
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @id.default
    def _default_id(self) -> str:
        return f"{self.service.name}-{self.name}"

    @owner.default
    def _default_owner(self) -> str:
        return self.service.owner

    @runbook.default
    def _default_runbook(self) -> str:
        return self.service.runbook

    def __attrs_post_init__(self) -> None:
        """Let whoever runs a script know of it, even if the script loses it."""
        if (made := _MADE.get()) is not None:
            made.append(self)
