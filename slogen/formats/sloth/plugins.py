"""The indicators of Sloth's common plugins, as counters and histograms.

Source: github.com/slok/sloth-common-sli-plugins, the documentation of each plugin.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from slogen.errors import InvalidValue
from slogen.formats.imported.indicators import Indicator, latency
from slogen.model import Events, Up
from slogen.promql.quoting import quote
from slogen.promql.selector import Selector
from slogen.spelling import did_you_mean

_PREFIX = "sloth-common/"
_FAILED = 'code=~"(5..|429)"'
_NO_FAILURES = 'code!~"5.."'
_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})


@attrs.frozen(kw_only=True)
class Plugin:
    """What a plugin makes an indicator of.

    Attributes:
        metric: The counter of all events, the histogram, or the gauge.
        bad: The condition on bad events; whose value ``bad_option`` replaces.
        bad_option: The option that holds another value for that condition.
        conditions: Conditions that always hold.
        required: Options that have to be there, with the condition that each makes.
        is_latency: Whether the metric is a histogram, with the option ``bucket``.
        is_gauge: Whether it is a gauge that is 1 while all is well.
        can_exclude_errors: Whether the option ``exclude_errors`` leaves out failed requests.
        needs_filter: Whether the option ``filter`` has to be there.
    """

    metric: str
    bad: str = _FAILED
    bad_option: str = ""
    conditions: str = ""
    required: Mapping[str, str] = attrs.field(factory=dict)
    is_latency: bool = False
    is_gauge: bool = False
    can_exclude_errors: bool = False
    needs_filter: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """Every option that it has."""
        return (
            "filter",
            *self.required,
            *(["bucket"] if self.is_latency else []),
            *(["exclude_errors"] if self.can_exclude_errors else []),
            *([self.bad_option] if self.bad_option else []),
        )

    @property
    def needed(self) -> tuple[str, ...]:
        """The options that have to be there."""
        return (
            *self.required,
            *(["bucket"] if self.is_latency else []),
            *(["filter"] if self.needs_filter else []),
        )


_ISTIO = {
    "service": "destination_service_name={}",
    "namespace": "destination_service_namespace={}",
}
_BACKEND, _SERVICE = {"backend_regex": "backend=~{}"}, {"service_name_regex": "service=~{}"}
PLUGINS = {
    "kubernetes/apiserver/availability": Plugin(metric="apiserver_request_total"),
    "kubernetes/apiserver/latency": Plugin(
        metric="apiserver_request_duration_seconds", conditions='verb!="WATCH"', is_latency=True
    ),
    "kubernetes/nginx-ingress/availability": Plugin(
        metric="nginx_ingress_controller_requests", bad='status=~"(5..|429)"'
    ),
    "coredns/availability": Plugin(
        metric="coredns_dns_responses_total",
        bad='rcode=~"SERVFAIL"',
        bad_option="custom_rcode_regex",
    ),
    "coredns/latency": Plugin(metric="coredns_dns_request_duration_seconds", is_latency=True),
    "istio/v1/availability": Plugin(
        metric="istio_requests_total", bad='response_code=~"(5..|429)"', required=_ISTIO
    ),
    "istio/v1/latency": Plugin(
        metric="istio_request_duration_milliseconds",
        required=_ISTIO,
        is_latency=True,
        can_exclude_errors=True,
    ),
    "traefik/v1/latency": Plugin(
        metric="traefik_backend_request_duration_seconds",
        required=_BACKEND,
        is_latency=True,
        can_exclude_errors=True,
    ),
    "traefik/v2/availability": Plugin(
        metric="traefik_service_requests_total", bad='code=~"(5..)"', required=_SERVICE
    ),
    "traefik/v2/latency": Plugin(
        metric="traefik_service_request_duration_seconds",
        required=_SERVICE,
        is_latency=True,
        can_exclude_errors=True,
    ),
    "slok-go-http-metrics/availability": Plugin(
        metric="http_request_duration_seconds_count", needs_filter=True
    ),
    "slok-go-http-metrics/latency": Plugin(
        metric="http_request_duration_seconds",
        is_latency=True,
        can_exclude_errors=True,
        needs_filter=True,
    ),
    "prometheus/targets/availability": Plugin(metric="up", is_gauge=True),
}
"""The plugins that are known, by their ids without the prefix ``sloth-common/``."""
_REMEDY = (
    "write the query that the plugin makes as sli.raw; `sloth generate` shows it in the rule of 5m"
)


def of_plugin(plugin_id: str, options: Mapping[str, str]) -> Indicator:
    """Return the indicator that a plugin makes.

    Raises:
        InvalidValue: If the plugin is not known, or an option is missing or unknown; the argument
            is ``id`` or ``options``.
        InvalidPromQL: If an option makes no selector.
    """
    plugin = PLUGINS.get(plugin_id.removeprefix(_PREFIX)) if _PREFIX in plugin_id else None
    if plugin is None:
        remedy = did_you_mean(plugin_id, [f"{_PREFIX}{name}" for name in PLUGINS]) or _REMEDY
        allowed = f"{_PREFIX} and one of {', '.join(PLUGINS)}"
        raise InvalidValue("id", f'"{plugin_id}"', allowed, remedy, argument="id")
    _check(plugin, options)
    conditions = [options.get("filter", "").strip("{}, "), plugin.conditions]
    conditions += [text.format(quote(options[name])) for name, text in plugin.required.items()]
    if plugin.can_exclude_errors and options.get("exclude_errors") in _TRUE:
        conditions.append(_NO_FAILURES)
    within = ",".join(filter(None, conditions))
    selector = Selector(f"{plugin.metric}{{{within}}}" if within else plugin.metric)
    if plugin.is_gauge:
        return Indicator(sli=Up(gauge=selector), is_counted=False)
    if plugin.is_latency:
        found = latency(selector, options["bucket"])
        if found is None:
            allowed = "the upper bound of a bucket, such as 0.25"
            raise InvalidValue("bucket", f'"{options["bucket"]}"', allowed, argument="options")
        return Indicator(sli=found)
    return Indicator(sli=Events(total=selector, bad=selector.where(_bad(plugin, options))))


def _bad(plugin: Plugin, options: Mapping[str, str]) -> str:
    regex = options.get(plugin.bad_option, "")
    label = plugin.bad.partition("=~")[0]
    return f"{label}=~{quote(regex)}" if regex else plugin.bad


def _check(plugin: Plugin, options: Mapping[str, str]) -> None:
    allowed = ", ".join(plugin.options)
    for name in options:
        if name not in plugin.options:
            remedy = did_you_mean(name, plugin.options)
            raise InvalidValue("options", f'"{name}"', allowed, remedy, argument=f"options.{name}")
    for name in plugin.needed:
        if not options.get(name, "").strip():
            found = f"given without {name}"
            raise InvalidValue("options", found, f"a value for {name}", argument="options")
