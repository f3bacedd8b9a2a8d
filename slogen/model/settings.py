"""What rules have to know about where they run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, get_args

import attrs

from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.model.alerts import SEVERITIES, Severity
from slogen.naming import Naming
from slogen.source import Origin, Position, caller
from slogen.spelling import did_you_mean
from slogen.units import Duration

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?", re.ASCII)

_LIKE_VERSION = re.compile(r"[vV]?(\d{1,4})(\.\d{1,4}(?:\.\d{1,4})?)?", re.ASCII)


def _severities(value: Mapping[Severity, str]) -> Mapping[Severity, str]:
    words = arguments.mapping(value)
    return MappingProxyType(
        arguments.entries(words, partial(_severity, meaning="words"), arguments.name)
    )


def _severity_labels(
    value: Mapping[Severity, Mapping[str, str]],
) -> Mapping[Severity, Mapping[str, str]]:
    if not isinstance(value, Mapping):
        raise InvalidValue("mapping", repr(value), 'a mapping such as {"page": {"team": "core"}}')
    read_key = partial(_severity, meaning="labels")
    labels = arguments.entries(value, read_key, arguments.label_templates)
    ordered = {
        severity: labels[severity] for severity in get_args(Severity) if labels.get(severity)
    }
    return MappingProxyType(ordered)


def _severity(value: Any, meaning: str) -> Severity:  # noqa: ANN401 (a user's key)
    """Return a severity that is a key of a mapping to something that the meaning names."""
    known = get_args(Severity)
    if value not in known:
        remedy = did_you_mean(str(value), known)
        raise InvalidValue("severity", repr(value), f"{meaning} for {SEVERITIES}", remedy)
    severity: Severity = value
    return severity


def _alert_names(value: Mapping[str, str]) -> Mapping[str, str]:
    names = arguments.entries(arguments.mapping(value), arguments.alert_name, arguments.name)
    return MappingProxyType(names)


def _version(value: str) -> str:
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        found = _LIKE_VERSION.fullmatch(str(value))
        remedy = f'write "{found[1]}{found[2] or ".0"}"' if found else ""
        raise InvalidValue("version", repr(value), 'a version such as "2.42" or "3.5"', remedy)
    return value


def _naming(value: Naming) -> Naming:
    if value not in (Naming(), Naming.sloth()):
        raise InvalidValue("naming", repr(value), "Naming() or Naming.sloth()")
    return value


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Settings:
    """What holds for a service, or for a whole build; what is not given is inherited.

    >>> shop = Settings(scrape_interval="15s").over(Settings(scrape_interval="30s", offset="1m"))
    >>> str(shop.scrape_interval), str(shop.offset)
    ('15s', '1m')

    Attributes:
        scrape_interval: How often the SLI's series are scraped; ``30s`` unless given.
        base_range: How far back the newest sample of a counter is looked for, and the range of
            ``$window`` in free queries; three scrapes, at least ``1m``, unless given.
        longest_gap: For how long scrapes may be missed so that what a counter counted meanwhile
            still counts; five scrapes, at least ``10m``, unless given, and at least ``1h`` where
            good events are counted by another metric than the total.
        fast_interval: How often base series and short windows are recorded; the scrape interval
            unless given. At most the base range, which would pass over samples otherwise.
        slow_interval: How often hours, long windows and budgets are recorded; ``1m`` unless given,
            ``2m`` where ``fast_interval`` is no part of a minute.
            A ruler that is not Prometheus itself finds no value where this is longer.
        offset: How far in the past counters are looked at, ``15s`` unless given: the time-out of a
            scrape, which is 10s in Prometheus unless set, and 5s. A sample that arrives later is
            lost for ever: take ``60s`` where data comes by remote write or federation. Gauges are
            looked at in the past only where it is given.
        query_offset: The same by Prometheus' own means, for all groups; needs Prometheus 2.53.
            ``offset`` is then none unless given. At most 5m less the slow interval: recorded
            samples are so old, and Prometheus looks back for 5m.
        prometheus: The oldest version of Prometheus that runs the rules; ``"2.42"`` unless given.
        naming: The names of the identity labels: slogen's own, or those of Sloth.
        identity: Labels that belong to the identity of every SLO, such as an environment, where
            several Prometheus meet behind one Thanos or Mimir.
        severities: Your own words for ``page``, ``ticket`` and ``info``, such as critical and
            warning.
        severity_labels: Labels for all alerts of a severity; an alert's own and its policy's win
            over them. Values are templates.
        owner: The team that answers where neither the SLO nor its service names one.
        runbook: The address that alerts link to where neither the SLO nor its service has one.
        grafana: The address of Grafana, such as ``"https://grafana.example.com"``: alerts link to
            the dashboard of their service there. None unless given.
        alert_names: Your own names for slogen's alerts, such as ``SLIDataStale`` for
            ``SLODataStale``.
        alert_labels: Labels for all alerts. Values are templates of Prometheus.
        alert_annotations: Annotations for all alerts. Values are templates.
        origin: Where it was written down.
    """

    scrape_interval: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    base_range: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    longest_gap: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    fast_interval: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    slow_interval: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    offset: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    query_offset: Duration | None = attrs.field(
        default=None, converter=attrs.converters.optional(Duration)
    )
    prometheus: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(_version)
    )
    naming: Naming | None = attrs.field(default=None, converter=attrs.converters.optional(_naming))
    identity: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.info_labels, hash=False
    )
    severities: Mapping[Severity, str] = attrs.field(
        factory=dict, converter=_severities, hash=False
    )
    severity_labels: Mapping[Severity, Mapping[str, str]] = attrs.field(
        factory=dict, converter=_severity_labels, hash=False
    )
    owner: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(arguments.line)
    )
    runbook: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(arguments.link)
    )
    grafana: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(arguments.link)
    )
    alert_names: Mapping[str, str] = attrs.field(factory=dict, converter=_alert_names, hash=False)
    alert_labels: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.label_templates, hash=False
    )
    alert_annotations: Mapping[str, str] = attrs.field(
        factory=dict, converter=arguments.annotation_templates, hash=False
    )
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def over(self, other: Settings) -> Settings:
        """Return these settings, with what they leave open taken from others."""
        if self is _OPEN or other is _OPEN:
            return other if self is _OPEN else self
        merged: dict[str, Any] = {}
        for field in attrs.fields(Settings):
            own, inherited = getattr(self, field.name), getattr(other, field.name)
            if field.name == "severity_labels":
                merged[field.name] = {
                    severity: {**inherited.get(severity, {}), **own.get(severity, {})}
                    for severity in (*inherited, *own)
                }
            elif isinstance(own, Mapping):
                merged[field.name] = {**inherited, **own}
            else:
                merged[field.name] = inherited if own is None else own
        return Settings(**{**merged, "origin": _Origins(self, other)})

    @property
    def version(self) -> tuple[int, int]:
        """The oldest version of Prometheus, as numbers."""
        match = _VERSION.fullmatch(self.prometheus or "2.42")
        assert match is not None  # noqa: S101 (checked when it was made)
        return int(match[1]), int(match[2])


_OPEN = Settings(origin=None)
"""Settings that leave everything open: most services and SLOs have no others."""


@attrs.frozen
class _Origins:
    """Where each part of merged settings was written down."""

    near: Settings
    far: Settings

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the nearest settings that say something about an argument."""
        name, _, part = (argument or "").partition(".")
        own: Any = getattr(self.near, name) if name else None
        said = part in own if part else own not in (None, {})
        chosen = self.near if said or self.far.origin is None else self.far
        return chosen.origin.position(argument) if chosen.origin else None


def settings_of(value: Settings | None) -> Settings:
    """Return settings; None stands for those that leave everything open.

    Raises:
        InvalidValue: If it is something else.
    """
    if value is None:
        return _OPEN
    if not isinstance(value, Settings):
        raise InvalidValue("settings", repr(value), "Settings(...)")
    return value
